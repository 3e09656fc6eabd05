"""One row a person, however many sources they came from."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref, new_id, ref, words
from portal.talents.rules import AddressForm, SourceKind
from portal.talents.vocabulary import Availability, Experience, Remote


class Talent(SQLModel, table=True):
    """A person in the pool, and everything a segment may ask about them in one wide row.

    `said` keeps, for each value, who said it and when: `{"radius_km": {"by": "talent", "on": "2026-11-02"}}`.
    `ux, uy, uz` is the place of work they declared as a unit vector; `mobility_c2` their own radius as a squared chord.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_talent_email", "email", unique=True, postgresql_where=sa.text("erased_at IS NULL")),
        sa.Index("ix_talent_phone", "phone"),
        sa.Index("ix_talent_job_code", "job_code"),
        sa.Index("ix_talent_name_key", "name_key"),
        sa.Index("ix_talent_place", "lat", "lon"),
        sa.Index("ix_talent_words", "interests", "environments", "contracts", postgresql_using="gin"),
    )

    id: int | None = key()
    pseudonym: uuid.UUID = Field(default_factory=new_id, unique=True, description="stands for them in the ledger")
    created_at: datetime
    # Who they are; emptied by erasure.
    email: str | None = Field(default=None, description="trimmed, lower case")
    phone: str | None = Field(default=None, description="E.164")
    first_name: str = ""
    last_name: str = ""
    name_key: str = Field(default="", description="first and last name folded, for finding doubles")
    address_form: AddressForm = choice(AddressForm, default=AddressForm.NEUTRAL)
    locale: str = "fr"
    zone: str = "Europe/Paris"
    # Their work, as they or a source told it.
    job_code: str | None = Field(default=None, description="ROME")
    job_text: str = ""
    does: str = Field(default="", description="what they say they do, in their own words")
    experience: Experience | None = choice(Experience, default=None, nullable=True)
    contracts: list[str] = words()
    interests: list[str] = words()
    environments: list[str] = words()
    salary_floor: int | None = Field(default=None, description="euros a year, gross")
    availability: Availability | None = choice(Availability, default=None, nullable=True)
    available_from: date | None = None
    # Where they would work: never a home address.
    place_code: str | None = Field(default=None, description="INSEE")
    place_name: str = ""
    lat: float | None = None
    lon: float | None = None
    ux: float | None = None
    uy: float | None = None
    uz: float | None = None
    radius_km: int | None = None
    mobility_c2: float | None = None
    regions: list[str] = words()
    remote: Remote | None = choice(Remote, default=None, nullable=True)
    # How they want to be written to.
    rhythm_days: int | None = Field(default=None, description="their own limit: one letter in so many days")
    paused_until: date | None = None
    # What happened with them, written by whoever knows it.
    source_kind: SourceKind = choice(SourceKind)
    collected_on: date = Field(description="the newest day a source got them")
    last_act_at: datetime | None = Field(default=None, description="their own last act; only it moves retention")
    last_letter_at: datetime | None = None
    last_answer: str | None = None
    last_answer_at: datetime | None = None
    last_reason: str | None = None
    # Why they can never be written to.
    bounced_at: datetime | None = None
    do_not_contact_at: datetime | None = None
    erased_at: datetime | None = None
    said: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})


class Source(SQLModel, table=True):
    """Where a talent came from and when; required at import."""

    id: int | None = key()
    talent_id: int = ref("talent.id")
    kind: SourceKind = choice(SourceKind)
    text: str
    collected_on: date
    import_id: int | None = maybe_ref("import_run.id")
    recorded_at: datetime
