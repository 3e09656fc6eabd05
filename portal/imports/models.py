"""Files taken in, or waiting to be."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref
from portal.talents.rules import SourceKind


class Wish(StrEnum):
    """What a worker is asked to do with a file."""

    LOOK = "look"
    TAKE = "take"
    UNDO = "undo"


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
    stop_list: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": "false"},
        description="everybody in it asked not to be written to",
    )
    dates: str = Field(
        default="", sa_column_kwargs={"server_default": ""}, description="the order of day and month, chosen"
    )
    uploaded_at: datetime
    taken_at: datetime | None = None
    report: dict[str, Any] = document(default_factory=dict)
    # What a worker is asked to do with it, and how far it has come.
    asked: Wish | None = choice(Wish, default=None, nullable=True)
    stage: str = Field(default="", sa_column_kwargs={"server_default": ""})
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    problem: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})
    undone_at: datetime | None = None
    undone: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})


class ImportPreview(SQLModel, table=True):
    """One person of a preview, in the order of the file; forgotten once the file is taken in or given up."""

    __tablename__ = "import_preview"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("ix_import_preview_import_id_outcome_place", "import_id", "outcome", "place"),
    )

    import_id: int = Field(
        sa_column=sa.Column(sa.BigInteger, sa.ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    )
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    outcome: str = Field(description="an outcome, or `doubtful`")
    lines: int = Field(description="how many lines of the file are about this person")
    told: dict[str, Any] = document(default_factory=dict)


class JobTold(SQLModel, table=True):
    """Which job (ROME `code`, or "" for none) a title is that its words do not tell; `words` is how it is looked up."""

    __tablename__ = "job_told"

    words: str = Field(primary_key=True)
    text: str
    code: str
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
