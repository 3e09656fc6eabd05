"""How far a worker is with a file, read every second while somebody looks; and the way to end it."""

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.imports import actions
from portal.imports.models import ImportRun, Wish
from portal.imports.progress import Stage
from portal.imports.queries import own_run
from portal.kit.i18n import N_, number, say
from portal.ui.doors import RECRUITERS, Audience, Door, Left, Room
from portal.ui.recruiter.imports.run.state import Import
from portal.ui.session import notice

EVERY, LONGEST = 1.0, 3600.0
STAGES = {
    "": N_("Waiting for a worker to begin"),
    Stage.READING: N_("Reading the file: {done} of {of} lines"),
    Stage.JOINING: N_("Comparing with everybody in the pool"),
    Stage.FORESEEING: N_("Weighing who would change: {done} of {of} people"),
    Stage.WRITING: N_("Taking people in: {done} of {of}"),
    Stage.UNDOING: N_("Undoing: {done} of {of} people"),
}
ENDED = N_("Cancelled: nobody was taken in, nothing was changed.")
TOO_LATE = N_("It was done already: nothing was left to cancel.")


@dataclass
class HowFar:
    """How far it is."""

    busy: bool = False
    told: str = ""
    percent: int = 0


class Running(Room):
    """A worker at the file."""

    audience: ClassVar[Audience] = RECRUITERS
    far: HowFar = HowFar()
    _turn: int = 0

    @rx.event
    async def load(self) -> EventSpec | None:
        """See whether a worker has the file in hand."""
        run_id = self.number("import_id")
        self.far = await self.inside(lambda door: how_far(door, run_id))
        self._turn += 1
        return Running.watch(self._turn) if self.far.busy else None  # type: ignore[call-arg,func-returns-value]

    @rx.event(background=True)
    async def watch(self, turn: int) -> EventSpec | None:
        """Read it again every second until it is over; then show what came of it."""
        since = monotonic()
        while monotonic() - since < LONGEST:
            await asyncio.sleep(EVERY)
            async with self:
                if turn != self._turn:
                    return None
                run_id = self.number("import_id")
            try:
                far = await self.inside(lambda door, run_id=run_id: how_far(door, run_id))
            except Left:
                return None
            async with self:
                self.far = far
            if not far.busy:
                return Import.arrive
        return None

    @rx.event
    async def cancel(self) -> list[EventSpec]:
        """End it."""
        run_id = self.number("import_id")
        told = await self.inside(lambda door: _cancel(door, run_id))
        self.far, self._turn = HowFar(), self._turn + 1
        return [notice(told), Import.load]


def how_far(door: Door, run_id: int) -> HowFar:
    """Return how far a worker is with a file."""
    run = own_run(door.session, door.who, run_id)
    if run.asked is None:
        return HowFar()
    done, of = number(door.locale, run.done), number(door.locale, run.total)
    told = say(door.locale, STAGES.get(run.stage, STAGES[""]), done=done, of=of)
    return HowFar(True, told, _percent(run))


def _percent(run: ImportRun) -> int:
    """Return how far one is in all: reading is about half of it."""
    share = run.done / run.total if run.total else 0.0
    if run.asked is Wish.UNDO:
        return round(100 * share)
    if run.stage == Stage.READING:
        return round(45 * share)
    return 50 if run.stage == Stage.JOINING else round(55 + 45 * share) if run.stage else 0


def _cancel(door: Door, run_id: int) -> str:
    return say(door.locale, ENDED if actions.cancel(door.session, door.who, run_id) else TOO_LATE)
