"""The list of imports: those that wait, and what the others did."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.imports.queries import RunRow, runs
from portal.kit.i18n import N_, ago, moment, number, say, say_n
from portal.ui.doors import RECRUITERS, Audience, Door, Room

NOBODY = N_("nobody new, nobody changed")


@dataclass
class Row:
    """One import, in words."""

    id: int
    file_name: str
    source: str
    when: str
    exactly: str
    waits: bool
    told: str
    rejected: str


class ImportList(Room):
    """The list."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    rows: list[Row] = []

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        self.rows = await self.inside(read)
        self.loaded = True


def read(door: Door) -> list[Row]:
    """Return the imports, newest first."""
    return [_row(door, run) for run in runs(door.session, door.who)]


def _row(door: Door, run: RunRow) -> Row:
    at, waits = run.taken_at or run.uploaded_at, run.taken_at is None
    return Row(
        run.id,
        run.file_name,
        run.source_text,
        ago(door.locale, at, door.zone, door.now),
        moment(door.locale, at, door.zone, door.now),
        waits,
        "" if waits else _told(door.locale, run),
        number(door.locale, run.rejected) if run.rejected else "",
    )


def _told(locale: str, run: RunRow) -> str:
    parts = [
        say_n(locale, one, many, count)
        for count, one, many in (
            (run.created, N_("{count} new person"), N_("{count} new people")),
            (run.updated, N_("{count} person updated"), N_("{count} people updated")),
            (run.unchanged, N_("{count} person unchanged"), N_("{count} people unchanged")),
        )
        if count
    ]
    return ", ".join(parts) or say(locale, NOBODY)
