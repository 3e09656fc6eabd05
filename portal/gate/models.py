"""What the gate decided, for ever: the app's role may add decisions and read them, nothing else."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.gate.rules import Check, Verdict
from portal.kit.db import choice, document, maybe_ref, new_id, recipient
from portal.postbox.rules import LetterKind


class GateDecision(SQLModel, table=True):
    """May this letter leave? Readable by a recruiter, the DPO and the person it is about."""

    __tablename__ = "gate_decision"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        recipient(),
        sa.UniqueConstraint("id", "letter_id", "recipient", "verdict"),
        sa.Index("ix_gate_decision_letter_id", "letter_id"),
        sa.Index("ix_gate_decision_talent_id_at", "talent_id", "at"),
        sa.CheckConstraint("(talent_id IS NULL) <> (staff_id IS NULL)", name="one_recipient"),
    )

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    letter_id: uuid.UUID
    talent_id: int | None = maybe_ref("talent.id", index=False)
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
    asked_by: str = Field(description="who wanted the letter: staff 3, talent 7, link 9, system (chain)")
    kind: LetterKind = choice(LetterKind)
    purpose: str | None = None
    verdict: Verdict = choice(Verdict)
    objection: Check | None = choice(Check, default=None, nullable=True)
    because: str | None = Field(default=None, description="the code of the sentence that explains it")
    params: dict[str, Any] = document(default_factory=dict)
    request: dict[str, Any] = document(
        default_factory=dict, description="what the gate was asked, to ask again at dispatch"
    )
    until: datetime | None = None
