"""The portrait of a segment or of the pool."""

from typing import ClassVar

import reflex as rx

from portal.kit.i18n import say
from portal.segments import portrait
from portal.segments.queries import rule_of, saved, segment_for
from portal.ui.components.pictures import Bar
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.portrait.telling import Act, Line, Seen, Shade, seen, shared


class Portrait(Room):
    """What is drawn; `segment_id` 0 is the whole pool."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    segment_id: int = 0
    name: str = ""
    people: str = ""
    lines: list[Line] = []
    first_night: str = ""
    acts: list[Act] = []
    free: list[Bar] = []
    answers: list[Bar] = []
    reasons: list[Bar] = []
    shades: list[Shade] = []
    regions: list[Bar] = []
    beside: str = ""
    map_told: str = ""
    others: list[list[str]] = []
    other: str = ""
    shared: list[Bar] = []

    @rx.event
    async def load(self) -> None:
        """Draw one segment."""
        await self._draw(self.number("segment_id"))

    @rx.event
    async def load_pool(self) -> None:
        """Draw the whole pool."""
        await self._draw(0)

    @rx.event
    async def compare(self, other: str) -> None:
        """Lay another segment beside this one."""
        segment_id, self.other = self.segment_id, str(other)[:18]
        known = self.other if self.other in {value for value, _ in self.others} and segment_id else ""
        self.shared = await self.inside(lambda door: _shared(door, segment_id, int(known))) if known else []

    async def _draw(self, segment_id: int) -> None:
        self.loaded, self.segment_id, self.other, self.shared = False, segment_id, "", []
        drawn, self.others = await self.inside(lambda door: (seen(door, segment_id), _others(door, segment_id)))
        self._show(drawn)
        self.loaded = True

    def _show(self, drawn: Seen) -> None:
        self.name, self.people, self.lines, self.first_night = drawn.name, drawn.people, drawn.lines, drawn.first_night
        self.acts, self.free, self.answers, self.reasons = drawn.acts, drawn.free, drawn.answers, drawn.reasons
        self.shades, self.regions, self.beside, self.map_told = (
            drawn.shades,
            drawn.regions,
            drawn.beside,
            drawn.map_told,
        )


def _others(door: Door, segment_id: int) -> list[list[str]]:
    if not segment_id:
        return []
    found = saved(door.session, door.who, locale=door.locale, now=door.now)
    named = [[str(one.id), one.name] for one in found if one.id != segment_id and one.size is not None]
    return [["", say(door.locale, "Choose a segment")], *named] if named else []


def _shared(door: Door, here: int, there: int) -> list[Bar]:
    mine, theirs = (segment_for(door.session, door.who, each) for each in (here, there))
    found = portrait.overlap(door.session, rule_of(mine), rule_of(theirs), now=door.now)
    return shared(door.locale, mine.name, theirs.name, found)
