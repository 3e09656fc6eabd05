"""What an answer sets in motion. This is the page to read to know what happens when a candidate says no."""

from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.booking import holding
from portal.chains.branching import lead
from portal.chains.rules import Outcome
from portal.conversations import actions as conversations
from portal.conversations.models import Ask, Message
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Reason
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.errors import Refused
from portal.postbox import actions as postbox
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.replies import letters
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
    before the deadline cancels what the first answer had set in motion and had not left yet.
    """
    if answer is Answer.LATER:
        later_on = _later_day(session, later_on, now)
    if answer is Answer.MORE_INFO and words.strip():
        _keep_question(session, who, ask, words, now=now)
    if ask.answer is answer and ask.later_on == later_on:
        return
    before = conversations.give_answer(session, who, ask, answer, via=via, later_on=later_on, now=now)
    if before is not None:
        _take_back(session, ask, now=now)
    _follow(session, who, ask, answer, now=now)


def _follow(session: Session, who: Who, ask: Ask, answer: Answer, *, now: datetime) -> None:
    """What each answer leads to."""
    match answer:
        case Answer.YES:
            accept(session, who, ask, now=now)
        case Answer.MORE_INFO:
            inform(session, who, ask, now=now)
        case Answer.NO:
            decline(session, who, ask, now=now)
        case Answer.LATER:
            postpone(session, ask, now=now)
        case _:
            assert_never(answer)


def accept(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """They said yes: the conversation is ours to hold, and the chain goes on with what it promised."""
    conversations.open_conversation(
        session, who, ask.talent_id, ask.owner_id, opportunity_id=ask.opportunity_id, now=now
    )
    lead(session, ask, "on_yes", Outcome.COMPLETED, now=now)


def inform(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """They want to know more: they get the digest, and a person finds them in the inbox."""
    conversation = conversations.open_conversation(
        session, who, ask.talent_id, ask.owner_id, opportunity_id=ask.opportunity_id, now=now
    )
    conversations.await_a_person(session, conversation, now=now)
    lead(session, ask, "on_more_info", Outcome.COMPLETED, now=now)


def _keep_question(session: Session, who: Who, ask: Ask, words: str, *, now: datetime) -> None:
    """Put what they asked on the thread, once, however often the button was pressed."""
    thread = conversations.open_conversation(
        session, who, ask.talent_id, ask.owner_id, opportunity_id=ask.opportunity_id, now=now
    )
    said = (col(Message.conversation_id) == thread.id) & (col(Message.text) == words.strip())
    if session.exec(select(Message.id).where(said)).first() is None:
        conversations.hear(session, who, thread, words, now=now)


def decline(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """They said no: thank them once, ask why without insisting, and leave them in peace."""
    holding.release(session, ask.talent_id, now=now)
    lead(session, ask, "on_no", Outcome.NO, now=now)
    thank_for_no(session, who, ask, now=now)


def postpone(session: Session, ask: Ask, *, now: datetime) -> None:
    """They said later: nothing until that day; they come back by themselves."""
    holding.release(session, ask.talent_id, now=now)
    zone = ZoneInfo(session.get_one(Talent, ask.talent_id).zone)
    that_day = datetime.combine(ask.later_on, time(0), zone).astimezone(UTC) if ask.later_on else now
    lead(session, ask, "on_later", Outcome.LATER, now=now, due_at=that_day)


def give_reason(session: Session, who: Who, ask: Ask, reason: Reason, *, via: str, now: datetime) -> None:
    """Keep why it was a no."""
    conversations.give_reason(session, who, ask, reason, via=via, now=now)


def thank_for_no(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """Thank once for one no, however often it was pressed."""
    thanked = (
        (col(Letter.talent_id) == ask.talent_id)
        & (col(Letter.template) == letters.THANKS_FOR_NO)
        & (col(Letter.enrolment_id) == ask.enrolment_id)
        & (col(Letter.state) != LetterState.CANCELLED)
    )
    if session.exec(select(Letter.id).where(thanked)).first() is not None:
        return
    reader = readers(session, [ask.talent_id])[ask.talent_id]
    content = letters.thanks_for_no(reader, author(session, ask.owner_id), ask, now=now)
    request = Request(
        kind=LetterKind.FOLLOW_UP,
        talent_id=ask.talent_id,
        purpose=letters.PURPOSE,
        enrolment_id=ask.enrolment_id,
        opportunity_id=ask.opportunity_id,
        author_id=ask.owner_id,
        follows=ask.id,
        on=Answer.NO,
    )
    put(session, who, [Draft(request, content)], now=now)


def _later_day(session: Session, asked: date | None, now: datetime) -> date:
    day = asked or (now + timedelta(days=house(session).later_days)).date()
    if day <= now.date():
        raise Refused("Choose a day after today.")
    if day > (now + LONGEST_LATER).date():
        raise Refused("Choose a day within the next two years.")
    return day


def _take_back(session: Session, ask: Ask, *, now: datetime) -> None:
    """Undo what an earlier answer to this ask had set in motion and had not left yet."""
    if ask.enrolment_id is None:
        return
    postbox.cancel_for_enrolments(session, [ask.enrolment_id], why="answer_changed")
    later_asks = (col(Ask.enrolment_id) == ask.enrolment_id) & (col(Ask.id) > ask.id) & col(Ask.closed_at).is_(None)
    session.execute(sa.update(Ask).where(later_asks).values(closed_at=now))
    holding.release(session, ask.talent_id, now=now)
