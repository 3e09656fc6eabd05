"""Asking, answering, and holding the thread with one person."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.consent.actions import acted
from portal.conversations.models import AnswerGiven, Ask, Conversation, Message
from portal.conversations.rules import Answer, Reason
from portal.kit.bulk import among, insert_many
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Talent
from portal.timeline.actions import record, record_many
from portal.timeline.who import LinkGrant, Person, System, Who

# A conversation in which nobody has said anything for so long no longer keeps other recruiters away.
IDLE_DAYS = 45


def put_questions(session: Session, asks: Sequence[dict[str, Any]]) -> None:
    """Write down what was put to whom, set-wise (columns of `Ask`)."""
    insert_many(session, Ask, asks)


def ask_for(session: Session, who: Who, ask_id: int) -> Ask:
    """Return one ask, locked, if it is theirs to answer; NotFound otherwise, whatever the cause."""
    return _theirs(who, session.exec(select(Ask).where(col(Ask.id) == ask_id).with_for_update()).first())


def ask_of_letter(session: Session, who: Who, letter_id: uuid.UUID) -> Ask:
    """Return the ask a letter carried, locked, if it is theirs to answer."""
    return _theirs(who, session.exec(select(Ask).where(col(Ask.letter_id) == letter_id).with_for_update()).first())


def _theirs(who: Who, found: Ask | None) -> Ask:
    if found is None:
        raise NotFound
    match who:
        case LinkGrant(talent_id=talent_id) if talent_id != found.talent_id:
            raise NotFound
        case Person(id=id_, is_staff=False) if id_ != found.talent_id:
            raise NotFound
    return found


def give_answer(
    session: Session, who: Who, ask: Ask, answer: Answer, *, via: str, now: datetime, later_on: date | None = None
) -> Answer | None:
    """Write an answer down as the one in force; return the one it replaces.

    Raises Refused once the deadline has passed: what counts is the last answer given before it.
    """
    if ask.closed_at is not None or ask.deadline <= now:
        raise Refused("This question is closed: the answer given before its deadline stands.")
    before = ask.answer
    ask.answer, ask.answered_at, ask.later_on = answer, now, later_on
    if answer is not Answer.NO:
        ask.reason = None
    session.add(ask)
    if answer is Answer.NO:
        _wait_no_more(session, ask)
    session.add(AnswerGiven(ask_id=saved(ask.id), answer=answer, later_on=later_on, given_at=now, via=via))
    told: dict[str, object] = {"question": ask.question.value, "answer": answer.value, "ask": ask.id}
    if before is not None:
        told["before"] = before.value
    record(session, who, "answered", ask.talent_id, now=now, **told)  # type: ignore[arg-type]  # none is called `words`
    _remember(session, ask.talent_id, last_answer=answer.value, last_answer_at=now, last_reason=None)
    acted(session, who, ask.talent_id, now=now)
    return before


def _wait_no_more(session: Session, ask: Ask) -> None:
    """After a no nobody waits for a sign of whoever asked, unless they wrote."""
    written = col(Message.from_talent) & (col(Message.at) >= col(Conversation.waiting_since))
    wrote = sa.exists().where(col(Message.conversation_id) == col(Conversation.id), written)
    theirs = (col(Conversation.talent_id) == ask.talent_id) & (col(Conversation.owner_id) == ask.owner_id)
    idle = theirs & col(Conversation.closed_at).is_(None) & col(Conversation.waiting_since).is_not(None) & ~wrote
    session.execute(
        sa.update(Conversation).where(idle).values(waiting_since=None),
        execution_options={"synchronize_session": "fetch"},
    )


def give_reason(session: Session, who: Who, ask: Ask, reason: Reason, *, via: str, now: datetime) -> None:
    """Write down why it is a no; replaces a reason given before."""
    if ask.answer is not Answer.NO:
        raise Refused("A reason goes with a no: answer no first.")
    if ask.reason is reason:
        return
    ask.reason = reason
    session.add(ask)
    session.add(AnswerGiven(ask_id=saved(ask.id), answer=Answer.NO, reason=reason, given_at=now, via=via))
    record(session, who, "gave_reason", ask.talent_id, now=now, reason=reason.value, ask=ask.id)
    _remember(session, ask.talent_id, last_reason=reason.value)
    acted(session, who, ask.talent_id, now=now)


def _remember(session: Session, talent_id: int, **columns: Any) -> None:  # noqa: ANN401
    """Keep on the person what segments ask about."""
    session.execute(sa.update(Talent).where(col(Talent.id) == talent_id).values(**columns))


def close_asks(
    session: Session, *, now: datetime, enrolment_ids: Sequence[int], after: int = 0, step: str | None = None
) -> None:
    """Close what is still open in these enrolments (asked after an ask, by a step): no answer counts there any more."""
    theirs = among(col(Ask.enrolment_id), enrolment_ids) & col(Ask.closed_at).is_(None) & (col(Ask.id) > after)
    if step is not None:
        theirs &= col(Ask.step) == step
    session.execute(sa.update(Ask).where(theirs).values(closed_at=now))


def open_conversation(
    session: Session, who: Who, talent_id: int, owner_id: int, *, now: datetime, opportunity_id: int | None = None
) -> Conversation:
    """Return the open conversation with this person, opening one for `owner_id` if there is none."""
    found = session.exec(
        select(Conversation).where(col(Conversation.talent_id) == talent_id, col(Conversation.closed_at).is_(None))
    ).first()
    if found is not None:
        return found
    opened = Conversation(talent_id=talent_id, owner_id=owner_id, opportunity_id=opportunity_id, opened_at=now)
    session.add(opened)
    session.flush()
    record(session, who, "conversation_opened", talent_id, now=now, owner=owner_id)
    return opened


def hear(session: Session, who: Who, conversation: Conversation, text: str, *, now: datetime) -> None:
    """Keep what the talent wrote; a person owes them an answer from now."""
    if not text.strip():
        raise Refused("Write your question first.")
    said = Message(
        conversation_id=saved(conversation.id),
        talent_id=conversation.talent_id,
        at=now,
        from_talent=True,
        text=text.strip(),
    )
    session.add(said)
    await_a_person(session, conversation, now=now)
    record(session, who, "wrote", conversation.talent_id, now=now, conversation=conversation.id)
    acted(session, who, conversation.talent_id, now=now)


def await_a_person(session: Session, conversation: Conversation, *, now: datetime) -> None:
    """Put the conversation in its owner's inbox."""
    if conversation.waiting_since is None:
        conversation.waiting_since = now
        session.add(conversation)


