"""What someone says of themself: every change is kept at once, an error stands beside its field and loses nothing."""

from collections.abc import AsyncIterator
from typing import ClassVar

import reflex as rx

from portal.kit.errors import NotFound
from portal.replies.saying import say_of_oneself
from portal.talents import places
from portal.talents.queries import profile
from portal.ui.candidate.wishes.shown import MANY, ONE, Found, Shown, found, shown
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import Language

LANGUAGE = "locale"


class Wishes(Room):
    """Their values as the fields show them; `saved` names the field just kept, `wrong` what a field could not take."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    seen: Shown = Shown()
    saved: str = ""
    wrong: dict[str, str] = dict.fromkeys((*ONE, *MANY), "")
    places: list[Found] = []
    place_told: str = ""

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read what they said; the fields are drawn afresh, for they keep what they show to themselves."""
        self.loaded = False
        yield
        self.seen = await self.inside(shown)
        self.saved, self.places, self.place_told = "", [], ""
        self.wrong = dict.fromkeys((*ONE, *MANY), "")
        self.loaded = True

    @rx.event
    async def keep(self, name: str, value: str) -> None:
        """Keep one value."""
        await self._keep(name, lambda door: _keep(door, name, value))
        if name == LANGUAGE and self.saved == LANGUAGE:
            language = await self.get_state(Language)
            language.locale = self.seen.held[LANGUAGE]

    @rx.event
    async def choose(self, name: str, value: str, ticked: bool) -> None:
        """Keep or drop one of several."""
        await self._keep(name, lambda door: _choose(door, name, value, ticked=bool(ticked)))

    @rx.event
    async def look_for_place(self, text: str) -> None:
        """Show the places whose name begins so."""
        self.places, self.place_told = await self.inside(lambda door: found(door, str(text)))

    @rx.event
    async def pick_place(self, code: str) -> None:
        """Keep the place they pressed."""
        await self._keep("place_code", lambda door: _keep(door, "place_code", code))
        self.places, self.place_told = [], ""

    async def _keep(self, name: str, act: object) -> None:
        try:
            self.seen = await self.inside(act)
        except Told as told:
            self.saved = ""
            self.wrong = {**self.wrong, str(name)[:40]: str(told)}
            return
        self.saved, self.wrong = name, {**self.wrong, name: ""}


def _keep(door: Door, name: str, value: object) -> Shown:
    if name not in ONE:
        raise NotFound
    say_of_oneself(door.session, door.who, {name: str(value)}, now=door.now)
    return shown(door)


def _choose(door: Door, name: str, value: object, *, ticked: bool) -> Shown:
    if name not in MANY:
        raise NotFound
    before = set(profile(door.session, door.who, door.who.id).told[name].value or ())
    after = before | {str(value)} if ticked else before - {str(value)}
    # A region that exists no more, or a word of an old list, must not keep the others from being chosen.
    known = set(places.regions()) if name == "regions" else set(MANY[name])
    say_of_oneself(
        door.session, door.who, {name: sorted(after & known | ({str(value)} if ticked else set()))}, now=door.now
    )
    return shown(door)
