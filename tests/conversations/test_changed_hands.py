"""A conversation that is closed, falls silent or goes to somebody else is told to both colleagues."""

import pytest
from sqlmodel import Session, col, select

from portal.chains import actions as chains
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, WaitsFor
from portal.conversations import actions as conversations
from portal.conversations.hands import changed_hands
from portal.conversations.models import Conversation
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound
from portal.segments.models import Segment
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person
from tests.cast import NOW, as_candidate
from tests.scenes import Scene, answer, launched
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """Zoé said yes to Claire."""
    scene = launched(world, "Zoe")
    answer(world, "zoe", Answer.YES)
    return scene


def _conversation(session: Session) -> int:
    return session.exec(select(Conversation.id)).one() or 0


def _told(world: World, who: Person) -> list[tuple[str, str, bool, str, str]]:
    with world.database.work() as session:
        return [(one.kind, one.had, one.had_it, one.has, one.by) for one in changed_hands(session, who, now=world.now)]


def test_a_colleague_takes_over_and_both_know(world: World, scene: Scene) -> None:
    claire, marc = scene.people.claire, scene.people.marc
    with world.database.work() as session:
        for _ in range(2):
            conversations.take_over(session, marc, _conversation(session), now=world.now)
    taken = ("conversation_taken_over", "Claire")
    assert _told(world, claire) == [(*taken, True, "Marc", "Marc")]
    assert _told(world, marc) == [(*taken, False, "Marc", "Marc")]
    world.later(days=8)
    assert _told(world, claire) == []


def test_a_colleague_closes_it_and_whoever_had_it_knows(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        conversations.close_conversation(session, scene.people.marc, _conversation(session), now=world.now)
    assert _told(world, scene.people.claire) == [("conversation_closed", "Claire", True, "", "Marc")]
    assert _told(world, scene.people.marc) == []


def test_what_one_closed_oneself_is_no_news(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        conversations.close_conversation(session, scene.people.claire, _conversation(session), now=world.now)
    assert _told(world, scene.people.claire) == []


def test_nobody_speaks_and_both_the_one_who_had_it_and_the_one_who_waits_know(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        segment = session.get_one(Segment, scene.segment)
        news = {"fr": {"subject": "Un mot", "body": "Bonjour"}, "en": {"subject": "A word", "body": "Hello"}}
        version = chains.create(
            session,
            scene.people.marc,
            "Un mot",
            {"steps": [{"type": "info", "key": "news", "text": news, "next": "end"}, {"type": "end", "key": "end"}]},
            now=NOW,
        )
        chains.launch(session, scene.people.marc, version_id=version.id or 0, segment_id=segment.id or 0, now=NOW)
    world.work()
    with world.database.work() as session:
        waits = select(Enrolment.id).where(col(Enrolment.waits_for) == WaitsFor.CONVERSATION)
        assert session.exec(waits).first() is not None
    world.later(days=46)
    with world.database.work() as session:
        conversations.close_idle(session, now=world.now)
        assert session.exec(select(TimelineEvent.kind)).all().count("conversation_idle") == 1
        assert session.exec(select(Enrolment.state)).all().count(EnrolmentState.ENDED) <= 1
    assert _told(world, scene.people.claire) == [("conversation_idle", "Claire", True, "", "")]
    assert _told(world, scene.people.marc) == [("conversation_idle", "Claire", False, "", "")]


def test_a_candidate_reads_none_of_it(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        with pytest.raises(NotFound):
            changed_hands(session, zoe, now=world.now)
