"""What happened. The app's role may add rows and read them, nothing else."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import document, key, maybe_ref

_HANDS = "kind IN ('conversation_taken_over', 'conversation_closed', 'conversation_idle')"


class TimelineEvent(SQLModel, table=True):
    """One thing that happened: a kind and what fills its sentence, without personal data."""

    __tablename__ = "timeline_event"
    __table_args__ = (
        sa.Index("ix_timeline_event_talent_id_at", "talent_id", "at"),
        # What is told to colleagues is a handful among millions.
        sa.Index("ix_timeline_event_hands", "at", postgresql_where=sa.text(_HANDS)),
    )

    id: int | None = key()
    at: datetime
    talent_id: int | None = maybe_ref("talent.id", index=False)
    kind: str
    actor_kind: str = Field(description="staff | talent | link | system")
    actor_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    actor_reason: str | None = None
    params: dict[str, Any] = document(default_factory=dict)


class TimelineWords(SQLModel, table=True):
    """The personal part of an event, where erasure can reach it."""

    __tablename__ = "timeline_words"

    event_id: int = Field(primary_key=True, foreign_key="timeline_event.id", sa_type=sa.BigInteger)
    words: dict[str, Any] = document(default_factory=dict)


class Press(SQLModel, table=True):
    """A press of a moment ago, by its hash, and the ids of what it made: the same press again makes nothing more."""

    key: bytes = Field(primary_key=True)
    at: datetime
    made: str = ""
