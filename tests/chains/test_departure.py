"""Deadlines run from departure: whoever was never written to is not silent, and what waited too long is planned anew."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.booking.models import Slot
from portal.chains import actions as chains
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, Outcome
from portal.conversations.inbox import inbox
from portal.conversations.models import Ask
from portal.conversations.rules import Answer
from portal.gate.marking import RETRY_AFTER
from portal.kit.db import saved
from portal.postbox.models import Letter
from portal.talents.models import Talent
from tests.cast import NOW
from tests.scenes import Scene, answer, launch, launched, people_and_job, pick_first
from tests.sink import text_of
from tests.world import World

WORDS = {"subject": "Un petit rappel", "body": "Bonjour {first_name}"}
QUESTION = {"subject": "Toujours en veille ?", "body": "Bonjour {first_name}"}
SATURDAY_NIGHT = datetime(2026, 12, 5, 20, 0, tzinfo=UTC)
MONDAY_AT_EIGHT = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)
ONE_DAY: dict[str, Any] = {
    "steps": [
        {
            "type": "question",
            "key": "asked",
            "question": "still_looking",
            "text": {"fr": QUESTION, "en": QUESTION},
            **dict.fromkeys(("on_yes", "on_more_info", "on_no", "on_later"), "end"),
            "on_silence": "reminder",
            "silence_days": 1,
        },
        {"type": "info", "key": "reminder", "text": {"fr": WORDS, "en": WORDS}, "next": "end"},
        {"type": "end", "key": "end"},
    ]
}


def _way(session: Session) -> Enrolment:
    return session.exec(select(Enrolment)).one()


def _asks(world: World) -> list[Ask]:
    with world.database.work() as session:
        return list(session.exec(select(Ask).order_by(col(Ask.id))))


def _launched(world: World, document: dict[str, Any]) -> Scene:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        scene.version = saved(chains.save(session, scene.people.claire, scene.chain, document, now=world.now).id)
        scene.launch = launch(session, scene, scene.people.claire, now=world.now)
    return scene


def test_a_question_launched_on_saturday_night_is_answered_until_a_day_after_monday_morning(world: World) -> None:
    world.now = SATURDAY_NIGHT
    _launched(world, ONE_DAY)
    while world.now < MONDAY_AT_EIGHT:
        world.work()
        world.later(hours=1)
    world.now = MONDAY_AT_EIGHT
    world.work()
    (first,) = world.sink.to("mia@candidat.example")
    assert "veille" in str(first["Subject"])
    (ask,) = _asks(world)
    assert ask.deadline == MONDAY_AT_EIGHT + timedelta(days=1)
    assert "jusqu’à mardi 8 h" in text_of(first).replace("\u00a0", " ")


def test_nobody_is_silent_who_was_never_written_to_through_an_outage_of_three_days(world: World) -> None:
    _launched(world, ONE_DAY)
    for _ in range(3 * 24):
        world.tidy()
        world.worker.plan()  # planned as ever; nothing leaves
        world.later(hours=1)
    for _ in range(2):
        world.work()
    (first,) = world.sink.to("mia@candidat.example")
    assert "veille" in str(first["Subject"])
    assert _asks(world)[-1].deadline == world.now + timedelta(days=1)
    with world.database.work() as session:
        assert _way(session).state is EnrolmentState.ASKED


def test_an_address_whose_server_only_ever_says_later_is_given_up_after_the_last_try(world: World) -> None:
    _launched(world, ONE_DAY)
    world.sink.refuse["mia@candidat.example"] = "451 4.2.2 mailbox full, try again later"
    for _ in range(4 * 24):
        world.work()
        world.later(hours=1)
    with world.database.work() as session:
        assert _way(session).outcome == Outcome.UNDELIVERED
        tries = session.scalars(sa.select(col(Letter.attempts))).all()
    assert sum(tries) == len(RETRY_AFTER) + 1


def test_after_a_short_delay_the_letter_is_what_it_was(world: World) -> None:
    _launched(world, ONE_DAY)
    world.worker.plan()
    world.later(hours=5)
    world.work()
    assert len(_asks(world)) == 1
    assert len(world.sink.to("mia@candidat.example")) == 1


def test_who_said_ok_in_the_evening_gets_times_after_a_pause_of_a_week(world: World) -> None:
    scene = launched(world, "Zoe")
    answer(world, "zoe", Answer.YES)
    world.now = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    answer(world, "zoe", Answer.YES)  # the times wait for the morning
    with world.database.work() as session:
        chains.pause(session, scene.people.claire, scene.launch, now=world.now)
        for day in range(2):
            begins = NOW + timedelta(days=14 + day)
            session.add(Slot(staff_id=scene.people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
    before = _asks(world)[-1]
    world.now = NOW + timedelta(days=7)
    world.work()
    with world.database.work() as session:
        chains.resume(session, scene.people.claire, scene.launch, now=world.now)
    for _ in range(2):
        world.work()
    after = _asks(world)[-1]
    assert (after.question, after.id != before.id, after.deadline) == (
        before.question,
        True,
        world.now + timedelta(hours=48),
    )
    with world.database.work() as session:
        assert _way(session).outcome is None
    pick_first(world, "zoe")
    with world.database.work() as session:
        assert _way(session).outcome == Outcome.BOOKED


def test_times_that_were_held_and_never_shown_may_be_offered_another_time(world: World) -> None:
    scene = launched(world, "Zoe", slots=2)
    answer(world, "zoe", Answer.YES)
    world.now = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        chains.pause(session, scene.people.claire, scene.launch, now=world.now)
    world.later(hours=20)
    with world.database.work() as session:
        chains.resume(session, scene.people.claire, scene.launch, now=world.now)
    for _ in range(2):
        world.work()
    assert "Deux créneaux" in str(world.sink.to("zoe@candidat.example")[-1]["Subject"])


def _owed(world: World, scene: Scene) -> list[str]:
    with world.database.work() as session:
        return [waiting.owed for waiting in inbox(session, scene.people.claire)]


def test_who_was_told_that_times_were_coming_and_gets_none_stands_in_the_inbox(world: World) -> None:
    scene = launched(world, "Zoe", slots=2)
    answer(world, "zoe", Answer.YES)
    world.now = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    answer(world, "zoe", Answer.YES)
    assert _owed(world, scene) == []
    with world.database.work() as session:
        chains.stop(session, scene.people.claire, scene.launch, now=world.now)
    assert _owed(world, scene) == ["task_owed_times"]
    world.later(days=1)
    world.work()
    assert "créneaux" not in str(world.sink.to("zoe@candidat.example")[-1]["Subject"])


def test_whom_a_dead_address_keeps_from_their_times_is_to_be_called(world: World) -> None:
    scene = launched(world, "Zoe", slots=2)
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        session.execute(sa.update(Talent).values(bounced_at=world.now))
    answer(world, "zoe", Answer.YES)
    world.work()
    assert _owed(world, scene) == ["task_owed_times"]


def test_whose_times_have_arrived_is_owed_nothing_when_the_launch_is_stopped(world: World) -> None:
    scene = launched(world, "Zoe", slots=2)
    answer(world, "zoe", Answer.YES)
    answer(world, "zoe", Answer.YES)
    assert "créneaux" in str(world.sink.to("zoe@candidat.example")[-1]["Subject"])
    with world.database.work() as session:
        chains.stop(session, scene.people.claire, scene.launch, now=world.now)
    assert _owed(world, scene) == []


def test_who_asked_us_to_stop_meanwhile_is_not_to_be_called(world: World) -> None:
    scene = launched(world, "Zoe", slots=2)
    answer(world, "zoe", Answer.YES)
    world.now = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    answer(world, "zoe", Answer.YES)  # the times wait for the morning
    with world.database.work() as session:
        session.execute(sa.update(Talent).values(do_not_contact_at=world.now))
    world.later(hours=12)
    for _ in range(2):
        world.work()
    with world.database.work() as session:
        assert _way(session).outcome == Outcome.BLOCKED
    assert _owed(world, scene) == []
