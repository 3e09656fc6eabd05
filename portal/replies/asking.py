"""A question from the candidate's own space: it reaches a person, on the thread they already have if there is one."""

from datetime import datetime

from sqlmodel import Session

from portal.conversations import actions as conversations
from portal.kit.errors import NotFound, Refused
from portal.kit.typed import typed
from portal.replies.mine import whom_to_ask
from portal.timeline.who import Person


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
