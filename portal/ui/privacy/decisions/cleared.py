"""Names that an admin allowed though a word of the law stands in them: which, why, who, when."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.access.queries import staff_names
from portal.imports.protected_columns import DROPPED_FOR
from portal.kit.i18n import ago, moment, say
from portal.talents.naming import cleared
from portal.talents.protected import Ground
from portal.ui.components import moment as told_moment
from portal.ui.components import more, table
from portal.ui.doors import DPOS, Audience, Door, Room
from portal.ui.words import word


@dataclass
class Line:
    """One name in words."""

    name: str
    word: str
    about: str
    reason: str
    by: str
    when: str
    exactly: str


class ClearedNames(Room):
    """All of them, the newest first."""

    audience: ClassVar[Audience] = DPOS
    lines: list[Line] = []

    @rx.event
    async def load(self) -> None:
        """Read them."""
        self.lines = await self.inside(_read)


def _read(door: Door) -> list[Line]:
    by = staff_names(door.session)
    return [
        Line(
            one.name,
            one.word,
            say(door.locale, DROPPED_FOR[Ground(one.ground)]) if Ground(one.ground) in DROPPED_FOR else "",
            one.reason,
            by.get(one.staff_id or 0, ""),
            ago(door.locale, one.at, door.zone, door.now),
            moment(door.locale, one.at, door.zone, door.now),
        )
        for one in cleared(door.session, door.who)
    ]


def cleared_names() -> rx.Component:
    """Draw them, folded: there are few."""
    columns = [
        (word("Name"), lambda row: row.name),
        (word("Word of the law"), lambda row: rx.el.span(row.word, " · ", row.about)),
        (word("Reason"), lambda row: row.reason),
        (word("By"), lambda row: row.by),
        (word("When"), lambda row: told_moment(row.when, row.exactly)),
    ]
    listed = table(word("False alarms that were cleared"), columns, ClearedNames.lines)
    nothing = rx.el.p(word("No name was cleared."), class_name="quiet-text")
    return more(word("False alarms that were cleared"), rx.cond(ClearedNames.lines.length() > 0, listed, nothing))
