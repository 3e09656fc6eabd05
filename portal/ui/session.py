"""What every page knows of the person in front of it: their language, their name, and what was just said to them."""

import json
import time
from typing import ClassVar

import reflex as rx
from reflex.event import EventHandler, EventSpec
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from portal.access.house import as_it_stands
from portal.kit.i18n import LOCALES, N_, say
from portal.ui.doors import EVERYONE_SIGNED_IN, Audience, Room

BROKEN = N_("Something went wrong on our side. Nothing was lost; please try again in a moment.")
HOME = "/"
SIGN_IN = "/signin"
# A notice told on the way to another page is still there on arrival; an older one is not.
ON_THE_WAY = 3.0


class Language(Room):
    """Alone in its State: every static word of a page follows it."""

    audience: ClassVar[Audience] = EVERYONE_SIGNED_IN
    locale: str = LOCALES[0]


class Notices(Room):
    """One sentence at a time, said where a screen reader hears it."""

    audience: ClassVar[Audience] = EVERYONE_SIGNED_IN
    text: str = ""
    tone: str = "done"
    undo: str = ""
    _told_at: float = 0.0

    @rx.event
    def tell(self, text: str, tone: str = "done", undo: str = "") -> None:
        """Show a sentence; `undo` is the full name of a handler that takes the act back."""
        self._say(text, tone, undo)

    @rx.event
    async def trouble(self) -> None:
        """Say that it is our fault."""
        language = await self.get_state(Language)
        self._say(say(language.locale, BROKEN), "problem")

    @rx.event
    async def refuse(self, sentence: str) -> None:
        """Say, in their language, what a handler refused before it went to the database."""
        language = await self.get_state(Language)
        self._say(say(language.locale, sentence), "problem")

    @rx.event
    def dismiss(self) -> None:
        """Take the sentence away."""
        self.text = self.undo = ""

    @rx.event
    def take_back(self) -> EventHandler | None:
        """Run what undoes the act just told; it passes the doorkeeper like any other event."""
        registered = RegistrationContext.get().event_handlers.get(self.undo)
        self.text = self.undo = ""
        return registered.handler if registered else None

    def _say(self, text: str, tone: str, undo: str = "") -> None:
        self.text, self.tone, self.undo = text, tone, undo
        self._told_at = time.monotonic()


class Shell(Room):
    """The frame around the page."""

    audience: ClassVar[Audience] = EVERYONE_SIGNED_IN
    name: str = ""
    role: str = ""
    house: str = ""
    astray: bool = False

    @rx.event
    async def enter(self) -> None:
        """Learn who is here; the first thing on every page."""
        self.astray = False
        who, self.house = await self.inside(lambda door: (door.who, as_it_stands(door.session).name))
        self.name, self.role = who.name, who.role.value
        language = await self.get_state(Language)
        language.locale = who.locale
        notices = await self.get_state(Notices)
        if notices.text and time.monotonic() - notices._told_at > ON_THE_WAY:  # noqa: SLF001 - the frame clears it
            notices.text = notices.undo = ""

    @rx.event
    def lose(self) -> None:
        """Show that the address leads nowhere, instead of what stood on the page before."""
        self.astray = True


def notice(text: str, *, tone: str = "done", undo: EventHandler | None = None) -> EventSpec:
    """Return the event that tells the person `text` (already in their language), with a way back if there is one.

    Tones: `done`, `todo` (a person must do something), `problem`.
    """
    return Notices.tell(text, tone, format_event_handler(undo) if undo else "")


def focus_on(name: str) -> EventSpec:
    """Return the event that puts the focus where it is needed now: the field of this id, or the first of this name."""
    told = json.dumps(name)
    return rx.call_script(f"(document.getElementById({told}) ?? document.getElementsByName({told})[0])?.focus()")


def leave_for(address: str) -> EventSpec:
    """Return the event that makes the browser load one of our addresses afresh: a plain page, or a new websocket."""
    return rx.call_script(f"window.location.assign({json.dumps(address)})")
