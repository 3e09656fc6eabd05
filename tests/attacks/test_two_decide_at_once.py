"""Two recruiters decide about the same two people at once, or about two pairs with one in common: one decision counts."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, select

from portal.doubles import actions as doubles
from portal.kit.db import Database, saved
from portal.kit.errors import NotFound, Refused
from portal.segments.rebuilding import rebuild
from portal.talents.models import Doubt, Talent
from portal.timeline.who import Person
from tests.doubles.pairs import Life, doubt_about, two
from tests.people import NOW, staff, talent

MANY = 8


def _at_once(house: Database, asked: list[tuple[Person, int, bool]]) -> list[str]:
    start = threading.Barrier(len(asked))

    def press(who: Person, doubt: int, one: bool) -> str:
        start.wait()
        try:
            with house.work() as session:
                (doubles.make_one if one else doubles.two_people)(session, who, doubt, now=NOW)
        except (Refused, NotFound):
            return "too late"
        return "one" if one else "two"

    with ThreadPoolExecutor(len(asked)) as hands:
        return list(hands.map(lambda each: press(*each), asked))


def test_of_those_who_decide_at_once_one_does(everybody: Database) -> None:
    with everybody.work() as session:
        zoe, other = two(session)
        life = Life(session)
        for each in (zoe, other):
            life.answer(each)
            life.conversation(each)
        people = [staff(session, f"Recruteur {n}") for n in range(MANY)]
        doubt = doubt_about(session, zoe, other)
    told = _at_once(everybody, [(who, doubt, n % 2 == 0) for n, who in enumerate(people)])
    assert told.count("too late") == MANY - 1
    with everybody.work() as session:
        decided = session.get_one(Doubt, doubt)
        assert {"same": "one", "two": "two"}[str(decided.decision)] in told
        living = session.exec(select(Talent.id).where(col(Talent.erased_at).is_(None))).all()
        assert len(living) == (1 if decided.decision == "same" else 2)


def test_three_rows_made_one_by_three_at_once_are_never_lost_in_a_circle(everybody: Database) -> None:
    with everybody.work() as session:
        zoe, other = two(session)
        third = talent(session, "Zoé Roux", email="third@x.example")
        people = [staff(session, f"Recruteur {n}") for n in range(3)]
        pairs = ((zoe, other), (other, third), (zoe, third))
        doubts = [doubt_about(session, *pair) for pair in pairs]
    told = _at_once(everybody, [(who, doubt, True) for who, doubt in zip(people, doubts, strict=True)])
    with everybody.work() as session:
        rows = {saved(one.id): one for one in session.exec(select(Talent))}
        living = [one for one in rows.values() if one.erased_at is None]
        assert len(living) == 3 - told.count("one")
        assert all(rows[one.merged_into].erased_at is None for one in rows.values() if one.merged_into is not None)
        assert rebuild(session) == 0
