"""The outbox: what is not a row here is never sent."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref, new_id, recipient
from portal.postbox.rules import LetterKind, LetterState, LinkPurpose, Refusal


class Letter(SQLModel, table=True):
    """One thing to say to one person.

    The foreign key to `gate_decision` is the lock on the only door: the decision must be a *go*, for this very letter
    and this very recipient, or PostgreSQL refuses the row.

    `blocks` is the body before rendering, see `portal.postbox.letters`; links stand in it by name only and become
    addresses at dispatch, so that no usable token ever rests in the database.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        recipient(),
        sa.Column("must_be", sa.Text, sa.Computed("'go'", persisted=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id", "id", "recipient", "must_be"],
            ["gate_decision.id", "gate_decision.letter_id", "gate_decision.recipient", "gate_decision.verdict"],
            name="fk_letter_go",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.CheckConstraint("(talent_id IS NULL) <> (staff_id IS NULL)", name="one_recipient"),
        # In the order in which they leave: first what somebody waits for to come in.
        sa.Index(
            "ix_letter_due",
            sa.text("(kind <> 'security')"),
            "not_before",
            postgresql_where=sa.text("state = 'queued'"),
        ),
        sa.Index("ix_letter_sending", "claimed_by", postgresql_where=sa.text("state = 'sending'")),
        sa.Index("ix_letter_rhythm", "talent_id", "queued_at"),
        sa.Index("ix_letter_thread", "thread", postgresql_where=sa.text("thread IS NOT NULL")),
    )

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    decision_id: uuid.UUID
    talent_id: int | None = maybe_ref("talent.id", index=False)
    staff_id: int | None = maybe_ref("staff.id")
    author_id: int | None = maybe_ref("staff.id")
    enrolment_id: int | None = maybe_ref("enrolment.id")
    opportunity_id: int | None = maybe_ref("opportunity.id")
    conversation_id: int | None = maybe_ref("conversation.id")
    chain_id: int | None = maybe_ref("chain.id", index=False)
    step: str | None = Field(default=None, description="the step of that chain it is the letter of")
    thread: uuid.UUID | None = Field(default=None, description="the first letter of its thread, unless that is itself")
    kind: LetterKind = choice(LetterKind)
    purpose: str | None = None
    template: str
    locale: str
    address: str
    subject: str
    blocks: list[dict[str, Any]] = document(default_factory=list)
    links: list[dict[str, Any]] = document(default_factory=list)
    calendar: str | None = Field(default=None, description="an iCalendar invitation (RFC 5546), attached when present")
    message_id: str = Field(unique=True, description="RFC 5322, stored before dispatch")
    state: LetterState = choice(LetterState, default=LetterState.QUEUED)
    queued_at: datetime
    not_before: datetime
    attempts: int = 0
    claimed_by: int | None = Field(default=None, sa_type=sa.BigInteger)
    sent_at: datetime | None = None
    why: str | None = Field(default=None, description="the server's words, or why it was cancelled")
    refusal: Refusal | None = choice(Refusal, default=None, nullable=True)
    refused_at: datetime | None = None


class LetterLink(SQLModel, table=True):
    """One act for one person, until a deadline. Only hashes are stored."""

    __tablename__ = "letter_link"

    id: int | None = key()
    letter_id: uuid.UUID | None = Field(default=None, foreign_key="letter.id", index=True)
    talent_id: int | None = maybe_ref("talent.id")
    staff_id: int | None = maybe_ref("staff.id")
    purpose: LinkPurpose = choice(LinkPurpose)
    act: dict[str, Any] = document(default_factory=dict)
    token_hash: bytes = Field(unique=True)
    code_hash: bytes | None = None
    tries: int = 0
    created_at: datetime
    expires_at: datetime
    consumed_at: datetime | None = None


class MailOutage(SQLModel, table=True):
    """The mail is down, since when and in the server's words; while one is open no worker hands letters out."""

    __tablename__ = "mail_outage"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index(
            "uq_mail_outage_open",
            sa.text("(ended_at IS NULL)"),
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: int | None = key()
    since: datetime
    because: str = Field(description="what the server said, nobody's address in it")
    tries: int = 0
    next_try_at: datetime
    ended_at: datetime | None = None


class Suppression(SQLModel, table=True):
    """An address we must not write to or take in again, kept as a keyed hash only (erased, bounced, do not contact)."""

    address_hash: bytes = Field(primary_key=True)
    why: str
    at: datetime
    import_id: int | None = Field(
        default=None,
        sa_column=sa.Column(sa.BigInteger, sa.ForeignKey("import_run.id", ondelete="SET NULL"), index=True),
    )
