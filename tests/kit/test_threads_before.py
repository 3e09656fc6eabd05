"""A house that comes up from before threads: what had left on one way, and what followed it, is one thread."""

from contextlib import closing
from datetime import timedelta

from sqlmodel import col, select

from portal.conversations.rules import Answer
from portal.kit import migrate
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.postbox.models import Letter
from portal.replies.writing import write_by_hand
from tests.scenes import answer, launched, pick_first
from tests.world import living


def test_what_left_before_belongs_together(database: Urls) -> None:
    with living(database) as world:
        scene = launched(world, "Zoe", "Luc")
        for _ in (1, 2):
            world.later(minutes=5)
            answer(world, "zoe", Answer.YES)
        world.later(minutes=5)
        pick_first(world, "zoe")
        world.later(minutes=5)
        with world.database.work() as session:
            write_by_hand(session, scene.people.claire, scene.ids["Zoe"], subject="Un mot", text="Oui.", now=world.now)
            before = {one.id: one.thread for one in session.exec(select(Letter))}
    migrate.downgrade(database.owner, "0027")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as house, house.work() as session:
        letters = session.exec(select(Letter).order_by(col(Letter.queued_at))).all()
        assert {one.id: one.thread for one in letters} == before
        zoes = [one for one in letters if one.talent_id == scene.ids["Zoe"]]
        assert [one.thread for one in zoes] == [None, *[zoes[0].id] * 4]
        assert zoes[-1].queued_at - zoes[0].queued_at == timedelta(minutes=20)
