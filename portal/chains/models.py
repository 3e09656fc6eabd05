"""Chains, their versions, their launches, and who is on the way."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.chains.rules import EnrolmentState, LaunchState, WaitsFor
from portal.kit.db import choice, document, key, maybe_ref, ref


class Chain(SQLModel, table=True):
    """A sequence of steps with a name; what it does stands in its versions."""

    id: int | None = key()
    name: str
    owner_id: int = ref("staff.id")
    created_at: datetime
    archived_at: datetime | None = None


class ChainVersion(SQLModel, table=True):
    """One wording of a chain, never changed once launched: a started talent keeps its version."""

    __tablename__ = "chain_version"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("chain_id", "number"),)

    id: int | None = key()
    chain_id: int = ref("chain.id", index=False)
    number: int
    definition: dict[str, Any] = document()
    author_id: int = ref("staff.id")
    created_at: datetime


class Launch(SQLModel, table=True):
    """A chain started by an owner: on a segment, at a time; or, without one, on people chosen one by one.

    One at a time runs of a version, on the same people, for a job, unless a person confirmed another in their own words.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index(
            "uq_launch_running",
            "version_id",
            "whom",
            sa.text("coalesce(opportunity_id, 0)"),
            sa.text("coalesce(beside_id, 0)"),
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL AND whom <> ''"),
        ),
    )

    id: int | None = key()
    version_id: int = ref("chain_version.id")
    segment_id: int | None = maybe_ref("segment.id")
    opportunity_id: int | None = maybe_ref("opportunity.id")
    owner_id: int = ref("staff.id")
    state: LaunchState = choice(LaunchState)
    starts_at: datetime
    created_at: datetime
    enrolled_at: datetime | None = Field(default=None, description="when the segment became enrolments")
    ended_at: datetime | None = None
    whom: str = Field(
        default="", description="`segment 7`, or a hash of the people chosen: what a double would reach too"
    )
    beside_id: int | None = maybe_ref("launch.id", index=False)  # the one that ran already when this one was confirmed
    confirmed_by: int | None = maybe_ref("staff.id", index=False)
    confirmed_at: datetime | None = Field(default=None, description="when it was confirmed that people be asked again")
    confirmed_words: str = Field(default="", description="why, in the words of whoever confirmed it")


class Enrolment(SQLModel, table=True):
    """One talent going through one launch: at one step, due at a time, waiting for an answer, or ended."""

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("launch_id", "talent_id"),
        sa.Index("ix_enrolment_due", "due_at", postgresql_where=sa.text("state IN ('due', 'asked')")),
        sa.Index("ix_enrolment_waits_for", "waits_for", postgresql_where=sa.text("waits_for IS NOT NULL")),
    )

    id: int | None = key()
    launch_id: int = ref("launch.id", index=False)
    talent_id: int = ref("talent.id")
    step: str
    state: EnrolmentState = choice(EnrolmentState)
    due_at: datetime | None = Field(default=None, description="when the step acts, or when silence is an answer")
    waits_for: WaitsFor | None = choice(WaitsFor, default=None, nullable=True)
    blocked_by: str | None = Field(default=None, description="the gate's check that made it wait or end")
    outcome: str | None = Field(default=None, description="why it ended")
    entered_at: datetime
    ended_at: datetime | None = None
