"""A file looked at before it is taken in, and taken in; preview and real run are the same plan."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.consent.evidence import import_evidence_many, stood
from portal.imports.actions.waiting import ALREADY, clean, cleaned, content_of, remember, staff_of, still_asked
from portal.imports.brought import put
from portal.imports.browsing import keep_rows
from portal.imports.doubting import keep_doubts, lines_meant
from portal.imports.gathering import gathered
from portal.imports.heeding import heed, hold_who_was_asked
from portal.imports.memory import as_memory, remembered
from portal.imports.models import ImportPreview, ImportRun
from portal.imports.planning import Choices, Plan, Share, make_plan, setting_of
from portal.imports.progress import Heard, Stage, silent, unhurried
from portal.imports.queries import PersonRow, may_import, own_run, person_rows
from portal.imports.reader import Task
from portal.imports.reading import CAP_DISK, CAP_PAGE, on_sheet, refuse_sheetless, refuse_too_large
from portal.imports.report import Report, Tally, make_report
from portal.kit.bulk import copy_in
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.actions import Foreseen, foresee, take_in
from portal.talents.identity import hold
from portal.talents.models import ImportChange
from portal.talents.returning import before
from portal.timeline.who import Who

NO_FILE = N_("There is no file “{name}”, or it cannot be read.")

_CHANGE = ImportChange.__table__  # type: ignore[attr-defined]
# Two imports at once could each create the same person: one goes after the other.
_LOCK = 0x696D706F_72740001


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen, before it happens: the report, and the first people of each outcome."""

    run_id: int
    file_name: str
    report: Report
    people: tuple[PersonRow, ...]


def preview(
    session: Session, who: Who, run_id: int, choices: Choices, *, now: datetime, told: Heard = silent
) -> Preview:
    """Return what taking the file in would do; keeps it to be looked through, and the choices; changes nobody."""
    run = own_run(session, who, run_id)
    asked = run.asked
    session.execute(sa.delete(ImportPreview).where(col(ImportPreview.import_id) == run_id))
    people: list[PersonRow] = []
    with _planned(
        session, run.file_name, content_of(session, run), CAP_PAGE, cleaned(choices), now=now, told=told
    ) as plan:
        tally, place = Tally(), 0
        for share in plan.shares(lambda done: told(Stage.FORESEEING, done, len(plan.people))):
            foreseen = foresee(session, share.arrivals)
            tally.add(share, foreseen)
            place = keep_rows(session, run_id, share, foreseen, place)
            people += person_rows(share, foreseen, Counter(each.outcome for each in people))
        report = make_report(plan, tally, taken=False)
    still_asked(session, run, asked)
    if run.taken_at is not None:
        raise Refused(ALREADY)
    remember(session, run, choices)
    run.report = report.stored()
    session.flush()
    return Preview(run_id, run.file_name, report, tuple(people))


def take(session: Session, who: Who, run_id: int, choices: Choices, *, now: datetime, told: Heard = silent) -> Report:
    """Take the file in, in the caller's one transaction; return what it did.

    With `strict`, nothing is taken in if anything is wrong with any line, and the file waits to be looked at again. The run's
    own row is written last: until then others may tell how far it is, and cancel it.
    """
    alone(session)
    run = own_run(session, who, run_id)
    asked, choices = run.asked, cleaned(choices)
    with _planned(session, run.file_name, content_of(session, run), CAP_PAGE, choices, now=now, told=told) as plan:
        if choices.strict and plan.faulty:
            report = make_report(plan, Tally(), taken=False)
        else:
            report = _write(session, who, plan, run_id, now=now, told=told)
    still_asked(session, run, asked)
    if run.taken_at is not None:
        raise Refused(ALREADY)
    remember(session, run, choices)
    run.report = report.stored()
    if report.taken:
        run.taken_at, run.content = now, None
        session.execute(sa.delete(ImportPreview).where(col(ImportPreview.import_id) == run_id))
    session.flush()
    return report


