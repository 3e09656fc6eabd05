"""A letter written by hand, on the same thread and through the same gate."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.booking.models import Booking, Slot
from portal.conversations import actions as conversations
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.queries import open_conversation_of
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import Outcome, put
from portal.gate.explain import CanWrite, can_write_now
from portal.gate.requests import Draft, Request
from portal.gate.rules import Decision, Verdict
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.postbox.rules import LetterKind
from portal.postbox.threads import answering, last_letter
from portal.replies import letters
from portal.timeline.pressing import keep, made_before, press_key
from portal.timeline.who import Person, Who


def write_by_hand(session: Session, who: Person, talent_id: int, *, subject: str, text: str, now: datetime) -> Outcome:
    """Write to one person; what the gate asks follows from where the two of them stand (`by_hand`).

    When the gate says no, nothing is kept but its decision: the caller tells the recruiter why, their words still at hand.
    """
    recruiter(who)
    if not text.strip():
        raise Refused("Write your letter first.")
    if not subject.strip():
        raise Refused("Give your letter a subject.")
    reader = readers(session, [talent_id]).get(talent_id)
    if reader is None:
        raise NotFound
    press = press_key(who, "by hand", talent_id, subject.strip(), text.strip())
    if letter_id := made_before(session, press, now=now):
        return Outcome(Decision(Verdict.GO), UUID(letter_id))
    conversation = open_conversation_of(session, talent_id)
    asked = _unanswered(session, conversation) if conversation else []
    content = letters.by_hand(reader, author(session, who.id), subject.strip(), text.strip(), asked=asked, now=now)
    draft = Draft(by_hand(session, who, talent_id, now=now), content, conversation.id if conversation else None)
    (outcome,) = put(session, who, [draft], now=now)
    if outcome.letter_id is not None:
        thread = conversation or conversations.open_conversation(session, who, talent_id, who.id, now=now)
        conversations.said_by_us(session, thread, text.strip(), letter_id=outcome.letter_id, now=now)
        keep(session, press, str(outcome.letter_id))
    return outcome


def _unanswered(session: Session, conversation: Conversation) -> list[Message]:
    """Return what they wrote since we last did."""
    said = select(Message).where(col(Message.conversation_id) == conversation.id)
    words: list[Message] = []
    for one in session.exec(said.order_by(col(Message.at).desc(), col(Message.id).desc()).limit(_MOST_QUOTED)):
        if not one.from_talent:
            break
        words.append(one)
    return words[::-1]


def can_write(session: Session, who: Who, talent_id: int, *, now: datetime) -> CanWrite:
    """Ask, without writing anything, whether a letter by hand may leave; NotFound for who is not in the pool."""
    return can_write_now(session, who, by_hand(session, recruiter(who), talent_id, now=now), now=now)


def by_hand(session: Session, who: Person, talent_id: int, *, now: datetime) -> Request:
    """Ask the gate for a letter by hand. Inside one's own conversation one may talk; anything else opens one.

    An answer to their own question, or a word about a talk that is booked, is a service: it leaves at any hour. To someone
    who said yes, wrote, was offered times or is talking elsewhere it follows up what they said (`product.md`, the send gate).
    """
    conversation = open_conversation_of(session, talent_id)
    kind, job = LetterKind.CONTACT, None
    if conversation is not None and conversation.owner_id == who.id:
        if conversation.waiting_since is not None or _have_a_talk_booked(session, who, talent_id, now):
            kind, job = LetterKind.SERVICE, conversation.opportunity_id
        elif _are_talking(session, conversation):
            kind, job = LetterKind.FOLLOW_UP, conversation.opportunity_id
    return Request(kind=kind, talent_id=talent_id, purpose=letters.PURPOSE, opportunity_id=job, author_id=who.id)


def _have_a_talk_booked(session: Session, who: Person, talent_id: int, now: datetime) -> bool:
    booked = select(Booking.id).join(Slot, col(Slot.id) == col(Booking.slot_id))
    ours = (col(Booking.talent_id) == talent_id) & (col(Booking.staff_id) == who.id)
    living = ours & col(Booking.cancelled_at).is_(None) & (col(Slot.ends_at) > now)
    return session.exec(booked.where(living)).first() is not None


def _are_talking(session: Session, conversation: Conversation) -> bool:
    """Tell whether they said yes, wanted to know more, wrote, were offered times, or answered elsewhere."""
    if conversation.follow_ups_stopped_at is not None:
        return True
    wrote = select(Message.id).where(col(Message.conversation_id) == conversation.id, col(Message.from_talent))
    agreed = col(Ask.answer).in_([Answer.YES, Answer.MORE_INFO]) & (col(Ask.answered_at) >= conversation.opened_at)
    offered = (col(Ask.question) == Question.SLOTS) & (col(Ask.asked_at) >= conversation.opened_at)
    ours = (col(Ask.talent_id) == conversation.talent_id) & (col(Ask.owner_id) == conversation.owner_id)
    asked = select(Ask.id).where(ours, agreed | offered)
    return session.exec(wrote).first() is not None or session.exec(asked).first() is not None


_OURS = N_("Our conversation")
_MOST_QUOTED = 5


def answer_by_hand(session: Session, who: Person, talent_id: int, text: str, *, now: datetime) -> Outcome:
    """Answer someone who waits in the inbox, on the subject of the last letter they had.

    Whoever waits for a colleague who left is taken over first.
    """
    recruiter(who)
    conversation = open_conversation_of(session, talent_id)
    if conversation is None:
        raise NotFound
    if conversation.owner_id != who.id:
        conversations.take_over(session, who, saved(conversation.id), now=now)
    subject = _subject(session, talent_id, conversation.opportunity_id)
    return write_by_hand(session, who, talent_id, subject=subject, text=text, now=now)


def _subject(session: Session, talent_id: int, opportunity_id: int | None) -> str:
    last = last_letter(session, talent_id, opportunity_id)
    return answering(last.subject) if last else say(readers(session, [talent_id])[talent_id].locale, _OURS)
