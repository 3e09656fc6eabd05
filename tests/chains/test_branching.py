from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains import editing
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, Outcome
from portal.chains.templates import STILL_LOOKING
from portal.conversations.rules import Answer
from tests.cast import NOW
from tests.scenes import answer, launch, people_and_job, pick_first
from tests.world import World


def _launched(world: World, document: dict[str, Any]) -> int:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        scene.version = chains.save(session, scene.people.claire, scene.chain, document, now=NOW).id or 0
        launch(session, scene, scene.people.claire, now=NOW)
    world.work()
    return scene.ids["Mia"]


def _way(world: World, talent: int) -> Enrolment:
    with world.database.work() as session:
        return session.exec(select(Enrolment).where(col(Enrolment.talent_id) == talent)).one()


def test_someone_who_said_later_is_asked_again_on_their_day_if_the_chain_says_so(world: World) -> None:
    chain = editing.kept(STILL_LOOKING)
    again = editing.add(chain, "wait", "slots")
    editing.link(chain, "slots", "on_picked", "end")
    editing.link(chain, "still_looking", "on_later", again)
    editing.link(chain, again, "next", "still_looking")
    mia = _launched(world, chain)
    answer(world, "mia", Answer.LATER)
    waiting = _way(world, mia)
    assert waiting.state is EnrolmentState.DUE
    assert waiting.due_at is not None
    assert waiting.due_at > NOW + timedelta(days=88)
    world.later(days=89)
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 1
    world.later(days=2)
    world.work()  # their day has come: the wait begins
    world.later(days=10)
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 2


def test_someone_who_said_later_leaves_a_chain_that_says_no_more(world: World) -> None:
    mia = _launched(world, STILL_LOOKING)
    answer(world, "mia", Answer.LATER)
    assert (_way(world, mia).state, _way(world, mia).outcome) == (EnrolmentState.ENDED, Outcome.LATER)


def test_the_first_letter_after_each_of_their_answers_follows_it_and_a_second_waits_for_the_rhythm(
    world: World,
) -> None:
    chain = editing.kept(STILL_LOOKING)
    after, second = editing.add(chain, "info", "slots"), ""
    second = editing.add(chain, "info", after)
    for key in (after, second):
        for language in ("fr", "en"):
            editing.write(chain, key, language, "subject", "À bientôt")
            editing.write(chain, key, language, "body", "Bonjour {first_name}")
    mia = _launched(world, chain)
    answer(world, "mia", Answer.YES)
    answer(world, "mia", Answer.YES)
    pick_first(world, "mia")
    world.work()
    assert "À bientôt" in {str(letter["Subject"]) for letter in world.sink.to("mia@candidat.example")}
    way = _way(world, mia)
    assert (way.step, way.state, way.blocked_by) == (second, EnrolmentState.DUE, "rhythm")
