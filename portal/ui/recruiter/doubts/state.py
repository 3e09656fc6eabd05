"""The doubts that wait, about lines of files and about two of the pool, decided one after the other."""

import json
import re
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventHandler, EventSpec

from portal.imports import actions
from portal.imports.doubts import Only
from portal.kit.i18n import N_, say
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.doubts.shown import Seen, read
from portal.ui.session import focus_on, notice

MERGED = N_("One person: what both say stands in one place.")
MERGED_ASIDE = N_(
    "One person. Their address is their own word and stands; the line’s is left aside. To propose it, correct their profile."
)
TWO = N_("Two people, and so it stays, whatever file comes.")
BACK = N_("Taken back: what stood stands again, and the doubt waits.")
# What may stand in the address of the page.
TALENT, IMPORT, FIND = "talent", "import", "find"
ROW = "doubt-"  # the name of a row's title, before its place on the page
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class Doubts(Room):
    """The list, one page of it, of one person or one import where the address says so (`?talent=7`, `?import=12&find=roux`)."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    asked_for: dict[str, str] = {TALENT: "", IMPORT: "", FIND: ""}
    narrowed: bool = False
    seen: Seen = Seen()
    _decided_last: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the first page of what the address asks for."""
        await self._show({name: self.asked(name) for name in (TALENT, IMPORT, FIND)})
        self.loaded = True

    @rx.event
    async def search(self, text: str) -> EventSpec:
        """Narrow as one types."""
        return await self._narrow(FIND, text)

    @rx.event
    async def choose(self, import_id: str) -> EventSpec:
        """Look at one import's, or at everyone's again."""
        return await self._narrow(IMPORT, import_id)

    @rx.event
    async def turn(self, by: int) -> None:
        """Show the page before or after."""
        await self._show(self.asked_for, self.seen.page + (1 if by > 0 else -1))

    @rx.event
    async def same(self, doubt_id: int, talent_id: int) -> list[EventSpec]:
        """One person."""
        return await self._decide(lambda door: _same(door, int(doubt_id), int(talent_id)), int(doubt_id))

    @rx.event
    async def two(self, doubt_id: int) -> list[EventSpec]:
        """Two people."""
        return await self._decide(lambda door: _two(door, int(doubt_id)), int(doubt_id))

    @rx.event
    async def take_back(self, doubt_id: int) -> list[EventSpec]:
        """Decide again."""
        return await self._act(lambda door: _back(door, int(doubt_id)), int(doubt_id))

    @rx.event
    async def undo(self) -> list[EventSpec]:
        """Take back what was decided last."""
        doubt_id = self._decided_last
        return await self._act(lambda door: _back(door, doubt_id), doubt_id)

    async def _narrow(self, name: str, value: str) -> EventSpec:
        await self._show(self.asked_for | {name: str(value)})
        # The address follows, so that a list can be kept, sent and gone back to; nothing is loaded again.
        return rx.call_script(f"history.replaceState(history.state, '', {json.dumps(_address(self.asked_for))})")

    async def _show(self, asked: dict[str, str], page: int = 1) -> None:
        asked = _clean(asked)
        self.seen = await self.inside(lambda door: read(door, page, _only(asked)))
        self.asked_for, self.narrowed = asked, any(asked.values())

    async def _decide(self, verb: Callable[[Door], str], doubt_id: int) -> list[EventSpec]:
        done = await self._act(verb, doubt_id, undo=Doubts.undo)
        self._decided_last = doubt_id
        return done

    async def _act(
        self, verb: Callable[[Door], str], doubt_id: int, undo: EventHandler | None = None
    ) -> list[EventSpec]:
        only, page, before = _only(self.asked_for), self.seen.page, _place(self.seen, doubt_id)
        told, self.seen = await self.inside(lambda door: (verb(door), read(door, page, only)))
        # Where a decided one stood, the next stands now; one taken back stands where it stood before.
        back, last = _place(self.seen, doubt_id), len(self.seen.rows) - 1
        return [notice(told, undo=undo), focus_on(f"{ROW}{min(max(back, before, 0), last)}")]


def _place(seen: Seen, doubt_id: int) -> int:
    return next((one.place for one in seen.rows if one.id == doubt_id), -1)


def _clean(asked: dict[str, str]) -> dict[str, str]:
    """Return what was asked without what is no number where one belongs: an address is typed by anyone."""
    numbers = {name: asked[name] if _NUMBER.fullmatch(asked[name]) else "" for name in (TALENT, IMPORT)}
    return numbers | {FIND: asked[FIND][:200].strip()}


def _only(asked: dict[str, str]) -> Only:
    return Only(int(asked[TALENT] or 0), int(asked[IMPORT] or 0), asked[FIND])


def _address(asked: dict[str, str]) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"/doubts?{said}" if said else "/doubts"


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
