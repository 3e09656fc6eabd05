"""They press *Reply* in a letter somebody wrote by hand: their words reach that person, on the thread they have."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.house import house
from portal.access.models import Staff
from portal.conversations import actions as conversations
from portal.conversations.models import Conversation, Message
from portal.conversations.queries import open_conversation_of
from portal.gate.actions import lock_people
from portal.kit.errors import NotFound, Refused
from portal.kit.typed import typed
from portal.postbox.models import Letter
from portal.replies.queries import Granted


@dataclass(frozen=True, slots=True)
class Answering:
    """What the page says: who reads what is written on it, and on which letter."""

    to: str
    house: str
    subject: str


def answering(session: Session, link: Granted) -> Answering:
    """Return who reads what they write: whoever talks with them by now, else whoever wrote."""
    letter, conversation = _letter(session, link), open_conversation_of(session, link.grant.talent_id)
    owner = session.get(Staff, conversation.owner_id if conversation else letter.author_id)
    return Answering(owner.name if owner else "", house(session).name, letter.subject)


def reply(session: Session, link: Granted, text: str, *, now: datetime) -> None:
    """Put their words on the open conversation, or open one with whoever wrote; two presses are one message."""
    letter = _letter(session, link)
    if link.expired:
        raise Refused("This link is too old to reply with.")
    words = typed(text)
    if not words:
        raise Refused("Write your message first.")
    lock_people(session, [link.grant.talent_id])
    thread = conversations.open_conversation(
        session,
        link.grant,
        link.grant.talent_id,
        letter.author_id or 0,
        opportunity_id=letter.opportunity_id,
        now=now,
    )
    if _last_words(session, thread) != words:
        conversations.hear(session, link.grant, thread, words, now=now)


def _letter(session: Session, link: Granted) -> Letter:
    letter = session.get(Letter, link.letter_id) if link.letter_id else None
    if letter is None or letter.author_id is None:
        raise NotFound
    return letter


def _last_words(session: Session, thread: Conversation) -> str | None:
    """Return the last thing said, if it was theirs."""
    said = select(Message).where(col(Message.conversation_id) == thread.id)
    last = session.exec(said.order_by(col(Message.at).desc(), col(Message.id).desc())).first()
    return last.text if last is not None and last.from_talent else None
