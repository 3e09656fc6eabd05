"""Two rows made one, and parted: an address its person has proven is never replaced and never lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from portal.access.house import house as rules
from portal.doubles import actions as doubles
from portal.gate.addresses import lately
from portal.kit import tokens
from portal.kit.db import Database, saved
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.signin.queries import known_by
from portal.talents.identity import holders
from portal.talents.models import AddressChange, Talent
from portal.talents.proving import proven
from portal.talents.rules import AddressState
from tests.doubles.pairs import BEFORE, LATER, NOW, doubt_about, two
from tests.people import staff
from tests.trust import contents_of

tokens.use_secret("a secret of the tests, long enough to be one")
ZOES, OTHERS = "zoe.roux@people.example", "z.roux@ailleurs.example"


def prove(session: Session, one: Talent, at: datetime = BEFORE) -> None:
    for name, value in (proven(one, now=at) | {"last_act_at": at}).items():
        setattr(one, name, value)
    session.add(one)
    session.flush()


def made_one(session: Session, one: Talent, other: Talent) -> tuple[Talent, Talent]:
    stays = doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, one, other), now=NOW)
    session.expire_all()
    goes = other if stays == one.id else one
    return session.get_one(Talent, stays), session.get_one(Talent, goes.id)


def test_a_newer_file_s_address_gives_way_to_the_proven_one(session: Session) -> None:
    zoe, other = two(session)
    prove(session, zoe)
    stays, goes = made_one(session, zoe, other)
    assert (stays.email, stays.proven_at, stays.said["email"]["by"]) == (ZOES, BEFORE, "talent")
    assert (goes.email, goes.proven_at) == (OTHERS, None)


def test_the_proven_one_stands_even_where_the_other_row_goes_on(session: Session) -> None:
    zoe, other = two(session, last_act_at=NOW)
    prove(session, zoe)
    zoe.last_act_at = BEFORE
    session.add(zoe)
    stays, goes = made_one(session, zoe, other)
    assert stays.id == other.id
    assert (stays.email, stays.proven_at, stays.said["email"]["by"]) == (ZOES, BEFORE, "talent")
    assert (goes.email, goes.proven_at, goes.said["email"]["by"]) == (OTHERS, None, "source")


def test_of_two_proven_ones_the_last_used_stands_and_both_are_told(session: Session) -> None:
    zoe, other = two(session)
    prove(session, zoe, BEFORE)
    prove(session, other, BEFORE + timedelta(days=9))
    stays, goes = made_one(session, zoe, other)
    assert (stays.email, goes.email, goes.proven_at) == (OTHERS, ZOES, BEFORE)
    letters = session.exec(select(Letter.address, Letter.template, Letter.talent_id)).all()
    assert sorted(letters) == [(OTHERS, "made_one", stays.id), (ZOES, "made_one", stays.id)]
    text = str(session.exec(select(Letter.blocks)).all())
    assert ZOES not in text
    assert OTHERS not in text
    # For a month the one that gave way hears of an erasure too.
    assert lately(session, saved(stays.id), now=NOW + timedelta(days=29)) == [ZOES]
    # Either leads to the one who goes on, and her letter goes to the address she used last.
    known = [known_by(session, each) for each in (ZOES, OTHERS)]
    assert [each.talent_id if each else None for each in known] == [stays.id, stays.id]


def test_the_address_of_whoever_acted_last_stands_though_the_other_was_proven_later(session: Session) -> None:
    zoe, other = two(session)
    prove(session, zoe, BEFORE)
    prove(session, other, BEFORE + timedelta(days=9))
    zoe.last_act_at = BEFORE + timedelta(days=20)  # signed in since, and still there
    session.add(zoe)
    stays, goes = made_one(session, zoe, other)
    assert (stays.id, stays.email, stays.proven_at) == (zoe.id, ZOES, BEFORE)
    assert (goes.email, goes.proven_at) == (OTHERS, BEFORE + timedelta(days=9))


def test_told_of_it_they_can_still_be_parted(session: Session) -> None:
    zoe, other = two(session)
    prove(session, zoe, BEFORE)
    prove(session, other, BEFORE + timedelta(days=9))
    rachid, doubt = staff(session, "Rachid"), doubt_about(session, zoe, other)
    doubles.make_one(session, rachid, doubt, now=NOW)
    for letter in session.exec(select(Letter)):
        letter.state, letter.sent_at = LetterState.SENT, LATER
        session.add(letter)
    doubles.take_back(session, rachid, doubt, now=LATER + timedelta(hours=1))
    session.expire_all()
    assert [lately(session, saved(one.id), now=LATER) for one in (zoe, other)] == [[], []]
    for one, address in ((zoe, ZOES), (other, OTHERS)):
        row = session.get_one(Talent, one.id)
        assert (row.email, row.said["email"]["by"], row.erased_at) == (address, "talent", None)


@pytest.mark.parametrize("state", list(AddressState))
def test_other_addresses_of_either_are_theirs_who_goes_on(session: Session, state: AddressState) -> None:
    zoe, other = two(session)
    change = AddressChange(
        talent_id=saved(other.id), address="neuve@x.example", before="vieille@x.example", state=state,
        proposed_at=BEFORE, expires_at=LATER,
    )  # fmt: skip
    session.add(change)
    session.flush()
    stays, _ = made_one(session, zoe, other)
    session.refresh(change)
    assert change.talent_id == stays.id
    found = holders(session, ["neuve@x.example", "vieille@x.example"], ())
    leads = {each.email for each in found if each.email}
    theirs = {AddressState.PROVEN: {"vieille@x.example"}, AddressState.ASIDE: {"neuve@x.example"}}
    assert leads == theirs.get(state, set())


_PROOFS = st.tuples(*(st.one_of(st.none(), st.integers(0, 30)) for _ in range(2)))


@given(days=_PROOFS, acts=st.tuples(st.booleans(), st.booleans()))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_proven_stands_while_they_are_one_and_is_whole_when_parted(
    house: Database, days: tuple[int | None, int | None], acts: tuple[bool, bool]
) -> None:
    with house.work() as session:
        rules(session)  # written at its first use
        number = len(session.exec(select(Talent.id)).all())
        zoe, other = two(session, email=f"b{number}@x.example")
        zoe.email = f"a{number}@x.example"
        for one, day, act in zip((zoe, other), days, acts, strict=True):
            if act:
                one.last_act_at = BEFORE - timedelta(days=1)
            session.add(one)
            session.flush()
            if day is not None:
                prove(session, one, BEFORE + timedelta(days=day))
        addresses = {saved(one.id): one.email for one in (zoe, other) if one.proven_at is not None}
        rachid = staff(session, f"Rachid {number}")
        doubt = doubt_about(session, zoe, other)
        ids = [saved(zoe.id), saved(other.id)]
    before = _compared(house)
    with house.work() as session:
        stays = doubles.make_one(session, rachid, doubt, now=NOW)
    with house.work() as session:
        one = session.get_one(Talent, stays)
        rows = session.exec(select(Talent).where(col(Talent.id).in_(ids))).all()
        assert {each.email for each in rows} == {f"a{number}@x.example", f"b{number}@x.example"}
        assert {each.email for each in rows if each.proven_at} == set(addresses.values())
        if addresses:
            assert one.email in addresses.values()
            assert one.proven_at is not None
        if len(addresses) == 2:
            assert one.email == addresses[stays]
    with house.work() as session:
        doubles.take_back(session, rachid, doubt, now=LATER)
    assert _compared(house) == before


def _compared(house: Database) -> dict[str, Any]:
    """Every table but those in which telling both leaves a trace."""
    left = {"timeline_event", "letter", "gate_decision", "procrastinate_jobs", "procrastinate_events"}
    return {name: rows for name, rows in contents_of(house).items() if name not in left}
