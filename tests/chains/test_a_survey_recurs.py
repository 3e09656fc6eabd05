"""A survey may come again: launched anew two months on it is put to those who answered it too, and never twice before."""

import pytest
from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains.templates import survey as asking
from portal.conversations.models import Ask
from portal.kit.db import saved
from portal.replies import responding
from portal.replies.becoming import what_became
from portal.surveys import actions as surveys
from portal.surveys.models import SurveyResponse
from portal.talents.models import Talent
from tests.cast import NOW, as_candidate
from tests.scenes import Scene, people_and_job
from tests.surveys.test_surveys import QUESTIONS
from tests.world import World

pytestmark = pytest.mark.own_database


def _launch(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        chains.launch(session, scene.people.claire, version_id=scene.version, segment_id=scene.segment, now=world.now)
    world.work()


def _respond(world: World, scene: Scene, score: int) -> None:
    with world.database.work() as session:
        zoe = session.get_one(Talent, scene.ids["Zoe"])
        ask = session.exec(select(Ask).where(Ask.talent_id == zoe.id).order_by(col(Ask.id).desc())).first()
        assert ask is not None
        assert what_became(session, ask, now=world.now).open
        responding.respond(session, as_candidate(zoe), ask, {"nps": score}, now=world.now)
    world.work()


def test_an_answered_survey_comes_again_two_months_on_and_the_newest_answer_counts(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe")
        survey = saved(surveys.create(session, scene.people.claire, "Avis", "Views", QUESTIONS, now=NOW).id)
        scene.version = saved(chains.create(session, scene.people.claire, "Avis", asking(survey), now=NOW).id)
    _launch(world, scene)
    _respond(world, scene, 3)
    letters = world.sink.to("zoe@candidat.example")
    world.later(days=40)
    _launch(world, scene)
    assert world.sink.to("zoe@candidat.example") == letters
    world.later(days=40)
    world.work()
    _launch(world, scene)
    assert len(world.sink.to("zoe@candidat.example")) == len(letters) + 1
    _respond(world, scene, 9)
    with world.database.work() as session:
        assert [row.answers for row in session.exec(select(SurveyResponse))] == [{"nps": 9}]
