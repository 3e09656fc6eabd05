"""What fails, for whoever runs the house."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal.access.rules import require_admin
from portal.duties.models import FailingDuty
from portal.timeline.who import Who


def failing(session: Session, who: Who) -> Sequence[FailingDuty]:
    """Return the duties that fail at present, the oldest first: to an admin alone.

    Raises:
        NotFound: Somebody else asks.

    """
    require_admin(who)
    return session.exec(select(FailingDuty).order_by(col(FailingDuty.since), col(FailingDuty.duty))).all()
