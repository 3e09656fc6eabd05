"""A job whose terms changed: the letters that speak of it and have not left say the new ones."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.chains.actions.again import write_anew
from portal.chains.actions.launching import ADVANCE
from portal.chains.models import Enrolment, Launch
from portal.kit import jobs
from portal.opportunities import actions as opportunities
from portal.opportunities.queries import opportunity_for, terms_of
from portal.opportunities.rules import Terms
from portal.timeline.who import Person


def change_job(session: Session, who: Person, opportunity_id: int, terms: Terms, *, now: datetime) -> int:
    """Change a job's terms; return on how many ways a letter of its chains waited and is written anew."""
    before = terms_of(opportunity_for(session, who, opportunity_id))
    if terms_of(opportunities.edit(session, who, opportunity_id, terms, now=now)) == before:
        return 0
    session.flush()
    its = select(Launch.id).where(col(Launch.opportunity_id) == opportunity_id, col(Launch.ended_at).is_(None))
    ways = write_anew(session, who, col(Enrolment.launch_id).in_(its), now=now)
    jobs.wake(session, ADVANCE)
    return ways
