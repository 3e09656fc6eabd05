"""What every decision about a doubt has in common: it is made once, and its row says by whom and when."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.talents.models import Doubt
from portal.talents.rules import Decision
from portal.timeline.who import Who

DECIDED = N_("Someone has decided this already.")
SINCE = N_("They have acted or been written to since: this can no longer be taken back.")


def undecided(session: Session, who: Who, doubt_id: int) -> Doubt:
    """Return a doubt that waits, held so that nobody else decides it meanwhile."""
    doubt = _held(session, who, doubt_id)
    if doubt.decided_at is not None:
        raise Refused(DECIDED)
    return doubt


def decided(session: Session, who: Who, doubt_id: int) -> Doubt:
    """Return a doubt that was decided, held likewise."""
    doubt = _held(session, who, doubt_id)
    if doubt.decision is None:
        raise NotFound
    return doubt


def decide(session: Session, who: Who, doubt: Doubt, decision: Decision, *, now: datetime) -> None:
    """Write down what was decided."""
    doubt.decided_at, doubt.decision, doubt.staff_id = now, decision, recruiter(who).id
    session.add(doubt)
    session.flush()


def wait_again(session: Session, doubt: Doubt) -> None:
    """Let it wait as if nothing had been decided."""
    doubt.decided_at, doubt.decision, doubt.staff_id, doubt.undo = None, None, None, {}
    session.add(doubt)
    session.flush()


def _held(session: Session, who: Who, doubt_id: int) -> Doubt:
    recruiter(who)
    query = select(Doubt).where(col(Doubt.id) == doubt_id).with_for_update()
    doubt = session.exec(query.execution_options(populate_existing=True)).first()
    if doubt is None:
        raise NotFound
    return doubt
