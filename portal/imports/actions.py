"""A file comes in: uploaded, looked at, taken in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from portal.consent.evidence import import_evidence_many
from portal.imports.gathering import gathered
from portal.imports.models import ImportChange, ImportRun
from portal.imports.planning import Choices, Plan, make_plan, setting_of
from portal.imports.progress import Heard, Stage, silent, unhurried
from portal.imports.queries import PersonRow, locked_run, may_import, own_run, person_rows
from portal.imports.reader import Task
from portal.imports.reading import CAP_DISK, CAP_PAGE, read, refuse_too_large
from portal.imports.report import Report, Tally, make_report
from portal.kit.bulk import copy_in
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.talents.actions import Foreseen, Outcome, foresee, take_in
from portal.talents.identity import hold
from portal.talents.returning import before
from portal.timeline.who import Person, System, Who

NO_FILE = N_("There is no file “{name}”, or it cannot be read.")
ALREADY = N_("This file has already been taken in.")
GIVEN_UP = N_("This file is no longer kept. Upload it again.")

_CHANGE = ImportChange.__table__  # type: ignore[attr-defined]

# Two imports at once could each create the same person: one goes after the other.
_LOCK = 0x696D706F_72740001
_UPLOADS_STAY = timedelta(days=7)
_REJECTED_STAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen, before it happens: the report, and the first people of each outcome."""

    run_id: int
    file_name: str
    report: Report
    people: tuple[PersonRow, ...]


def upload(session: Session, who: Who, file_name: str, content: bytes, *, now: datetime) -> int:
    """Keep a file until it is taken in or given up; return its number. A file that is no table is refused here."""
    may_import(who)
    name = _clean(Path(file_name).name) or "import"
    read(name, content, cap=CAP_PAGE)
    run = ImportRun(staff_id=_staff(who), file_name=name, content=content, uploaded_at=now)
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


def preview(session: Session, who: Who, run_id: int, choices: Choices, *, now: datetime) -> Preview:
    """Return what taking the file in would do; remembers the choices, changes nothing else."""
    run = own_run(session, who, run_id)
    people: list[PersonRow] = []
    shown: Counter[Outcome] = Counter()
    with _planned(session, run.file_name, _content(run), CAP_PAGE, _cleaned(choices), now=now) as plan:
        tally = Tally()
        for share in plan.shares():
            foreseen = foresee(session, share.arrivals)
            tally.add(share, foreseen)
            people += person_rows(share, foreseen, shown)
        report = make_report(plan, tally, taken=False)
    _remember(session, run, choices)
    return Preview(run_id, run.file_name, report, tuple(people))


def take(session: Session, who: Who, run_id: int, choices: Choices, *, now: datetime, told: Heard = silent) -> Report:
    """Take the file in, in the caller's one transaction; return what it did.

    With `strict`, nothing is taken in if any line is rejected, and the file waits to be looked at again.
    """
    _alone(session)
    run = locked_run(session, who, run_id)
    choices = _cleaned(choices)
    with _planned(session, run.file_name, _content(run), CAP_PAGE, choices, now=now, told=told) as plan:
        _remember(session, run, choices)
        if choices.strict and plan.rejected:
            report = make_report(plan, Tally(), taken=False)
            run.report = report.stored()
            return report
        report = _write(session, who, plan, run_id, now=now, told=told)
    run.taken_at, run.content, run.report = now, None, report.stored()
    session.add(run)
    session.flush()
    return report


def give_up(session: Session, who: Who, run_id: int) -> None:
    """Forget a file that will not be taken in."""
    run = locked_run(session, who, run_id)
    if run.taken_at is not None:
        raise Refused(ALREADY)
    session.delete(run)
    session.flush()


def import_file(
    session: Session,
    who: Who,
    path: Path,
    choices: Choices,
    *,
    dry_run: bool = False,
    now: datetime,
    told: Heard = silent,
) -> Report:
    """Take a file in from this machine's disk, or with `dry_run` only tell what that would do."""
    may_import(who)
    _refuse_missing(path)
    choices = _cleaned(choices)
    _alone(session)
    with _planned(session, path.name, path.resolve(), CAP_DISK, choices, now=now, told=told) as plan:
        if dry_run or (choices.strict and plan.rejected):
            tally = Tally()
            for share in plan.shares() if dry_run else ():
                tally.add(share, foresee(session, share.arrivals))
            return make_report(plan, tally, taken=False)
        run = ImportRun(staff_id=_staff(who), file_name=_clean(path.name), uploaded_at=now, taken_at=now)
        _remember(session, run, choices)
        session.flush()
        assert run.id is not None
        report = _write(session, who, plan, run.id, now=now, told=told)
    run.report = report.stored()
    session.add(run)
    session.flush()
    return report


