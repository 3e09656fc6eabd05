"""What every step is: a document, what a recruiter sets of it, and two pure words: `decide` and `heard`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from portal.chains.onward import Onward, Promise, Telling, promises
from portal.chains.rules import EnrolmentState, Outcome
from portal.chains.turns import (
    Answered,
    CallOffTheTalk,
    CloseTheWay,
    Corrected,
    Departed,
    Effect,
    EndTheTalking,
    Event,
    Here,
    Late,
    LetGoOfTimes,
    Move,
    NotDelivered,
    Sheet,
    Stopped,
    TakeBack,
    TakenUp,
    Task,
    ThankForNo,
    Todo,
    Turn,
    end,
    go_on,
)
from portal.consent.rules import Purpose
from portal.conversations.rules import Answer
from portal.gate.requests import Request
from portal.postbox.content import Content
from portal.postbox.rules import LetterKind

# How a way ends by the doing of the house alone. What the gate holds back at the last moment may be their own word: who said
# no meanwhile, or asked us to stop, is not to be called.
OUR_DOING = frozenset({Outcome.STOPPED, Outcome.UNDELIVERED})
StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Part(BaseModel):
    """A piece of a chain's document: nothing unknown in it, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days to set; `usual` is what a new step has."""

    name: str
    label: str
    unit: str
    usual: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values to choose, each with its words; `wanting` says what to do while none is chosen.

    Without `options` the house's surveys are offered.
    """

    name: str
    label: str
    wanting: str
    options: Mapping[str, str] | None = None
    hint: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A branch in words: what leads down it, and what happens then whatever the chain says."""

    label: str
    always: str = ""


class Happened(StrEnum):
    """What became of people at a step: its letter left, they answered it, they went on to what lies behind it."""

    SENT = "sent"
    ANSWERED = "answered"
    WENT_ON = "went_on"


class NoBranch(StrEnum):
    """A step nothing leads on from."""


