"""Who is likely someone else waits outside: someone the pool knows under a name misspelt, or the person of a line above."""

from datetime import timedelta

from sqlmodel import select

from portal.imports import actions as imports
from portal.kit.db import Database
from portal.talents.models import Doubt, Talent
from portal.timeline.who import System
from tests.imports.files import bring, export, pool, recruiter, rejected
from tests.trust import NOW

LATER = NOW + timedelta(hours=1)
WORK = ("Comptable", "Lyon", "01/10/2026", "")
ROUXEL = ("Rouxel", "Zoé", "zoe@exemple.example", "", *WORK)
MISSPELT = ("Rouxell", "Zoé", "contact@ailleurs.example", "", *WORK)


def _living(house: Database) -> list[str | None]:
    return [one.email for one in pool(house) if one.erased_at is None]


def _decide(house: Database, same: bool) -> None:
    who = recruiter(house)
    with house.work() as session:
        doubt = session.exec(select(Doubt)).one()
        (imports.same_person if same else imports.two_people)(session, who, doubt.id or 0, now=LATER)


def test_a_name_misspelt_under_another_address_waits_if_job_and_place_are_the_same(house: Database) -> None:
    bring(house, export(ROUXEL))
    report = bring(house, export(MISSPELT))
    assert rejected(report)[2] == (
        "Someone in the pool has nearly this name, and the same place of work and the same job: is it the same person?"
    )
    assert bring(house, export((*MISSPELT[:5], "Nantes", *MISSPELT[6:]))).created == 1


def test_of_two_lines_that_are_likely_one_person_the_first_goes_in_and_the_other_waits(house: Database) -> None:
    report = bring(house, export(ROUXEL, MISSPELT))
    assert (report.created, rejected(report)) == (
        1,
        {
            3: "The person of line 2 has nearly this name, and the same place of work and the same job:"
            " is it the same person?"
        },
    )
    with house.work() as session:
        doubt, zoe = session.exec(select(Doubt)).one(), session.exec(select(Talent)).one()
        assert (doubt.talent_id, doubt.line, zoe.email) == (zoe.id, 3, ROUXEL[2])


def test_made_one_person_and_brought_again_nothing_waits(house: Database) -> None:
    bring(house, export(ROUXEL, (*MISSPELT[:6], "02/10/2026", "")))
    _decide(house, same=True)
    assert len(_living(house)) == 1
    assert bring(house, export((*MISSPELT[:6], "02/10/2026", ""))).unchanged == 1


def test_told_to_be_two_people_they_stay_two_in_every_file(house: Database) -> None:
    bring(house, export(ROUXEL, MISSPELT))
    _decide(house, same=False)
    again = bring(house, export(ROUXEL, MISSPELT))
    assert (again.created, again.rejected) == (0, ())
    assert _living(house) == [ROUXEL[2], MISSPELT[2]]


def test_an_import_undone_takes_the_doubt_between_its_lines_along(house: Database) -> None:
    bring(house, export(ROUXEL, MISSPELT))
    who = recruiter(house)
    with house.work() as session:
        imports.undo(session, who, session.exec(select(Doubt.import_id)).one() or 0, now=LATER)
    with house.work() as session:
        assert session.exec(select(Doubt)).all() == []
    assert _living(house) == []


def test_two_of_the_pool_wait_for_ever_and_lines_for_a_month(house: Database) -> None:
    bring(house, export(ROUXEL, MISSPELT, ("Blanc", "Marc", "marc@x.example", "", *WORK)))
    one, other = (person.id for person in pool(house))
    with house.work() as session:
        session.add(Doubt(talent_id=one, other_id=other, sentence="Both have this name", found_at=NOW))
    with house.work() as session:
        imports.forget_old(session, System("test"), now=NOW + timedelta(days=40))
    with house.work() as session:
        assert [each.other_id for each in session.exec(select(Doubt))] == [other]
