"""One row a person, however many sources they came from."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, document, key, maybe_ref, new_id, ref, words
from portal.talents.rules import AddressForm, AddressState, Decision, FieldKind, Outcome, SourceKind, TalentMay
from portal.talents.vocabulary import Availability, Experience, Remote


class Talent(SQLModel, table=True):
    """A person in the pool, and everything a segment may ask about them in one wide row.

    `said` keeps, for each value, who said it and when: `{"radius_km": {"by": "talent", "on": "2026-11-02"}}`.
    `other_jobs` holds ROME codes beside the main one, `languages` ISO 639-1 codes with a CEFR level if said ("en:B2"),
    `other_places` INSEE codes, `custom` the values of the house's own fields by their id: `{"7": "yes"}`.
    `ux, uy, uz` is the place of work they declared as a unit vector; `mobility_c2` their own radius as a squared chord.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("uq_talent_email", "email", unique=True, postgresql_where=sa.text("erased_at IS NULL")),
        sa.Index("ix_talent_phone", "phone"),
        # What the pool may be narrowed by is counted from these alone, at a million people too.
        sa.Index("ix_talent_job_code", "job_code", postgresql_where=sa.text("erased_at IS NULL")),
        sa.Index("ix_talent_place_code", "place_code", postgresql_where=sa.text("erased_at IS NULL")),
        sa.Index("ix_talent_name_key", "name_key"),
        sa.Index("ix_talent_merged_into", "merged_into", postgresql_where=sa.text("merged_into IS NOT NULL")),
        sa.Index("ix_talent_local_part", sa.text("split_part(email, '@', 1)")),
        sa.Index(
            "ix_talent_sounds",
            "place_code",
            "job_code",
            sa.text("sounds(name_key)"),
            postgresql_where=sa.text("erased_at IS NULL AND place_code IS NOT NULL AND job_code IS NOT NULL"),
        ),
        # Who said the address and whether it is proven are one fact.
        sa.CheckConstraint(
            "(proven_at IS NOT NULL) = (coalesce(said #>> '{email,by}', '') = 'talent')", name="own_address"
        ),
    )

    id: int | None = key()
    pseudonym: uuid.UUID = Field(default_factory=new_id, unique=True, description="stands for them in the ledger")
    created_at: datetime
    # Who they are; emptied by erasure.
    email: str | None = Field(default=None, description="trimmed, lower case")
    proven_at: datetime | None = Field(
        default=None,
        description="since when the address is their own word: they signed in with it, or pressed a link in a letter to it",
    )
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
    other_jobs: list[str] = words()
    does: str = Field(default="", description="what they say they do, in their own words")
    experience: Experience | None = choice(Experience, default=None, nullable=True)
    skills: list[str] = words()
    languages: list[str] = words()
    contracts: list[str] = words()
    interests: list[str] = words()
    environments: list[str] = words()
    salary_floor: int | None = Field(default=None, description="euros a year, gross")
    availability: Availability | None = choice(Availability, default=None, nullable=True)
    available_from: date | None = None
    notice_days: int | None = Field(default=None, description="how long they must still stay where they are")
    refuses: str = Field(
        default="", sa_column_kwargs={"server_default": ""}, description="what they do not want, in their own words"
    )
    custom: dict[str, Any] = document(default_factory=dict, sa_column_kwargs={"server_default": "{}"})
    # Where they would work: never a home address.
    place_code: str | None = Field(default=None, description="INSEE")
    place_name: str = ""
    lat: float | None = None
    lon: float | None = None
    ux: float | None = None
    uy: float | None = None
    uz: float | None = None
    other_places: list[str] = words()
    radius_km: int | None = Field(default=None, description="around each of their places")
    mobility_c2: float | None = None
    regions: list[str] = words()
    remote: Remote | None = choice(Remote, default=None, nullable=True)
    relocation: bool | None = Field(default=None, description="whether they would move house for the right job")
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
    merged_into: int | None = Field(
        default=None,
        foreign_key="talent.id",
        sa_type=sa.BigInteger,
        description="the same person's other row, which goes on; then `erased_at` is set, and what stands here stays",
    )
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


class AddressChange(SQLModel, table=True):
    """Another address of someone: proposed until it is proven from there, or known beside the one that stands (`aside`).

    `before` is what stood when it was proven; both lead to the person whatever file comes. Of a change that came to nothing
    the address is emptied.
    """

    __tablename__ = "address_change"

    id: int | None = key()
    talent_id: int = ref("talent.id")
    address: str = Field(index=True)
    before: str | None = Field(default=None, index=True)
    staff_id: int | None = maybe_ref("staff.id", index=False)
    state: AddressState = choice(AddressState, default=AddressState.PROPOSED)
    proposed_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None


class Tag(SQLModel, table=True):
    """A word recruiters sort people by; it never says what the law protects."""

    id: int | None = key()
    name: str
    folded: str = Field(unique=True, description="so that a tag exists once, however it is typed")
    created_at: datetime


