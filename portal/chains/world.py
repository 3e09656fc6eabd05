"""A world chains run in: the database (`portal.chains.rows`), or a memory of it (`portal.chains.memory`)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from portal.booking.models import Slot
from portal.chains.onward import Onward
from portal.chains.steps import Step
from portal.chains.turns import Asks, Draft, Effect, Event, Here, Move, Sheet
from portal.gate.requests import Request
from portal.gate.rules import Decision
from portal.postbox.content import Content


class Steps(Protocol):
    """The steps of one version of a chain."""

    @property
    def onward(self) -> Mapping[str, Onward]:
        """Return, by step, what is written next to someone who comes to it."""
        ...

    @property
    def quiet(self) -> frozenset[str]:
        """Return the steps after which nothing is written any more."""
        ...

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """One way somebody is on: where they stand, and the steps they go through."""

    here: Here
    steps: Steps

    @property
    def step(self) -> Step:
        """Return the step they stand at."""
        return self.steps.step(self.here.step)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter the gate let go: what was asked and decided, what it says, and until when it can be answered."""

    draft: Draft
    decision: Decision
    content: Content
    until: datetime

    @property
    def letter_id(self) -> uuid.UUID:
        """Return the letter's id."""
        return self.draft.request.letter_id

    @property
    def asks(self) -> Asks | None:
        """Return the question it carries."""
        return self.draft.asks


@dataclass(frozen=True, slots=True)
class Done:
    """What becomes of one way in one round: a move, a letter, what the gate said of it, and what else comes of it."""

    way: Way
    move: Move | None = None
    sent: Sent | None = None
    held: tuple[Request, Decision] | None = None
    effects: tuple[Effect, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Need:
    """Two times of the launch's owner for this person, held until an instant."""

    way: Way
    until: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """Something heard on a way, at the step it concerns: the one they stand at unless another is named."""

    way_id: int
    event: Event
    step: str | None = None


class World(Protocol):
    """What the engine asks of a world. Everything comes and goes set-wise."""

    def news(self, now: datetime) -> list[Heard]:
        """Return which letters have left, or never will, of those somebody waits for."""
        ...

    def wake(self, now: datetime) -> int:
        """Make those due who waited for times, a conversation or a job that is there now; return how many."""
        ...

    def due(self, now: datetime) -> Sequence[Sequence[Way]]:
        """Return people with all their ways that are due, most due first."""
        ...

    def ways(self, way_ids: Sequence[int]) -> Mapping[int, Way]:
        """Return these ways, each held until the act is over."""
        ...

    def ask(self, requests: Sequence[Request], now: datetime) -> list[Decision]:
        """Ask the gate; nobody appears twice."""
        ...

    def supply(self, needs: Sequence[Need], now: datetime) -> list[Sequence[Slot]]:
        """Hold two times for each; none for whom there are fewer."""
        ...

    def sheets(self, ways: Sequence[Way], now: datetime) -> list[Sheet]:
        """Return what the letters of these ways are written on; their hour and their deadline are the engine's to fill in."""
        ...

    def carry_out(self, done: Sequence[Done], now: datetime) -> None:
        """Make it so."""
        ...
