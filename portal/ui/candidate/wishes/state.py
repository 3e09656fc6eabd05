"""What someone says of themself: every change is kept at once, an error stands beside its field and loses nothing."""

import json
from collections.abc import AsyncIterator
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.errors import NotFound
from portal.replies.saying import say_of_oneself
from portal.talents import places
from portal.talents.custom import key_of
from portal.talents.pay import perhaps
from portal.talents.queries import profile
from portal.ui.candidate.wishes.shown import MANY, ONE, Found, Shown, clocks, found, shown
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.picking import PICKED, Pick, added, nothing
from portal.ui.picking import found as find
from portal.ui.session import Language, focus_on

LANGUAGE = "locale"


class Wishes(Room):
    """Their values as the fields show them; `saved` names the field just kept, `wrong` what a field could not take."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    seen: Shown = Shown()
    saved: str = ""
    wrong: dict[str, str] = dict.fromkeys((*ONE, *MANY, *PICKED), "")
    zones: list[list[str]] = []
    places: list[Found] = []
    place_told: str = ""
    results: dict[str, list[Pick]] = nothing()
    typed: int = 0
    _left: dict[str, float] = {}  # when each field was left or put right, by the browser's clock (milliseconds)

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read what they said; the fields are drawn afresh, for they keep what they show to themselves."""
        self.loaded, self._left = False, {}
        yield
        self.seen, self.zones = await self.inside(lambda door: (shown(door), clocks(door)))
        self.saved, self.places, self.place_told, self.results = "", [], "", nothing()
        self.wrong = dict.fromkeys((*ONE, *MANY, *PICKED, *(one.column for one in self.seen.own)), "")
        self.loaded = True

    @rx.event
    async def keep(self, name: str, value: str, at: float) -> EventSpec | None:
        """Keep one value, as it stood when its field was left or pressed; one that cannot be kept takes the focus, once."""
        self._leave(name, at)
        refused = await self._keep(name, lambda door: _keep(door, name, value))
        if name == LANGUAGE and self.saved == LANGUAGE:
            language = await self.get_state(Language)
            language.locale = self.seen.held[LANGUAGE]
        return refused

    @rx.event
    async def keep_meanwhile(self, name: str, value: str, at: float) -> None:
        """Keep what stands in a field one is still typing in; what cannot be kept yet is said on leaving it.

        It is heard once the fingers pause. Typed before the field was left, or put right by a press, it is an old word by then.
        """
        if float(at) <= self._left.get(name, 0):
            return
        try:
            self.seen = await self.inside(lambda door: _keep(door, name, value))
        except Told:
            return
        self.saved, self.wrong = name, {**self.wrong, name: ""}

    @rx.event
    async def mean_a_year(self, at: float) -> EventSpec | None:
        """The floor was meant for a month or an hour: make it a year's, also in its field."""
        self._leave("salary_floor", at)
        await self._keep("salary_floor", _mean_a_year)
        floor = self.seen.held["salary_floor"]
        return rx.call_script(f"document.getElementById('salary_floor').value = {json.dumps(floor)}")

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

    @rx.event
    async def look_for(self, name: str, text: str) -> None:
        """Show what may be added to one of the lists."""
        locale = await self.inside(lambda door: door.locale)
        self.results = self.results | ({name: find(name, text, locale)} if name in PICKED else {})

    @rx.event
    async def pick(self, name: str, value: str) -> None:
        """Add to one of the lists."""
        await self._pick(name, value, add=True)

    @rx.event
    async def unpick(self, name: str, value: str) -> None:
        """Take one out of a list."""
        await self._pick(name, value, add=False)

    def _leave(self, name: str, at: float) -> None:
        if name in self.wrong:
            self._left[name] = float(at)

    async def _pick(self, name: str, value: str, *, add: bool) -> None:
        await self._keep(name, lambda door: _pick(door, name, str(value)[:200], add=add))
        self.results, self.typed = self.results | {name: []}, self.typed + 1

    async def _keep(self, name: str, act: object) -> EventSpec | None:
        try:
            self.seen = await self.inside(act)
        except Told as told:
            # Whoever leaves it as it is knows by now: nobody is held in a field.
            known, self.saved = self.wrong.get(name) == str(told), ""
            self.wrong = {**self.wrong, str(name)[:40]: str(told)}
            return None if known else focus_on(str(name)[:40])
        self.saved, self.wrong = name, {**self.wrong, name: ""}
        return None


def _keep(door: Door, name: str, value: object) -> Shown:
    if name not in ONE and key_of(name) is None:
        raise NotFound
    say_of_oneself(door.session, door.who, {name: str(value)}, now=door.now)
    return shown(door)


def _mean_a_year(door: Door) -> Shown:
    floor = profile(door.session, door.who, door.who.id).told["salary_floor"].value
    meant = perhaps(floor)
    return shown(door) if meant is None else _keep(door, "salary_floor", meant[1])


def _pick(door: Door, name: str, value: str, *, add: bool) -> Shown:
    if name not in PICKED:
        raise NotFound
    before = list(profile(door.session, door.who, door.who.id).told[name].value or ())
    after = added(name, before, value) if add else [each for each in before if each != value]
    say_of_oneself(door.session, door.who, {name: after}, now=door.now)
    return shown(door)


def _choose(door: Door, name: str, value: object, *, ticked: bool) -> Shown:
    if name not in MANY and key_of(name) is None:
        raise NotFound
    held = profile(door.session, door.who, door.who.id).told.get(name)
    before = set(held.value or ()) if held else set()
    if key_of(name):
        chosen = before | {str(value)} if ticked else before - {str(value)}
        say_of_oneself(door.session, door.who, {name: sorted(chosen)}, now=door.now)
        return shown(door)
    after = before | {str(value)} if ticked else before - {str(value)}
    # A region that exists no more, or a word of an old list, must not keep the others from being chosen.
    known = set(places.regions()) if name == "regions" else set(MANY[name])
    say_of_oneself(
        door.session, door.who, {name: sorted(after & known | ({str(value)} if ticked else set()))}, now=door.now
    )
    return shown(door)
