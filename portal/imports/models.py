"""Files taken in, or waiting to be."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref
from portal.talents.rules import SourceKind


class ImportRun(SQLModel, table=True):
    """One file: waiting with its preview, or taken in with its report."""

    __tablename__ = "import_run"

    id: int | None = key()
    staff_id: int | None = maybe_ref("staff.id")
    file_name: str
    content: bytes | None = Field(default=None, description="kept only until it is taken in or given up")
    mapping: dict[str, Any] = document(default_factory=dict)
    source_kind: SourceKind | None = choice(SourceKind, default=None, nullable=True)
    source_text: str = ""
    collected_on: date | None = None
    basis: str = "none"
    strict: bool = False
    uploaded_at: datetime
    taken_at: datetime | None = None
    report: dict[str, Any] = document(default_factory=dict)
