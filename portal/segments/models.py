"""A saved rule over the pool, how it stood day after day, and what rules are asked of."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
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


def _number() -> Any:  # noqa: ANN401 - SQLModel's Field is untyped by design
    return Field(default=None, sa_type=sa.REAL)


def _text(**field: Any) -> Any:  # noqa: ANN401
    return Field(sa_type=sa.Text, **field)


def _step(at: str) -> Any:  # noqa: ANN401
    """How far down a list by `at`, newest first: the days there, then those without any, by the thousand."""
    down = f"DATE '2000-01-01' - ({at} AT TIME ZONE 'UTC')::date"
    told = f"CASE WHEN {at} IS NULL THEN (talent_id / 1000)::int ELSE {down} END"
    return Field(sa_column=sa.Column(sa.Integer, sa.Computed(told, persisted=True)))


def _person(*, only: bool = True) -> Any:  # noqa: ANN401
    return Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False} if only else {})


class Projection(SQLModel, table=True):
    """What a rule may ask of one living person. PostgreSQL keeps it (view `projected`); nothing else writes it.

    `words` are hashes of words that name their kind: `contract:cdi`, `skill:soudure tig`, `language:en:B2`, `tag:7`,
    `answered:no:too_far`. `x, y, z` is the place of work as a unit vector, `reach` their own radius as a squared chord.
    `free_from` is the year 1 for who is available now. A `…_until` is the first day a ground no longer holds: the year
    9999 where it has no end, the year 1 where it was withdrawn. `notice_due`: the last day the art. 14
    information, still owed, may go (see `document.NoticeDue`).
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("ix_projection_words", "words", postgresql_using="gin"),
        sa.Index(
            "ix_projection_custom",
            "custom",
            postgresql_using="gin",
            postgresql_ops={"custom": "jsonb_path_ops"},
            postgresql_where=sa.text("custom IS NOT NULL"),
        ),
        sa.Index("ix_projection_lat_lon", "lat", "lon"),
        sa.Index("ix_projection_name_key_talent_id", "name_key", "talent_id"),
        sa.Index("ix_projection_collected_on_talent_id", "collected_on", "talent_id"),
        sa.Index("ix_projection_act_step", "act_step"),
        sa.Index("ix_projection_letter_step", "letter_step"),
    )

    talent_id: int = _person()
    last_letter_at: datetime | None = None
    letter_step: int = _step("last_letter_at")
    last_act_at: datetime | None = None
    act_step: int = _step("last_act_at")
    last_answer_at: datetime | None = None
    x: float | None = _number()
    y: float | None = _number()
    z: float | None = _number()
    reach: float | None = _number()
    lat: float | None = _number()
    lon: float | None = _number()
    free_from: date | None = None
    collected_on: date
    confirmed_on: date = Field(description="the latest day anyone said anything of them, or they did something")
    notice_due: date | None = None
    pool_until: date | None = None
    survey_until: date | None = None
    event_until: date | None = None
    salary_floor: int | None = None
    notice_days: int | None = None
    relocation: bool | None = None
    availability: str | None = _text(default=None)
    experience: str | None = _text(default=None)
    remote: str | None = _text(default=None)
    locale: str = _text()
    last_answer: str | None = _text(default=None)
    last_reason: str | None = _text(default=None)
    name_key: str = Field(sa_type=sa.Text(collation="C"), description="for the order of lists; never a criterion")
    words: list[int] | None = Field(default=None, sa_type=pg.ARRAY(sa.BigInteger))
    custom: dict[str, Any] | None = document(default=None)


class _Point(SQLModel):
    x: float = Field(sa_type=sa.REAL)
    y: float = Field(sa_type=sa.REAL)
    z: float = Field(sa_type=sa.REAL)
    lat: float = Field(sa_type=sa.REAL)
    lon: float = Field(sa_type=sa.REAL)


class Place(_Point, table=True):
    """Where every commune lies, for the database to know (`portal.talents.places`)."""

    insee: str = Field(primary_key=True, sa_type=sa.Text)


class ProjectionPlace(_Point, table=True):
    """One more place of work someone declared, beside the first."""

    __tablename__ = "projection_place"

    talent_id: int = _person()
    insee: str = Field(primary_key=True, sa_type=sa.Text)
    reach: float | None = _number()


class TalentSearch(SQLModel, table=True):
    """The words someone is searched by, folded: name (in one word too), skills, what they do, notes, words of the address.

    And a job as `job:H2913`, a place as `place:69123`, the address whole and behind its `@`, a telephone as `tel:` and its
    digits backwards, so that its last ones begin a word.
    """

    __tablename__ = "talent_search"
    __table_args__ = (sa.Index("ix_talent_search_document", "document", postgresql_using="gin"),)

    talent_id: int = _person()
    document: Any = Field(sa_type=pg.TSVECTOR)
