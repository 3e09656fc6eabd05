"""Reading conversations: the open one, the whole thread with one person, and what waits for a person."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.conversations.models import AnswerGiven, Ask, Conversation, Message
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.timeline.who import Person, Who

# What one page shows of a long exchange; the newest stay.
LONGEST_THREAD = 200


def open_conversation_of(session: Session, talent_id: int) -> Conversation | None:
    """Return the open conversation of this person, if there is one."""
    return session.exec(
        select(Conversation).where(col(Conversation.talent_id) == talent_id, col(Conversation.closed_at).is_(None))
    ).first()


def said_no(session: Session, conversation: Conversation) -> bool:
    """Tell whether the last they answered, about its job or about none, is no or later: no times are offered after it."""
    about = col(Ask.opportunity_id).is_(None) | (col(Ask.question) == Question.STILL_LOOKING)
    if conversation.opportunity_id is not None:
        about |= col(Ask.opportunity_id) == conversation.opportunity_id
    asked = col(Ask.question).in_([Question.STILL_LOOKING, Question.OPPORTUNITY, Question.DIGEST])
    theirs = (col(Ask.talent_id) == conversation.talent_id) & col(Ask.answer).is_not(None) & asked & about
    theirs &= col(Ask.answered_at) >= conversation.opened_at
    last = session.exec(
        select(Ask.answer).where(theirs).order_by(col(Ask.answered_at).desc(), col(Ask.id).desc())
    ).first()
    return last in {Answer.NO, Answer.LATER}


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """The conversation someone is in, and with whom."""

    id: int
    owner_id: int
    owner: str
    opened_at: datetime
    waiting_since: datetime | None
    follow_ups_stopped: bool


def conversation_of(session: Session, who: Who, talent_id: int) -> OpenConversation | None:
    """Return the open conversation and its owner, for recruiters and for the person themself."""
    _require_may_read(who, talent_id)
    found = session.exec(
        select(Conversation, Staff.name)
        .join(Staff, col(Staff.id) == col(Conversation.owner_id))
        .where(col(Conversation.talent_id) == talent_id, col(Conversation.closed_at).is_(None))
    ).first()
    if found is None:
        return None
    row, owner = found
    stopped = row.follow_ups_stopped_at is not None
    return OpenConversation(row.id or 0, row.owner_id, owner, row.opened_at, row.waiting_since, stopped)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing in a thread. Ours unless `theirs`; a letter has its `letter_id`, `subject` and `state`.

    An answer has `answer` (and `reason`, `later_on`) and the `question` it was given to; `by` names who wrote for us.
    `text` is what was written: of a letter its paragraphs, a blank line between two; `facts` and `choices` are what stood
    in it beside them, and `open_until` the deadline of what it asked, while an answer counts. Times they
    picked or refused and surveys they answered have the `ask_id` of what asked; a survey has no answer.
    """

    at: datetime
    theirs: bool
    text: str = ""
    by: str = ""
    letter_id: uuid.UUID | None = None
    subject: str = ""
    template: str = ""
    state: LetterState | None = None
    not_before: datetime | None = None
    why: str | None = None
    question: Question | None = None
    answer: Answer | None = None
    reason: Reason | None = None
    later_on: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()
    open_until: datetime | None = None
    ask_id: int | None = None


def thread(session: Session, who: Who, talent_id: int) -> list[Said]:
    """Return all that was said between us and one person, oldest first: letters, their answers, their words."""
    _require_may_read(who, talent_id)
    said = [*_messages(session, talent_id), *_letters(session, talent_id), *_answers(session, talent_id)]
    said += _answered_at_once(session, talent_id)
    # What an answer set in motion left at the same instant: first their word, then ours.
    return sorted(said, key=lambda one: (one.at, not one.theirs))[-LONGEST_THREAD:]


def _messages(session: Session, talent_id: int) -> list[Said]:
    """Return what they wrote; what we wrote by hand stands among the letters."""
    theirs = select(Message).where(col(Message.talent_id) == talent_id, col(Message.from_talent))
    newest = theirs.order_by(col(Message.at).desc()).limit(LONGEST_THREAD)
    return [Said(at=row.at, theirs=True, text=row.text) for row in session.exec(newest)]


def _letters(session: Session, talent_id: int) -> list[Said]:
    asked = col(Ask.letter_id) == col(Letter.id)
    found = session.execute(
        sa.select(Letter, col(Staff.name), Ask)
        .outerjoin(Staff, col(Staff.id) == col(Letter.author_id))
        .outerjoin(Ask, asked & (col(Ask.talent_id) == talent_id))
        .where(col(Letter.talent_id) == talent_id, col(Letter.kind) != LetterKind.SECURITY)
        .order_by(col(Letter.queued_at).desc())
        .limit(LONGEST_THREAD)
    )
    return [_letter(row, by or "", ask) for row, by, ask in found]


def _letter(row: Letter, by: str, ask: Ask | None) -> Said:
    pressed = [button for block in row.blocks for button in block.get("buttons", ())]
    return Said(
        facts=tuple((str(name), str(value)) for block in row.blocks for name, value in block.get("facts", ())),
        choices=tuple(str(button["label"]) for button in pressed) if ask is not None else (),
        question=ask.question if ask is not None else None,
        open_until=ask.deadline if ask is not None and ask.closed_at is None else None,
        at=row.sent_at or row.queued_at,
        theirs=False,
        text="\n\n".join(str(block["p"]) for block in row.blocks if "p" in block),
        by=by,
        letter_id=row.id,
        subject=row.subject,
        template=row.template,
        state=row.state,
        not_before=row.not_before,
        why=row.why,
    )


def _answers(session: Session, talent_id: int) -> list[Said]:
    found = session.execute(
        sa.select(AnswerGiven, col(Ask.question))
        .join(Ask, col(Ask.id) == col(AnswerGiven.ask_id))
        .where(col(Ask.talent_id) == talent_id)
        .order_by(col(AnswerGiven.given_at).desc())
        .limit(LONGEST_THREAD)
    )
    return [
        Said(
            at=given.given_at,
            theirs=True,
            question=question,
            answer=given.answer,
            reason=given.reason,
            later_on=given.later_on,
        )
        for given, question in found
    ]


def _answered_at_once(session: Session, talent_id: int) -> list[Said]:
    """Return what is answered once and stands on the question itself: times picked or refused, surveys."""
    found = session.execute(
        sa.select(col(Ask.answered_at), col(Ask.question), col(Ask.answer), col(Ask.id))
        .where(
            col(Ask.talent_id) == talent_id,
            col(Ask.question).in_([Question.SLOTS, Question.SURVEY]),
            col(Ask.answered_at).is_not(None),
        )
        .order_by(col(Ask.answered_at).desc())
        .limit(LONGEST_THREAD)
    ).all()
    return [
        Said(at=at, theirs=True, question=question, answer=answer, ask_id=id_) for at, question, answer, id_ in found
    ]


def _require_may_read(who: Who, talent_id: int) -> None:
    if isinstance(who, Person) and not who.is_staff:
        if who.id != talent_id:
            raise NotFound
        return
    recruiter(who)
