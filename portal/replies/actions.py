"""Answers come in here. What each leads to the step that asked says: `portal/chains/steps/question.py`, `digest.py`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from portal.access.house import house
from portal.booking import holding
from portal.chains.engine import hear
from portal.chains.rows import Rows
from portal.chains.thanks import reason_heard
from portal.chains.turns import Answered
from portal.chains.world import Heard
from portal.conversations import actions as conversations
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Reason
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.replies.asking import write_to
from portal.replies.becoming import WHY_NOT, Became, check_open
from portal.replies.calling_off import tell_called_off
from portal.talents.models import Talent
from portal.timeline.who import Who

# Asking for a date far away is a polite no; two years is the longest the law lets us wait.
LONGEST_LATER = timedelta(days=730)


def record(
    session: Session,
    who: Who,
    ask: Ask,
    answer: Answer,
    *,
    via: str,
    now: datetime,
    later_on: date | None = None,
    words: str = "",
) -> None:
    """Take an answer in and let it have its consequences; pressing the same one again changes nothing.

    `ask` comes locked from `conversations.ask_for` or `ask_of_letter`, which made sure it is theirs. Changing one's mind
    before the deadline undoes what the first answer had set in motion: what had not left, what was booked.
    """
    # What they said just before a job closed is kept; its step waits for the job (`chains.engine`).
    check_open(session, ask, now=now, besides=Became.NO_LONGER_OPEN)
    if ask.closed_at is not None:
        raise Refused(WHY_NOT[Became.NO_LONGER_OPEN])
    if answer is Answer.LATER:
        later_on = _later_day(session, later_on or ask.later_on, now)
    if answer in {Answer.YES, Answer.MORE_INFO} and words.strip():
        write_to(session, who, ask, words, now=now)
    if ask.answer is answer and ask.later_on == later_on:
        return
    before = conversations.give_answer(session, who, ask, answer, via=via, later_on=later_on, now=now)
    _follow(session, who, ask, answer, before=before, now=now)


def _follow(session: Session, who: Who, ask: Ask, answer: Answer, *, before: Answer | None, now: datetime) -> None:
    """Tell the step that asked: `portal.chains.steps` says what each answer leads to."""
    if ask.enrolment_id is not None:
        on = _that_day(session, ask) if answer is Answer.LATER else None
        talks = holding.coming(session, ask.talent_id, now=now)
        hear(Rows(session, who), [Heard(ask.enrolment_id, Answered(answer, saved(ask.id), on, before), ask.step)], now)
        tell_called_off(session, who, [talk for talk in talks if talk.cancelled_at], answer, now=now)


def _that_day(session: Session, ask: Ask) -> datetime | None:
    """Return the instant their day begins where they live."""
    if ask.later_on is None:
        return None
    zone = ZoneInfo(session.get_one(Talent, ask.talent_id).zone)
    return datetime.combine(ask.later_on, time(0), zone).astimezone(UTC)


def give_reason(session: Session, who: Who, ask: Ask, reason: Reason, *, via: str, now: datetime) -> None:
    """Keep why it was a no; the thanks on their way ask for it no more."""
    conversations.give_reason(session, who, ask, reason, via=via, now=now)
    if ask.enrolment_id is not None:
        reason_heard(session, who, ask.enrolment_id, saved(ask.id), now=now)


def _later_day(session: Session, asked: date | None, now: datetime) -> date:
    day = asked or (now + timedelta(days=house(session).later_days)).date()
    if day <= now.date():
        raise Refused("Choose a day after today.")
    if day > (now + LONGEST_LATER).date():
        raise Refused("Choose a day within the next two years.")
    return day
