"""What a step says when somebody comes to it or something is heard: data, carried out by a world (`portal.chains.world`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from portal.booking.models import Slot
from portal.chains.acquaintance import NOBODY, Acquaintance
from portal.chains.onward import Onward
from portal.chains.rules import EnrolmentState, Outcome, WaitsFor
from portal.conversations.readers import Author, Reader
from portal.conversations.rules import Answer, Question
from portal.gate.requests import Request
from portal.opportunities.models import Opportunity
from portal.postbox.content import Content


# ------------------------------------------------------------------------------------------------------- where one stands
@dataclass(frozen=True, slots=True)
class Agreed:
    """The ask whose answer brought somebody here: their last yes, or wish to know more, on this way.

    `thanked`: a letter that asks nothing has followed it already.
    """

    ask_id: int
    answer: Answer
    thanked: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """One person's way through one launch, as far as a step needs to know it.

    `holds` is how long times are held for someone; `offered` how often times were offered on this way;
    `unsent`: the letter of this step waits still; `quiet` are the steps after which nothing is written any more.
    """

    way_id: int
    talent_id: int
    launch_id: int
    owner_id: int
    step: str
    state: EnrolmentState = EnrolmentState.DUE
    outcome: str | None = None
    opportunity_id: int | None = None
    job_closed: bool = False
    zone: str = "Europe/Paris"
    holds: timedelta = timedelta(hours=48)
    agreed: Agreed | None = None
    offered: int = 0
    unsent: bool = False
    quiet: frozenset[str] = frozenset()
    chain_id: int | None = None


# ------------------------------------------------------------------------------------------------------- what may be heard
@dataclass(frozen=True, slots=True)
class Answered:
    """They answered a question; `ask_id` names it, `on` is the instant a *later* comes back, `before` what they had said."""

    answer: Answer
    ask_id: int
    on: datetime | None = None
    before: Answer | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """They picked one of the times."""


@dataclass(frozen=True, slots=True)
class Neither:
    """None of the times suits."""


@dataclass(frozen=True, slots=True)
class Responded:
    """They answered a survey."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Nobody answered before the deadline."""


@dataclass(frozen=True, slots=True)
class AskedAnew:
    """They want what this step gave once more: it came too late."""


@dataclass(frozen=True, slots=True)
class Departed:
    """The letter of this step has left."""


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """The letter of this step will never arrive; `outcome` says whose doing that is."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Late:
    """The letter of this step waited so long that its words are no longer true; it has not left, and never will."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The words of this step were corrected, and its letter has not left: it never will."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A launch that was stopped goes on: their question is open again `until`, or they are due `at`, or wait for something."""

    until: datetime | None = None
    at: datetime | None = None
    waits_for: WaitsFor | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The way ends here, whatever step it stands at."""

    outcome: Outcome


Event = (
    Answered
    | Picked
    | Neither
    | Responded
    | Silent
    | AskedAnew
    | Departed
    | NotDelivered
    | Late
    | Corrected
    | TakenUp
    | Stopped
)


# ----------------------------------------------------------------------------------------------------------- what follows
@dataclass(frozen=True, slots=True)
class Move:
    """Where one goes: the step, in what state, and either a day or something to wait for (or neither, at the end)."""

    step: str
    state: EnrolmentState
    due_at: datetime | None = None
    waits_for: WaitsFor | None = None
    blocked_by: str | None = None
    outcome: str | None = None


def go_on(step: str, at: datetime, outcome: Outcome | None = None) -> Move:
    """Lead to a step, due at an instant; `outcome` is how the way ends should that step be an end."""
    return Move(step, EnrolmentState.DUE, at, outcome=outcome)


def stay(step: str, what: WaitsFor, blocked_by: str | None = None) -> Move:
    """Stay at a step until something is there."""
    return Move(step, EnrolmentState.DUE, waits_for=what, blocked_by=blocked_by)


def end(step: str, outcome: str, blocked_by: str | None = None) -> Move:
    """End the way at a step."""
    return Move(step, EnrolmentState.ENDED, outcome=outcome, blocked_by=blocked_by)


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """The launch's owner is the one who talks with them; `waiting` puts it in the owner's inbox."""

    waiting: bool = False


@dataclass(frozen=True, slots=True)
class LetGoOfTimes:
    """What is held for them is free again; if they have not `seen` it, it may be offered to them another time."""

    seen: bool = True


@dataclass(frozen=True, slots=True)
class ThankForNo:
    """Thank once for the no given to an ask, and ask why without insisting."""

    ask_id: int


class Todo(StrEnum):
    """What only a recruiter can do."""

    FIND_A_TIME = "find_a_time"
    # They were told that something was coming, and got none of it.
    OWED_TIMES = "owed_times"
    OWED_OFFER = "owed_offer"


@dataclass(frozen=True, slots=True)
class Task:
    """Something only the recruiter can do: it stands in their inbox."""

    what: Todo


@dataclass(frozen=True, slots=True)
class CloseTheWay:
    """Nothing queued on this way leaves any more, and no answer to what it asked counts."""

    why: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo what an earlier answer to an ask (or silence) had set in motion and had not left yet."""

    ask_id: int


@dataclass(frozen=True, slots=True)
class CallOffTheTalk:
    """The talk that was booked on this way does not take place: its time is free again."""


@dataclass(frozen=True, slots=True)
class EndTheTalking:
    """The conversation their answers opened ends, unless somebody has said a word in it."""


Effect = OpenConversation | LetGoOfTimes | ThankForNo | Task | CloseTheWay | TakeBack | CallOffTheTalk | EndTheTalking


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all letters of one launch share."""

    author: Author
    opportunity: Opportunity | None = None
    later_days: int = 90


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a letter is written on, once the gate has said go: to whom, when it may leave, until when it can be answered.

    `between` is what was between us before; `onward` what each step of the chain leads to; `answers`: it follows their answer.
    """

    reader: Reader
    occasion: Occasion
    leaves_at: datetime
    until: datetime
    times: Sequence[Slot] = ()
    between: Acquaintance = NOBODY
    onward: Mapping[str, Onward] = field(default_factory=dict)
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Asks:
    """The question a letter carries, open for a while from the hour it may leave."""

    question: Question
    lasts: timedelta
    survey_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter a step would like to send: what the gate is asked, what it takes, and its words for the hour it may leave."""

    request: Request
    write: Callable[[Sheet], Content]
    asks: Asks | None = None
    needs_times: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One step's word: a move, or a letter (whose move follows from what the gate answers), and what else comes of it.

    Neither means that nothing changes.
    """

    move: Move | None = None
    draft: Draft | None = None
    effects: tuple[Effect, ...] = ()
