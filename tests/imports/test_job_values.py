"""A title that names no job we know is asked once, and read alike in every file from then on."""

from dataclasses import replace

import pytest

from portal.imports import actions as imports
from portal.imports.cells.jobs import read_jobs
from portal.imports.habits import jobs_told
from portal.imports.job_values import Title, forget_job, tell_job, unread_titles
from portal.kit.db import Database
from portal.kit.errors import NotFound
from portal.talents.job_words import told_keys
from tests.cast import as_candidate, talent
from tests.imports.files import CHOICES, bring, pool, recruiter
from tests.trust import NOW

HEADER = "Email,Métier"
SHOE_SELLER = "D1214"


def csv(*titles: str) -> bytes:
    return "\n".join([HEADER, *(f"{place}@x.example,{title}" for place, title in enumerate(titles))]).encode()


def test_titles_nobody_can_tell_are_asked_by_how_many_lines_hold_them(house: Database) -> None:
    who = recruiter(house)
    content = csv("Vendeur", "Peintre", "Vendeur", "Soudeur TIG", "", "x")
    with house.work() as session:
        run = imports.upload(session, who, "a.csv", content, now=NOW)
        assert unread_titles(session, who, run) == [Title("Vendeur", 2), Title("Peintre", 1)]
        assert unread_titles(session, who, run, {"Métier": "ignore"}) == []
        tell_job(session, who, "Vendeur", SHOE_SELLER, now=NOW)
        tell_job(session, who, "Peintre", "", now=NOW)
        assert unread_titles(session, who, run) == []
        forget_job(session, who, "Peintre")
        assert unread_titles(session, who, run) == [Title("Peintre", 1)]


@pytest.mark.parametrize("told", ["Vendeur (H/F)", "Vendeur", "Vendeuse", "Vendeur / Vendeuse", "VENDEUR·SE CDI"])
@pytest.mark.parametrize("written", ["Vendeur", "vendeuse", "Vendeur H/F", "Vendeur(se)", "Vendeur senior"])
def test_a_title_told_is_read_in_whatever_gender(house: Database, told: str, written: str) -> None:
    who = recruiter(house)
    with house.work() as session:
        tell_job(session, who, told, SHOE_SELLER, now=NOW)
    report = bring(house, csv(written))
    (one,) = pool(house)
    assert (one.job_code, one.job_text, report.remarks) == (SHOE_SELLER, written, ())


def test_what_was_told_holds_for_every_source_and_can_be_told_otherwise(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        tell_job(session, who, "Peintre", "F1606", now=NOW)
    bring(house, csv("Peintre"), replace(CHOICES, source_text="Another"))
    assert pool(house)[0].job_code == "F1606"
    with house.work() as session:
        tell_job(session, who, "Peintre (H/F)", "I1609", now=NOW)
        assert jobs_told(session) == {"peintre": "I1609"}


def test_a_cell_of_several_jobs_is_read_where_one_of_them_was_told() -> None:
    told = dict.fromkeys(told_keys("Vendeur"), SHOE_SELLER)
    assert read_jobs("Soudeur TIG / Vendeuse", told).codes == ("H2916", SHOE_SELLER)
    assert read_jobs("Vendeur, Dompteur", told).over == "Dompteur"
    assert read_jobs("Soudeur TIG", told).codes == ("H2916",)


@pytest.mark.parametrize("text", ["H2913", "H2913 - Soudage manuel", " H2913"])
def test_a_code_of_rome_is_the_job_it_names(text: str) -> None:
    assert read_jobs(text).codes == ("H2913",)
    assert read_jobs("Z9999").codes == ()


def test_nobody_outside_tells_and_an_unknown_job_is_none(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "a.csv", csv("Vendeur"), now=NOW)
        outside = as_candidate(talent(session, "Camille"))
        for ask in (
            lambda: tell_job(session, outside, "Vendeur", SHOE_SELLER, now=NOW),
            lambda: forget_job(session, outside, "Vendeur"),
            lambda: tell_job(session, who, "Vendeur", "Z9999", now=NOW),
            lambda: unread_titles(session, outside, run),
        ):
            with pytest.raises(NotFound):
                ask()
