from datetime import timedelta

import pytest

from portal.chains import actions as chains
from portal.chains import queries
from portal.chains.queries import Stage
from portal.chains.rules import LaunchState
from portal.chains.templates import THANK_YOU
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound
from tests.cast import NOW, talent
from tests.scenes import Scene, in_every_state, launch, launched
from tests.world import World


def _at(world: World, scene: Scene, stage: Stage, why: str | None = None) -> list[str]:
    """The first names behind a number, which must be as many as it says."""
    with world.database.work() as session:
        people = queries.people_at(session, scene.people.claire, scene.launch, stage, now=world.now, why=why)
        counted = queries.board(session, scene.people.claire, scene.launch, now=world.now)
    if why is None:
        assert counted.counts[stage] == len(people)
    return [one.name.removesuffix(" Martin") for one in people]


def test_every_number_of_the_board_opens_the_people_it_counts(world: World) -> None:
    scene = in_every_state(world)
    expected = {
        Stage.ENROLLED: {"Zoe", "Luc", "Ines", "Lea", "Mia"},
        Stage.SENT: {"Zoe", "Luc", "Ines", "Lea", "Mia"},
        Stage.ANSWERED: {"Zoe", "Luc", "Ines", "Lea"},
        Stage.INTERESTED: {"Zoe", "Luc"},
        Stage.YES: {"Zoe"},
        Stage.MORE_INFO: {"Luc"},
        Stage.NO: {"Ines"},
        Stage.LATER: {"Lea"},
        Stage.WAITED_FOR: {"Mia"},
        Stage.DIGEST_SENT: {"Zoe", "Luc"},
        Stage.DIGEST_OK: {"Zoe"},
        Stage.OFFERED: {"Zoe"},
        Stage.BOOKED: {"Zoe"},
    }
    for stage in Stage:
        wanted = {"Ines"} if stage is Stage.NO_BECAUSE else expected.get(stage, set())
        assert set(_at(world, scene, stage)) == wanted, stage


def test_a_no_is_counted_with_its_reason(world: World) -> None:
    scene = in_every_state(world)
    assert _at(world, scene, Stage.NO_BECAUSE, "too_far") == ["Ines"]
    assert _at(world, scene, Stage.NO_BECAUSE, "salary") == []
    with world.database.work() as session:
        board = queries.board(session, scene.people.claire, scene.launch, now=world.now)
    assert [(one.why, one.people) for one in board.by_reason(Stage.NO_BECAUSE)] == [("too_far", 1)]
    assert board.share(Stage.ANSWERED) == 0.8
    assert board.takes is not None
    assert timedelta(hours=1) <= board.takes <= timedelta(hours=3)


def test_someone_silent_past_the_deadline_is_no_longer_waited_for(world: World) -> None:
    scene = launched(world, "Mia")
    assert _at(world, scene, Stage.WAITED_FOR) == ["Mia"]
    world.later(days=14, minutes=1)
    world.work()
    assert _at(world, scene, Stage.WAITED_FOR) == []
    assert _at(world, scene, Stage.SILENT) == ["Mia"]


def test_whoever_the_gate_holds_back_stands_under_its_reason_and_with_its_day(world: World) -> None:
    first = launched(world, "Mia")
    with world.database.work() as session:
        talent(session, "Tom", job_code="J1506", consented=False)
        session.flush()
        again = launch(session, first, first.people.marc, now=world.now, words="Une liste plus longue.")
    world.work()
    with world.database.work() as session:
        board = queries.board(session, first.people.marc, again, now=world.now)
        told = {(one.stage, one.why) for one in board.reasons}
        assert told == {(Stage.BLOCKED, "no_basis"), (Stage.BLOCKED, "same_opportunity")}
        (tom,) = queries.people_at(session, first.people.marc, again, Stage.BLOCKED, now=world.now, why="no_basis")
        assert (tom.name, tom.because) == ("Tom Martin", "no_basis")


def test_someone_whose_rhythm_is_full_waits_until_a_known_day(world: World) -> None:
    first = launched(world, "Mia")
    with world.database.work() as session:
        thanks = chains.create(session, first.people.marc, "Merci", THANK_YOU, now=world.now)
        begun = chains.launch(
            session, first.people.marc, version_id=thanks.id or 0, segment_id=first.segment, now=world.now
        )
        launch_id = begun.id or 0
    world.work()
    with world.database.work() as session:
        (mia,) = queries.people_at(session, first.people.marc, launch_id, Stage.HELD, now=world.now, why="rhythm")
        assert mia.held_until == NOW + timedelta(days=30)


def test_the_list_of_chains_tells_what_runs(world: World) -> None:
    scene = in_every_state(world)
    with world.database.work() as session:
        chains.save(session, scene.people.claire, scene.chain, THANK_YOU, now=world.now)
        (chain,) = queries.chains(session, scene.people.marc)
        assert (chain.number, chain.launches, chain.going_on) == (2, 1, 1)
        view = queries.chain_for(session, scene.people.marc, scene.chain)
        assert [(one.number, one.launches) for one in view.versions] == [(2, 0), (1, 1)]
        assert view.versions[1].on_the_way == chain.on_the_way == 2  # Luc has his offer, Mia her question
        (launch,) = queries.launches(session, scene.people.marc, going_on=True)
        assert (launch.state, launch.enrolled, launch.answered, launch.said_yes) == (LaunchState.RUNNING, 5, 4, 2)
        said = queries.latest_answers(session, scene.people.marc, scene.launch, now=world.now)
        assert [one.answer for one in said[:2]] in ([Answer.LATER, Answer.NO], [Answer.NO, Answer.LATER])


def test_nobody_but_recruiters_reads_a_board(world: World) -> None:
    scene = launched(world, "Mia")
    with world.database.work() as session:
        dora = scene.people.dora
        with pytest.raises(NotFound):
            queries.board(session, dora, scene.launch, now=world.now)
        with pytest.raises(NotFound):
            queries.people_at(session, dora, scene.launch, Stage.SENT, now=world.now)
        with pytest.raises(NotFound):
            queries.chains(session, dora)
        with pytest.raises(NotFound):
            chains.stop(session, dora, scene.launch, now=world.now)
