"""Letters of which nobody knows whether they arrived: a person settles them all at once, and nobody gets one twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from portal.conversations.settling import count_as_sent, letters_in_trouble, send_again, uncertain_letters
from portal.gate.actions import put
from portal.kit.errors import NotFound
from portal.postbox.models import LetterLink
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import System
from tests.bare_sink import CUT, Manners, bare_sink
from tests.cast import Cast, cast
from tests.faults.posting import House, draft

Settling = Callable[..., int]


@pytest.fixture
def people(house: House) -> Cast:
    with house.database.work() as session:
        return cast(session)


@pytest.fixture
def uncertain(house: House) -> list[int]:
    """Six people, each with a letter that was cut."""
    ids = house.queue(6)
    with bare_sink(Manners(data=CUT)) as port:
        house.post(port)
    assert house.states() == {LetterState.UNKNOWN}
    house.now += timedelta(minutes=1)
    return ids


def test_sent_again_everybody_gets_one_letter_and_their_rhythm_counts_one(
    house: House, people: Cast, uncertain: list[int]
) -> None:
    before = {letter.id: letter.message_id for letter in house.letters()}
    house.now += timedelta(hours=1)
    with house.database.work() as session:
        assert uncertain_letters(session, people.claire) == 6
        assert send_again(session, people.claire, now=house.now) == 6
        assert send_again(session, people.claire, now=house.now) == 0
        assert send_again(session, people.marc, now=house.now) == 0
        assert letters_in_trouble(session, people.claire) == ([], 0)
    with bare_sink(good := Manners()) as port:
        assert house.post(port) == 6
        assert house.post(port) == 0
    assert sorted(good.taken) == sorted(before.values())
    assert {letter.id: letter.message_id for letter in house.letters()} == before, (
        "the same letter, under the same name"
    )
    with house.database.work() as session:
        (outcome, *_) = put(session, System("test"), [draft(uncertain[0], LetterKind.CONTACT)], now=house.now)
        assert outcome.decision.until == house.now + timedelta(days=30), "thirty days from the one that left"
        kinds = session.exec(select(TimelineEvent.kind).where(col(TimelineEvent.talent_id) == uncertain[0])).all()
        assert sorted(kinds) == ["letter_sent", "letter_sent_again"]


def test_links_of_the_letter_that_perhaps_arrived_go_on_working(
    house: House, people: Cast, uncertain: list[int]
) -> None:
    with house.database.work() as session:
        first = set(session.exec(select(LetterLink.token_hash)))
        send_again(session, people.claire, now=house.now)
    with bare_sink(Manners()) as port:
        house.post(port)
    with house.database.work() as session:
        assert first < set(session.exec(select(LetterLink.token_hash)))


def test_whoever_said_stop_meanwhile_gets_nothing(house: House, people: Cast, uncertain: list[int]) -> None:
    with house.database.work() as session:
        session.get_one(Talent, uncertain[0]).do_not_contact_at = house.now
        assert send_again(session, people.claire, now=house.now) == 6
    with bare_sink(Manners()) as port:
        assert house.post(port) == 5
    assert max(letter.why or "" for letter in house.letters()) == "do_not_contact"


def test_counted_as_sent_they_are_not_sent(house: House, people: Cast, uncertain: list[int]) -> None:
    with house.database.work() as session:
        assert count_as_sent(session, people.claire, now=house.now) == 6
        assert count_as_sent(session, people.marc, now=house.now) == 0
        assert send_again(session, people.claire, now=house.now) == 0
    assert house.states() == {LetterState.SENT}
    with bare_sink(Manners()) as port:
        assert house.post(port) == 0


@pytest.mark.parametrize("pair", [(send_again, send_again), (send_again, count_as_sent)])
def test_two_who_press_at_once_settle_each_letter_once(
    house: House, people: Cast, uncertain: list[int], pair: tuple[Settling, Settling]
) -> None:
    def press(one: tuple[Settling, object]) -> int:
        verb, who = one
        with house.database.work() as session:
            return verb(session, who, now=house.now)

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(press, zip(pair, (people.claire, people.marc), strict=True))) == 6
    again = sum(letter.state is LetterState.QUEUED for letter in house.letters())
    with bare_sink(good := Manners()) as port:
        assert house.post(port) == again
    assert len(set(good.taken)) == len(good.taken) == again


def test_whose_letters_one_settles(house: House, people: Cast, uncertain: list[int]) -> None:
    with house.database.work() as session:
        letter = house.letters()[0]
        assert uncertain_letters(session, people.marc) == 6, "nobody signed them: they are everybody's"
        assert send_again(session, people.marc, [letter.id], now=house.now) == 1
        assert uncertain_letters(session, people.ada) == 5
        for verb in (send_again, count_as_sent):
            with pytest.raises(NotFound):
                verb(session, people.dora, now=house.now)
