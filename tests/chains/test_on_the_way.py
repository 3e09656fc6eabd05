"""What is next for one person, and what keeps a launch waiting."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from portal.access.models import Staff
from portal.chains import actions as chains
from portal.chains.models import Launch
from portal.chains.on_the_way import launches_without_slots, waiting_on_rhythm, ways_of
from portal.chains.rules import NO_SLOTS, EnrolmentState, Outcome
from portal.conversations.models import Ask
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound
from portal.replies import actions as replies
from portal.talents.models import Talent
from portal.timeline.who import Person
from tests.cast import NOW, as_candidate
from tests.scenes import launched
from tests.world import World

WORDS = {"subject": "Des nouvelles", "body": "Bonjour {first_name}"}
INFORM = {
    "steps": [
        {"type": "info", "key": "news", "text": {"fr": WORDS, "en": WORDS}, "next": "end"},
        {"type": "end", "key": "end"},
    ]
}


def member(world: World, name: str) -> Person:
    with world.database.work() as session:
        row = session.exec(select(Staff).where(col(Staff.name) == name)).one()
        return Person(row.id or 0, row.role, row.name, "fr", "Europe/Paris")


def answers(world: World, talent_id: int, *given: Answer) -> None:
    """They give these answers, each to the newest question, and the worker does its work after each."""
    for answer in given:
        world.later(minutes=5)
        with world.database.work() as session:
            them = as_candidate(session.get_one(Talent, talent_id))
            newest = select(Ask).where(col(Ask.talent_id) == talent_id).order_by(col(Ask.id).desc())
            ask = session.exec(newest).first()
            assert ask is not None
            replies.record(session, them, ask, answer, via="portal", now=world.now)
        world.work()


def test_a_yes_without_times_to_offer_asks_the_owner_for_times(world: World) -> None:
    ids = launched(world, "Zoé", "Luc", slots=1).ids
    answers(world, ids["Zoé"], Answer.YES, Answer.YES)
    claire, marc = member(world, "Claire"), member(world, "Marc")
    with world.database.work() as session:
        (starved,) = launches_without_slots(session, claire)
        assert (starved.chain, starved.opportunity, starved.people) == (
            "Toujours en veille ?",
            "Infirmière de site, Lyon",
            1,
        )
        assert launches_without_slots(session, marc) == []
        (way,) = ways_of(session, marc, ids["Zoé"])
        assert (way.step, way.state, way.blocked_by) == ("slots", EnrolmentState.DUE, NO_SLOTS)
        (other,) = ways_of(session, marc, ids["Luc"])
        assert (other.step, other.state, other.owner) == ("question", EnrolmentState.ASKED, "Claire")


def test_a_way_that_ended_says_how(world: World) -> None:
    ids = launched(world, "Inès").ids
    answers(world, ids["Inès"], Answer.NO)
    with world.database.work() as session:
        (way,) = ways_of(session, member(world, "Claire"), ids["Inès"])
    assert (way.state, way.outcome, way.ended_at) == (EnrolmentState.ENDED, Outcome.NO, world.now)


def test_who_had_a_letter_lately_waits_on_their_rhythm(world: World) -> None:
    ids = launched(world, "Léa").ids
    claire = member(world, "Claire")
    with world.database.work() as session:
        first = session.exec(select(Launch)).one()
        again = chains.launch(
            session,
            claire,
            version_id=chains.create(session, claire, "Des nouvelles", INFORM, now=world.now).id or 0,
            segment_id=first.segment_id,
            now=world.now,
        )
    world.work()
    with world.database.work() as session:
        (resting,), total = waiting_on_rhythm(session, claire)
        assert (resting.talent_id, resting.until, total) == (ids["Léa"], NOW + timedelta(days=30), 1)
        chains.pause(session, claire, again.id or 0, now=world.now)
        session.flush()
        assert waiting_on_rhythm(session, claire) == ([], 0)


def test_only_recruiters_see_who_is_on_the_way(world: World) -> None:
    ids = launched(world, "Léa").ids
    with world.database.work() as session:
        lea = as_candidate(session.get_one(Talent, ids["Léa"]))
        for stranger in (member(world, "Dora"), lea):
            with pytest.raises(NotFound):
                ways_of(session, stranger, ids["Léa"])
            with pytest.raises(NotFound):
                launches_without_slots(session, stranger)
            with pytest.raises(NotFound):
                waiting_on_rhythm(session, stranger)
