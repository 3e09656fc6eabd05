"""Do a duty by itself: what one of them meets keeps no other from being done."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.duties.models import FailingDuty
from portal.duties.rules import Duty
from portal.kit.db import Database
from portal.kit.faults import without_words

log = logging.getLogger("vivier.work")

# What failed at night is not left until the next one.
AGAIN_AFTER = timedelta(hours=1)


def tend(database: Database, duty: Duty, act: Callable[[Session], object], *, now: datetime) -> int:
    """Do `act` in a transaction of its own; return how much it did, 0 if it failed.

    A failure is written down for an admin to see, until the duty is done.

    Raises:
        OperationalError: The database itself cannot be reached.

    """
    try:
        with database.work() as session:
            done = act(session)
            session.execute(sa.delete(FailingDuty).where(col(FailingDuty.duty) == duty))
    except Exception as failed:  # noqa: BLE001 - whatever it is, the other duties are done
        because = without_words(failed)
        log.error("%s failed: %s", duty, because)  # noqa: TRY400 - a traceback quotes the rows it was about
        with database.work() as session:
            _write_down(session, duty, because, now)
        return 0
    return done if isinstance(done, int) else 0


def to_try_again(session: Session, *, now: datetime) -> set[Duty]:
    """Return the duties that failed, and not a moment ago."""
    return set(session.scalars(sa.select(col(FailingDuty.duty)).where(col(FailingDuty.last_at) <= now - AGAIN_AFTER)))


def _write_down(session: Session, duty: Duty, because: str, now: datetime) -> None:
    told = {"because": because, "last_at": now}
    session.execute(
        pg.insert(FailingDuty)
        .values(duty=duty, since=now, **told)
        .on_conflict_do_update(index_elements=["duty"], set_=told)
    )