class Step(Part):
    """One step of a chain. A kind of step is one class: this file knows none of them.

    `Branch` names the fields that lead on, in the order they are shown; `WAYS` their words; `ONWARD` those that go on to the
    step behind it, the one people mostly take first. `RESTS`: time passes here, so a round through it ends. `SPEAKS`: it
    writes a letter; `NEEDS_TIMES`: of the owner's to offer. `ENDS`: nothing follows.
    """

    key: StepKey

    NAME: ClassVar[str]
    CALLED: ClassVar[str]  # within a sentence
    TOLD: ClassVar[str]
    # What the next reader of its letter is told of it: before they press, and once they have.
    AHEAD: ClassVar[str] = ""
    COMES: ClassVar[str] = ""
    Branch: ClassVar[type[StrEnum]] = NoBranch
    WAYS: ClassVar[Mapping[StrEnum, Way]] = {}
    ONWARD: ClassVar[tuple[StrEnum, ...]] = ()
    # Where each answer to its question leads.
    ANSWERED: ClassVar[Mapping[Answer, StrEnum]] = {}
    # A yes that no letter answers is answered by a person.
    CALLS: ClassVar[bool] = False
    SETTINGS: ClassVar[tuple[Days | Choice, ...]] = ()
    # What its part in the river of a launch is called.
    RIVER: ClassVar[Mapping[Happened, str]] = {}
    RESTS: ClassVar[bool] = False
    SPEAKS: ClassVar[bool] = False
    NEEDS_TIMES: ClassVar[bool] = False
    ENDS: ClassVar[bool] = False
    # What somebody who was told of its letter and never gets it is owed.
    OWES: ClassVar[Todo | None] = None
    # What its letter is for: a consent withdrawn for that purpose holds it back.
    PURPOSE: ClassVar[Purpose] = Purpose.POOL

    @classmethod
    def kind(cls) -> str:
        """Return the word a document names this kind of step by."""
        return str(cls.model_fields["type"].default)

    @property
    def about_a_job(self) -> bool:
        """Tell whether it says something of the job the chain is launched for."""
        return False

    @property
    def lasts(self) -> timedelta:
        """Return how long its letter can be answered."""
        return timedelta(0)

    @property
    def rest(self) -> int:
        """Return how many working days pass here."""
        return 0

    def about(self) -> dict[str, Any]:
        """Return what its letter is about, in the words of the gate (fields of `Request` and of `Aim`)."""
        return {}

    @classmethod
    def title(cls, written: Mapping[str, Any], locale: str) -> str:
        """Return what a step that may be half written says, in a few words; empty where its kind says it all."""
        del written, locale
        return ""

    def to(self, branch: StrEnum) -> str:
        """Return the key a branch leads to."""
        return str(getattr(self, branch.value))

    def promises(self, onward: Mapping[str, Onward], telling: Telling) -> dict[str, Promise]:
        """Return what follows each answer, by its value, in words: no more than the chain does."""
        leads = {answer: onward.get(self.to(branch), Onward()) for answer, branch in self.ANSWERED.items()}
        return promises(leads, telling, calls=self.CALLS)

    def told_ahead(self, sheet: Sheet) -> dict[str, str]:
        """Return the same for a letter, before anything is pressed."""
        telling = Telling(sheet.reader.locale, sheet.occasion.author.name, sheet.occasion.later_days)
        return {answer: promise.before for answer, promise in self.promises(sheet.onward, telling).items()}

    def write(self, sheet: Sheet) -> Content | None:  # noqa: ARG002 - most steps write
        """Return the letter as one reader gets it; None if the step writes none."""
        return None

    def decide(self, here: Here, now: datetime) -> Turn:
        """Say what happens when somebody comes to this step."""
        raise NotImplementedError

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Say what follows when something is heard of somebody at this step; Unheard if it makes no sense here.

        Wherever they stand, a way may be stopped, and whose letter never arrives should not wait for an answer to it.
        """
        match event:
            case Stopped(outcome) | NotDelivered(outcome):
                here = replace(here, unsent=here.unsent or isinstance(event, NotDelivered))
                owed = self.owed(here) if outcome in OUR_DOING else ()
                return Turn(end(here.step, outcome), effects=(CloseTheWay(outcome.value), LetGoOfTimes(), *owed))
            case Departed():
                return Turn()
            case Late() | Corrected():
                # Nobody was asked anything: it is planned anew, with a deadline and words of its own.
                why = "late" if isinstance(event, Late) else "corrected"
                return Turn(go_on(self.key, now), effects=(CloseTheWay(why), LetGoOfTimes(seen=False)))
            case TakenUp(until, at, waits_for):
                state = EnrolmentState.DUE if until is None else EnrolmentState.ASKED
                return Turn(Move(here.step, state, until or at, waits_for))
            case _:
                raise Unheard(type(self).__name__, type(event).__name__)

    def undone(self, here: Here, event: Answered) -> tuple[Effect, ...]:
        """Return what undoes what an earlier answer, or a silence, has set in motion: letters, times, a talk, an exchange."""
        if event.before is not None:
            return TakeBack(event.ask_id), CallOffTheTalk(), EndTheTalking()
        return () if here.step == self.key else (TakeBack(event.ask_id), CallOffTheTalk())

    def owed(self, here: Here) -> tuple[Effect, ...]:
        """Return what a person is to make good if the way ends by our doing: they agreed, and heard that this was coming."""
        waits = here.state is EnrolmentState.DUE or here.unsent
        return (Task(self.OWES),) if self.OWES is not None and here.agreed is not None and waits else ()

    def contact(self, here: Here) -> Request:
        """Ask the gate for a letter nobody is waiting for."""
        return self._request(here, LetterKind.CONTACT)

    def follow_up(self, here: Here) -> Request:
        """Ask the gate for a letter after their own answer: it leaves only while that answer is the one in force."""
        if here.agreed is None:
            return self._request(here, LetterKind.CONTACT)
        return self._request(here, LetterKind.FOLLOW_UP, follows=here.agreed.ask_id, on=here.agreed.answer)

    def _request(self, here: Here, kind: LetterKind, **follows: Any) -> Request:  # noqa: ANN401
        return Request(
            kind=kind,
            talent_id=here.talent_id,
            purpose=self.PURPOSE,
            opportunity_id=here.opportunity_id,
            enrolment_id=here.way_id,
            chain_id=here.chain_id,
            step=here.step,
            author_id=here.owner_id,
            **self.about(),
            **follows,
        )


class Unheard(Exception):
    """A step was told something that cannot happen at it: a fault of ours, never of what somebody pressed."""

    def __init__(self, step: str, event: str) -> None:
        super().__init__(f"{step} cannot hear {event}")


def left_in_peace(undone: tuple[Effect, ...], ask_id: int) -> tuple[Effect, ...]:
    """Return what comes of every no: nothing is held or booked any more; they are thanked once, and asked why."""
    return tuple(dict.fromkeys((*undone, LetGoOfTimes(), CallOffTheTalk(), ThankForNo(ask_id))))


def later(target: str, on: datetime | None, now: datetime) -> Move:
    """Lead on the day they named."""
    return go_on(target, on or now, Outcome.LATER)