def wait_since_no_more(session: Session, talent_ids: Sequence[int], owner_id: int, since: datetime) -> None:
    """What put these people in an inbox at that instant is undone: nobody waits for it any more."""
    theirs = among(col(Conversation.talent_id), talent_ids) & (col(Conversation.owner_id) == owner_id)
    session.execute(
        sa.update(Conversation).where(theirs, col(Conversation.waiting_since) == since).values(waiting_since=None),
        execution_options={"synchronize_session": "fetch"},
    )


def said_by_us(session: Session, conversation: Conversation, text: str, *, letter_id: uuid.UUID, now: datetime) -> None:
    """Keep what we wrote by hand; nobody owes an answer until they write again."""
    session.add(
        Message(
            conversation_id=saved(conversation.id),
            talent_id=conversation.talent_id,
            at=now,
            from_talent=False,
            letter_id=letter_id,
            text=text,
        )
    )
    conversation.waiting_since = None
    session.add(conversation)


def take_over(session: Session, who: Person, conversation_id: int, *, now: datetime) -> None:
    """Become the one who talks with this person; the first recruiter is not doubled."""
    conversation = conversation_for(session, conversation_id)
    if conversation.owner_id == who.id:
        return
    before, conversation.owner_id = conversation.owner_id, who.id
    session.add(conversation)
    record(session, who, "conversation_taken_over", conversation.talent_id, now=now, before=before, owner=who.id)


def take_over_all(session: Session, who: Person, talent_ids: Sequence[int], *, now: datetime) -> int:
    """Take over what colleagues are saying to these people; return how many conversations that was."""
    open_ = among(col(Conversation.talent_id), talent_ids) & col(Conversation.closed_at).is_(None)
    found = session.exec(select(Conversation.id).where(open_, col(Conversation.owner_id) != who.id)).all()
    for conversation_id in found:
        take_over(session, who, saved(conversation_id), now=now)
    return len(found)


