"""What the page of doubts shows: the two side by side where they differ, and the newest decisions."""

from dataclasses import dataclass, field

from portal.imports.doubts import (
    COMPARED,
    PAGE,
    PROVEN,
    DoubtRow,
    Only,
    Side,
    decided_lately,
    doubts,
    imports_in_doubt,
    waiting,
)
from portal.imports.report import Told as ToldOfLine
from portal.kit.clock import local_day
from portal.kit.fold import fold
from portal.kit.i18n import N_, ago, moment, number, say, short_day
from portal.talents import telling
from portal.talents.rules import Decision
from portal.ui.doors import Door
from portal.ui.recruiter.imports.run.looking import SHOWN
from portal.ui.recruiter.imports.words import UNITS

STOPS = N_("The line says not to write to its person: until you decide, nobody writes to whoever it may mean.")
ALIKE = N_("Alike on both sides: {names}.")
OF_FILE = N_("{file}: {count} in doubt")
IN_POOL = N_("both are in the pool")
OWN = N_("Comes in with this address since")
SAID = {Decision.SAME: N_("{name}: one person"), Decision.TWO: N_("{name}: two people")}


@dataclass
class Fact:
    """One thing the two do not say alike."""

    name: str
    one: str
    other: str


@dataclass
class Meant:
    """Someone the line, or the other of the two, may be: what differs, and `alike`, what does not."""

    id: int
    name: str
    at: str
    facts: list[Fact] = field(default_factory=list)
    alike: str = ""


@dataclass
class Waiting:
    """One doubt, and its place on the page; `at` leads to the first of two of the pool, "" where it is a line."""

    id: int
    place: int
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
    page: int = 1
    has_after: bool = False
    imports: list[list[str]] = field(default_factory=list)


def read(door: Door, page: int, only: Only) -> Seen:
    """Return one page of the doubts looked at, or the last there is, and the newest decisions."""
    count = waiting(door.session, door.who, only)
    page = min(max(page, 1), max(1, -(-count // PAGE)))
    rows = [_waiting(door, place, one) for place, one in enumerate(doubts(door.session, door.who, page, only))]
    first = PAGE * (page - 1)
    shown = {"first": first + 1, "last": first + len(rows), "count": count}
    return Seen(
        rows,
        [_decided(door, *one) for one in decided_lately(door.session, door.who)],
        number(door.locale, count),
        say(door.locale, SHOWN, **{name: number(door.locale, value) for name, value in shown.items()}) if rows else "",
        page,
        first + len(rows) < count,
        _imports(door),
    )


def _imports(door: Door) -> list[list[str]]:
    """Return the imports to choose among."""
    found = imports_in_doubt(door.session, door.who)
    told = [
        [str(id_), say(door.locale, OF_FILE, file=name, count=number(door.locale, many))] for id_, name, many in found
    ]
    return [["", say(door.locale, N_("Any"))], *told]


def _waiting(door: Door, place: int, one: DoubtRow) -> Waiting:
    meant = [_meant(door, one.told, other) for other in one.meant] or [Meant(0, "", "")]
    return Waiting(
        one.id,
        place,
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
    """Return what the two do not say alike, side by side, and the names of what they do."""
    both = [(say(door.locale, UNITS[name]), _told(door, name, line), _told(door, name, other)) for name in COMPARED]
    alike = [name for name, told, known in both if told and fold(told) == fold(known)]
    facts = [Fact(*one) for one in [*both, (say(door.locale, OWN), _own(door, line), _own(door, other))]]
    return Meant(
        other.talent_id or 0,
        _name(door, other),
        f"/pool/{other.talent_id}",
        [one for one in facts if one.name not in alike and (one.one or one.other)],
        say(door.locale, ALIKE, names=", ".join(alike)) if alike else "",
    )


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
