"""One launch a press: who is launched on twice, and what a person must confirm in words."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains.actions import AlreadyRuns
from portal.chains.models import ChainVersion, Launch
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.timeline.who import Person
from tests.cast import NOW
from tests.scenes import Scene, answer, launched, people_and_job
from tests.world import World

pytestmark = pytest.mark.own_database

WORDS = {"subject": "Merci de votre candidature", "body": "Bonjour {first_name},\n\nMerci.\n\n{author}"}
THANKS: dict[str, Any] = {
    "steps": [
        {"type": "info", "key": "thanks", "text": {"fr": WORDS, "en": WORDS}, "next": "end"},
        {"type": "end", "key": "end"},
    ]
}
AGAIN = "Le premier envoi avait une faute."


def _thanks(world: World, *names: str) -> Scene:
    with world.database.work() as session:
        scene = people_and_job(session, *names)
        scene.version = saved(chains.create(session, scene.people.claire, "Merci", THANKS, now=NOW).id)
    return scene


def _launch(world: World, scene: Scene, who: Person | None = None, **more: Any) -> int:
    with world.database.work() as session:
        given = {"version_id": scene.version, "segment_id": scene.segment} | more
        return saved(chains.launch(session, who or scene.people.claire, now=world.now, **given).id)


def _launches(world: World) -> list[Launch]:
    with world.database.work() as session:
        return list(session.exec(select(Launch).order_by(col(Launch.id))))


def test_a_double_press_is_one_launch_and_one_letter(world: World) -> None:
    scene = _thanks(world, "Tess", "Ugo")
    first = _launch(world, scene)
    world.later(seconds=1)
    assert _launch(world, scene) == first
    world.work()
    world.later(days=65)
    world.work()
    assert len(_launches(world)) == 1
    assert len(world.sink.to("tess@candidat.example")) == 1


def test_two_windows_that_press_at_once_make_one_launch(world: World) -> None:
    scene = _thanks(world, "Tess")
    with ThreadPoolExecutor(4) as windows:
        made = list(windows.map(lambda _: _launch(world, scene), range(4)))
    assert len(set(made)) == 1
    assert len(_launches(world)) == 1


def test_two_recruiters_who_press_at_once_make_one_launch_and_the_second_is_told_which(world: World) -> None:
    scene = _thanks(world, "Tess")

    def press(who: Person) -> int:
        try:
            return _launch(world, scene, who)
        except AlreadyRuns as refused:
            return -refused.launch_id

    with ThreadPoolExecutor(2) as windows:
        told = list(windows.map(press, (scene.people.claire, scene.people.marc)))
    assert sum(told) == 0
    assert len(_launches(world)) == 1


def test_people_chosen_one_by_one_are_launched_on_once_too(world: World) -> None:
    scene = _thanks(world, "Tess", "Ugo")
    chosen = list(scene.ids.values())

    def press(ids: list[int]) -> int:
        with world.database.work() as session:
            return saved(
                chains.launch_on(session, scene.people.claire, ids, version_id=scene.version, now=world.now).id
            )

    assert press(chosen) == press(chosen[::-1])
    world.later(minutes=10)
    with pytest.raises(AlreadyRuns):
        press(chosen)
    world.work()
    assert len(world.sink.to("tess@candidat.example")) == 1


def test_while_it_runs_another_one_wants_words_that_are_kept(world: World) -> None:
    scene = _thanks(world, "Tess")
    first = _launch(world, scene)
    world.later(hours=1)
    with pytest.raises(AlreadyRuns, match=f"launch no. {first}"):
        _launch(world, scene)
    with pytest.raises(Refused, match="in a few words"):
        _launch(world, scene, words="ok")
    second = _launch(world, scene, scene.people.marc, words=AGAIN)
    assert _launch(world, scene, scene.people.marc, words=AGAIN) == second
    kept = _launches(world)[1]
    assert (kept.beside_id, kept.confirmed_by, kept.confirmed_words) == (first, scene.people.marc.id, AGAIN)
    assert kept.confirmed_at == world.now
    world.later(minutes=5)
    with pytest.raises(AlreadyRuns, match=f"launch no. {second}"):
        _launch(world, scene)


def test_an_information_goes_once_in_sixty_days_however_often_it_is_launched(world: World) -> None:
    scene = _thanks(world, "Tess")
    _launch(world, scene)
    world.work()
    world.work()
    world.later(days=40)
    _launch(world, scene)
    world.work()
    world.later(days=40)
    world.work()
    assert len(world.sink.to("tess@candidat.example")) == 1
    _launch(world, scene)
    world.work()
    assert len(world.sink.to("tess@candidat.example")) == 2


def test_what_was_corrected_reaches_only_who_had_not_been_written_to_unless_confirmed(world: World) -> None:
    scene = _thanks(world, "Tess")
    _launch(world, scene)
    world.work()
    world.later(days=34)
    mended = {
        "steps": [
            THANKS["steps"][0] | {"text": {"fr": WORDS | {"subject": "Merci !"}, "en": WORDS}},
            THANKS["steps"][1],
        ]
    }
    with world.database.work() as session:
        version = session.get_one(ChainVersion, scene.version)
        scene.version = saved(chains.save(session, scene.people.claire, version.chain_id, mended, now=world.now).id)
    _launch(world, scene)
    world.work()
    assert len(world.sink.to("tess@candidat.example")) == 1
    world.later(hours=1)
    _launch(world, scene, words=AGAIN)
    world.work()
    assert world.sink.to("tess@candidat.example")[-1]["Subject"] == "Merci !"


def test_the_silent_are_asked_again_for_the_same_job_once_confirmed_and_those_who_answered_are_not(
    world: World,
) -> None:
    scene = launched(world, "Zoe", "Mia")
    answer(world, "zoe", Answer.NO)
    with world.database.work() as session:
        chains.stop(session, scene.people.claire, scene.launch, now=world.now)
    world.later(days=90)
    job = {"opportunity_id": scene.job}
    _launch(world, scene, **job)
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 1
    world.later(hours=1)
    _launch(world, scene, words="Lancement arrêté par erreur.", **job)
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 2
    assert len(world.sink.to("zoe@candidat.example")) == 2  # the question, and the thanks for her no


def test_who_may_still_answer_is_not_asked_twice_whatever_was_confirmed(world: World) -> None:
    scene = launched(world, "Mia")
    world.later(days=1)
    _launch(world, scene, words=AGAIN, opportunity_id=scene.job)
    world.later(days=12)
    world.work()
    assert len(world.sink.to("mia@candidat.example")) == 1
