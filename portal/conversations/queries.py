"""Reading conversations."""

from sqlmodel import Session, col, select

from portal.conversations.models import Conversation


def open_conversation_of(session: Session, talent_id: int) -> Conversation | None:
    """Return the open conversation of this person, if there is one."""
    return session.exec(
        select(Conversation).where(col(Conversation.talent_id) == talent_id, col(Conversation.closed_at).is_(None))
    ).first()
