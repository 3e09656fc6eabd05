"""By night: who of the pool is likely one person waits to be looked at, once."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.doubles import actions as doubles
from portal.doubles import searching
from portal.doubles.likeness import InPool, fact_of, sounds
from portal.doubles.searching import search
from portal.kit import tokens
from portal.kit.errors import NotFound
from portal.kit.fold import fold
from portal.talents.models import Doubt
from portal.timeline.who import System
from tests.people import NOW, staff, talent

tokens.use_secret("a secret of the tests, long enough to be one")
NIGHT = System("nightly")


def nightly(session: Session) -> list[str]:
    search(session, NIGHT, now=NOW)
    waits = select(Doubt).where(col(Doubt.decided_at).is_(None)).order_by(col(Doubt.id))
    return [str(each.params["fact"]) for each in session.exec(waits)]


PLACE, JOB = {"place": "69123"}, {"job_code": "J1506"}
PAIRS: list[tuple[str, dict[str, Any], str, dict[str, Any], str | None]] = [
    ("Zoé Roux", PLACE, "ROUX Zoe", PLACE, "the same place of work"),
    ("Zoé Roux", JOB, "Zoé Roux", JOB, "the same job"),
    ("Zoé Roux", {"phone": "+33612345678"}, "Zoé Rouxe", {"phone": "+33612345678"}, "the same telephone number"),
    ("Zoé Roux", {"phone": "+33612345678"}, "Zoé Roux", {"phone": "+33612345679"}, "a telephone number one digit away"),
    ("Zoé Rouxel", {"email": "rouxel@a.example"}, "Zoé Rouxell", {"email": "rouxel@b.example"}, "nearly the same e-mail address"),
    ("Zoé Rouxel", PLACE | JOB, "Zoé Rouxell", PLACE | JOB, "the same place of work and the same job"),
    ("Anne Durand", PLACE | JOB, "Anne Durant", PLACE | JOB, "the same place of work and the same job"),
    # nothing but the name; a name that is another; a name misspelt with one fact alone
    ("Zoé Roux", {}, "Zoé Roux", {}, None),
    ("Zoé Roux", PLACE | JOB, "Luc Blanc", PLACE | JOB, None),
    ("Zoé Roux", {"phone": "+33612345678"}, "Luc Blanc", {"phone": "+33612345678"}, None),
    ("Zoé Rouxel", PLACE, "Zoé Rouxell", PLACE, None),
]  # fmt: skip


@pytest.mark.parametrize(("one", "its", "other", "others", "fact"), PAIRS)
def test_a_name_and_one_more_fact_or_a_name_misspelt_and_two(
    session: Session, one: str, its: dict[str, Any], other: str, others: dict[str, Any], fact: str | None
) -> None:
    talent(session, one, **({"email": "a@a.example"} | its))
    talent(session, other, **({"email": "other@b.example"} | others))
    assert nightly(session) == ([fact] if fact else [])


def test_the_same_two_are_never_asked_about_twice(session: Session) -> None:
    zoe, other = (talent(session, "Zoé Roux", place="69123", email=f"{n}@x.example") for n in "ab")
    assert nightly(session) == nightly(session) == ["the same place of work"]
    doubt = session.exec(select(Doubt)).one()
    assert (doubt.talent_id, doubt.other_id) == (zoe.id, other.id)
    doubles.two_people(session, staff(session), doubt.id or 0, now=NOW)
    assert nightly(session) == []
    session.delete(doubt)
    session.flush()
    assert nightly(session) == []  # those told apart by a file never come back either


def test_whoever_left_or_was_folded_is_in_no_doubt(session: Session) -> None:
    zoe, other = (talent(session, "Zoé Roux", place="69123", email=f"{n}@x.example") for n in "ab")
    other.erased_at, other.merged_into = NOW, zoe.id
    session.add(other)
    assert nightly(session) == []


def test_what_many_share_tells_nobody_apart(session: Session) -> None:
    for n in range(5):
        talent(session, "Zoé Roux", place="69123", email=f"{n}@x.example")
    assert nightly(session) == []


@pytest.mark.parametrize(("others", "told"), [(18, ["the same job"]), (19, [])])
def test_a_job_beside_a_name_that_more_than_twenty_bear_is_too_little(
    session: Session, others: int, told: list[str]
) -> None:
    for house in ("free", "orange"):  # what stands before the @ only says the name again
        talent(session, "Zoé Roux", job_code="J1506", email=f"zoe.roux@{house}.example")
    for n in range(others):
        talent(session, ("Zoé Roux", "Roux Zoé")[n % 2], email=f"{n}@x.example")
    assert nightly(session) == told


def test_no_more_wait_at_once_than_somebody_can_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_WAITING", 3)
    for n in range(8):
        talent(session, f"Zoé Roux{'abcdefgh'[n // 2] * 3}", place="69123", email=f"{n}@x.example")
    assert len(nightly(session)) == 3
    first = session.exec(select(Doubt)).first()
    assert first is not None
    doubles.two_people(session, staff(session), first.id or 0, now=NOW)
    assert len(nightly(session)) == 3


def test_only_the_house_searches(session: Session) -> None:
    with pytest.raises(NotFound):
        search(session, staff(session), now=NOW + timedelta(days=1))


@given(names=st.lists(st.text("abcdehiklmnoprstuvwxyz 7-éç", max_size=20), min_size=1, max_size=50))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_sounds_alike_here_and_in_the_database(session: Session, names: list[str]) -> None:
    keys = [fold(name) for name in names]
    found = session.scalars(sa.select(sa.func.sounds(sa.func.unnest(sa.literal(keys, pg.ARRAY(sa.Text))))))
    assert list(found) == [sounds(key) for key in keys]


@given(st.permutations(["zoe", "marie", "roux"]), st.permutations(["zoe", "marie", "roux"]))
def test_who_is_compared_with_whom_does_not_matter(one: list[str], other: list[str]) -> None:
    faces = [InPool(n, None, None, " ".join(name), "69123", None) for n, name in enumerate((one, other))]
    assert fact_of(*faces) == fact_of(*reversed(faces)) == "the same place of work"


def test_a_name_of_many_words_that_begin_alike_is_compared_at_once() -> None:
    """Each order of the words would be tried: a line of a file holds forty words as easily as two."""
    words = " ".join(f"a{'b' * place}" for place in range(40))
    faces = [InPool(n, f"{'a' * 50}{sign}@x.example", None, words, None, None) for n, sign in enumerate("yz")]
    assert fact_of(*faces) == "nearly the same e-mail address"
