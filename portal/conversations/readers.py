"""Who a letter speaks to, and who writes it: everything its words need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import as_it_stands
from portal.access.models import Staff
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.bulk import among
from portal.kit.i18n import N_, say, short_day
from portal.talents.models import Source, Talent
from portal.talents.phrase import phrase


@dataclass(frozen=True, slots=True)
class Reader:
    """One talent as a letter needs them; `knows` is a whole sentence or empty, `why` says why we write to them."""

    talent_id: int
    first_name: str
    name: str
    email: str
    locale: str
    zone: str
    knows: str
    why: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """The member of staff in whose name a letter goes."""

    staff_id: int
    name: str
    email: str
    house: str
    locale: str
    zone: str


# Only what a letter says: half the cost of a whole person is arrays, and the book of who said what.
_SAID = tuple(
    col(column)
    for column in (
        Talent.id,
        Talent.first_name,
        Talent.last_name,
        Talent.email,
        Talent.locale,
        Talent.zone,
        Talent.phone,
        Talent.does,
        Talent.job_code,
        Talent.place_name,
        Talent.collected_on,
        Consent.basis,
        Consent.standing,
        Consent.since,
    )
)
_KNOWS = N_("If our notes are right, {phrase}.")
_AGREED = {
    Purpose.POOL: N_("You receive this letter because you agreed on {day} to stay in our pool ({source})."),
    Purpose.SURVEY: N_("You receive this letter because you agreed on {day} that we ask your opinion ({source})."),
    Purpose.EVENT: N_("You receive this letter because you agreed on {day} to be invited to our meetings ({source})."),
}
_WHY = {
    Basis.LEGITIMATE_INTEREST: N_("You receive this letter because your file reached us on {day} ({source})."),
    Basis.NONE: N_("We hold your file since {day} ({source})."),
}


def readers(
    session: Session, talent_ids: Sequence[int], purpose: Purpose = Purpose.POOL, *, locale: str | None = None
) -> dict[int, Reader]:
    """Return the readers by talent id, in one statement; spoken to in their own language, unless told another."""
    tu = as_it_stands(session).says_tu
    source = (
        sa.select(col(Source.text))
        .where(col(Source.talent_id) == col(Talent.id))
        .order_by(col(Source.collected_on).desc(), col(Source.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    join = (col(Consent.talent_id) == col(Talent.id)) & (col(Consent.purpose) == purpose)
    people = sa.select(*_SAID, source.label("source")).select_from(Talent).outerjoin(Consent, join)
    rows = session.execute(people.where(among(col(Talent.id), set(talent_ids))))
    return {row.id: _reader(row, locale or row.locale, purpose, tu=tu) for row in rows}


def _reader(row: Any, locale: str, purpose: Purpose, *, tu: bool) -> Reader:  # noqa: ANN401 - a row of `_SAID` and the source
    known = phrase(row, locale, tu=tu)
    return Reader(
        talent_id=row.id,
        first_name=row.first_name,
        name=f"{row.first_name} {row.last_name}".strip(),
        email=row.email or "",
        locale=locale,
        zone=row.zone,
        knows=say(locale, _KNOWS, phrase=known) if known else "",
        why=_why(row, locale, purpose),
        phone=row.phone or "",
    )


def _why(row: Any, locale: str, purpose: Purpose) -> str:  # noqa: ANN401
    """Say on what ground we write: agreed to is only what was given and not taken back, for this very purpose."""
    basis = row.basis if row.standing is Standing.GIVEN else Basis.NONE
    agreed = basis is Basis.CONSENT
    day = short_day(locale, row.since.date() if agreed else row.collected_on)
    return say(locale, _AGREED[purpose] if agreed else _WHY[basis], day=day, source=row.source or "")


def author(session: Session, staff_id: int) -> Author:
    """Return who writes."""
    staff = session.get_one(Staff, staff_id)
    return Author(
        staff_id=staff_id,
        name=staff.name,
        email=staff.email,
        house=as_it_stands(session).name,
        locale=staff.locale,
        zone=staff.zone,
    )
