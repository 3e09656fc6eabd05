"""How often something may be tried: counted per keyed subject and window, so that no address is kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.access.models import RateCount
from portal.access.rules import Limit, window_start
from portal.kit.tokens import keyed_hash


def throttle(session: Session, subject: str, limit: Limit, *, now: datetime) -> bool:
    """Count one try of `subject`; tell whether it is still within the limit.

    Ask for the narrowest subject first and the widest last, so that no two requests wait for each other in a circle.
    """
    insert = pg.insert(RateCount).values(
        subject=keyed_hash(subject, "throttle"), window=window_start(now, limit.window), tries=1
    )
    counted = insert.on_conflict_do_update(
        index_elements=["subject", "window"], set_={"tries": col(RateCount.tries) + 1}
    ).returning(col(RateCount.tries))
    return bool(session.execute(counted).scalar_one() <= limit.tries)


def forget_counts(session: Session, before: datetime) -> None:
    """Drop the counts of windows that began before `before`: they limit nothing any more."""
    session.execute(sa.delete(RateCount).where(col(RateCount.window) < before))
