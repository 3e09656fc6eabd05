"""The board of one launch, kept fresh while somebody looks at it."""

import asyncio
from time import monotonic
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec
from reflex.utils.prerequisites import get_app

from portal.chains import actions
from portal.chains.rules import LaunchState
from portal.kit.i18n import N_, say
from portal.ui.doors import RECRUITERS, Audience, Door, Left, Room
from portal.ui.recruiter.launch.drawing import AnswerRow, CountRow, PersonLine, RiverStep, head, numbers, people
from portal.ui.session import notice

EVERY = 4.0
# A launch on a great many people takes longer to count: it is looked at less often, never more than this part of the time.
SHARE = 20
# Who leaves a board open over lunch reads it again by coming back to it.
LONGEST = 2 * 60 * 60
_OVER = frozenset({LaunchState.DONE.value, LaunchState.STOPPED.value})

# On a phone the people stand below the numbers: show that pressing one has opened them.
_TO_PEOPLE = "document.getElementById('people')?.scrollIntoView({ block: 'nearest' })"

PAUSED = N_("Paused: nothing more leaves. Everyone stays where they are.")
RESUMED = N_("Going on where everyone stood.")
STOPPED = N_("Stopped: what had not left is cancelled.")
TAKEN_UP = N_("Taken up again: everyone goes on where they stood.")
CORRECTED = N_("Everyone on the way goes on with the new version; letters that had not left are written anew.")


class Board(Room):
    """One launch in numbers, and the people behind the number that is open."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    name: str = ""
    segment: str = ""
    segment_to: str = ""
    chain_to: str = ""
    chain_told: str = ""
    job: str = ""
    job_to: str = ""
    owner: str = ""
    begun: str = ""
    planned: str = ""
    confirmed: str = ""
    beside: str = ""
    beside_to: str = ""
    newer: str = ""
    newer_press: str = ""
    state: str = ""
    state_told: str = ""
    state_shade: str = ""
    river: list[RiverStep] = []
    rates: str = ""
    answers: list[CountRow] = []
    reasons: list[CountRow] = []
    held: list[CountRow] = []
    latest: list[AnswerRow] = []
    stage_told: str = ""
    stage_count: str = ""
    people: list[PersonLine] = []
    paged: str = ""
    page: int = 1
    has_after: bool = False
    stopping: bool = False
    _launch: int = 0
    _stage: str = ""
    _why: str | None = None
    _watch: int = 0

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Read the launch the address names, and the people of the number it names."""
        launch, stage = self.number("launch_id"), self.asked("people")
        why = self.asked("why") if "why" in self.rx_router_page.params else None
        if launch != self._launch:
            self.loaded = False
        self._launch, self._stage, self._why, self.stopping = launch, stage, why, False
        self._take(await self.inside(lambda door: _all(door, launch, stage, why)))
        self.loaded = True
        self._watch += 1
        return [Board.watch(self._watch), *([rx.call_script(_TO_PEOPLE)] if stage else [])]

    @rx.event(background=True)
    async def watch(self, turn: int) -> None:
        """Read the numbers again every few seconds, while this page is open and the launch not over."""
        rest, since = EVERY, monotonic()
        while monotonic() - since < LONGEST:
            await asyncio.sleep(rest)
            async with self:
                going_on = turn == self._watch and self.state not in _OVER and _looked_at(self)
                launch, stage, why = self._launch, self._stage, self._why
            if not going_on:
                return
            began = monotonic()
            try:
                seen = await self.inside(lambda door, at=(launch, stage, why): numbers(door, *at))
            except Left:
                return
            rest = max(EVERY, SHARE * (monotonic() - began))
            async with self:
                if turn == self._watch:
                    self._take(seen)

    @rx.event
    async def turn_page(self, by: int) -> None:
        """Show the next or the earlier people."""
        page = max(1, self.page + (1 if by > 0 else -1))
        launch, stage, why = self._launch, self._stage, self._why
        self._take(await self.inside(lambda door: people(door, launch, stage, why, page)))

    @rx.event
    async def pause(self) -> EventSpec:
        """Let nothing more leave."""
        return await self._press(actions.pause, PAUSED, undo=Board.resume)

    @rx.event
    async def resume(self) -> EventSpec:
        """Go on."""
        return await self._press(actions.resume, RESUMED)

    @rx.event
    def ask_to_stop(self) -> None:
        """Ask whether it is meant."""
        self.stopping = True

    @rx.event
    def keep_going(self) -> None:
        """Do not stop."""
        self.stopping = False

    @rx.event
    async def stop(self) -> EventSpec:
        """End it for everyone."""
        self.stopping = False
        return await self._press(actions.stop, STOPPED, undo=Board.take_up)

    @rx.event
    async def take_up(self) -> list[EventSpec]:
        """Undo a stop: everyone goes on where they stood."""
        told = await self._press(actions.take_up, TAKEN_UP)
        self._watch += 1
        return [told, Board.watch(self._watch)]

    @rx.event
    async def correct(self) -> EventSpec:
        """Follow the newest version: what has not left is written anew."""
        return await self._press(actions.correct, CORRECTED)

    async def _press(self, verb: Any, told: str, undo: Any = None) -> EventSpec:
        launch, stage, why = self._launch, self._stage, self._why

        def act(door: Door) -> tuple[dict[str, Any], str]:
            verb(door.session, door.who, launch, now=door.now)
            door.session.flush()
            return _all(door, launch, stage, why), say(door.locale, told)

        seen, sentence = await self.inside(act)
        self._take(seen)
        return notice(sentence, undo=undo)

    def _take(self, seen: dict[str, Any]) -> None:
        """Change only what differs: a page that is told nothing new does not move."""
        for name, value in seen.items():
            if getattr(self, name) != value:
                setattr(self, name, value)


def _all(door: Door, launch: int, stage: str, why: str | None) -> dict[str, Any]:
    return head(door, launch) | numbers(door, launch, stage, why) | people(door, launch, stage, why, 1)


def _looked_at(board: Board) -> bool:
    """Tell whether this browser is still there, and on this page."""
    token = board.router.session.client_token
    namespace = get_app().app.event_namespace
    here = str(board.rx_router_page.params.get("launch_id", "")) == str(board._launch)  # noqa: SLF001 - its own module
    return here and namespace is not None and token in namespace.token_to_sid
