"""Zoé, who has come in with her address, and what is asked about it."""

from sqlmodel import col, select

from portal.signin import changing
from portal.signin.proposals import waiting
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person
from tests.cast import Cast
from tests.world import World

HERS, NEW, OTHER = "zoe@candidat.example", "zoe.neuve@x.example", "zoe.autre@x.example"


def propose(world: World, who_asks: Person, id_: int, address: str) -> None:
    with world.database.work() as session:
        changing.propose(session, who_asks, id_, address, now=world.now)


def row(world: World, id_: int) -> Talent:
    with world.database.work() as session:
        return session.get_one(Talent, id_)


def kinds(world: World, id_: int) -> list[str]:
    with world.database.work() as session:
        mine = select(TimelineEvent.kind).where(col(TimelineEvent.talent_id) == id_).order_by(col(TimelineEvent.id))
        return [kind for kind in session.exec(mine) if kind.startswith("address") or kind == "asked_for_new_link"]


def waits(world: World, people: Cast, id_: int) -> str:
    with world.database.work() as session:
        found = waiting(session, people.claire, id_, now=world.now)
        return found.address if found else ""
