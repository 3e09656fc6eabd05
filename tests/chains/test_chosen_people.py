"""A chain started on people chosen one by one, and asking people whether what we know is still true."""

import pytest
from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains import queries
from portal.chains.models import ChainVersion, Enrolment
from portal.chains.rules import LaunchState
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.postbox.models import Letter
from tests.cast import NOW, as_candidate
from tests.people import talent as somebody
from tests.scenes import people_and_job
from tests.world import World


def test_asking_for_an_update_writes_to_those_the_gate_lets_through(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoé", "Inès")
        stranger = saved(somebody(session, "Sans Accord").id)
        ids = [*scene.ids.values(), stranger, 10**15]
        launch = chains.ask_for_update(session, scene.people.claire, ids, now=NOW)
        assert (launch.segment_id, launch.state) == (None, LaunchState.RUNNING)
        enrolled = session.exec(select(Enrolment.talent_id).where(col(Enrolment.launch_id) == launch.id)).all()
        assert set(enrolled) == {*scene.ids.values(), stranger}
    world.work()
    with world.database.work() as session:
        letters = session.exec(select(Letter).where(col(Letter.template) == "question_still_looking")).all()
        assert {letter.talent_id for letter in letters} == set(scene.ids.values())
        row = queries.launch_for(session, scene.people.claire, saved(launch.id))
        assert (row.segment_id, row.segment, row.enrolled) == (None, "", 3)
        assert [one.id for one in queries.launches(session, scene.people.claire)] == [launch.id]


def test_the_house_s_question_is_written_once(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoé", "Inès")
        before = len(session.exec(select(ChainVersion)).all())
        for name in scene.ids:
            chains.ask_for_update(session, scene.people.claire, [scene.ids[name]], now=NOW)
        assert len(session.exec(select(ChainVersion)).all()) == before + 1


def test_nobody_but_a_recruiter_starts_one_and_never_on_nobody(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoé")
        zoe = as_candidate(somebody(session, "Zoé Autre"))
        for stranger in (zoe, scene.people.dora):
            with pytest.raises(NotFound):
                chains.ask_for_update(session, stranger, list(scene.ids.values()), now=NOW)
        for nobody in ([], [10**15]):
            with pytest.raises(Refused, match="at least one"):
                chains.ask_for_update(session, scene.people.claire, nobody, now=NOW)