def close_conversation(session: Session, who: Who, conversation_id: int, *, now: datetime) -> None:
    """End the exchange: other recruiters may write again, and follow-ups are no longer stopped."""
    conversation = conversation_for(session, conversation_id)
    if conversation.closed_at is None:
        conversation.closed_at, conversation.waiting_since = now, None
        session.add(conversation)
        record(session, who, "conversation_closed", conversation.talent_id, now=now, owner=conversation.owner_id)


def end_unspoken(
    session: Session, who: Who, talent_id: int, owner_id: int, opportunity_id: int | None, *, now: datetime
) -> None:
    """End a conversation that a press opened and in which nobody has said a word; what they asked stays to be answered."""
    spoken = select(Message.id).where(col(Message.conversation_id) == col(Conversation.id)).exists()
    theirs = (col(Conversation.talent_id) == talent_id) & (col(Conversation.owner_id) == owner_id)
    about = col(Conversation.opportunity_id).is_not_distinct_from(opportunity_id)
    idle = col(Conversation.closed_at).is_(None) & col(Conversation.follow_ups_stopped_at).is_(None)
    for id_ in session.exec(select(Conversation.id).where(theirs, about, idle, ~spoken)).all():
        close_conversation(session, who, saved(id_), now=now)


def dealt_with(session: Session, who: Who, conversation_id: int, *, now: datetime) -> datetime | None:
    """Take a conversation out of one's own inbox without a letter; return since when it had waited."""
    conversation = _own(session, who, conversation_id)
    since, conversation.waiting_since = conversation.waiting_since, None
    if since is not None:
        session.add(conversation)
        record(session, who, "dealt_with", conversation.talent_id, now=now)
    return since


def wait_again(session: Session, who: Who, conversation_id: int, since: datetime, *, now: datetime) -> None:
    """Put a conversation back in one's own inbox, where it was: the undo of `dealt_with`."""
    conversation = _own(session, who, conversation_id)
    if conversation.waiting_since is None and conversation.closed_at is None:
        conversation.waiting_since = since
        session.add(conversation)
        record(session, who, "waits_again", conversation.talent_id, now=now)


def reopen_conversation(session: Session, who: Who, conversation_id: int, *, now: datetime) -> None:
    """Open again what was just closed, unless another conversation has begun meanwhile."""
    recruiter(who)
    conversation = conversation_for(session, conversation_id)
    theirs = (col(Conversation.talent_id) == conversation.talent_id) & col(Conversation.closed_at).is_(None)
    if conversation.closed_at is None or session.exec(select(Conversation.id).where(theirs)).first() is not None:
        return
    conversation.closed_at = None
    session.add(conversation)
    record(session, who, "conversation_opened", conversation.talent_id, now=now, owner=conversation.owner_id)


def close_idle(session: Session, *, now: datetime) -> None:
    """Close what nobody has spoken in for `IDLE_DAYS`, unless a person still owes an answer."""
    since = now - timedelta(days=IDLE_DAYS)
    spoken = sa.exists().where(col(Message.conversation_id) == col(Conversation.id), col(Message.at) > since)
    answered = sa.exists().where(col(Ask.talent_id) == col(Conversation.talent_id), col(Ask.answered_at) > since)
    idle = (
        col(Conversation.closed_at).is_(None)
        & col(Conversation.waiting_since).is_(None)
        & (col(Conversation.opened_at) < since)
        & ~spoken
        & ~answered
    )
    ended = sa.update(Conversation).where(idle).values(closed_at=now)
    told = session.execute(ended.returning(col(Conversation.talent_id), col(Conversation.owner_id))).all()
    rows = [(talent, {"owner": owner}) for talent, owner in told]
    record_many(session, System("idle"), "conversation_idle", rows, now=now)


def _own(session: Session, who: Who, conversation_id: int) -> Conversation:
    """Return a conversation of one's own inbox, locked: one leads it oneself, or whoever did has left (see `inbox`)."""
    me = recruiter(who)
    conversation = conversation_for(session, conversation_id)
    if conversation.owner_id != me.id and session.get_one(Staff, conversation.owner_id).disabled_at is None:
        raise NotFound
    return conversation


def conversation_for(session: Session, conversation_id: int) -> Conversation:
    """Return a conversation, locked (all recruiters share the pool)."""
    found = session.exec(select(Conversation).where(col(Conversation.id) == conversation_id).with_for_update()).first()
    if found is None:
        raise NotFound
    return found