def forget_old(session: Session, who: Who, *, now: datetime) -> int:
    """Delete uploads nobody took in for a week, and the cells of lines rejected a month ago; return how many runs."""
    if not isinstance(who, System):
        raise NotFound
    run = ImportRun.__table__  # type: ignore[attr-defined]
    waiting = session.execute(
        sa.delete(run).where(run.c.taken_at.is_(None), run.c.uploaded_at < now - _UPLOADS_STAY).returning(run.c.id)
    ).all()
    old = sa.and_(run.c.taken_at < now - _REJECTED_STAY, run.c.report["rejected"] != sa.cast("[]", run.c.report.type))
    emptied = 0
    for id_, report in session.execute(sa.select(run.c.id, run.c.report).where(old)).all():
        if any("cells" in told for told in report["rejected"]):
            kept = Report.restored(report)
            bare = replace(kept, rejected=tuple(replace(told, cells=()) for told in kept.rejected))
            session.execute(sa.update(run).where(run.c.id == id_).values(report=bare.stored()))
            emptied += 1
    session.expire_all()
    return len(waiting) + emptied


@contextmanager
def _planned(
    session: Session,
    name: str,
    source: bytes | Path,
    cap: int,
    choices: Choices,
    *,
    now: datetime,
    told: Heard = silent,
) -> Iterator[Plan]:
    setting = setting_of(session, choices, now=now)
    task = Task(name, source, cap, dict(choices.columns), setting)
    with unhurried(), gathered(task, lambda done, of: told(Stage.READING, done, of)) as file:
        told(Stage.JOINING, 0, file.count)
        yield make_plan(session, file, choices, setting)


def _write(session: Session, who: Who, plan: Plan, run_id: int, *, now: datetime, told: Heard) -> Report:
    hold(session, (person.talent_id for person in plan.people if person.talent_id is not None))
    tally, done = Tally(), 0
    for share in plan.shares():
        told(Stage.WRITING, done, len(plan.people))
        taken = take_in(session, who, share.arrivals, import_id=run_id, now=now)
        _keep_what_stood(session, run_id, taken)
        proofs = [
            replace(proof, talent_id=id_)
            for (id_, _), proof in zip(taken, share.evidence, strict=True)
            if proof is not None
        ]
        proven = import_evidence_many(session, who, proofs, now=now) if proofs else 0
        tally.add(share, (foreseen for _, foreseen in taken), proven)
        done += len(taken)
    return make_report(plan, tally, taken=True)


def _keep_what_stood(session: Session, run_id: int, taken: Sequence[tuple[int, Foreseen]]) -> None:
    rows = (
        (run_id, id_, each.outcome.value, before(each.stood, each.weighed.changes) if each.stood else {})
        for id_, each in taken
        if each.weighed.changes
    )
    copy_in(session, [_CHANGE.c[name] for name in ("import_id", "talent_id", "outcome", "before")], rows)


def _content(run: ImportRun) -> bytes:
    if run.taken_at is not None:
        raise Refused(ALREADY)
    if run.content is None:
        raise Refused(GIVEN_UP)
    return run.content


def _refuse_missing(path: Path) -> None:
    try:
        refuse_too_large(path.name, path.stat().st_size, CAP_DISK)
        with path.open("rb"):
            pass
    except OSError as missing:
        raise Refused(NO_FILE, name=path.name) from missing


def _remember(session: Session, run: ImportRun, choices: Choices) -> None:
    run.source_kind, run.source_text, run.collected_on = choices.source_kind, choices.source_text, choices.collected_on
    run.basis, run.strict, run.mapping = choices.basis.value, choices.strict, dict(choices.columns)
    session.add(run)


def _cleaned(choices: Choices) -> Choices:
    return replace(choices, source_text=_clean(choices.source_text))


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", text).strip()[:200]


def _staff(who: Who) -> int | None:
    return who.id if isinstance(who, Person) else None


def _alone(session: Session) -> None:
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
