"""Inside one's own conversation one may talk: what holds a letter by hand, and what does not."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import Session, col, select

from portal.consent.actions import withdraw
from portal.conversations.models import Ask
from portal.conversations.rules import Answer
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.replies import actions as replies
from portal.replies import picking
from portal.replies.stopping import stop_follow_ups
from portal.replies.writing import write_by_hand
from portal.talents.models import Talent
from portal.timeline.who import Person
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launched, pick_first, press
from tests.sink import link_to, text_of
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """Zoé said yes to Claire."""
    scene = launched(world, "Zoe")
    answer(world, "zoe", Answer.YES)
    return scene


def _write(world: World, scene: Scene, who: Person, text: str = "Un mot.") -> tuple[bool, str | None]:
    with world.database.work() as session:
        outcome = write_by_hand(session, who, scene.ids["Zoe"], subject="Un mot", text=text, now=world.now)
        return outcome.goes, outcome.decision.because


def _kinds(session: Session) -> list[LetterKind]:
    by_hand = select(Letter.kind).where(col(Letter.template) == "by_hand").order_by(col(Letter.queued_at))
    return list(session.exec(by_hand))


def test_who_said_yes_may_be_written_to_more_than_once_by_whom_they_talk_with(world: World, scene: Scene) -> None:
    claire, marc = scene.people.claire, scene.people.marc
    for minutes in (1, 2, 3):
        world.later(minutes=minutes)
        assert _write(world, scene, claire) == (True, None)
    assert _write(world, scene, marc) == (False, "conversation_open")
    with world.database.work() as session:
        assert _kinds(session) == [LetterKind.FOLLOW_UP] * 3


def test_a_stop_of_the_follow_ups_or_a_later_does_not_hold_a_letter_by_hand(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        stop_follow_ups(session, scene.people.claire, scene.ids["Zoe"], now=world.now)
    assert _write(world, scene, scene.people.claire) == (True, None)
    with world.database.work() as session:
        them = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        ask = session.exec(select(Ask).order_by(col(Ask.id))).first()
        assert ask is not None
        ask.closed_at = None
        replies.record(session, them, ask, Answer.LATER, via="portal", now=world.now)
    assert _write(world, scene, scene.people.claire) == (True, None)


def test_that_no_time_suits_is_no_word_against_the_job(world: World, scene: Scene) -> None:
    answer(world, "zoe", Answer.YES)
    for _ in range(2):
        with world.database.work() as session:
            picking.neither(session, *press(session, link_to(_last(world), "neither")), now=world.now)
        world.work()
    for minutes in (1, 2, 3):
        world.later(minutes=minutes)
        assert _write(world, scene, scene.people.claire) == (True, None)


def _last(world: World) -> EmailMessage:
    return world.sink.to("zoe@candidat.example")[-1]


def test_a_no_to_this_job_and_a_withdrawal_do(world: World, scene: Scene) -> None:
    answer(world, "zoe", Answer.NO)
    assert _write(world, scene, scene.people.claire) == (False, "no_to_this")
    with world.database.work() as session:
        withdraw(session, scene.people.claire, scene.ids["Zoe"], interface="recruiter", now=world.now)
    assert _write(world, scene, scene.people.claire) == (False, "withdrawn")


def test_about_a_talk_that_is_booked_a_word_leaves_at_any_hour(world: World, scene: Scene) -> None:
    answer(world, "zoe", Answer.YES)
    pick_first(world, "zoe")
    world.now = datetime(2026, 11, 28, 6, 55, tzinfo=UTC)  # 7:55 in Paris, before one may write
    assert _write(world, scene, scene.people.claire, "J’ai dix minutes de retard.") == (True, None)
    world.work()
    assert "dix minutes" in text_of(world.sink.to("zoe@candidat.example")[-1])
    world.later(days=2, hours=2)
    with world.database.work() as session:
        assert _kinds(session) == [LetterKind.SERVICE]
    assert _write(world, scene, scene.people.claire) == (True, None)  # the talk is over; they still talk
    with world.database.work() as session:
        assert _kinds(session)[-1] is LetterKind.FOLLOW_UP


def test_whoever_never_said_a_word_is_written_to_as_their_rhythm_says(world: World) -> None:
    scene = launched(world, "Zoe")
    world.later(hours=1)
    assert _write(world, scene, scene.people.claire) == (False, "rhythm")
    world.later(days=34)
    assert _write(world, scene, scene.people.claire) == (True, None)
    world.now += timedelta(hours=1)
    assert _write(world, scene, scene.people.claire) == (False, "rhythm")
