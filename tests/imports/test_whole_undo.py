"""An import undone in whatever order, with what was decided on its doubts; nobody is left without a source."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.consent.models import Consent
from portal.consent.rules import Standing
from portal.imports import actions as imports
from portal.kit.db import Database
from portal.talents.models import Doubt, Source, Talent
from portal.talents.tags import put_tag
from tests.imports.files import CHOICES, CONSENT, HEADER, ZOE, export, pool, recruiter
from tests.imports.test_who_is_who import FAMILIES, MARRIED, OLGA
from tests.trust import NOW

LATER = NOW + timedelta(days=1)
FILE = export(("File", "Same", "same.file@mail.example", "", "", "", "01/10/2026", ""))


def _bring(house: Database, content: bytes, minutes: int = 0, text: str = "Export ATS") -> int:
    """Take a file in, some minutes after the others, as files come."""
    who, now = recruiter(house), NOW + timedelta(minutes=minutes)
    with house.work() as session:
        run = imports.upload(session, who, "x.csv", content, now=now)
        choices = CONSENT if b"consentement" in content else CHOICES
        imports.take(session, who, run, type(choices)(**{**_told(choices), "source_text": text}), now=now)
        return run


def _told(choices: object) -> dict[str, object]:
    return {name: getattr(choices, name) for name in ("source_kind", "collected_on", "basis")}


def _undo(house: Database, run: int) -> dict[str, int]:
    who = recruiter(house)
    with house.work() as session:
        return imports.undo(session, who, run, now=LATER)


def _decide(house: Database, verb: object, minutes: int = 30) -> None:
    who = recruiter(house)
    with house.work() as session:
        doubt = session.exec(select(Doubt.id).where(col(Doubt.decided_at).is_(None)).order_by(col(Doubt.id))).first()
        verb(session, who, doubt, now=NOW + timedelta(minutes=minutes))  # type: ignore[operator]


def _living(house: Database) -> list[Talent]:
    return [one for one in pool(house) if one.erased_at is None]


def _without_source(house: Database) -> list[int | None]:
    """Return the living whom no source names whose import stands."""
    with house.work() as session:
        standing = sa.exists().where(col(Source.talent_id) == col(Talent.id), col(Source.text) != "").correlate(Talent)
        return list(session.exec(select(Talent.id).where(col(Talent.erased_at).is_(None), ~standing)))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("texts", [("ATS", "ATS"), ("ATS", "Fair")])
def test_of_one_file_taken_in_twice_the_other_stands_and_both_undone_leave_nobody(
    house: Database, order: tuple[int, int], texts: tuple[str, str]
) -> None:
    runs = [_bring(house, FILE, 5 * n, text) for n, text in enumerate(texts)]
    _undo(house, runs[order[0]])
    assert [one.email for one in _living(house)] == ["same.file@mail.example"]
    assert _without_source(house) == []
    with house.work() as session:
        named = session.exec(select(Source.import_id)).all()
    assert runs[order[1]] in named
    assert _undo(house, runs[order[1]])["gone"] == 1
    assert _living(house) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_files_about_one_person_undone_in_either_order_leave_nobody(
    house: Database, order: tuple[int, int]
) -> None:
    runs = [_bring(house, export(ZOE)), _bring(house, export((*ZOE[:5], "Nantes", "03/10/2026", "")), 5)]
    for each in order:
        _undo(house, runs[each])
    assert _living(house) == []


def test_what_was_decided_on_its_doubts_goes_with_it(house: Database) -> None:
    run = _bring(house, export(*FAMILIES))
    for minutes in (30, 40):
        _decide(house, imports.two_people, minutes)
    assert len(_living(house)) == 10
    assert _undo(house, run)["gone"] == 10
    assert (_living(house), _without_source(house)) == ([], [])
    with house.work() as session:
        assert session.exec(select(Doubt)).all() == []


def test_who_was_found_to_be_the_same_gets_back_what_stood(house: Database) -> None:
    _bring(house, export(OLGA))
    before = pool(house)[0].model_dump()
    run = _bring(house, export(MARRIED), 5)
    _decide(house, imports.same_person)
    assert pool(house)[0].last_name == "Mariee"
    _undo(house, run)
    assert [one.model_dump() for one in pool(house)] == [before]
    with house.work() as session:
        assert len(session.exec(select(Source)).all()) == 1


def test_a_consent_that_a_decision_proved_is_taken_back_with_it(house: Database) -> None:
    header = (*HEADER, "Date de consentement", "Texte de consentement")
    _bring(house, export((*OLGA, "01/10/2026", "Oui."), header=header))
    run = _bring(house, export((*MARRIED, "04/11/2026", "Oui, oui."), header=header), 5)
    _decide(house, imports.same_person)
    with house.work() as session:
        assert session.exec(select(Consent)).one().since.month == 11
    _undo(house, run)
    with house.work() as session:
        stands = session.exec(select(Consent)).one()
        assert (stands.since.month, stands.standing) == (10, Standing.GIVEN)


def test_a_person_told_apart_whom_a_later_file_names_stays_until_that_is_undone_too(house: Database) -> None:
    first = _bring(house, export(OLGA, MARRIED))
    _decide(house, imports.two_people)
    second = _bring(house, export(MARRIED), 45)
    _undo(house, first)
    assert [one.last_name for one in _living(house)] == ["Mariee"]
    assert _without_source(house) == []
    _undo(house, second)
    assert _living(house) == []


def test_who_was_tagged_by_hand_stays(house: Database) -> None:
    run = _bring(house, export(ZOE))
    who, zoe = recruiter(house), pool(house)[0].id or 0
    with house.work() as session:
        put_tag(session, who, [zoe], "Salon", now=NOW)
    assert _undo(house, run) == {"gone": 0, "returned": 0, "worked_on": 1}


def test_a_file_that_changed_nobody_tells_that_undoing_it_changes_nobody(house: Database) -> None:
    _bring(house, export(ZOE))
    run = _bring(house, export(ZOE), 5)
    who = recruiter(house)
    with house.work() as session:
        assert imports.undoable(session, who, run) == (0, 0)
    assert _undo(house, run) == {"gone": 0, "returned": 0}


def test_whoever_was_made_two_and_taken_back_is_no_more_of_the_file(house: Database) -> None:
    run = _bring(house, export(*FAMILIES))
    who = recruiter(house)

    def counted() -> tuple[int, int]:
        with house.work() as session:
            return imports.undoable(session, who, run)

    before, living = counted(), len(_living(house))
    _decide(house, imports.two_people)
    assert counted() == (before[0] + 1, before[1])
    with house.work() as session:
        decided = session.exec(select(Doubt.id).where(col(Doubt.decided_at).is_not(None))).one()
        imports.take_back(session, who, decided, now=NOW + timedelta(minutes=40))
    assert counted() == before
    assert _undo(house, run)["gone"] == living
