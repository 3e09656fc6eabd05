"""A question from the candidate's own space: it reaches a person, on the thread they already have if there is one."""

from datetime import datetime

from sqlmodel import Session

from portal.conversations import actions as conversations
from portal.kit.errors import NotFound, Refused
from portal.replies.mine import whom_to_ask
from portal.timeline.pressing import one_act
from portal.timeline.who import Person

LONGEST = 4000


@one_act()
def ask(session: Session, who: Person, text: str, *, now: datetime) -> None:
    """Put their question on the open conversation, or open one with the recruiter who last wrote to them."""
    if who.is_staff:
        raise NotFound
    if len(text) > LONGEST:
        raise Refused("Write at most {most} characters.", most=LONGEST)
    recruiter = whom_to_ask(session, who)
    if recruiter is None:
        raise Refused("No recruiter has written to you yet: there is nobody to ask. Your wishes are read all the same.")
    conversation = conversations.open_conversation(session, who, who.id, recruiter, now=now)
    conversations.hear(session, who, conversation, text.replace("\x00", ""), now=now)
