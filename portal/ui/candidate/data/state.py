"""Everything we hold about someone, in words; the same facts as the file they may take away."""

from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.privacy.actions import erase
from portal.ui.candidate.data.shown import Part, shown
from portal.ui.doors import CANDIDATES, Audience, Room, Told
from portal.ui.session import leave_for

GONE = "/gone"


class MyData(Room):
    """The mirror."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    parts: list[Part] = []
    until: str = ""
    informed: str = ""
    erasing: bool = False
    fresh: bool = False
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Read all of it."""
        self.parts, self.until, self.informed = await self.inside(shown)
        self.erasing, self.problem, self.loaded = False, "", True

    @rx.event
    async def ask_to_erase(self) -> None:
        """Say first what erasing does."""
        self.fresh = await self.inside(lambda door: door.who.fresh)
        self.erasing, self.problem = True, ""

    @rx.event
    def stay(self) -> None:
        """Keep everything."""
        self.erasing = False

    @rx.event
    async def erase(self) -> EventSpec | None:
        """Erase everything; there is no way back."""
        try:
            await self.inside(lambda door: erase(door.session, door.who, door.who.id, now=door.now))
        except Told as told:
            self.problem = str(told)
            return None
        return leave_for(GONE)
