"""A letter written by hand, on the same thread and through the same gate."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.conversations import actions as conversations
from portal.conversations.queries import open_conversation_of
from portal.conversations.readers import author, readers
from portal.gate.actions import Outcome, put
from portal.gate.requests import Draft, Request
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.replies import letters
from portal.timeline.who import Person


def write_by_hand(session: Session, who: Person, talent_id: int, *, subject: str, text: str, now: datetime) -> Outcome:
    """Write to one person. An answer to their own question is a service; anything else opens a conversation.

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
    conversation = open_conversation_of(session, talent_id)
    answering = conversation is not None and conversation.owner_id == who.id and conversation.waiting_since is not None
    request = Request(
        kind=LetterKind.SERVICE if answering else LetterKind.CONTACT,
        talent_id=talent_id,
        purpose=letters.PURPOSE,
        author_id=who.id,
    )
    content = letters.by_hand(reader, author(session, who.id), subject.strip(), text.strip())
    draft = Draft(request, content, conversation.id if conversation else None)
    (outcome,) = put(session, who, [draft], now=now)
    if outcome.letter_id is not None:
        thread = conversation or conversations.open_conversation(session, who, talent_id, who.id, now=now)
        conversations.said_by_us(session, thread, text.strip(), letter_id=outcome.letter_id, now=now)
    return outcome


_ANSWER = N_("Re: {subject}")
_OURS = N_("Our conversation")


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
    return write_by_hand(session, who, talent_id, subject=_subject(session, talent_id), text=text, now=now)


def _subject(session: Session, talent_id: int) -> str:
    theirs = (col(Letter.talent_id) == talent_id) & (col(Letter.kind) != LetterKind.SECURITY)
    last = session.exec(select(Letter.subject).where(theirs).order_by(col(Letter.queued_at).desc())).first()
    locale = readers(session, [talent_id])[talent_id].locale
    if not last:
        return say(locale, _OURS)
    begins = say(locale, _ANSWER, subject="")
    return last if last.startswith(begins) else say(locale, _ANSWER, subject=last)
