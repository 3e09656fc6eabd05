"""Who waits for a person to answer them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.consent.models import Consent
from portal.consent.rules import Purpose, Standing
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.rules import Answer, Question
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.sentences import OWED
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation in which someone waits for a person: their last words, the last answer they gave since.

    `no_time_suits`: they refused the times offered twice; a time has to be found together. `owed` is the kind of event
    (`timeline.sentences`) that tells what they were promised and did not get; empty if nothing. `stopped`: they stopped us.
    """

    conversation_id: int
    talent_id: int
    name: str
    since: datetime
    owner_id: int
    owner: str
    words: str
    answer: Answer | None
    question: Question | None
    no_time_suits: bool
    owed: str
    stopped: bool = False


def inbox(session: Session, who: Who, *, most: int = 100) -> list[Waiting]:
    """Return who waits for this recruiter, longest first; whoever waits for someone who left waits for everyone."""
    me = recruiter(who)
    mine = (col(Conversation.owner_id) == me.id) | col(Staff.disabled_at).is_not(None)
    last_words = (
        sa.select(col(Message.text), col(Message.at))
        .where(col(Message.talent_id) == col(Conversation.talent_id), col(Message.from_talent))
        .order_by(col(Message.at).desc())
        .limit(1)
        .lateral("last_words")
    )
    last_answer = (
        sa.select(col(Ask.answer), col(Ask.question), col(Ask.answered_at))
        .where(col(Ask.talent_id) == col(Conversation.talent_id), col(Ask.answer).is_not(None))
        .order_by(col(Ask.answered_at).desc(), col(Ask.id).desc())
        .limit(1)
        .lateral("last_answer")
    )
    stopped = (col(Consent.purpose) == Purpose.POOL) & (col(Consent.standing) == Standing.WITHDRAWN)
    stopped &= col(Consent.talent_id) == col(Conversation.talent_id)
    found = session.execute(
        sa.select(
            Conversation, full_name(), col(Staff.name), _owed(), last_words, last_answer, sa.exists().where(stopped)
        )
        .join(Talent, col(Talent.id) == col(Conversation.talent_id))
        .join(Staff, col(Staff.id) == col(Conversation.owner_id))
        .outerjoin(last_words, sa.true())
        .outerjoin(last_answer, sa.true())
        .where(_waits(), mine)
        .order_by(col(Conversation.waiting_since), col(Conversation.id))
        .limit(most)
    )
    return [_waiting(*row) for row in found]


def _owed() -> sa.ScalarSelect[str]:
    return (
        sa.select(col(TimelineEvent.kind))
        .where(
            col(TimelineEvent.talent_id) == col(Conversation.talent_id),
            col(TimelineEvent.kind).in_(OWED),
            col(TimelineEvent.at) >= col(Conversation.waiting_since),
        )
        .order_by(col(TimelineEvent.at).desc())
        .limit(1)
        .scalar_subquery()
    )


def waits_for_colleagues(session: Session, who: Who) -> int:
    """Return how many wait for other recruiters, who are still here to answer them."""
    me = recruiter(who)
    others = (
        sa.select(sa.func.count())
        .select_from(Conversation)
        .join(Staff, col(Staff.id) == col(Conversation.owner_id))
        .where(_waits(), col(Conversation.owner_id) != me.id, col(Staff.disabled_at).is_(None))
    )
    return int(session.execute(others).scalar_one())


def _waits() -> sa.ColumnElement[bool]:
    return col(Conversation.waiting_since).is_not(None) & col(Conversation.closed_at).is_(None)


def _waiting(  # one row of the inbox, column by column
    row: Conversation,
    name: str,
    owner: str,
    owed: str | None,
    words: str | None,
    said_at: datetime | None,
    answer: Answer | None,
    question: Question | None,
    answered_at: datetime | None,
    stopped: bool,
) -> Waiting:
    pressed_last = answered_at is not None and (said_at is None or answered_at > said_at)
    # What they asked is owed an answer, whatever they pressed since.
    asked = said_at is not None and row.waiting_since is not None and said_at >= row.waiting_since
    return Waiting(
        conversation_id=row.id or 0,
        talent_id=row.talent_id,
        name=name,
        since=row.waiting_since or row.opened_at,
        owner_id=row.owner_id,
        owner=owner,
        words="" if pressed_last and not asked else words or "",
        answer=answer if pressed_last else None,
        question=question if pressed_last else None,
        no_time_suits=pressed_last and question is Question.SLOTS and answer is Answer.NO,
        owed=owed or "",
        stopped=stopped,
    )


def full_name() -> sa.ColumnElement[str]:
    """Return the expression for a talent's name as one reads it."""
    return sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name))
