"""Reads about opportunities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.kit.errors import NotFound
from portal.opportunities.models import Opportunity
from portal.opportunities.rules import Terms
from portal.talents.vocabulary import Contract
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """One line of the list."""

    id: int
    title: str
    place_name: str
    contract: Contract
    salary_min: int | None
    salary_max: int | None
    starts_on: date | None
    owner: str
    created_at: datetime
    closed: bool


def opportunities(session: Session, who: Who, *, closed: bool = False) -> list[OpportunityRow]:
    """Return the open opportunities (or the closed ones), newest first."""
    recruiter(who)
    is_closed = col(Opportunity.closed_at).is_not(None)
    found = session.exec(
        select(Opportunity, Staff.name)
        .join(Staff, col(Staff.id) == col(Opportunity.owner_id))
        .where(is_closed if closed else ~is_closed)
        .order_by(col(Opportunity.created_at).desc(), col(Opportunity.id).desc())
    )
    return [
        OpportunityRow(
            id=row.id or 0,
            title=row.title,
            place_name=row.place_name,
            contract=row.contract,
            salary_min=row.salary_min,
            salary_max=row.salary_max,
            starts_on=row.starts_on,
            owner=owner,
            created_at=row.created_at,
            closed=closed,
        )
        for row, owner in found
    ]


def opportunity_for(session: Session, who: Who, opportunity_id: int) -> Opportunity:
    """Return one opportunity (all recruiters share them); NotFound for anyone else."""
    recruiter(who)
    found = session.get(Opportunity, opportunity_id)
    if found is None:
        raise NotFound
    return found


def is_closed(session: Session, opportunity_id: int | None) -> bool:
    """Tell whether something is about a job that is no longer open."""
    job = session.get(Opportunity, opportunity_id) if opportunity_id is not None else None
    return job is not None and job.closed_at is not None


def open_jobs() -> ColumnElement[bool]:
    """Return the condition that a row joined with its opportunity (or with none) is about no closed job."""
    return col(Opportunity.closed_at).is_(None)


def terms_of(opportunity: Opportunity) -> Terms:
    """Return its terms, to fill the form that changes them."""
    return Terms(**{name: getattr(opportunity, name) for name in Terms.__dataclass_fields__})


def digest(opportunity: Opportunity, locale: str) -> str:
    """Return the digest in the reader's language, or in the one it was written in."""
    french, english = opportunity.digest_fr, opportunity.digest_en
    return (french or english) if locale == "fr" else (english or french)


def titles(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the titles of these opportunities, by id."""
    found = session.exec(select(Opportunity).where(col(Opportunity.id).in_(ids)))
    return {row.id: row.title for row in found if row.id is not None}
