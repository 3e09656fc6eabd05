"""What people were shown, what they said to it, and the proof."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.consent.rules import Act, Basis, Purpose, Standing
from portal.kit.db import choice, document, key, maybe_ref, ref


class Notice(SQLModel, table=True):
    """The exact text someone was shown (GDPR 7(1), EDPB 05/2020); a new wording is a new version."""

    __table_args__ = (sa.UniqueConstraint("purpose", "version", "locale"),)

    id: int | None = key()
    purpose: Purpose = choice(Purpose)
    version: int
    locale: str
    text: str
    created_at: datetime


class Consent(SQLModel, table=True):
    """Where one person stands on one purpose; follows from the ledger, kept for the gate to read."""

    talent_id: int = ref("talent.id", primary_key=True, index=False)
    purpose: Purpose = choice(Purpose, primary_key=True)
    basis: Basis = choice(Basis)
    standing: Standing = choice(Standing)
    since: datetime
    expires_on: date | None = None
    notice_id: int | None = maybe_ref("notice.id", index=False)
    notified_at: datetime | None = Field(default=None, description="when the art. 13/14 information was given")
    entry: int | None = Field(default=None, sa_type=sa.BigInteger, description="the ledger entry this follows from")


class LedgerEntry(SQLModel, table=True):
    """One consent event, chained to the one before it; the app's role may add and read, nothing else."""

    __tablename__ = "ledger_entry"

    seq: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime
    pseudonym: uuid.UUID = Field(index=True)
    act: Act = choice(Act)
    purpose: Purpose = choice(Purpose)
    basis: Basis = choice(Basis)
    notice_version: int | None = None
    notice_locale: str | None = None
    notice_hash: str = ""
    interface: str = Field(description="portal | link | import | unsubscribe | cli | demo")
    commitment: str = Field(description="hex SHA-256 of salt + the personal part")
    prev: str = Field(description="hex hash of the entry before, 64 zeros for the first")
    hash: str = Field(unique=True)


class LedgerEvidence(SQLModel, table=True):
    """The personal part of an entry and its salt. Erasing it leaves the chain whole (GDPR 17 beside 5(2))."""

    __tablename__ = "ledger_evidence"
    __table_args__: ClassVar[tuple[Any, ...]] = ()

    seq: int = Field(primary_key=True, foreign_key="ledger_entry.seq", sa_type=sa.BigInteger)
    talent_id: int = ref("talent.id")
    salt: str
    personal: dict[str, Any] = document(default_factory=dict)