class TalentTag(SQLModel, table=True):
    """Who wears which tag, since when and by whom."""

    __tablename__ = "talent_tag"

    talent_id: int = ref("talent.id", primary_key=True, index=False)
    tag_id: int = ref("tag.id", primary_key=True)
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
    import_id: int | None = maybe_ref("import_run.id")


class Note(SQLModel, table=True):
    """What a recruiter wrote down about someone: facts about work only (Labour Code L.1221-6); the person may read it."""

    id: int | None = key()
    talent_id: int = ref("talent.id")
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
    text: str
    import_id: int | None = maybe_ref("import_run.id")


class CustomField(SQLModel, table=True):
    """A field of the house's own, made by an admin without code; values stand in `Talent.custom` under its id.

    `choices` of a choice: `[{"code": "a", "fr": "…", "en": "…"}]`; `codes` every code ever given, so that none is given to
    another choice: rules name choices by code. `talent_may` says what the person themself may do.
    """

    __tablename__ = "custom_field"

    id: int | None = key()
    kind: FieldKind = choice(FieldKind)
    name_fr: str
    name_en: str
    choices: list[dict[str, Any]] = document(default_factory=list)
    codes: list[str] = words()
    recruiters_edit: bool = True
    talent_may: TalentMay = choice(TalentMay, default=TalentMay.SEE)
    rank: int = 0
    created_at: datetime
    archived_at: datetime | None = None


class SavedView(SQLModel, table=True):
    """A way of looking at the pool that a recruiter keeps: the filters and the order, as the page's address has them."""

    __tablename__ = "saved_view"

    id: int | None = key()
    staff_id: int = ref("staff.id")
    name: str
    filters: dict[str, Any] = document()
    shared: bool = False
    opens_first: bool = Field(default=False, sa_column_kwargs={"server_default": "false"}, description="for its owner")
    created_at: datetime


class ImportChange(SQLModel, table=True):
    """What one import did to one person: `before` is what an undo gives back (see `talents.returning`)."""

    __tablename__ = "import_change"

    import_id: int = Field(
        sa_column=sa.Column(sa.BigInteger, sa.ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    )
    talent_id: int = ref("talent.id", primary_key=True)
    outcome: Outcome = choice(Outcome)
    before: dict[str, Any] = document(default_factory=dict)


class Doubt(SQLModel, table=True):
    """Two who may be one, until a person decides: a line of a file and someone known, or (`other_id`) two of the pool.

    `words` is what the line says, gone once decided; `undo` what stood before a merge. Two of the pool stand here for ever.
    """

    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index(
            "uq_doubt_pair", "talent_id", "other_id", unique=True, postgresql_where=sa.text("other_id IS NOT NULL")
        ),
    )

    id: int | None = key()
    talent_id: int = ref("talent.id")
    other_id: int | None = maybe_ref("talent.id")
    import_id: int | None = Field(
        default=None,
        sa_column=sa.Column(sa.BigInteger, sa.ForeignKey("import_run.id", ondelete="SET NULL"), index=True),
    )
    line: int | None = None
    sentence: str = Field(description="why nobody can tell: an English msgid")
    params: dict[str, Any] = document(default_factory=dict)
    words: dict[str, Any] = document(default_factory=dict)
    found_at: datetime
    decided_at: datetime | None = None
    staff_id: int | None = maybe_ref("staff.id", index=False)
    decision: Decision | None = choice(Decision, default=None, nullable=True)
    undo: dict[str, Any] = document(default_factory=dict)


def _goes_with(other: str) -> Any:  # noqa: ANN401
    return Field(default=None, sa_column=sa.Column(sa.BigInteger, sa.ForeignKey(other, ondelete="CASCADE"), index=True))


class HeldBack(SQLModel, table=True):
    """Whom a stop in a file may mean: a line in doubt (`doubt_id`), or a column nobody knows the sense of (what it `says`)."""

    __tablename__ = "held_back"

    id: int | None = key()
    talent_id: int = ref("talent.id")
    doubt_id: int | None = _goes_with("doubt.id")
    import_id: int | None = _goes_with("import_run.id")
    column_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    says: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ClearedName(SQLModel, table=True):
    """A false alarm: this one name an admin allowed, though a word of the law stands in it, and why. The DPO reads it."""

    __tablename__ = "cleared_name"

    folded: str = Field(primary_key=True)
    name: str
    word: str = Field(description="what was taken for a word of the law")
    ground: str
    reason: str
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime


class ToldApart(SQLModel, table=True):
    """Two who are two people: a keyed hash of what tells each of them, so that no file joins or doubts them again."""

    __tablename__ = "told_apart"

    pair_hash: bytes = Field(primary_key=True)
    staff_id: int | None = maybe_ref("staff.id", index=False)
    at: datetime
