"""Reads about people in the pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.bulk import among
from portal.kit.errors import NotFound
from portal.talents import jobs
from portal.talents.custom import CUSTOM
from portal.talents.identity import goes_on_as
from portal.talents.merging import UNREAD
from portal.talents.models import Source, Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability
from portal.timeline.who import Person, Who


@dataclass(frozen=True, slots=True)
class TalentRow:
    """One person in a list."""

    id: int
    name: str
    email: str | None
    job_code: str | None
    job_text: str
    place_name: str
    availability: Availability | None
    available_from: date | None
    source_kind: SourceKind
    collected_on: date
    last_letter_at: datetime | None
    last_act_at: datetime | None
    last_answer: str | None
    radius_km: int | None = None
    availability_said: date | None = None

    def job(self, locale: str) -> str:
        """Return the job's name in the reader's language, or what was written where none was recognised."""
        return jobs.label(self.job_code, locale) if self.job_code else self.job_text


_COLUMNS = (
    col(Talent.id),
    sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name)),
    col(Talent.email),
    col(Talent.job_code),
    col(Talent.job_text),
    col(Talent.place_name),
    col(Talent.availability),
    col(Talent.available_from),
    col(Talent.source_kind),
    col(Talent.collected_on),
    col(Talent.last_letter_at),
    col(Talent.last_act_at),
    col(Talent.last_answer),
    col(Talent.radius_km),
    sa.cast(col(Talent.said)[("availability", "on")].astext, sa.Date),
)


class Sort(StrEnum):
    """How a list of people is ordered."""

    NAME = "name"
    NEWEST = "newest"
    LAST_ACT = "last_act"
    LAST_LETTER = "last_letter"


def rows_of(session: Session, talent_ids: Sequence[int]) -> list[TalentRow]:
    """Return these people as a list shows them, in the order of `talent_ids`."""
    found = {
        row[0]: TalentRow(*row)
        for row in session.execute(sa.select(*_COLUMNS).where(among(col(Talent.id), talent_ids)))
    }
    return [found[id_] for id_ in talent_ids if id_ in found]


def jobs_in_pool(session: Session, who: Who) -> list[str]:
    """Return the ROME codes of those in the pool, most people first."""
    return _met(session, who, col(Talent.job_code))


def places_in_pool(session: Session, who: Who, *, most: int = 200) -> list[str]:
    """Return the communes (INSEE) of those in the pool, most people first."""
    return _met(session, who, col(Talent.place_code), most)


def _met(session: Session, who: Who, column: sa.SQLColumnExpression[str | None], most: int | None = None) -> list[str]:
    recruiter(who)
    living = col(Talent.erased_at).is_(None) & column.is_not(None)
    found = sa.select(column).where(living).group_by(column).order_by(sa.func.count().desc(), column).limit(most)
    return [value for value in session.scalars(found) if value is not None]


@dataclass(frozen=True, slots=True)
class Told:
    """One value we hold, who said it and when: `by` is a value of `merging.By`; None where nobody noted it.

    `source` is what the source was called, where one said it.
    """

    value: Any
    by: str | None = None
    on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source someone came from."""

    kind: SourceKind
    text: str
    collected_on: date


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything we hold about one person's work and wishes.

    `told` by column name of `Talent`, and by "custom.7" for the values of the house's own fields, known or not any more;
    `unread` likewise what nobody could read, beside the value or instead of one.
    """

    id: int
    name: str
    first_name: str
    email: str | None
    phone: str | None
    locale: str
    zone: str
    told: dict[str, Told]
    unread: dict[str, Told]
    sources: tuple[SourceRow, ...]
    created_at: datetime
    last_act_at: datetime | None
    last_letter_at: datetime | None
    last_answer: str | None
    last_answer_at: datetime | None
    last_reason: str | None
    bounced: bool
    do_not_contact: bool
    proven_at: datetime | None = None


TOLD = (
    "job_code",
    "job_text",
    "other_jobs",
    "does",
    "experience",
    "skills",
    "languages",
    "contracts",
    "interests",
    "environments",
    "salary_floor",
    "availability",
    "available_from",
    "notice_days",
    "refuses",
    "place_code",
    "place_name",
    "other_places",
    "radius_km",
    "regions",
    "remote",
    "relocation",
    "rhythm_days",
    "paused_until",
    "address_form",
)


def stands_as(session: Session, who: Who, talent_id: int) -> int:
    """Return whose row stands for this one since the two were made one; itself otherwise. NotFound for who left."""
    recruiter(who)
    stands = goes_on_as(session, [talent_id]).get(talent_id)
    if stands is None:
        raise NotFound
    return stands


def profile(session: Session, who: Who, talent_id: int) -> Profile:
    """Return one person, with who said what and when; theirs alone for a candidate. NotFound otherwise."""
    if not (isinstance(who, Person) and not who.is_staff and who.id == talent_id):
        recruiter(who)
    talent = session.exec(select(Talent).where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None))).first()
    if talent is None:
        raise NotFound
    return Profile(
        id=talent_id,
        name=f"{talent.first_name} {talent.last_name}".strip(),
        first_name=talent.first_name,
        email=talent.email,
        phone=talent.phone,
        locale=talent.locale,
        zone=talent.zone,
        told={name: _told(talent, name, getattr(talent, name)) for name in (*TOLD, "zone")}
        | {name: _told(talent, name, value) for name, value in own_values(talent.custom).items()},
        unread={name: _told(talent, UNREAD + name, text) for name, text in unread_of(talent.said).items()},
        sources=_sources(session, talent_id),
        created_at=talent.created_at,
        last_act_at=talent.last_act_at,
        last_letter_at=talent.last_letter_at,
        last_answer=talent.last_answer,
        last_answer_at=talent.last_answer_at,
        last_reason=talent.last_reason,
        bounced=talent.bounced_at is not None,
        do_not_contact=talent.do_not_contact_at is not None,
        proven_at=talent.proven_at,
    )


def own_values(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Return `Talent.custom` by column ("custom.7"), in order of the fields' age."""
    return {f"{CUSTOM}{key}": custom[key] for key in sorted(custom, key=lambda key: (len(key), key))}


def unread_of(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands as text beside each column because nobody could read it, from `Talent.said`."""
    return {name.removeprefix(UNREAD): said[name]["text"] for name in sorted(said) if name.startswith(UNREAD)}


def _told(talent: Talent, name: str, value: object) -> Told:
    said = talent.said.get(name, {})
    return Told(
        tuple(value) if isinstance(value, list) else value,
        by=said.get("by"),
        on=date.fromisoformat(said["on"][:10]) if said.get("on") else None,
        source=said.get("source") or "",
    )


def _sources(session: Session, talent_id: int) -> tuple[SourceRow, ...]:
    found: Sequence[Source] = session.exec(
        select(Source).where(col(Source.talent_id) == talent_id).order_by(col(Source.collected_on).desc())
    ).all()
    return tuple(SourceRow(source.kind, source.text, source.collected_on) for source in found)
