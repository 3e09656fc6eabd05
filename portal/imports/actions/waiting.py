"""A file that waits: uploaded, asked to be looked at or taken in, cancelled, given up, forgotten by time."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col

from portal.imports.gathering import LARGE
from portal.imports.kept import file_of, size_of
from portal.imports.models import ImportRun, Wish
from portal.imports.planning import Choices, setting_of
from portal.imports.progress import Cancelled
from portal.imports.queries import locked_run, may_import, own_run
from portal.imports.reading import CAP_PAGE, read
from portal.imports.report import Report
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.kit.jobs import wake
from portal.talents.models import Doubt
from portal.timeline.pressing import made_before, press_key
from portal.timeline.who import Person, System, Who

ALREADY = N_("This file has already been taken in.")
GIVEN_UP = N_("This file is no longer kept. Upload it again.")

JOB = "imports"
_UPLOADS_STAY = timedelta(days=7)
_REJECTED_STAY = timedelta(days=30)


def upload(session: Session, who: Who, file_name: str, content: bytes, *, now: datetime) -> int:
    """Keep a file until it is taken in or given up; return its number. A file that is no table is refused here.

    The same file sent again by the same person while it waits is the one that waits.
    """
    may_import(who)
    name = clean(Path(file_name).name) or "import"
    read(name, content, cap=CAP_PAGE)
    waiting = _waiting(session, who, name, content, now)
    if waiting is not None:
        return waiting
    run = ImportRun(staff_id=staff_of(who), file_name=name, content=content, uploaded_at=now)
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


def _waiting(session: Session, who: Who, name: str, content: bytes, now: datetime) -> int | None:
    mark = sha256(content).digest()
    made_before(session, press_key(who, "upload", name, mark), now=now)  # a second press waits here for the first
    its = (col(ImportRun.staff_id) == staff_of(who)) & (col(ImportRun.file_name) == name)
    same = (sa.func.octet_length(ImportRun.content) == len(content)) & (sa.func.sha256(ImportRun.content) == mark)
    return session.scalar(sa.select(col(ImportRun.id)).where(its, col(ImportRun.taken_at).is_(None), same))


def is_large(session: Session, who: Who, run_id: int) -> bool:
    """Tell whether a worker should do it: nobody waits for a page longer than a moment."""
    may_import(who)
    return (size_of(session, run_id) or 0) >= LARGE


def ask(session: Session, who: Who, run_id: int, choices: Choices, wish: Wish, *, now: datetime) -> None:
    """Have a worker look at the file, or take it in. Choices that cannot stand are refused at once."""
    run = locked_run(session, who, run_id)
    refuse_gone(run, size_of(session, run_id))
    setting_of(session, cleaned(choices), now=now)
    remember(session, run, choices)
    run.asked, run.stage, run.done, run.total, run.tries, run.problem = wish, "", 0, 0, 0, {}
    run.staff_id = staff_of(who)
    session.flush()
    wake(session, JOB)


def ask_undo(session: Session, who: Who, run_id: int) -> None:
    """Have a worker undo an import."""
    run = locked_run(session, who, run_id)
    run.asked, run.stage, run.done, run.total, run.tries, run.problem = Wish.UNDO, "", 0, 0, 0, {}
    run.staff_id = staff_of(who) or run.staff_id
    session.flush()
    wake(session, JOB)


def cancel(session: Session, who: Who, run_id: int) -> bool:
    """End what a worker does with the file: nothing of it stays. Tell whether there was still something to end."""
    own_run(session, who, run_id)
    waiting = (col(ImportRun.id) == run_id) & col(ImportRun.asked).is_not(None)
    ended = session.execute(
        sa.update(ImportRun).where(waiting).values(asked=None, stage="").returning(col(ImportRun.id))
    )
    return ended.first() is not None


def still_asked(session: Session, run: ImportRun, asked: Wish | None) -> None:
    """Take hold of the run's row last of all: if `asked` of a worker was called off since, nothing of what it did stays.

    `asked` is what stood there when the work began: the row has forgotten it by now.
    """
    session.refresh(run, with_for_update=True)
    if asked is not None and run.asked is not asked:
        raise Cancelled
    run.asked, run.stage, run.problem, run.tries = None, "", {}, 0


def give_up(session: Session, who: Who, run_id: int) -> None:
    """Forget a file that will not be taken in."""
    run = locked_run(session, who, run_id)
    if run.taken_at is not None:
        raise Refused(ALREADY)
    session.delete(run)
    session.flush()


def forget_old(session: Session, who: Who, *, now: datetime) -> int:
    """Delete uploads nobody took in for a week, what lines rejected or in doubt a month ago said; return how many runs."""
    if not isinstance(who, System):
        raise NotFound
    run = ImportRun.__table__  # type: ignore[attr-defined]
    waiting = session.execute(
        sa.delete(run).where(run.c.taken_at.is_(None), run.c.uploaded_at < now - _UPLOADS_STAY).returning(run.c.id)
    ).all()
    said = sa.or_(*(run.c.report[name] != sa.cast("[]", run.c.report.type) for name in ("rejected", "remarks")))
    emptied = 0
    old = sa.and_(run.c.taken_at < now - _REJECTED_STAY, said)
    for id_, report in session.execute(sa.select(run.c.id, run.c.report).where(old)).all():
        bare = Report.restored(report).forgotten().stored()
        if bare != report:
            session.execute(sa.update(run).where(run.c.id == id_).values(report=bare))
            emptied += 1
    _forget_doubts(session, now - _REJECTED_STAY)
    session.expire_all()
    return len(waiting) + emptied


def content_of(session: Session, run: ImportRun) -> bytes:
    content = file_of(session, run)
    refuse_gone(run, content)
    return content or b""


def refuse_gone(run: ImportRun, kept: object) -> None:
    if run.taken_at is not None:
        raise Refused(ALREADY)
    if kept is None:
        raise Refused(GIVEN_UP)


def remember(session: Session, run: ImportRun, choices: Choices) -> None:
    run.source_kind, run.source_text, run.collected_on = choices.source_kind, choices.source_text, choices.collected_on
    run.basis, run.strict, run.mapping = choices.basis.value, choices.strict, dict(choices.columns)
    run.dates, run.stop_list = choices.dates, choices.stop_list
    session.add(run)


def cleaned(choices: Choices) -> Choices:
    return replace(choices, source_text=clean(choices.source_text))


def clean(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", text).strip()[:200]


def staff_of(who: Who) -> int | None:
    return who.id if isinstance(who, Person) else None


def _forget_doubts(session: Session, before: datetime) -> None:
    """Forget what lines in doubt said: those nobody decided go, the decisions stay without words."""
    # What somebody may have asked for is never forgotten undecided: they are held back until then.
    of_lines = col(Doubt.other_id).is_(None) & ~col(Doubt.words).contains({"stop": True})
    session.execute(sa.delete(Doubt).where(of_lines, col(Doubt.decided_at).is_(None), col(Doubt.found_at) < before))
    old = sa.update(Doubt).where(col(Doubt.decided_at) < before, col(Doubt.words) != sa.cast({}, JSONB))
    session.execute(old.values(words={}, undo={}))
