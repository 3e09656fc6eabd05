"""Who a letter speaks to, and who writes it: everything its words need."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import house
from portal.access.models import Staff
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose
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


@dataclass(frozen=True, slots=True)
class Author:
    """The member of staff in whose name a letter goes."""

    staff_id: int
    name: str
    email: str
    house: str
    locale: str
    zone: str


_KNOWS = N_("If our notes are right, {phrase}.")
_WHY = {
    Basis.CONSENT: N_("You receive this letter because you agreed on {day} to stay in our pool ({source})."),
    Basis.LEGITIMATE_INTEREST: N_("You receive this letter because your file reached us on {day} ({source})."),
    Basis.NONE: N_("We hold your file since {day} ({source})."),
}


def readers(session: Session, talent_ids: Sequence[int], purpose: Purpose = Purpose.POOL) -> dict[int, Reader]:
    """Return the readers by talent id, in one statement."""
    tu = house(session).says_tu
    source = (
        sa.select(col(Source.text))
        .where(col(Source.talent_id) == col(Talent.id))
        .order_by(col(Source.collected_on).desc(), col(Source.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    join = (col(Consent.talent_id) == col(Talent.id)) & (col(Consent.purpose) == purpose)
    rows = session.execute(
        sa.select(Talent, Consent, source).outerjoin(Consent, join).where(among(col(Talent.id), set(talent_ids)))
    )
    return {talent.id: _reader(talent, consent, text or "", tu=tu) for talent, consent, text in rows}


def _reader(talent: Talent, consent: Consent | None, source: str, *, tu: bool) -> Reader:
    known = phrase(talent, talent.locale, tu=tu)
    basis = consent.basis if consent is not None else Basis.NONE
    day = consent.since.date() if consent is not None and basis is Basis.CONSENT else talent.collected_on
    return Reader(
        talent_id=talent.id or 0,
        first_name=talent.first_name,
        name=f"{talent.first_name} {talent.last_name}".strip(),
        email=talent.email or "",
        locale=talent.locale,
        zone=talent.zone,
        knows=say(talent.locale, _KNOWS, phrase=known) if known else "",
        why=say(talent.locale, _WHY[basis], day=short_day(talent.locale, day), source=source),
    )


def author(session: Session, staff_id: int) -> Author:
    """Return who writes."""
    staff = session.get_one(Staff, staff_id)
    return Author(
        staff_id=staff_id,
        name=staff.name,
        email=staff.email,
        house=house(session).name,
        locale=staff.locale,
        zone=staff.zone,
    )
