"""Lines about people who may be one: kept until somebody decides, decided once for all files, and taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from portal.imports import actions as imports
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Doubt, Talent
from portal.timeline.who import Person, Role, System
from tests.imports.files import ZOE, bring, export, pool, recruiter
from tests.trust import NOW

LATER = NOW + timedelta(hours=1)
# Her number, another name; and her name and town under another address.
SIBLING = ("Roux", "Paul", "paul@x.example", ZOE[3], "Comptable", "Brest", "02/10/2026", "")
AGAIN = ("ROUX", "Zoe", "z.roux@ailleurs.example", "07 11 22 33 44", "Comptable", "Lyon", "02/10/2026", "")


def _one(house: Database) -> Doubt:
    with house.work() as session:
        return session.exec(select(Doubt)).one()


def _decide(house: Database, verb: Callable[..., object], **more: int) -> None:
    who = recruiter(house)
    with house.work() as session:
        verb(session, who, session.exec(select(Doubt)).one().id, **more, now=LATER)


def _living(house: Database) -> list[Talent]:
    return [one for one in pool(house) if one.erased_at is None]


def test_a_number_under_another_name_waits_beside_its_owner(house: Database) -> None:
    bring(house, export(ZOE))
    report = bring(house, export(SIBLING))
    assert [told.line for told in report.doubtful] == [2]
    doubt = _one(house)
    assert (doubt.talent_id, doubt.line, doubt.words["values"]["first_name"]) == (pool(house)[0].id, 2, "Paul")
    assert len(_living(house)) == 1


def test_the_same_name_and_town_is_a_doubt_and_the_name_alone_is_none(house: Database) -> None:
    bring(house, export(ZOE))
    assert bring(house, export((*AGAIN[:2], "z@x.example", "", "", "Nantes", *AGAIN[6:]))).created == 1
    bring(house, export(AGAIN))
    assert _one(house).params["talent"] == pool(house)[0].id


def test_nearly_the_same_address_before_the_at_sign_is_a_doubt(house: Database) -> None:
    bring(house, export(("Rouxel", "Zoé", "zoe.rouxel@free.example", *ZOE[3:])))
    assert (
        bring(house, export(("Rouxell", "Zoé", "zoe.rouxel@orange.example", "", "", "", "02/10/2026", ""))).created == 0
    )
    assert _one(house).params["fact"] == "nearly the same e-mail address"


def test_a_name_that_many_share_is_no_doubt(house: Database) -> None:
    bring(house, export(*((*ZOE[:2], f"zoe{n}@x.example", f"06111111{n:02d}", *ZOE[4:]) for n in range(5))))
    assert bring(house, export(AGAIN)).created == 1


@pytest.mark.parametrize(("bearers", "doubts"), [(20, 1), (21, 0)])
def test_a_job_beside_a_name_that_more_than_twenty_bear_is_too_little(
    house: Database, bearers: int, doubts: int
) -> None:
    # What stands before the @ only says the name again, and leads to one of them all the same.
    jobs = ["Comptable", *["Soudeur TIG"] * (bearers - 1)]
    names = [("Roux", "Zoé"), ("Zoé", "Roux")]
    emails = ["zoe.roux@free.example", *(f"zoe{n}@x.example" for n in range(1, bearers))]
    bring(
        house,
        export(*((*names[n % 2], emails[n], "", jobs[n], "", "01/10/2026", "") for n in range(bearers))),
    )
    assert len(_living(house)) == bearers
    report = bring(house, export(("Roux", "Zoé", "zoe.roux@orange.example", "", "Comptable", "", "02/10/2026", "")))
    assert (len(report.doubtful), report.created) == (doubts, 1 - doubts)


def test_those_of_the_file_are_counted_among_those_who_bear_the_name(house: Database) -> None:
    bring(house, export(*((*ZOE[:2], f"zoe{n}@x.example", "", "", "", "01/10/2026", "") for n in range(15))))
    pair = [(*ZOE[:2], f"zoe.roux@{n}.example", "", "Comptable", "", "02/10/2026", "") for n in "ab"]
    others = [(*ZOE[:2], f"roux{n}@x.example", "", "", "", "02/10/2026", "") for n in range(5)]
    assert bring(house, export(*pair, *others)).created == 7


def test_one_person_takes_in_what_the_line_says_and_gives_it_back(house: Database) -> None:
    bring(house, export(ZOE))
    before = pool(house)[0].model_dump()
    bring(house, export(AGAIN))
    _decide(house, imports.same_person)
    zoe = pool(house)[0]
    assert (zoe.email, zoe.phone, zoe.said["phone"]["on"]) == ("z.roux@ailleurs.example", "+33711223344", "2026-10-02")
    assert bring(house, export(AGAIN)).unchanged == 1
    _decide(house, imports.take_back)
    assert [one.model_dump() for one in pool(house)] == [before]
    assert _one(house).decided_at is None


@pytest.mark.parametrize("line", [SIBLING, AGAIN, ("Roux", "Paul", ZOE[2], "07 99 99 99 99", "", "", "02/10/2026", "")])
def test_two_people_stay_two_whatever_files_come(house: Database, line: tuple[str, ...]) -> None:
    bring(house, export(ZOE, ("Blanc", "Marc", "m@x.example", "07 99 99 99 99", "", "", "", "")))
    before = len(_living(house))
    bring(house, export(line))
    _decide(house, imports.two_people)
    assert len(_living(house)) == before + 1
    again = bring(house, export(line))
    assert (again.created, again.rejected) == (0, ())
    assert len(_living(house)) == before + 1
    assert _one(house).decision == "two"


def test_two_people_may_be_one_after_all(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(SIBLING))
    _decide(house, imports.two_people)
    assert [one.email for one in _living(house)] == [ZOE[2], SIBLING[2]]
    _decide(house, imports.take_back)
    assert [one.email for one in _living(house)] == [ZOE[2]]
    _decide(house, imports.same_person)
    assert [one.email for one in _living(house)] == [SIBLING[2]]


def test_the_same_line_twice_is_one_doubt(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(SIBLING))
    bring(house, export(SIBLING))
    assert _one(house)


def test_a_doubt_is_decided_once(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(SIBLING))
    _decide(house, imports.two_people)
    with pytest.raises(Refused, match="decided this already"):
        _decide(house, imports.same_person)


def test_a_line_is_never_merged_into_someone_it_is_not_about(house: Database) -> None:
    bring(house, export(ZOE, ("Blanc", "Marc", "m@x.example", "", "", "", "", "")))
    bring(house, export(SIBLING))
    with pytest.raises(Refused, match="not one of those"):
        _decide(house, imports.same_person, talent_id=pool(house)[1].id or 0)


def test_nobody_but_the_back_office_decides(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(SIBLING))
    for role in (Role.CANDIDATE, Role.DPO):
        stranger = Person(pool(house)[0].id or 0, role, "X", "fr", "Europe/Paris", fresh=True)
        for verb in (imports.same_person, imports.two_people, imports.take_back):
            with house.work() as session, pytest.raises(NotFound):
                verb(session, stranger, _first(session), now=LATER)


def _first(session: Session) -> int:
    return session.exec(select(Doubt.id).order_by(col(Doubt.id))).first() or 0


def test_after_a_month_what_the_line_said_is_forgotten(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(SIBLING, AGAIN))
    who = recruiter(house)
    with house.work() as session:
        imports.two_people(session, who, _first(session), now=LATER)
    with house.work() as session:
        imports.forget_old(session, System("test"), now=LATER + timedelta(days=31))
    doubt = _one(house)
    assert (doubt.decision, doubt.words, doubt.undo) == ("two", {}, {})
    with pytest.raises(Refused, match="no longer kept"):
        _decide(house, imports.take_back)
