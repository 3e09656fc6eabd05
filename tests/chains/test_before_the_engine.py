"""A launch that was under way before the engine of chains came: its stored version still reads, its people come to their end."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from portal.booking.models import Slot
from portal.chains.models import ChainVersion, Enrolment
from portal.chains.rules import EnrolmentState, Outcome
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.surveys import actions as surveys
from tests.cast import NOW
from tests.scenes import answer, launch, people_and_job, pick_first
from tests.surveys.test_surveys import QUESTIONS
from tests.world import World

WORDS = {"subject": "Bonjour", "body": "Bonjour {first_name},\n\n{knows}\n\n{author}"}
TEXT = {"fr": WORDS, "en": WORDS}
# As versions were stored: every key that stood in them then, to the letter.
STORED: dict[str, Any] = {
    "steps": [
        {
            "type": "question",
            "key": "still_looking",
            "question": "still_looking",
            "text": TEXT,
            "on_yes": "digest",
            "on_more_info": "digest",
            "on_no": "end",
            "on_later": "end",
            "on_silence": "end",
            "silence_days": 14,
        },
        {"type": "digest", "key": "digest", "on_yes": "slots", "on_no": "end", "on_silence": "end", "silence_days": 7},
        {"type": "slots", "key": "slots", "on_picked": "hello", "on_neither": "end", "on_silence": "end"},
        {"type": "info", "key": "hello", "text": TEXT, "next": "rest"},
        {"type": "wait", "key": "rest", "days": 2, "next": "opinion"},
        {"type": "survey", "key": "opinion", "survey_id": 1, "text": TEXT, "next": "end", "silence_days": 14},
        {"type": "end", "key": "end"},
    ]
}


def _stand(world: World, talent: int, **columns: Any) -> None:
    """Put somebody where the house of before had left them."""
    with world.database.work() as session:
        left = {"waits_for": None, "blocked_by": None, "outcome": None, "ended_at": None} | columns
        session.execute(sa.update(Enrolment).where(col(Enrolment.talent_id) == talent).values(**left))


def _ends(world: World) -> dict[int, str | None]:
    with world.database.work() as session:
        ways = session.exec(select(Enrolment)).all()
        assert {way.state for way in ways} == {EnrolmentState.ENDED}
        return {way.talent_id: way.outcome for way in ways}


def test_a_launch_under_way_before_is_walked_to_its_end(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe", "Luc", "Mia", "Ines", "Ali", slots=0)
        assert surveys.create(session, scene.people.claire, "Votre avis", "Your view", QUESTIONS, now=NOW).id == 1
        version = ChainVersion(
            chain_id=scene.chain, number=2, definition=STORED, author_id=scene.people.claire.id, created_at=NOW
        )
        session.add(version)
        session.flush()
        scene.version = saved(version.id)
        launch(session, scene, scene.people.claire, now=NOW)
    ids = scene.ids
    world.work()
    answer(world, "luc", Answer.YES)
    answer(world, "luc", Answer.YES)
    # Zoé's letter that asks nothing had been planned, and she was led on at once; Luc waited for times, due each hour; Mia
    # had come to the survey; Inès had been led down the branch of silence; Ali was asked, and the day of silence stood.
    _stand(world, ids["Zoe"], step="rest", state="due", due_at=NOW)
    _stand(world, ids["Luc"], step="slots", state="due", due_at=NOW + timedelta(hours=1), blocked_by="no_slots")
    _stand(world, ids["Mia"], step="opinion", state="due", due_at=NOW + timedelta(days=2))
    _stand(world, ids["Ines"], step="end", state="due", due_at=NOW, outcome="silence")
    world.later(hours=2)
    world.work()
    assert len(world.sink.to("luc@candidat.example")) == 2  # no times yet
    with world.database.work() as session:
        for number in range(2):
            begins = world.now + timedelta(days=4, hours=number)
            session.add(Slot(staff_id=scene.people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
    world.work()
    pick_first(world, "luc")
    for _ in range(8):
        world.later(days=15)
        world.work()
        world.work()
    assert _ends(world) == dict.fromkeys(ids.values(), Outcome.SILENCE)
    # The question, and after its rhythm the survey; to Luc the offer, the times and what was settled too.
    arrived = {name: len(world.sink.to(f"{name}@candidat.example")) for name in ("zoe", "luc", "mia", "ines", "ali")}
    assert arrived == {"zoe": 2, "luc": 6, "mia": 2, "ines": 1, "ali": 1}
