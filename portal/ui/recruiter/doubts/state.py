"""The doubts that wait, about lines of files and about two of the pool, and those decided lately."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.imports import actions
from portal.imports.doubts import COMPARED, PAGE, PROVEN, DoubtRow, Side, decided_lately, doubts, waiting
from portal.imports.report import Told as ToldOfLine
from portal.kit.clock import local_day
from portal.kit.fold import fold
from portal.kit.i18n import N_, ago, moment, number, say, short_day
from portal.talents import telling
from portal.talents.rules import Decision
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.imports.run.looking import SHOWN
from portal.ui.recruiter.imports.words import UNITS
from portal.ui.session import notice

MERGED = N_("One person: what both say stands in one place.")
MERGED_ASIDE = N_(
    "One person. Their address is their own word and stands; the line’s is left aside. To propose it, correct their profile."
)
STOPS = N_("The line says not to write to its person: until you decide, nobody writes to whoever it may mean.")
TWO = N_("Two people, and so it stays, whatever file comes.")
BACK = N_("Taken back: what stood stands again, and the doubt waits.")
IN_POOL = N_("both are in the pool")
OWN = N_("Comes in with this address since")
SAID = {Decision.SAME: N_("{name}: one person"), Decision.TWO: N_("{name}: two people")}


@dataclass
class Fact:
    """One thing said on either side; `same` when the two agree."""

    name: str
    one: str
    other: str
    same: bool


@dataclass
class Meant:
    """Someone the line, or the other of the two, may be."""

    id: int
    name: str
    at: str
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Waiting:
    """One doubt; `at` leads to the first of two of the pool, "" where it is a line."""

    id: int
    name: str
    at: str
    why: str
    origin: str
    when: str
    exactly: str
    first: Meant
    second: Meant
    has_second: bool


@dataclass
class Decided:
    """One decision that can be taken back."""

    id: int
    told: str
    when: str
    exactly: str


@dataclass
class Seen:
    """What the page shows."""

    rows: list[Waiting] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    count: str = ""
    told: str = ""
    has_after: bool = False


class Doubts(Room):
    """The list, one page of it."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    page: int = 1
    about: int = 0
    seen: Seen = Seen()

    @rx.event
    async def load(self) -> None:
        """Read the first page; of one person's doubts, if the address names one (`?talent=7`)."""
        asked = self.asked("talent")
        self.page, self.about = 1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
        self.seen = await self.inside(lambda door: read(door, 1, self.about))
        self.loaded = True

    @rx.event
    async def turn(self, by: int) -> None:
        """Show the page before or after."""
        page = max(1, self.page + (1 if by > 0 else -1))
        self.seen = await self.inside(lambda door: read(door, page, self.about))
        self.page = page

    @rx.event
    async def same(self, doubt_id: int, talent_id: int) -> EventSpec:
        """One person."""
        return await self._act(lambda door: _same(door, int(doubt_id), int(talent_id)))

    @rx.event
    async def two(self, doubt_id: int) -> EventSpec:
        """Two people."""
        return await self._act(lambda door: _two(door, int(doubt_id)))

    @rx.event
    async def take_back(self, doubt_id: int) -> EventSpec:
        """Decide again."""
        return await self._act(lambda door: _back(door, int(doubt_id)))

    async def _act(self, verb: Callable[[Door], str]) -> EventSpec:
        told, self.seen = await self.inside(lambda door: (verb(door), read(door, self.page, self.about)))
        return notice(told)


def _same(door: Door, doubt_id: int, talent_id: int) -> str:
    actions.same_person(door.session, door.who, doubt_id, talent_id, now=door.now)
    aside = actions.left_aside(door.session, door.who, doubt_id)
    return say(door.locale, MERGED_ASIDE if aside else MERGED)


def _two(door: Door, doubt_id: int) -> str:
    actions.two_people(door.session, door.who, doubt_id, now=door.now)
    return say(door.locale, TWO)


def _back(door: Door, doubt_id: int) -> str:
    actions.take_back(door.session, door.who, doubt_id, now=door.now)
    return say(door.locale, BACK)


def read(door: Door, page: int, about: int = 0) -> Seen:
    """Return one page of the doubts (about one person, if one is named), and the newest decisions."""
    count = waiting(door.session, door.who, about)
    rows = [_waiting(door, one) for one in doubts(door.session, door.who, page, about)]
    first = PAGE * (page - 1)
    shown = {"first": first + 1, "last": first + len(rows), "count": count}
    return Seen(
        rows,
        [_decided(door, *one) for one in decided_lately(door.session, door.who)],
        number(door.locale, count),
        say(door.locale, SHOWN, **{name: number(door.locale, value) for name, value in shown.items()}) if rows else "",
        first + len(rows) < count,
    )


def _waiting(door: Door, one: DoubtRow) -> Waiting:
    meant = [_meant(door, one.told, other) for other in one.meant] or [Meant(0, "", "")]
    return Waiting(
        one.id,
        _name(door, one.told),
        f"/pool/{one.told.talent_id}" if one.told.talent_id else "",
        _why(door, one),
        _origin(door, one),
        ago(door.locale, one.found_at, door.zone, door.now),
        moment(door.locale, one.found_at, door.zone, door.now),
        meant[0],
        meant[1] if len(meant) > 1 else Meant(0, "", ""),
        len(meant) > 1,
    )


def _why(door: Door, one: DoubtRow) -> str:
    told = ToldOfLine(one.line or 0, one.sentence, {"line": "", **one.params}).why(door.locale)
    return f"{told} {say(door.locale, STOPS)}" if one.stop else told


def _origin(door: Door, one: DoubtRow) -> str:
    if one.line is None:
        return say(door.locale, IN_POOL)
    line = number(door.locale, one.line)
    return say(door.locale, N_("line {line} of “{source}”"), line=line, source=one.source)


def _meant(door: Door, line: Side, other: Side) -> Meant:
    facts = [
        Fact(say(door.locale, UNITS[name]), told, known, bool(told) and fold(told) == fold(known))
        for name in COMPARED
        if (told := _told(door, name, line)) or _told(door, name, other)
        for known in [_told(door, name, other)]
    ]
    own = _own(door, line), _own(door, other)
    if any(own):
        facts.append(Fact(say(door.locale, OWN), *own, same=False))
    return Meant(other.talent_id or 0, _name(door, other), f"/pool/{other.talent_id}", facts)


def _own(door: Door, side: Side) -> str:
    since = side.values.get(PROVEN)
    return short_day(door.locale, local_day(since, door.zone)) if since else ""


def _told(door: Door, name: str, side: Side) -> str:
    return telling.told(name, side.values.get(name), door.locale)


def _name(door: Door, side: Side) -> str:
    told = f"{side.values.get('first_name') or ''} {side.values.get('last_name') or ''}".strip()
    return told or say(door.locale, N_("No name"))


def _decided(door: Door, id_: int, decision: Decision, name: str, at: object) -> Decided:
    told = say(door.locale, SAID[decision], name=name or say(door.locale, N_("No name")))
    return Decided(id_, told, ago(door.locale, at, door.zone, door.now), moment(door.locale, at, door.zone, door.now))  # type: ignore[arg-type]
