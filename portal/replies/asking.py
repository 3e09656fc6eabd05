"""What a candidate writes, from their own space or behind a link: it reaches a person, on their thread if there is one."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.conversations import actions as conversations
from portal.conversations.models import Ask, Message
from portal.kit.errors import NotFound, Refused
from portal.kit.typed import typed
from portal.replies.mine import whom_to_ask
from portal.timeline.pressing import one_act
from portal.timeline.who import Person, Who


@one_act()
def ask(session: Session, who: Person, text: str, *, now: datetime) -> None:
    """Put their question on the open conversation, or open one with the recruiter who last wrote to them."""
    if who.is_staff:
        raise NotFound
    words = typed(text)
    recruiter = whom_to_ask(session, who)
    if recruiter is None:
        raise Refused("No recruiter has written to you yet: there is nobody to ask. Your wishes are read all the same.")
    conversation = conversations.open_conversation(session, who, who.id, recruiter, now=now)
    conversations.hear(session, who, conversation, words, now=now)


def write_to(session: Session, who: Who, ask: Ask, words: str, *, now: datetime) -> None:
    """Put their words on the thread with whoever asked, once, however often the button was pressed."""
    text = typed(words)
    thread = conversations.open_conversation(
        session, who, ask.talent_id, ask.owner_id, opportunity_id=ask.opportunity_id, now=now
    )
    said = (col(Message.conversation_id) == thread.id) & (col(Message.text) == text)
    if session.exec(select(Message.id).where(said)).first() is None:
        conversations.hear(session, who, thread, text, now=now)
