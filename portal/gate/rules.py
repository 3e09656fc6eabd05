"""The closed words of the gate: what it is told of somebody, and what it answers. Its law stands in `portal.gate.law`."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from portal.postbox.rules import LetterKind


class Verdict(StrEnum):
    """What the gate answers."""

    GO = "go"
    WAIT = "wait"
    NEVER = "never"


class Check(StrEnum):
    """The six checks, in the order they are asked."""

    PERSON = "person"
    BASIS = "basis"
    ALREADY_ASKED = "already_asked"
    ANSWERS = "answers"
    RHYTHM = "rhythm"
    HOURS = "hours"


class HouseRules(Protocol):
    """The numbers an admin sets, wherever they are kept."""

    rhythm_days: int
    no_holds_days: int
    retention_months: int
    quiet_from: time
    quiet_to: time


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, at one instant, about one person and the letter meant for them.

    Dates are days in the person's own zone; `holidays` those of the house's country around `now`.
    """

    now: datetime
    kind: LetterKind
    zone: str = "Europe/Paris"
    # person
    erased: bool = False
    no_address: bool = False
    bounced: bool = False
    do_not_contact: bool = False
    stop_to_decide: bool = False
    # basis
    basis_given: bool = False
    basis_withdrawn: bool = False
    basis_expires_on: date | None = None
    basis_is_consent: bool = False
    informed: bool = False
    notice_overdue: bool = False
    already_noticed: bool = False
    already_asked_to_renew: bool = False
    # already asked
    same_opportunity_asked: bool = False
    same_question_until: date | None = None
    same_opportunity_silent: bool = False
    same_survey_asked: bool = False
    same_step_sent: bool = False
    job_closed: bool = False
    conversation_with: str | None = None
    # answers
    no_to_this: bool = False
    no_until: date | None = None
    later_until: date | None = None
    stopped: bool = False
    answer_changed: bool = False
    # rhythm
    rhythm_days: int = 30
    counted_at: datetime | None = None
    paused_until: date | None = None
    # hours
    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    holidays: frozenset[date] = frozenset()

    @property
    def today(self) -> date:
        """Return the day it is where the person lives."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def begins(self, day: date | None) -> datetime | None:
        """Return the instant `day` begins where the person lives."""
        return None if day is None else datetime.combine(day, time(0), ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate answers: `because` names the sentence, `until` when to ask again (or when a go may leave)."""

    verdict: Verdict
    check: Check | None = None
    because: str | None = None
    until: datetime | None = None
    params: dict[str, str] = field(default_factory=dict)
