"""By which clock they live: their browser tells it once, when they first come in."""

from typing import ClassVar

import reflex as rx

from portal.talents.changes import keep_browser_zone
from portal.talents.queries import profile
from portal.ui.doors import CANDIDATES, Audience, Door, Room

_AGAIN = "window.location.reload()"
_ASK = "Intl.DateTimeFormat().resolvedOptions().timeZone"


class MyClock(Room):
    """Nothing to see: a question to the browser, and its answer."""

    audience: ClassVar[Audience] = CANDIDATES

    @rx.event
    async def ask(self) -> rx.event.EventSpec | None:
        """Ask the browser, unless we know from them or from it."""
        known = await self.inside(_known)
        return None if known else rx.call_script(_ASK, callback=MyClock.hear)

    @rx.event
    async def hear(self, zone: str) -> rx.event.EventSpec | None:
        """Keep what the browser says, if it is a zone; the hours on the page are told anew if it is another."""
        other = await self.inside(lambda door: _keep(door, str(zone)[:60]))
        return rx.call_script(_AGAIN) if other else None


def _known(door: Door) -> bool:
    return profile(door.session, door.who, door.who.id).told["zone"].by in {"talent", "browser"}


def _keep(door: Door, zone: str) -> bool:
    kept = keep_browser_zone(door.session, door.who, door.who.id, zone, now=door.now)
    return kept and zone != door.zone
