"""Files taken in, or waiting to be."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref, ref
from portal.talents.actions import Outcome
from portal.talents.rules import SourceKind


class Wish(StrEnum):
    """What a worker is asked to do with a file."""

    LOOK = "look"
    TAKE = "take"


class Decision(StrEnum):
    """What a person made of a doubt."""

    SAME = "same"
    TWO = "two"


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
    # What a worker is asked to do with it, and how far it has come.
    asked: Wish | None = choice(Wish, default=None, nullable=True)
    stage: str = Field(default="", sa_column_kwargs={"server_default": ""})
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    problem: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})
    undone_at: datetime | None = None
    undone: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})


class ImportChange(SQLModel, table=True):
    """What one import did to one person: `before` is what an undo gives back (see `talents.returning`)."""

    __tablename__ = "import_change"

    import_id: int = ref("import_run.id", primary_key=True, index=False)
    talent_id: int = ref("talent.id", primary_key=True)
    outcome: Outcome = choice(Outcome)
    before: dict[str, Any] = document(default_factory=dict)


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


class Doubt(SQLModel, table=True):
    """Two who may be one, until a person decides: a line of a file and someone known, or (`other_id`) two of the pool.

    `words` is what the line says, gone once decided or forgotten; `undo` what gives back what stood before a merge.
    """

    id: int | None = key()
    talent_id: int = ref("talent.id")
    other_id: int | None = maybe_ref("talent.id")
    import_id: int | None = maybe_ref("import_run.id")
    line: int | None = None
    sentence: str = Field(description="why nobody can tell: an English msgid")
    params: dict[str, Any] = document(default_factory=dict)
    words: dict[str, Any] = document(default_factory=dict)
    found_at: datetime
    decided_at: datetime | None = None
    staff_id: int | None = maybe_ref("staff.id", index=False)
    decision: Decision | None = choice(Decision, default=None, nullable=True)
    undo: dict[str, Any] = document(default_factory=dict)


class ToldApart(SQLModel, table=True):
    """Two who are two people: a keyed hash of what tells each of them, so that no file joins or doubts them again."""

    __tablename__ = "told_apart"

    pair_hash: bytes = Field(primary_key=True)
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
