"""May this letter leave? One pure decision over facts; the law of `product.md`, *The send gate*.

The kind of the letter alone says which checks apply. Checks are asked in order and the first that objects decides.
Hours never refuse: they move a *go* to the next hour one may write.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
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
    same_survey_asked: bool = False
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


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate answers: `because` names the sentence, `until` when to ask again (or when a go may leave)."""

    verdict: Verdict
    check: Check | None = None
    because: str | None = None
    until: datetime | None = None
    params: dict[str, str] = field(default_factory=dict)


_GO = Decision(Verdict.GO)


def decide(facts: Facts) -> Decision:
    """Ask the checks that apply to this kind of letter, in order; the first objection stands."""
    for check in CHECKS[facts.kind]:
        objection = check(facts)
        if objection is not None:
            return objection
    return _within_hours(facts) if facts.kind in HOURS_APPLY else _GO


def _never(check: Check, because: str, **params: str) -> Decision:
    return Decision(Verdict.NEVER, check, because, params=params)


def _wait(check: Check, because: str, until: datetime, **params: str) -> Decision:
    return Decision(Verdict.WAIT, check, because, until, params)


def _on_day(facts: Facts, day: date) -> datetime:
    """Return the instant `day` begins where the person lives."""
    return datetime.combine(day, time(0), ZoneInfo(facts.zone)).astimezone(UTC)


def _today(facts: Facts) -> date:
    return facts.now.astimezone(ZoneInfo(facts.zone)).date()


def _deliverable(facts: Facts) -> Decision | None:
    """Check 1 as security and service letters know it: a "stop" does not silence what someone asked for."""
    if facts.erased:
        return _never(Check.PERSON, "erased")
    if facts.no_address:
        return _never(Check.PERSON, "no_address")
    if facts.bounced:
        return _never(Check.PERSON, "bounced")
    return None


def _person(facts: Facts) -> Decision | None:
    if facts.do_not_contact:
        return _never(Check.PERSON, "do_not_contact")
    return _deliverable(facts)


def _basis(facts: Facts) -> Decision | None:
    """Check 2: consent given and not expired, or a legitimate interest whose notice was shown (GDPR 6, 7, 13, 14, 21)."""
    if facts.basis_withdrawn:
        return _never(Check.BASIS, "withdrawn")
    if facts.notice_overdue:
        return _never(Check.BASIS, "notice_overdue")
    if not facts.basis_given:
        return _never(Check.BASIS, "no_basis")
    if facts.basis_expires_on is not None and facts.basis_expires_on <= _today(facts):
        return _never(Check.BASIS, "expired")
    if not facts.informed:
        return _never(Check.BASIS, "notice_first")
    return None


def _already_asked(facts: Facts) -> Decision | None:
    if facts.same_opportunity_asked:
        return _never(Check.ALREADY_ASKED, "same_opportunity")
    if facts.same_survey_asked:
        return _never(Check.ALREADY_ASKED, "same_survey")
    if facts.same_question_until is not None and facts.same_question_until > _today(facts):
        return _wait(Check.ALREADY_ASKED, "same_question", _on_day(facts, facts.same_question_until))
    if facts.conversation_with is not None:
        return _wait(
            Check.ALREADY_ASKED, "conversation_open", facts.now + timedelta(days=7), owner=facts.conversation_with
        )
    return None


def _answers(facts: Facts) -> Decision | None:
    today = _today(facts)
    if facts.answer_changed:
        return _never(Check.ANSWERS, "answer_changed")
    if facts.stopped:
        return _never(Check.ANSWERS, "stopped")
    if facts.no_to_this:
        return _never(Check.ANSWERS, "no_to_this")
    if facts.no_until is not None and facts.no_until > today:
        return _wait(Check.ANSWERS, "no_holds", _on_day(facts, facts.no_until))
    if facts.later_until is not None and facts.later_until > today:
        return _wait(Check.ANSWERS, "later", _on_day(facts, facts.later_until))
    return None


def _rhythm(facts: Facts) -> Decision | None:
    if facts.paused_until is not None and facts.paused_until > _today(facts):
        return _wait(Check.RHYTHM, "paused", _on_day(facts, facts.paused_until))
    if facts.counted_at is not None:
        free_at = facts.counted_at + timedelta(days=facts.rhythm_days)
        if free_at > facts.now:
            return _wait(Check.RHYTHM, "rhythm", free_at)
    return None


def _notice_has_a_reason(facts: Facts) -> Decision | None:
    """Allow the first information once a person, and only while it is owed."""
    if facts.basis_withdrawn:
        return _never(Check.BASIS, "withdrawn")
    if facts.already_noticed or (facts.basis_given and facts.informed):
        return _never(Check.BASIS, "already_informed")
    return None


def _renewal_has_a_reason(facts: Facts) -> Decision | None:
    """Allow asking again once an expiry, only before it, never after a withdrawal."""
    if facts.basis_withdrawn:
        return _never(Check.BASIS, "withdrawn")
    if not (facts.basis_given and facts.basis_is_consent) or facts.basis_expires_on is None:
        return _never(Check.BASIS, "no_basis")
    if facts.basis_expires_on <= _today(facts):
        return _never(Check.BASIS, "expired")
    if facts.already_asked_to_renew:
        return _never(Check.BASIS, "already_asked_to_renew")
    return None


def _within_hours(facts: Facts) -> Decision:
    """Check 6: quiet hours, Sundays and public holidays where the person lives."""
    opens = next_open(facts.now, facts.zone, facts.quiet_from, facts.quiet_to, facts.holidays)
    if opens <= facts.now:
        return _GO
    return Decision(Verdict.GO, Check.HOURS, "quiet_hours", opens)


def next_open(now: datetime, zone: str, quiet_from: time, quiet_to: time, holidays: AbstractSet[date]) -> datetime:
    """Return `now` if one may write, else the first instant one may, where the person lives.

    Quiet hours go over midnight (20:00 to 8:00) or lie within a day (0:00 to 8:00); equal ends mean there are none.
    """
    here = now.astimezone(ZoneInfo(zone))
    day, at = here.date(), here.time()
    over_midnight = quiet_from > quiet_to
    opens = quiet_to if over_midnight or quiet_from == time(0) else time(0)
    if over_midnight and at >= quiet_from:
        day, at = day + timedelta(days=1), opens
    elif at < quiet_to and (over_midnight or at >= quiet_from):
        at = quiet_to
    while day.weekday() == 6 or day in holidays:
        day, at = day + timedelta(days=1), opens
    if (day, at) == (here.date(), here.time()):
        return now
    # In the hour that comes twice in autumn the first of the two may be past.
    return max(now, datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC))


CheckFunction = Callable[[Facts], Decision | None]

# The table of kinds, `product.md`. Hours stand apart because they only ever delay.
CHECKS: dict[LetterKind, tuple[CheckFunction, ...]] = {
    LetterKind.SECURITY: (_deliverable,),
    LetterKind.SERVICE: (_deliverable,),
    LetterKind.FOLLOW_UP: (_person, _basis, _answers),
    LetterKind.CONTACT: (_person, _basis, _already_asked, _answers, _rhythm),
    LetterKind.NOTICE: (_person, _notice_has_a_reason, _rhythm),
    LetterKind.RE_CONSENT: (_person, _renewal_has_a_reason, _answers, _rhythm),
}
HOURS_APPLY = frozenset({LetterKind.FOLLOW_UP, LetterKind.CONTACT, LetterKind.NOTICE, LetterKind.RE_CONSENT})
