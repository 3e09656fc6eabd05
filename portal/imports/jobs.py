"""What files a worker was asked to look at or take in: one after the other, each in one transaction.

How far it is stands in the run's own row, written beside that transaction. kill -9 leaves nothing half done: the run is
still asked for, and whoever works next begins it again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.imports.actions.taking import preview, take
from portal.imports.actions.undoing import undo
from portal.imports.kept import WITHOUT_FILE
from portal.imports.looking import choices_of
from portal.imports.models import ImportRun, Wish
from portal.imports.progress import Cancelled, Heard, Stage
from portal.kit.db import Database, saved
from portal.kit.errors import Refused
from portal.kit.faults import without_words
from portal.kit.i18n import N_
from portal.timeline.who import Person, System, Who

log = logging.getLogger("vivier.imports")

TOO_OFTEN = N_(
    "This file could not be taken in: the worker stopped three times on it. Split it, or ask your administrator."
)
WENT_WRONG = N_("Something went wrong with this file, and nothing of it was taken in. Ask your administrator to look.")
_TRIES = 3
_EVERY = 0.4  # seconds between two words about how far it is
_LOCK = 0x696D7000  # with the run's number: only one worker at a time has it in hand


def run_asked(database: Database, *, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Do what was asked of every file that waits; return how many were dealt with."""
    done, seen = 0, 0
    while not stopping() and (run_id := _next(database, after=seen)) is not None:
        seen = run_id
        done += _one(database, run_id, clock, stopping)
    return done


def _next(database: Database, *, after: int) -> int | None:
    with database.work() as session:
        asked = col(ImportRun.asked).is_not(None)
        return session.exec(
            select(ImportRun.id).where(asked, col(ImportRun.id) > after).order_by(col(ImportRun.id)).limit(1)
        ).first()


def _one(database: Database, run_id: int, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> bool:
    """Do one; False if another worker has it in hand."""
    try:
        with database.work() as session:
            mine = session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK, run_id % 2**31)))
            if not mine:
                return False
            if _begin(database, run_id):
                _do(session, run_id, now=clock(), told=_teller(database, run_id, stopping))
    except Cancelled:
        if stopping():  # a worker told to stop did not fail at it
            with database.work() as session:
                session.execute(sa.update(ImportRun).where(col(ImportRun.id) == run_id).values(tries=0, stage=""))
    except Refused as refused:
        _end(database, run_id, refused.sentence, refused.params)
    except Exception as failed:
        if stopping():
            raise
        log.error("import %s failed: %s", run_id, without_words(failed))  # noqa: TRY400 - a traceback quotes rows
        _end(database, run_id, WENT_WRONG, {})
    return True


def _do(session: Session, run_id: int, *, now: datetime, told: Heard) -> None:
    run = session.get_one(ImportRun, run_id, options=[WITHOUT_FILE])
    who = _who(session, run)
    if run.asked is Wish.UNDO:
        undo(session, who, run_id, now=now, told=told)
    else:
        verb = take if run.asked is Wish.TAKE else preview
        verb(session, who, run_id, choices_of(run), now=now, told=told)


def _who(session: Session, run: ImportRun) -> Who:
    """Return who asked: it is their act."""
    staff = session.get(Staff, run.staff_id) if run.staff_id else None
    if staff is None or staff.disabled_at is not None:
        return System("import")
    return Person(saved(staff.id), staff.role, staff.name, staff.locale, staff.zone)


def _begin(database: Database, run_id: int) -> bool:
    """Count one more try, beside the act, so that a file that kills its worker does not do so for ever."""
    with database.work() as session:
        run = session.get_one(ImportRun, run_id, options=[WITHOUT_FILE], with_for_update=True)
        if run.asked is None:
            return False
        run.tries += 1
        if run.tries > _TRIES:
            run.asked, run.problem = None, {"sentence": TOO_OFTEN, "params": {}}
        session.add(run)
        return run.tries <= _TRIES


def _end(database: Database, run_id: int, sentence: str, params: dict[str, object]) -> None:
    told = {"sentence": sentence, "params": {name: str(value) for name, value in params.items()}}
    with database.work() as session:
        session.execute(
            sa.update(ImportRun).where(col(ImportRun.id) == run_id).values(asked=None, stage="", problem=told)
        )


def _teller(database: Database, run_id: int, stopping: Callable[[], bool]) -> Heard:
    """Return what writes down how far the import is, now and then, and ends it when nobody asks for it any more."""
    said: tuple[float, str] = (0.0, "")

    def tell(stage: Stage, done: int, of: int) -> None:
        nonlocal said
        if stopping():
            raise Cancelled
        if stage == said[1] and monotonic() - said[0] < _EVERY:
            return
        said = (monotonic(), stage)
        with database.work() as session:
            asked = (col(ImportRun.id) == run_id) & col(ImportRun.asked).is_not(None)
            now_at = sa.update(ImportRun).where(asked).values(stage=stage.value, done=done, total=of)
            if session.execute(now_at.returning(col(ImportRun.id))).first() is None:
                raise Cancelled

    return tell