def import_file(
    session: Session,
    who: Who,
    path: Path,
    choices: Choices,
    *,
    sheet: str = "",
    known: Mapping[str, str] | None = None,
    dry_run: bool = False,
    now: datetime,
    told: Heard = silent,
) -> Report:
    """Take a file in from this machine's disk, or with `dry_run` only tell what that would do.

    Of a workbook, `sheet` is read. What `choices` leaves open is taken in as `known` has it (name → field or "ignore"),
    or else as the last files of its source were.
    """
    may_import(who)
    _refuse_missing(path, sheet)
    name, choices = on_sheet(path.name, sheet) if sheet else path.name, cleaned(choices)
    alone(session)
    memory = remembered(session, who, choices.source_kind, choices.source_text) | as_memory(session, known or {})
    with _planned(session, name, path.resolve(), CAP_DISK, choices, now=now, told=told, memory=memory) as plan:
        if dry_run or (choices.strict and plan.faulty):
            tally = Tally()
            everybody = len(plan.people)
            for share in plan.shares(lambda done: told(Stage.FORESEEING, done, everybody)) if dry_run else ():
                tally.add(share, foresee(session, share.arrivals))
            return make_report(plan, tally, taken=False)
        run = ImportRun(staff_id=staff_of(who), file_name=clean(name), uploaded_at=now, taken_at=now)
        remember(session, run, choices)
        session.flush()
        assert run.id is not None
        report = _write(session, who, plan, run.id, now=now, told=told)
    run.report = report.stored()
    session.add(run)
    session.flush()
    return report


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
    memory: Mapping[str, str] | None = None,
) -> Iterator[Plan]:
    setting = setting_of(session, choices, now=now)
    task = Task(name, source, cap, dict(choices.columns), setting, memory or {})
    with unhurried(), gathered(task, lambda done, of: told(Stage.READING, done, of)) as file:
        told(Stage.JOINING, 0, file.count)
        yield make_plan(session, file, choices, setting)


def _write(session: Session, who: Who, plan: Plan, run_id: int, *, now: datetime, told: Heard) -> Report:
    hold(session, (person.talent_id for person in plan.people if person.talent_id is not None))
    tally, meant, everybody = Tally(), lines_meant(plan), len(plan.people)
    above: dict[int, int] = {}
    for share in plan.shares(lambda done: told(Stage.WRITING, done, everybody)):
        above |= _write_share(session, who, share, run_id, tally, meant, now=now)
    told(Stage.WRITING, everybody, everybody)
    keep_doubts(session, plan, run_id, above, now=now)
    heed(session, who, plan, run_id, now=now)
    return make_report(plan, tally, taken=True)


def _write_share(
    session: Session, who: Who, share: Share, run_id: int, tally: Tally, meant: Collection[int], *, now: datetime
) -> dict[int, int]:
    """Take some of the people in; return whose id each of the lines `meant` by a doubt became.

    All that was weighed for them goes when this returns: the next would not fit beside it.
    """
    taken = take_in(session, who, share.arrivals, import_id=run_id, now=now)
    _keep_what_stood(session, run_id, taken, share)
    ids = [id_ for id_, _ in taken]
    hold_who_was_asked(session, share, ids, run_id)
    put(session, who, ids, share.brought, run_id, now=now)
    proofs = [
        replace(proof, talent_id=id_)
        for (id_, _), proof in zip(taken, share.evidence, strict=True)
        if proof is not None
    ]
    proven = import_evidence_many(session, who, proofs, now=now) if proofs else 0
    tally.add(share, (foreseen for _, foreseen in taken), proven)
    whose = zip(share.people, taken, strict=True)
    return {mark.number: id_ for one, (id_, _) in whose for mark in one.lines if mark.number in meant}


def _keep_what_stood(session: Session, run_id: int, taken: Sequence[tuple[int, Foreseen]], share: Share) -> None:
    """Write down what stood of each, and of those the file changes nothing of that it names them: they are from there too."""
    proven = {id_ for (id_, _), proof in zip(taken, share.evidence, strict=True) if proof is not None}
    consents = stood(session, proven) if proven else {}
    rows = (
        (run_id, id_, each.outcome.value, _stood(each) | ({"consent": consents[id_]} if id_ in consents else {}))
        for id_, each in taken
    )
    copy_in(session, [_CHANGE.c[name] for name in ("import_id", "talent_id", "outcome", "before")], rows)


def _stood(each: Foreseen) -> dict[str, Any]:
    return before(each.stood, each.weighed.changes) if each.stood else {}


def _refuse_missing(path: Path, sheet: str) -> None:
    try:
        refuse_too_large(path.name, path.stat().st_size, CAP_DISK)
        with path.open("rb") as file:
            if sheet:
                refuse_sheetless(path.name, file.read(4))
    except OSError as missing:
        raise Refused(NO_FILE, name=path.name) from missing


def alone(session: Session) -> None:
    """Let no other import go on meanwhile."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
