"""The closed words of chains."""

from enum import StrEnum


class LaunchState(StrEnum):
    """A launch runs, rests, or is over."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class EnrolmentState(StrEnum):
    """Where someone is: their step is due, they were asked, or their way has ended."""

    DUE = "due"
    ASKED = "asked"
    ENDED = "ended"


class Outcome(StrEnum):
    """Why someone's way through a launch ended."""

    COMPLETED = "completed"
    BOOKED = "booked"
    NO = "no"
    LATER = "later"
    SILENCE = "silence"
    NEITHER_SLOT = "neither_slot"
    STOPPED = "stopped"
    CLOSED = "closed"
    BLOCKED = "blocked"
    UNDELIVERED = "undelivered"
    UNSUBSCRIBED = "unsubscribed"
    ONE_PERSON = "one_person"


class WaitsFor(StrEnum):
    """What someone on the way waits for who has no day to wait for: they are due as soon as it is there."""

    TIMES = "times"
    LETTER = "letter"
    CONVERSATION = "conversation"
    JOB = "job"


# Fewer than two times to offer: told where the gate's checks are told.
NO_SLOTS = "no_slots"
