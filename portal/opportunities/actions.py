"""What a recruiter does with an opportunity."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal.access.guards import recruiter
from portal.kit.errors import Refused
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import opportunity_for
from portal.opportunities.rules import Terms, refuse_nonsense
from portal.talents import places
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Who


@one_act(Opportunity)
def create(session: Session, who: Who, terms: Terms, *, now: datetime) -> Opportunity:
    """Open an opportunity; Refused if its terms make no sense."""
    owner = recruiter(who)
    terms = _clean(terms)
    refuse_nonsense(terms)
    opened = Opportunity(owner_id=owner.id, created_at=now, **asdict(terms), **_place(terms))
    session.add(opened)
    session.flush()
    record(session, who, "opportunity_opened", None, now=now, opportunity=opened.id)
    return opened


def edit(session: Session, who: Who, opportunity_id: int, terms: Terms, *, now: datetime) -> Opportunity:
    """Change its terms; what chains have written of it and not sent is a matter of `portal.chains.actions.change_job`."""
    opportunity = opportunity_for(session, who, opportunity_id)
    if opportunity.closed_at is not None:
        raise Refused("This opportunity is closed: open it again before you change it.")
    terms = _clean(terms)
    refuse_nonsense(terms)
    for name, value in (asdict(terms) | _place(terms)).items():
        setattr(opportunity, name, value)
    session.add(opportunity)
    record(session, who, "opportunity_changed", None, now=now, opportunity=opportunity_id)
    return opportunity


def close(session: Session, who: Who, opportunity_id: int, *, now: datetime) -> None:
    """Take it off the table; pressing twice changes nothing."""
    opportunity = opportunity_for(session, who, opportunity_id)
    if opportunity.closed_at is None:
        opportunity.closed_at = now
        session.add(opportunity)
        record(session, who, "opportunity_closed", None, now=now, opportunity=opportunity_id)


def open_again(session: Session, who: Who, opportunity_id: int, *, now: datetime) -> None:
    """Undo `close`."""
    opportunity = opportunity_for(session, who, opportunity_id)
    if opportunity.closed_at is not None:
        opportunity.closed_at = None
        session.add(opportunity)
        record(session, who, "opportunity_opened_again", None, now=now, opportunity=opportunity_id)


def _clean(terms: Terms) -> Terms:
    return replace(
        terms,
        title=" ".join(terms.title.replace("\0", "").split()),
        digest_fr=terms.digest_fr.replace("\0", "").strip(),
        digest_en=terms.digest_en.replace("\0", "").strip(),
        job_code=terms.job_code or None,
        place_code=terms.place_code or None,
    )


def _place(terms: Terms) -> dict[str, Any]:
    place = places.get(terms.place_code) if terms.place_code else None
    if place is None:
        return {"place_name": "", "lat": None, "lon": None}
    return {"place_name": place.name, "lat": place.lat, "lon": place.lon}
