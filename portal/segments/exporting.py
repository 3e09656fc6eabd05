"""The pool as a file: who was found, with every value, tag and field of the house's own; each export is written down."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.kit.bulk import among
from portal.kit.cells import listed, neutral
from portal.kit.i18n import N_, say
from portal.segments.pool import Filters, pool_ids
from portal.talents.custom import Field, written
from portal.talents.custom_fields import custom_fields
from portal.talents.labels import label
from portal.talents.models import Talent
from portal.talents.queries import unread_of
from portal.talents.rules import SourceKind
from portal.talents.tags import TagRow, tags_of
from portal.talents.written import cell, place
from portal.timeline.actions import record
from portal.timeline.who import Who

_CHUNK = 5_000
_TALENT = Talent.__table__  # type: ignore[attr-defined]
# The names the import reads, so that the file can come back.
COLUMNS: dict[str, str] = {
    "last_name": N_("Last name"),
    "first_name": N_("First name"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "job_text": N_("Job"),
    "other_jobs": N_("Other jobs"),
    "does": N_("What they do"),
    "experience": N_("Experience"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "contracts": N_("Contracts"),
    "interests": N_("Interests"),
    "environments": N_("Environments"),
    "salary_floor": N_("Salary floor"),
    "availability": N_("Availability"),
    "available_from": N_("Available from"),
    "notice_days": N_("Notice"),
    "refuses": N_("Does not want"),
    "place_name": N_("Place of work"),
    "other_places": N_("Other places"),
    "radius_km": N_("Radius (km)"),
    "remote": N_("Remote work"),
    "relocation": N_("Moving house"),
    "source_kind": N_("Source"),
    "collected_on": N_("Collected on"),
    "last_act_at": N_("Last sign from them"),
    "last_letter_at": N_("Last letter"),
}
PLACES = ("other_places", "regions")
TAGS = N_("Tags")
# Told as plain figures and days, so that a spreadsheet can count with them.
_FIGURES = frozenset({"salary_floor", "radius_km"})


def export(
    session: Session, who: Who, file: IO[str], search: str, filters: Filters, locale: str, *, now: datetime
) -> int:
    """Write everyone found as CSV (`;`, to be read as UTF-8 with its mark) in the reader's language; return how many."""
    recruiter(who)
    ids = pool_ids(session, who, search, filters, now=now)
    fields = custom_fields(session)
    file.write("\ufeff")
    write = csv.writer(file, delimiter=";", lineterminator="\r\n").writerow
    write(
        [
            *(say(locale, name) for name in COLUMNS.values()),
            say(locale, TAGS),
            *(neutral(f.name(locale)) for f in fields),
        ]
    )
    for chunk in _chunks(ids):
        worn = tags_of(session, who, chunk)
        for row in _people(session, chunk):
            write([neutral(cell) for cell in _cells(row, worn.get(row["id"], []), fields, locale)])
    record(session, who, "pool_exported", None, now=now, people=len(ids))
    return len(ids)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _people(session: Session, ids: Sequence[int]) -> sa.MappingResult:
    columns = [_TALENT.c[name] for name in ("id", "custom", "said", "place_code", "regions", *COLUMNS)]
    return session.execute(sa.select(*columns).where(among(col(Talent.id), ids)).order_by(col(Talent.id))).mappings()


def _cells(row: sa.RowMapping, worn: Sequence[TagRow], fields: Sequence[Field], locale: str) -> Iterator[str]:
    unread = unread_of(row["said"])
    for name in COLUMNS:
        if name == "place_name" and row["place_code"]:
            yield place(row["place_code"])
            continue
        if name == "other_places":
            # Towns and regions they would work in are read from one column.
            yield _beside(
                ", ".join(filter(None, (_cell(each, row[each], locale) for each in PLACES))), unread.get(name)
            )
            continue
        # What nobody could read stands in its place: an import will read it as this one did.
        yield _beside(_cell(name, row[name], locale), unread.get(name))
    yield listed(tag.name for tag in worn)
    for field in fields:
        yield _beside(_own(field, row["custom"].get(field.key), locale), unread.get(field.column))


def _beside(told: str, unread: str | None) -> str:
    return ", ".join(filter(None, (told, unread)))


def _cell(name: str, value: Any, locale: str) -> str:  # noqa: ANN401 - what a column of `Talent` holds
    if value is None:
        return ""
    if name in _FIGURES:
        return str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return label(locale, SourceKind(value)) if name == "source_kind" else cell(name, value, locale)


def _own(field: Field, value: Any, locale: str) -> str:  # noqa: ANN401 - what a JSON document holds
    return "" if value is None else written(field, value, locale)
