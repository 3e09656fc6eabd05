"""A house that comes up from before one launch of a kind ran at a time: what runs twice stays, what was sent is known."""

from contextlib import closing

import sqlalchemy as sa
from sqlmodel import col, select

from portal.chains import actions as chains
from portal.chains.models import Enrolment, Launch
from portal.chains.queries.twins import of_people, of_segment
from portal.kit import migrate
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox.models import Letter
from tests.scenes import launch, launched
from tests.world import living

AGAIN = "Deux fois, comme avant."


def test_launches_that_run_twice_stay_and_letters_know_their_step(database: Urls) -> None:
    with living(database) as world:
        scene = launched(world, "Zoe", "Mia")
        world.later(hours=1)
        with world.database.work() as session:
            twin = launch(session, scene, scene.people.marc, now=world.now, words=AGAIN)
            chosen = chains.launch_on(
                session,
                scene.people.claire,
                list(scene.ids.values()),
                version_id=scene.version,
                opportunity_id=scene.job,
                now=world.now,
            )
            waits = sa.update(Enrolment).where(col(Enrolment.launch_id) == chosen.id)
            session.execute(waits.values(waits_for="job", due_at=None, blocked_by="job_closed"))
    migrate.downgrade(database.owner, "0023")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as house, house.work() as session:
        found = {saved(one.id): one for one in session.exec(select(Launch))}
        assert [found[id_].whom for id_ in (scene.launch, twin)] == [of_segment(scene.segment)] * 2
        assert found[saved(chosen.id)].whom == of_people(list(scene.ids.values()))
        assert [found[id_].beside_id for id_ in (scene.launch, twin)] == [None, scene.launch]
        assert found[twin].confirmed_at is None
        assert set(session.exec(select(Letter.chain_id, Letter.step))) == {(scene.chain, "still_looking")}
        asked_again = session.exec(select(Enrolment).where(col(Enrolment.launch_id) == chosen.id)).all()
        assert {(way.waits_for, way.blocked_by, way.due_at is None) for way in asked_again} == {(None, None, False)}
