"""A saved rule over the pool, and how it stood day after day."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import document, key, maybe_ref, ref


class Segment(SQLModel, table=True):
    """Always live: only the rule is kept (`portal.segments.document`), never its members."""

    id: int | None = key()
    name: str
    owner_id: int = ref("staff.id")
    rule: dict[str, Any] = document()
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None


class SegmentDay(SQLModel, table=True):
    """How a segment stood one night; without a segment, the whole pool. Numbers only: nobody is named."""

    __tablename__ = "segment_day"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_segment_day", "segment_id", "day", unique=True, postgresql_nulls_not_distinct=True),
    )

    id: int | None = key()
    segment_id: int | None = maybe_ref("segment.id", index=False)
    day: date
    people: int
    reachable: int
    fresh: int = Field(description="gave a sign of their own lately")
    with_basis: int = Field(description="with a valid legal ground")
