"""Times recruiters offer; who holds them; who booked them."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.booking.rules import Span
from portal.kit.db import key, maybe_ref, ref


class Slot(SQLModel, table=True):
    """A time a recruiter offers."""

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("staff_id", "starts_at"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: int | None = key()
    staff_id: int = ref("staff.id", index=False)
    starts_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def span(self) -> Span:
        """Return from when to when."""
        return Span(self.starts_at, self.ends_at)


class Hold(SQLModel, table=True):
    """A slot kept for one person alone until a deadline: two rows never hold one slot at once.

    `ask_id`: the question that offers it, and so the way and the job it is for.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_hold_slot_id", "slot_id", unique=True, postgresql_where=sa.text("released_at IS NULL")),
    )

    id: int | None = key()
    slot_id: int = ref("slot.id", index=False)
    talent_id: int = ref("talent.id")
    ask_id: int | None = maybe_ref("ask.id")
    held_at: datetime
    until: datetime
    released_at: datetime | None = None


class Booking(SQLModel, table=True):
    """The slot the talent picked: at most one living booking a slot, whoever was faster."""

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_booking_slot_id", "slot_id", unique=True, postgresql_where=sa.text("cancelled_at IS NULL")),
    )

    id: int | None = key()
    slot_id: int = ref("slot.id", index=False)
    talent_id: int = ref("talent.id")
    staff_id: int = ref("staff.id")
    ask_id: int | None = maybe_ref("ask.id")
    opportunity_id: int | None = maybe_ref("opportunity.id")
    booked_at: datetime
    moved_at: datetime | None = None
    reminder_id: uuid.UUID | None = Field(default=None, description="the letter that reminds of it as it now stands")
    calendar_uid: str = Field(unique=True, description="RFC 5545 UID, the same in every update of the invitation")
    sequence: int = 0
    cancelled_at: datetime | None = None
    cancelled_by: str | None = None
