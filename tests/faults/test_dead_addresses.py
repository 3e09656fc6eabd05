"""An address that is refused: when it is written to no more, when a person is asked, and how they say otherwise."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.conversations.settling import Trouble, letters_in_trouble, settle
from portal.gate.actions import put
from portal.kit.errors import NotFound
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.dead_addresses import dead_among, stop_writing, write_again
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, System
from tests.bare_sink import Manners, bare_sink
from tests.cast import Cast, cast
from tests.crowd import crowd
from tests.faults.posting import House, draft
from tests.faults.sick_servers import dead

FIRST, SECOND = "personne0@candidat.example", "personne1@candidat.example"
GONE, BARE, OURS = (
    b"550 5.1.1 no such user\r\n",
    b"550 User unknown\r\n",
    b"550 5.7.1 Client host [5.1.1.30] blocked, see 5.1.1\r\n",
)


def write(house: House, people: list[int], refusals: dict[str, bytes]) -> int:
    """A service letter to each, at a server that refuses some."""
    with house.database.work() as session:
        put(session, System("test"), [draft(person, LetterKind.SERVICE) for person in people], now=house.now)
    with bare_sink(Manners(rcpt=refusals)) as port:
        return house.post(port)


@pytest.fixture
def people(house: House) -> list[int]:
    with house.database.work() as session:
        return crowd(session, 5, now=house.now)


def test_one_dead_address_among_living_ones_is_written_to_no_more(house: House, people: list[int]) -> None:
    assert write(house, people, {FIRST: GONE}) == 4
    assert dead(house) == {people[0]}


def test_refused_alone_it_is_told_and_marked_the_second_time_on_another_day(house: House, people: list[int]) -> None:
    first = people[:1]
    for hours in (0, 2):
        house.now += timedelta(hours=hours)
        assert write(house, first, {FIRST: GONE}) == 0
        assert dead(house) == set(), "twice in one day says no more than once"
    house.now += timedelta(days=1)
    write(house, first, {FIRST: GONE})
    assert dead(house) == set(first)
    with house.database.work() as session:
        (told,) = session.exec(select(TimelineEvent).where(col(TimelineEvent.kind) == "address_refused"))
        assert told.talent_id == first[0]


def test_a_letter_taken_in_between_makes_it_the_first_refusal_again(house: House, people: list[int]) -> None:
    write(house, people[:1], {FIRST: GONE})
    house.now += timedelta(days=1)
    assert write(house, people[:1], {}) == 1
    house.now += timedelta(days=1)
    write(house, people[:1], {FIRST: GONE})
    assert dead(house) == set()


def test_what_a_server_says_of_us_never_marks_anybody(house: House, people: list[int]) -> None:
    for _ in range(3):
        assert write(house, people, {FIRST: OURS}) == 4
        house.now += timedelta(days=1)
    assert dead(house) == set()


def test_another_address_is_not_marked_for_what_was_said_of_the_old_one(house: House, people: list[int]) -> None:
    first = people[:1]
    write(house, first, {FIRST: GONE})
    with house.database.work() as session:
        session.execute(sa.update(Talent).where(col(Talent.id) == first[0]).values(email="neuve@candidat.example"))
    house.now += timedelta(days=1)
    write(house, first, {"neuve@candidat.example": GONE})
    assert dead(house) == set()


@pytest.fixture
def team(house: House) -> Cast:
    with house.database.work() as session:
        return cast(session)


def trouble(house: House, who: Person) -> list[Trouble]:
    with house.database.work() as session:
        return letters_in_trouble(session, who)[0]


def test_a_refusal_without_a_reason_is_told_and_the_second_on_another_day_asks_a_person(
    house: House, people: list[int], team: Cast
) -> None:
    assert write(house, people, {FIRST: BARE}) == 4
    assert [(one.talent_id, one.doubtful, one.why) for one in trouble(house, team.claire)] == [
        (people[0], False, "550 User unknown")
    ]
    house.now += timedelta(days=1)
    assert write(house, people, {FIRST: BARE}) == 4
    assert [one.doubtful for one in trouble(house, team.claire)] == [True, False]
    assert dead(house) == set(), "a person decides"
    with house.database.work() as session:
        assert stop_writing(session, team.claire, people[:1], now=house.now) == (people[0],)
    assert dead(house) == {people[0]}


def test_a_mark_is_lifted_for_many_at_once_and_what_was_said_is_forgotten(
    house: House, people: list[int], team: Cast
) -> None:
    claire, dora = team.claire, team.dora
    assert write(house, people, {FIRST: GONE, SECOND: GONE}) == 3
    with house.database.work() as session:
        assert dead_among(session, claire, people) == 2
        with pytest.raises(NotFound):
            write_again(session, dora, people, now=house.now)
        assert set(write_again(session, claire, people, now=house.now)) == set(people[:2])
        assert write_again(session, claire, people, now=house.now) == ()
    assert dead(house) == set()
    house.now += timedelta(days=1)
    with bare_sink(Manners()) as port:
        assert house.post(port) == 0
    assert write(house, people[:1], {FIRST: GONE}) == 0
    assert dead(house) == set(), "refused alone, and not yet on another day since it was lifted"
    with house.database.work() as session:
        kinds = session.exec(select(TimelineEvent.kind).where(col(TimelineEvent.talent_id) == people[1])).all()
    assert {"address_refused", "address_trusted"} <= set(kinds)


def test_whoever_was_marked_and_lifted_gets_the_next_letter(house: House, people: list[int], team: Cast) -> None:
    write(house, people, {FIRST: GONE})
    with house.database.work() as session:
        (refused,) = put(session, System("test"), [draft(people[0], LetterKind.SERVICE)], now=house.now)
        assert refused.decision.because == "bounced"
        write_again(session, team.claire, people, now=house.now)
    assert write(house, people[:1], {}) == 1


def test_a_failed_letter_that_was_seen_is_off_the_list(house: House, people: list[int], team: Cast) -> None:
    write(house, people, {FIRST: BARE})
    (one,) = trouble(house, team.claire)
    with house.database.work() as session:
        settle(session, team.claire, one.letter_id, now=house.now)
    assert trouble(house, team.claire) == []
    assert {letter.state for letter in house.letters()} == {LetterState.SENT, LetterState.CANCELLED}
