"""The rest of the day: times to offer, letters in trouble, meetings; and how alive the pool is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import reflex as rx

from portal.booking.queries import Meeting, meetings_of
from portal.chains.on_the_way import Starved, launches_without_slots, waiting_on_rhythm
from portal.imports.doubts import waiting
from portal.kit.clock import local_day
from portal.kit.i18n import N_, ago, moment, number, say, say_n, short_day
from portal.kit.zones import moment_there, named
from portal.opportunities.queries import titles
from portal.reports.today import WEEKS, leaving_today, liveness
from portal.ui.components import curve
from portal.ui.doors import RECRUITERS, Audience, Door, Room

NEXT_DAYS = 7


@dataclass
class Starving:
    """A launch that waits for times."""

    launch: str
    told: str


@dataclass
class Appointment:
    """One meeting to come."""

    talent_id: int
    name: str
    about: str
    when: str
    exactly: str


class Chores(Room):
    """What else only a person can do, and what is arranged."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    starving: list[Starving] = []
    meetings: list[Appointment] = []
    doubts: int = 0
    doubts_told: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what is to do."""
        self.starving, self.meetings = await self.inside(_chores)
        self.doubts, self.doubts_told = await self.inside(_doubts)
        self.loaded = True


class Pulse(Room):
    """How alive the pool is, what leaves today, who waits on their rhythm."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    people: str = ""
    fresh: str = ""
    with_basis: str = ""
    path: str = ""
    path_told: str = ""
    leaving: str = ""
    resting: list[Appointment] = []
    resting_told: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the figures."""
        for name, value in (await self.inside(_pulse)).items():
            setattr(self, name, value)
        self.loaded = True


def _chores(door: Door) -> tuple[list[Starving], list[Appointment]]:
    return [_starving(door, one) for one in launches_without_slots(door.session, door.who)], _meetings(door)


def _doubts(door: Door) -> tuple[int, str]:
    count = waiting(door.session, door.who)
    one, many = (
        N_("{count} possible double to decide"),
        N_("{count} possible doubles to decide"),
    )
    return count, say_n(door.locale, one, many, count)


def _starving(door: Door, one: Starved) -> Starving:
    told = say_n(
        door.locale,
        "{count} person said yes and waits for a time",
        "{count} people said yes and wait for a time",
        one.people,
    )
    return Starving(f"{one.chain} · {one.opportunity}" if one.opportunity else one.chain, told)


def _meetings(door: Door) -> list[Appointment]:
    until = door.now + timedelta(days=NEXT_DAYS)
    found = [m for m in meetings_of(door.session, door.who, door.who.id, now=door.now) if m.starts_at < until]
    about = titles(door.session, [m.opportunity_id for m in found if m.opportunity_id is not None])
    return [_meeting(door, one, about.get(one.opportunity_id or 0, "")) for one in found]


def _meeting(door: Door, one: Meeting, about: str) -> Appointment:
    exactly = moment_there(door.locale, one.starts_at, door.zone, one.zone, door.now)
    near = (local_day(one.starts_at, door.zone) - local_day(door.now, door.zone)).days <= 1
    soon = ago(door.locale, one.starts_at, door.zone, door.now)
    when = named(door.locale, soon, one.starts_at, door.zone, one.zone) if near else exactly
    return Appointment(one.talent_id, one.talent, about, when, exactly)


def _pulse(door: Door) -> dict[str, object]:
    alive = liveness(door.session, door.who, now=door.now)
    leaving = leaving_today(door.session, door.who, now=door.now)
    resting, total = waiting_on_rhythm(door.session, door.who)
    told = say_n(door.locale, "{count} person waits on their rhythm", "{count} people wait on their rhythm", total)
    return {
        "people": number(door.locale, alive.people),
        "fresh": _share(door, alive.fresh, alive.people),
        "with_basis": _share(door, alive.with_basis, alive.people),
        "path": curve([float(week) for week in alive.weeks]) if any(alive.weeks) else "",
        "path_told": say(
            door.locale,
            N_("People by the week of their last sign: {last} in the last seven days, {sum} in {weeks} weeks"),
            last=alive.weeks[-1],
            sum=sum(alive.weeks),
            weeks=WEEKS,
        ),
        "leaving": say(
            door.locale,
            N_("{left} have left today, {to_leave} still leave"),
            left=number(door.locale, leaving.left),
            to_leave=number(door.locale, leaving.to_leave),
        ),
        "resting": [
            Appointment(
                one.talent_id,
                one.name,
                "",
                short_day(door.locale, local_day(one.until, door.zone)),
                moment(door.locale, one.until, door.zone, door.now),
            )
            for one in resting
        ],
        "resting_told": told,
    }


def _share(door: Door, part: int, whole: int) -> str:
    """Return "1,204 · 60 %"; of nobody there is no share."""
    if not whole:
        return number(door.locale, part)
    percent = round(100 * part / whole)
    shown, share = number(door.locale, part), number(door.locale, percent)
    return say(door.locale, N_("{count} · {percent}%"), count=shown, percent=share)
