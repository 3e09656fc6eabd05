"""A launch put right: taken up again after a stop by mistake, its waiting letters written anew from a corrected chain."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains import queries
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState
from portal.chains.templates import STILL_LOOKING
from portal.conversations.inbox import inbox
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Talent
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launch, launched, people_and_job
from tests.world import World

pytestmark = pytest.mark.own_database


def _stop(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        chains.stop(session, scene.people.claire, scene.launch, now=world.now)


def _take_up(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        chains.take_up(session, scene.people.claire, scene.launch, now=world.now)
    world.work()


def _subjects(world: World, name: str) -> list[str]:
    return [str(letter["Subject"]) for letter in world.sink.to(f"{name}@candidat.example")]


def test_stopped_by_mistake_everyone_goes_on_where_they_stood(world: World) -> None:
    scene = launched(world, "Zoe", "Luc", "Mia", slots=8)
    answer(world, "zoe", Answer.YES)
    answer(world, "zoe", Answer.YES)
    answer(world, "luc", Answer.YES)
    _stop(world, scene)
    world.work()
    world.later(minutes=10)
    _take_up(world, scene)
    with world.database.work() as session:
        assert session.exec(select(Launch.state)).one() is LaunchState.RUNNING
        assert EnrolmentState.ENDED not in session.exec(select(Enrolment.state)).all()
    assert len(_subjects(world, "zoe")) == 4  # other times, for those that were held are gone
    assert [len(_subjects(world, name)) for name in ("luc", "mia")] == [2, 1]
    answer(world, "mia", Answer.YES)
    answer(world, "luc", Answer.YES)
    assert _subjects(world, "mia")[-1].startswith("En bref")
    assert "créneaux" in _subjects(world, "luc")[-1]


def test_what_the_stop_left_a_recruiter_to_make_good_is_no_task_once_it_goes_on(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe", slots=0)
        scene.launch = launch(session, scene, scene.people.claire, now=world.now)
    world.work()
    for _ in range(2):
        answer(world, "zoe", Answer.YES)  # and there is no time to offer
    _stop(world, scene)
    with world.database.work() as session:
        assert [one.owed for one in inbox(session, scene.people.claire)] == ["task_owed_times"]
    world.later(hours=1)
    _take_up(world, scene)
    with world.database.work() as session:
        assert inbox(session, scene.people.claire) == []


def test_an_answer_may_still_be_given_for_as_long_as_was_left(world: World) -> None:
    scene = launched(world, "Mia")
    world.later(days=10)
    _stop(world, scene)
    world.later(days=10)
    _take_up(world, scene)
    world.later(days=3)
    answer(world, "mia", Answer.YES)
    assert _subjects(world, "mia")[-1].startswith("En bref")


def test_what_was_called_back_from_the_outbox_is_written_anew_and_a_later_keeps_its_day(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        world.now = world.now.replace(hour=22)
        scene.launch = launch(session, scene, scene.people.claire, now=world.now)
    world.worker.plan()
    _stop(world, scene)
    world.later(hours=12)
    _take_up(world, scene)
    assert len(_subjects(world, "mia")) == 1


def test_only_a_recruiter_takes_up_what_was_stopped_and_not_beside_another_one(world: World) -> None:
    scene = launched(world, "Mia")
    with world.database.work() as session, pytest.raises(Refused, match="stopped"):
        chains.take_up(session, scene.people.claire, scene.launch, now=world.now)
    _stop(world, scene)
    with world.database.work() as session:
        mia = as_candidate(session.get_one(Talent, scene.ids["Mia"]))
        for stranger in (mia, scene.people.dora):
            with pytest.raises(NotFound):
                chains.take_up(session, stranger, scene.launch, now=world.now)
        world.later(minutes=5)
        launch(session, scene, scene.people.claire, now=world.now)
        with pytest.raises(Refused, match="meanwhile"):
            chains.take_up(session, scene.people.claire, scene.launch, now=world.now)


def test_two_who_take_up_twin_launches_at_once_are_told_which_goes_on(world: World) -> None:
    scene = launched(world, "Mia")
    _stop(world, scene)
    world.later(minutes=5)
    with world.database.work() as session:
        twin = launch(session, scene, scene.people.marc, now=world.now)
        chains.stop(session, scene.people.marc, twin, now=world.now)
    together = Barrier(2)

    def take_up(launch_id: int) -> int:
        together.wait()
        try:
            with world.database.work() as session:
                chains.take_up(session, scene.people.claire, launch_id, now=world.now)
        except Refused as refused:
            return int(str(refused.params["launch"]))
        return 0

    both = [scene.launch, twin]
    with ThreadPoolExecutor(2) as windows:
        told = list(windows.map(take_up, both))
    assert sorted(told) == [0, both[told.index(0)]]


def _corrected(world: World, scene: Scene, subject: str) -> None:
    document = deepcopy(STILL_LOOKING)
    document["steps"][0]["text"]["fr"]["subject"] = subject
    with world.database.work() as session:
        chains.save(session, scene.people.claire, scene.chain, document, now=world.now)


def test_a_typo_is_put_right_in_the_letters_that_have_not_left(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia", "Luc")
        world.now = world.now.replace(hour=22)
        scene.launch = launch(session, scene, scene.people.claire, now=world.now)
    world.worker.plan()
    _corrected(world, scene, "Sans faute cette fois ?")
    with world.database.work() as session:
        newer = queries.newer_version(session, scene.people.claire, scene.launch)
        assert newer is not None
        assert (newer.number, newer.letters) == (2, 2)
        with pytest.raises(NotFound):
            chains.correct(session, scene.people.dora, scene.launch, now=world.now)
        assert chains.correct(session, scene.people.claire, scene.launch, now=world.now) == 2
        with pytest.raises(Refused, match="newest"):
            chains.correct(session, scene.people.claire, scene.launch, now=world.now)
    world.later(hours=12)
    world.work()
    assert _subjects(world, "mia") == _subjects(world, "luc") == ["Sans faute cette fois ?"]


def test_what_has_left_stays_as_it_was_and_the_rest_follows_the_corrected_chain(world: World) -> None:
    scene = launched(world, "Mia")
    _corrected(world, scene, "Trop tard pour celui-ci")
    with world.database.work() as session:
        assert chains.correct(session, scene.people.claire, scene.launch, now=world.now) == 0
        newest = session.exec(select(ChainVersion.id).order_by(col(ChainVersion.number).desc())).first()
        assert session.get_one(Launch, scene.launch).version_id == newest
    world.later(hours=1)
    world.work()
    assert len(_subjects(world, "mia")) == 1
    answer(world, "mia", Answer.YES)
    assert _subjects(world, "mia")[-1].startswith("En bref")


def test_other_steps_want_another_launch(world: World) -> None:
    scene = launched(world, "Mia")
    document = deepcopy(STILL_LOOKING)
    document["steps"][0]["on_silence"] = "digest"
    with world.database.work() as session:
        saved(chains.save(session, scene.people.claire, scene.chain, document, now=world.now + timedelta(hours=1)).id)
        assert queries.newer_version(session, scene.people.claire, scene.launch) is None
        with pytest.raises(Refused, match="other steps"):
            chains.correct(session, scene.people.claire, scene.launch, now=world.now)
