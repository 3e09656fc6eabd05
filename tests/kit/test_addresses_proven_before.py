"""A house that comes up from before addresses were proven: who came in, or pressed a link, has proven theirs."""

from contextlib import closing
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from portal.conversations.rules import Answer
from portal.kit import migrate
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.talents.models import Talent
from tests.arrivals import come_in
from tests.cast import NOW, talent
from tests.scenes import answer, launched
from tests.world import living

_NO_PROOF = "UPDATE talent SET proven_at = NULL, said = said - 'email'"


def test_what_the_database_knows_already_is_their_own_word(database: Urls) -> None:
    with living(database) as world:
        launched(world, "Zoe", "Luc", "Mia")
        with world.database.work() as session:
            talent(session, "Ana")
            talent(session, "Bea", email="bea.avant@x.example")
        answer(world, "zoe", Answer.YES)
        world.later(hours=3)
        come_in(world, "ana@candidat.example")
        come_in(world, "bea.avant@x.example")
        with world.database.work() as session:
            session.execute(sa.text(_NO_PROOF))
            # Someone replaced it since, as one could.
            session.execute(
                sa.update(Talent).where(col(Talent.first_name) == "Bea").values(email="bea.apres@x.example")
            )
    migrate.downgrade(database.owner, "0017")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as house, house.work() as session:
        proven = {one.first_name: one for one in session.exec(select(Talent))}
        assert {name: one.proven_at for name, one in proven.items()} == {
            "Zoe": NOW, "Ana": NOW + timedelta(hours=3), "Luc": None, "Mia": None, "Bea": None,
        }  # fmt: skip
        assert proven["Ana"].said["email"] == {"by": "talent", "on": "2026-11-24"}
