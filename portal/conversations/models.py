"""What was asked, what was answered, and who is talking with whom."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.conversations.rules import Answer, Question, Reason
from portal.kit.db import choice, key, maybe_ref, ref


class Ask(SQLModel, table=True):
    """One question put to one person, and the answer in force: the last one given before the deadline."""

    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_ask_talent_id_asked_at", "talent_id", "asked_at"),)

    id: int | None = key()
    talent_id: int = ref("talent.id", index=False)
    owner_id: int = ref("staff.id")
    enrolment_id: int | None = maybe_ref("enrolment.id")
    step: str | None = Field(default=None, description="the step of the chain that asked")
    opportunity_id: int | None = maybe_ref("opportunity.id")
    survey_id: int | None = maybe_ref("survey.id")
    letter_id: uuid.UUID | None = Field(default=None, index=True)
    question: Question = choice(Question)
    asked_at: datetime
    deadline: datetime
    answer: Answer | None = choice(Answer, default=None, nullable=True)
    answered_at: datetime | None = None
    reason: Reason | None = choice(Reason, default=None, nullable=True)
    later_on: date | None = None
    renewed_at: datetime | None = Field(
        default=None, description="when a new link was sent because this one had expired"
    )
    closed_at: datetime | None = Field(
        default=None, description="withdrawn, expired or overtaken: no answer counts now"
    )


class AnswerGiven(SQLModel, table=True):
    """Every answer ever pressed or written, also those changed later."""

    __tablename__ = "answer_given"

    id: int | None = key()
    ask_id: int = ref("ask.id")
    answer: Answer = choice(Answer)
    reason: Reason | None = choice(Reason, default=None, nullable=True)
    later_on: date | None = None
    given_at: datetime
    via: str = Field(description="link | portal | recruiter")


class Conversation(SQLModel, table=True):
    """An exchange one recruiter has with one talent; a talent has one open conversation at most."""

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_conversation_open", "talent_id", unique=True, postgresql_where=sa.text("closed_at IS NULL")),
    )

    id: int | None = key()
    talent_id: int = ref("talent.id")
    owner_id: int = ref("staff.id")
    opportunity_id: int | None = maybe_ref("opportunity.id")
    opened_at: datetime
    waiting_since: datetime | None = Field(default=None, description="a person must answer since then")
    follow_ups_stopped_at: datetime | None = None
    closed_at: datetime | None = None


class Message(SQLModel, table=True):
    """One thing said in a conversation; the words are personal and erasable."""

    id: int | None = key()
    conversation_id: int = ref("conversation.id")
    talent_id: int = ref("talent.id")
    at: datetime
    from_talent: bool
    letter_id: uuid.UUID | None = None
    text: str
