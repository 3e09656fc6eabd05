"""A house that comes up from before letters were renewed once: what was renewed and what was replaced is known."""

from contextlib import closing

import sqlalchemy as sa
from sqlmodel import col, select

from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit import migrate
from portal.kit.db import Database
from portal.kit.embedded import Urls
from tests.scenes import answer, launched
from tests.world import living


def test_a_house_from_before_knows_what_was_renewed_and_closes_what_was_replaced(database: Urls) -> None:
    with living(database) as world:
        launched(world, "Zoe", slots=12)
        for _ in range(2):
            answer(world, "zoe", Answer.YES)
        with world.database.work() as session:
            older = session.exec(select(Ask).where(col(Ask.question) == Question.SLOTS)).one()
            session.add(Ask(**older.model_dump(exclude={"id", "letter_id"}), letter_id=older.letter_id))
            session.execute(
                sa.text(
                    "INSERT INTO timeline_event (at, talent_id, kind, actor_kind, params) VALUES"
                    " (:at, :talent, 'asked_for_new_link', 'link', jsonb_build_object('ask', CAST(:ask AS bigint)))"
                ),
                {"at": world.now, "talent": older.talent_id, "ask": older.id},
            )
    migrate.downgrade(database.owner, "0023")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as house, house.work() as session:
        old, new = session.exec(select(Ask).where(col(Ask.question) == Question.SLOTS).order_by(col(Ask.id))).all()
        assert (old.renewed_at is not None, old.closed_at is not None) == (True, True)
        assert (new.renewed_at, new.closed_at) == (None, None)
