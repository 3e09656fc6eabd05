"""The chains, and what runs."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.chains import queries
from portal.chains.editing import ends
from portal.chains.queries import LaunchRow
from portal.kit.i18n import ago, moment, say, say_n
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.chain import words
from portal.ui.recruiter.launch.words import STATES, shade


@dataclass
class ChainLine:
    """One chain in words."""

    href: str
    launch_to: str
    name: str
    steps: str
    told: str
    when: str
    exactly: str
    running: str


@dataclass
class LaunchLine:
    """One launch in words."""

    href: str
    name: str
    told: str
    state: str
    shade: str
    when: str
    exactly: str


class ChainList(Room):
    """The list of the room."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    put_away: bool = False
    lines: list[ChainLine] = []
    going_on: list[LaunchLine] = []
    over: list[LaunchLine] = []

    @rx.event
    async def load(self) -> None:
        """Read chains and launches."""
        put_away = self.asked("put_away") == "1"
        self.lines, self.going_on, self.over = await self.inside(lambda door: _read(door, put_away))
        self.put_away, self.loaded = put_away, True


def _read(door: Door, put_away: bool) -> tuple[list[ChainLine], list[LaunchLine], list[LaunchLine]]:
    chains = queries.chains(door.session, door.who, archived=put_away)
    launches = queries.launches(door.session, door.who, most=30)
    on = [_launch(door, one) for one in launches if one.state in queries.GOING_ON]
    over = [_launch(door, one) for one in launches if one.state not in queries.GOING_ON]
    return [_line(door, one) for one in chains], on, over[:10]


def _line(door: Door, one: queries.ChainRow) -> ChainLine:
    kinds = [words.kind(door.locale, step) for step in one.definition["steps"] if not ends(step)]
    version = say(door.locale, "version {number}, by {author}", number=one.number, author=one.owner)
    running = say_n(door.locale, "{count} person on the way", "{count} people on the way", one.on_the_way)
    return ChainLine(
        href=f"/chains/{one.id}",
        launch_to=f"/chains/launch?chain={one.id}",
        name=one.name,
        steps=" → ".join(kinds),
        told=version,
        when=ago(door.locale, one.changed_at, door.zone, door.now),
        exactly=moment(door.locale, one.changed_at, door.zone, door.now),
        running=running if one.on_the_way else "",
    )


def _launch(door: Door, one: LaunchRow) -> LaunchLine:
    enrolled = say_n(door.locale, "{count} person", "{count} people", one.enrolled)
    answered = say_n(door.locale, "{count} answer", "{count} answers", one.answered)
    return LaunchLine(
        href=f"/launches/{one.id}",
        name=f"{one.chain} · {one.segment}" if one.segment else one.chain,
        told=f"{enrolled} · {answered}" if one.enrolled_at else one.opportunity,
        state=say(door.locale, STATES[one.state]),
        shade=shade(one.state),
        when=ago(door.locale, one.starts_at, door.zone, door.now),
        exactly=moment(door.locale, one.starts_at, door.zone, door.now),
    )
