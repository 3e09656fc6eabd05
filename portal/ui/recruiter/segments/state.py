"""The saved segments; how many of each one may write to now follows a moment later."""

from dataclasses import dataclass, replace
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.errors import Refused
from portal.kit.i18n import N_, ago, moment, number, say
from portal.segments import actions
from portal.segments.queries import SavedSegment, rule_of, saved, segment_for
from portal.segments.reachable import split
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.session import notice

PUT_AWAY = N_("“{name}” is put away; launches that began with it go on.")
BACK = N_("“{name}” is back in the list.")


@dataclass
class Row:
    """One segment, in words."""

    id: int
    name: str
    sentence: str
    size: str
    reachable: str
    owner: str
    changed: str
    exactly: str


class SegmentList(Room):
    """The list of segments."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    away: bool = False
    rows: list[Row] = []
    any_away: bool = False
    _put_away_last: int = 0

    @rx.event
    async def load(self) -> EventSpec:
        """Read the list."""
        self.away = self.asked("show") == "put-away"
        await self._read()
        return SegmentList.reach

    @rx.event(background=True)
    async def reach(self) -> None:
        """Say of each how many one may write to now, one after the other."""
        async with self:
            ids = [row.id for row in self.rows]
        for segment_id in ids:
            told = await self.inside(lambda door, one=segment_id: _reachable(door, one))
            async with self:
                self.rows = [replace(row, reachable=told) if row.id == segment_id else row for row in self.rows]

    @rx.event
    async def archive(self, segment_id: int) -> list[EventSpec]:
        """Put a segment away; one press brings it back."""
        told = await self.inside(lambda door: _archive(door, segment_id))
        self._put_away_last = segment_id
        await self._read()
        return [SegmentList.reach, notice(told, undo=SegmentList.undo)]

    @rx.event
    async def bring_back(self, segment_id: int) -> list[EventSpec]:
        """Put a segment back into the list."""
        told = await self.inside(lambda door: _bring_back(door, segment_id))
        await self._read()
        return [SegmentList.reach, notice(told)]

    @rx.event
    def undo(self) -> EventSpec:
        """Bring back what was last put away."""
        return SegmentList.bring_back(self._put_away_last)

    async def _read(self) -> None:
        away = self.away
        self.rows, self.any_away = await self.inside(lambda door: read(door, away=away))
        self.loaded = True


def read(door: Door, *, away: bool) -> tuple[list[Row], bool]:
    """Return the segments in use (or put away), and whether any is put away."""
    found = saved(door.session, door.who, locale=door.locale, now=door.now, archived=away)
    others = found if away else saved(door.session, door.who, locale=door.locale, now=door.now, archived=True)
    return [_row(door, one) for one in found], bool(others)


def _row(door: Door, one: SavedSegment) -> Row:
    return Row(
        one.id,
        one.name,
        one.sentence,
        "–" if one.size is None else number(door.locale, one.size),
        "…",
        one.owner,
        ago(door.locale, one.updated_at, door.zone, door.now),
        moment(door.locale, one.updated_at, door.zone, door.now),
    )


def _reachable(door: Door, segment_id: int) -> str:
    try:
        rule = rule_of(segment_for(door.session, door.who, segment_id))
    except Refused:
        return "–"
    return number(door.locale, len(split(door.session, door.who, rule, now=door.now).reachable))


def _archive(door: Door, segment_id: int) -> str:
    actions.archive(door.session, door.who, segment_id, now=door.now)
    return say(door.locale, PUT_AWAY, name=segment_for(door.session, door.who, segment_id).name)


def _bring_back(door: Door, segment_id: int) -> str:
    actions.bring_back(door.session, door.who, segment_id, now=door.now)
    return say(door.locale, BACK, name=segment_for(door.session, door.who, segment_id).name)
