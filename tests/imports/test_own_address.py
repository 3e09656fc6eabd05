"""A file meets an address that is its person's own word: it is a doubt, decided once; and nothing undone brings another back."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from portal.doubles.searching import search
from portal.imports import actions as imports
from portal.imports.doubles import OTHER_ADDRESS, join
from portal.imports.lines import Line
from portal.kit.db import Database, saved
from portal.talents.identity import Holder
from portal.talents.models import AddressChange, Doubt, ImportChange, Talent
from portal.talents.proving import proven
from portal.talents.rules import AddressState
from portal.timeline.who import System
from tests.imports.files import ZOE, bring, counts, export, pool, recruiter, rejected
from tests.trust import NOW, later

pytestmark = pytest.mark.own_database  # a decision is read while another act goes on
LINE = ("Roux", "Zoé", "zoe.roux@nouveau.example", ZOE[3], "Comptable", "Lyon", "02/11/2026", "")


def prove(house: Database, id_: int | None = None) -> Talent:
    """The one of the pool (or this one) signs in with the address that stands."""
    with house.work() as session:
        one = session.get_one(Talent, id_ or saved(pool(house)[0].id))
        for name, value in proven(one, now=NOW).items():
            setattr(one, name, value)
        session.add(one)
        return one


def decide(house: Database, verb: object, **more: int) -> None:
    who = recruiter(house)
    with house.work() as session:
        doubt = session.exec(select(Doubt).order_by(col(Doubt.id).desc())).first()
        assert doubt is not None
        verb(session, who, doubt.id, **more, now=later(hours=1))  # type: ignore[operator]


def test_another_address_for_someone_who_comes_in_with_theirs_waits_for_a_person(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    report = bring(house, export(LINE))
    assert counts(report) == (0, 0, 0)
    assert rejected(report) == {2: OTHER_ADDRESS}
    with house.work() as session:
        assert session.exec(select(Doubt.talent_id)).all() == [pool(house)[0].id]


def test_the_lines_that_say_what_they_say_are_taken_in_beside(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    same = (*ZOE[:4], "Infirmière", "Lyon", "02/11/2026", "")
    without = ("Roux", "Zoé", "", ZOE[3], "", "Lyon", "03/11/2026", "")
    report = bring(house, export(LINE, same, without))
    assert (counts(report), list(rejected(report))) == ((0, 1, 0), [2])
    assert (pool(house)[0].job_text, pool(house)[0].email) == ("Infirmière", ZOE[2])


def test_a_line_that_reaches_them_by_another_line_is_a_doubt_too(house: Database) -> None:
    bring(house, export((*ZOE[:3], "", *ZOE[4:])))
    prove(house)
    bridge = (*ZOE[:3], "06 99 99 99 99", *ZOE[4:])
    beyond = ("Roux", "Zoé", "zoe.roux@nouveau.example", "06 99 99 99 99", "", "", "02/11/2026", "")
    assert list(rejected(bring(house, export(bridge, beyond)))) == [3]
    assert [one.email for one in pool(house)] == [ZOE[2]]


def test_found_to_be_theirs_it_brings_the_rest_and_leads_to_them_from_now_on(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    before = pool(house)[0].model_dump()
    bring(house, export(LINE))
    decide(house, imports.same_person)
    zoe = pool(house)[0]
    assert (zoe.email, zoe.proven_at, zoe.job_text) == (ZOE[2], NOW, "Comptable")
    with house.work() as session:
        assert session.exec(select(AddressChange.address, AddressChange.state)).all() == [(LINE[2], AddressState.ASIDE)]
    again = bring(house, export((*LINE[:4], "Caissière", "Lyon", "05/11/2026", "")))
    assert (counts(again), again.rejected, pool(house)[0].email) == ((0, 1, 0), (), ZOE[2])
    # By that address alone, too.
    alone = bring(house, export(("Roux", "Zoé", LINE[2], "", "Vendeuse", "Lyon", "06/11/2026", "")))
    assert (counts(alone), len(pool(house))) == ((0, 1, 0), 1)
    assert before["email"] == pool(house)[0].email


def test_decided_again_nothing_of_it_is_left(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    before = pool(house)[0].model_dump()
    bring(house, export(LINE))
    decide(house, imports.same_person)
    decide(house, imports.take_back)
    assert [one.model_dump() for one in pool(house)] == [before]
    with house.work() as session:
        assert session.exec(select(AddressChange)).all() == []
    assert list(rejected(bring(house, export(LINE)))) == [2]


def test_two_people_of_one_name_and_number_are_told_apart_by_their_addresses_for_good(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    bring(house, export(LINE))
    decide(house, imports.two_people)
    assert [one.email for one in pool(house)] == [ZOE[2], LINE[2]]
    assert bring(house, export(LINE)).rejected == ()
    with house.work() as session:
        assert search(session, System("test"), now=later(days=1)) == 0


def test_a_likely_double_decided_replaces_no_proven_address(house: Database) -> None:
    bring(house, export(ZOE))
    prove(house)
    # Her name and town under another number: likely the same, never certain.
    bring(house, export(("ROUX", "Zoe", "z.roux@ailleurs.example", "07 11 22 33 44", "", "Lyon", "02/11/2026", "")))
    decide(house, imports.same_person)
    zoe = pool(house)[0]
    assert (zoe.email, zoe.phone) == (ZOE[2], "+33711223344")


def test_an_address_of_before_leads_to_them_and_changes_nothing(house: Database) -> None:
    bring(house, export(ZOE))
    one = prove(house)
    with house.work() as session:
        zoe = session.get_one(Talent, one.id)
        zoe.email, zoe.proven_at = "zoe.neuve@x.example", later(hours=1)
        session.add(
            AddressChange(
                talent_id=saved(zoe.id), address="zoe.neuve@x.example", before=ZOE[2], state=AddressState.PROVEN,
                proposed_at=NOW, expires_at=later(days=7), settled_at=later(hours=1),
            )
        )  # fmt: skip
    for line in (ZOE, ("Roux", "Zoé", ZOE[2], "", "", "", "05/11/2026", "")):
        assert bring(house, export(line)).rejected == ()
    assert [each.email for each in pool(house)] == ["zoe.neuve@x.example"]


def _undo(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = session.exec(select(ImportChange.import_id).order_by(col(ImportChange.import_id).desc())).first()
        assert run is not None
        imports.undo(session, who, run, now=later(days=1))


def test_undoing_a_file_leaves_what_they_proved_since(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(LINE))
    assert pool(house)[0].email == LINE[2]
    prove(house)
    _undo(house)
    zoe = pool(house)[0]
    assert (zoe.email, zoe.proven_at, zoe.job_text) == (LINE[2], NOW, ZOE[4])


def test_undoing_a_file_brings_back_what_nobody_proved(house: Database) -> None:
    bring(house, export(ZOE))
    bring(house, export(LINE))
    _undo(house)
    assert pool(house)[0].email == ZOE[2]


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.sampled_from("abc"), st.integers(1, 9)),
        st.tuples(st.just("prove"), st.just(""), st.just(0)),
        st.tuples(st.just("undo"), st.just(""), st.just(0)),
    ),
    max_size=8,
)
_people = count(1000)


@given(steps=_STEPS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_once_proven_no_order_of_files_and_undos_brings_another_address(
    house: Database, steps: list[tuple[str, str, int]]
) -> None:
    number = next(_people)

    def line(letter: str, day: int) -> tuple[str, ...]:
        address, phone = f"{letter}{number}@x{number}.example", f"06 12 34 {number // 100} {number % 100:02d}"
        return ("Roux", f"Zoé {number}", address, phone, "", "", f"{day:02d}/11/2026", "")

    bring(house, export(line("a", 1)))
    id_, files, stands = saved(pool(house)[-1].id), 0, ""
    for step, letter, day in steps:
        if step == "file":
            files += bool(bring(house, export(line(letter, day))).updated)
        elif step == "prove":
            stands = prove(house, id_).email or ""
        elif files:
            _undo(house)
            files -= 1
        if stands:
            zoe = next(one for one in pool(house) if one.id == id_)
            assert (zoe.email, zoe.said["email"]["by"]) == (stands, "talent")


@pytest.mark.parametrize("proven_now", [False, True])
def test_a_line_alone_and_a_line_among_others_meet_one_law(proven_now: bool) -> None:
    known = [Holder(1, "a@x", "1", "marie dupont", proven=proven_now)]
    lines = [Line(2, email="b@x", phone="1", name_key="marie dupont")]
    assert list(join(lines, known).doubts) == ([2] if proven_now else [])
