"""Who waits for a day is due that day; who waits for something has no day, and is taken up when it is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from portal.booking.models import Slot
from portal.chains import actions as chains
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, WaitsFor
from portal.conversations import actions as conversations
from portal.conversations.rules import Answer
from portal.gate.models import GateDecision
from portal.kit.db import saved
from portal.opportunities import actions as opportunities
from tests.cast import NOW
from tests.scenes import answer, launch, launched, people_and_job
from tests.world import World

WORDS = {"subject": "Des nouvelles", "body": "Bonjour {first_name}"}
TEXT = {"fr": WORDS, "en": WORDS}
INFORM: dict[str, Any] = {
    "steps": [
        {"type": "info", "key": "news", "text": TEXT, "next": "rest"},
        {"type": "wait", "key": "rest", "days": 1, "next": "end"},
        {"type": "end", "key": "end"},
    ]
}


def _way(world: World, talent: int) -> Enrolment:
    with world.database.work() as session:
        return session.exec(select(Enrolment).where(col(Enrolment.talent_id) == talent)).one()


def test_whoever_waits_for_times_is_not_asked_about_again_until_there_are_two(world: World) -> None:
    scene = launched(world, "Zoe", slots=1)
    answer(world, "zoe", Answer.YES)
    answer(world, "zoe", Answer.YES)
    way = _way(world, scene.ids["Zoe"])
    assert (way.step, way.state, way.due_at, way.waits_for) == ("slots", EnrolmentState.DUE, None, WaitsFor.TIMES)
    with world.database.work() as session:
        decided = session.exec(select(sa.func.count()).select_from(GateDecision)).one()
    world.later(hours=5)
    world.work()
    with world.database.work() as session:
        assert session.exec(select(sa.func.count()).select_from(GateDecision)).one() == decided
        begins = world.now + timedelta(days=4)
        session.add(Slot(staff_id=scene.people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
    world.work()
    assert _way(world, scene.ids["Zoe"]).state is EnrolmentState.ASKED
    assert "Deux créneaux" in str(world.sink.to("zoe@candidat.example")[-1]["Subject"])


def test_whoever_talks_with_a_colleague_is_written_to_when_they_have_done(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Luc")
        talk = conversations.open_conversation(
            session, scene.people.marc, scene.ids["Luc"], scene.people.marc.id, now=NOW
        )
        launch(session, scene, scene.people.claire, now=NOW)
        talking = saved(talk.id)
    world.work()
    way = _way(world, scene.ids["Luc"])
    assert (way.due_at, way.waits_for, way.blocked_by) == (None, WaitsFor.CONVERSATION, "already_asked")
    world.later(days=20)
    world.work()
    assert world.sink.to("luc@candidat.example") == []
    with world.database.work() as session:
        conversations.close_conversation(session, scene.people.marc, talking, now=world.now)
    world.work()
    assert len(world.sink.to("luc@candidat.example")) == 1


def test_a_job_that_is_closed_is_sold_to_nobody_until_it_opens_again(world: World) -> None:
    scene = launched(world, "Zoe")
    with world.database.work() as session:
        opportunities.close(session, scene.people.claire, scene.job, now=world.now)
    answer(world, "zoe", Answer.YES)
    way = _way(world, scene.ids["Zoe"])
    assert (way.step, way.due_at, way.waits_for) == ("digest", None, WaitsFor.JOB)
    assert len(world.sink.to("zoe@candidat.example")) == 1
    world.later(days=1)
    with world.database.work() as session:
        opportunities.open_again(session, scene.people.claire, scene.job, now=world.now)
    world.work()
    assert "En bref" in str(world.sink.to("zoe@candidat.example")[-1]["Subject"])


def test_a_rest_after_a_letter_counts_from_when_it_left(world: World) -> None:
    saturday_night = datetime(2026, 12, 5, 21, 0, tzinfo=UTC)
    world.now = saturday_night
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        version = chains.create(session, scene.people.claire, "Des nouvelles", INFORM, now=world.now)
        scene.version = saved(version.id)
        launch(session, scene, scene.people.claire, now=world.now)
    world.work()
    way = _way(world, scene.ids["Mia"])
    assert (way.step, way.due_at, way.waits_for) == ("news", None, WaitsFor.LETTER)
    monday_at_eight = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)
    world.now = monday_at_eight
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 1
    world.work()
    way = _way(world, scene.ids["Mia"])
    assert (way.step, way.state, way.due_at) == ("end", EnrolmentState.DUE, monday_at_eight + timedelta(days=1))
