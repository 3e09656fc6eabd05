"""A saved rule over the pool."""

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from portal.kit.db import document, key, ref


class Segment(SQLModel, table=True):
    """Always live: only the rule is kept (`portal.segments.document`), never its members."""

    id: int | None = key()
    name: str
    owner_id: int = ref("staff.id")
    rule: dict[str, Any] = document()
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None
