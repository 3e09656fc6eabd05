"""Who must still be informed (GDPR 14), and who was informed late."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.kit.clock import local_day
from portal.kit.i18n import moment, number, say, say_n, short_day
from portal.privacy.queries import Deadlines, Owed, deadlines
from portal.talents.labels import label
from portal.ui.doors import DPOS, Audience, Door, Room

SOON = 7


@dataclass
class Line:
    """One person in words."""

    who: str
    pseudonym: str
    source: str
    collected: str
    due: str
    left: str
    shade: str
    state: str


class Notices(Room):
    """Both lists."""

    audience: ClassVar[Audience] = DPOS
    loaded: bool = False
    owed: list[Line] = []
    owed_told: str = ""
    owed_count: str = ""
    late: list[Line] = []
    late_told: str = ""
    late_count: str = ""

    @rx.event
    async def load(self) -> None:
        """Read them."""
        shown = await self.inside(_read)
        self.owed, self.owed_count, self.owed_told = shown[0]
        self.late, self.late_count, self.late_told = shown[1]
        self.loaded = True


_Shown = tuple[list[Line], str, str]


def _read(door: Door) -> tuple[_Shown, _Shown]:
    found: Deadlines = deadlines(door.session, door.who, today=local_day(door.now, door.zone))
    owed = [_owed(door, one) for one in found.owed]
    late = [_told(door, one) for one in found.late]
    return (
        (owed, number(door.locale, found.owed_in_all), _all(door, len(owed), found.owed_in_all)),
        (late, number(door.locale, found.late_in_all), _all(door, len(late), found.late_in_all)),
    )


def _all(door: Door, shown: int, total: int) -> str:
    """Say that a list is cut, if it is."""
    if shown == total:
        return ""
    return say(
        door.locale, "The first {shown} of {total}.", shown=number(door.locale, shown), total=number(door.locale, total)
    )


def _owed(door: Door, one: Owed) -> Line:
    state = say(door.locale, "the letter is on its way" if one.queued else "nobody has written yet")
    if one.days_left < 0:
        left = say_n(door.locale, "{count} day late", "{count} days late", -one.days_left)
        return _line(door, one, left, "loss", state)
    left = say_n(door.locale, "{count} day left", "{count} days left", one.days_left)
    return _line(door, one, left, "todo" if one.days_left <= SOON else "", state)


def _told(door: Door, one: Owed) -> Line:
    at = moment(door.locale, one.told_at, door.zone, door.now) if one.told_at else ""
    days = (local_day(one.told_at, door.zone) - one.due).days if one.told_at else 0
    left = say_n(door.locale, "{count} day late", "{count} days late", days)
    return _line(door, one, left, "outline", say(door.locale, "told on {moment}", moment=at))


def _line(door: Door, one: Owed, left: str, shade: str, state: str) -> Line:
    return Line(
        who=one.name or str(one.pseudonym),
        pseudonym=str(one.pseudonym),
        source=f"{_upper(label(door.locale, one.source_kind))} · {one.source}".rstrip(" ·"),
        collected=short_day(door.locale, one.collected_on),
        due=short_day(door.locale, one.due),
        left=left,
        shade=shade,
        state=state,
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
