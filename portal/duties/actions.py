"""Do a duty by itself: what one of them meets keeps no other from being done."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from portal.duties.models import FailingDuty
from portal.duties.rules import Duty
from portal.kit.db import Database
from portal.settings import PROJECT

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
        because = _cause(failed)
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


def _cause(failed: Exception) -> str:
    """Name the kind of error and the place in our code; its message may quote somebody's row."""
    kind = type(failed).__name__
    if isinstance(failed, DBAPIError):
        kind = f"{type(failed.orig).__name__} {getattr(failed.orig, 'sqlstate', None) or ''}".strip()
    ours = [
        frame
        for frame in traceback.extract_tb(failed.__traceback__)
        if Path(frame.filename).is_relative_to(PROJECT / "portal")
    ]
    return f"{kind} ({Path(ours[-1].filename).relative_to(PROJECT)}:{ours[-1].lineno})" if ours else kind
