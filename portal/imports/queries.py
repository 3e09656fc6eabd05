"""Reading imports: those waiting, their reports, the lines they left outside."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.imports.doubles import OnePerson
from portal.imports.kept import WITHOUT_FILE
from portal.imports.models import ImportRun
from portal.imports.planning import Share
from portal.imports.report import Report, Told, kept_header
from portal.kit.cells import neutral
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, say
from portal.talents.actions import Arrival, Foreseen, Outcome
from portal.timeline.who import System, Who

_ROWS_OF_EACH = 20


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import in the list."""

    id: int
    file_name: str
    uploaded_at: datetime
    taken_at: datetime | None
    source_text: str
    collected_on: date | None
    created: int
    updated: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a preview; `units` are the columns whose value would be another."""

    line: int
    outcome: Outcome
    talent_id: int | None
    name: str
    email: str
    phone: str
    job: str
    place: str
    units: tuple[str, ...]
    day: str = ""  # ISO: since when the house has them from there


def own_run(session: Session, who: Who, run_id: int) -> ImportRun:
    """Return an import for those who work in the back-office; for anybody else it does not exist."""
    return _found(session, who, run_id, lock=False)


def locked_run(session: Session, who: Who, run_id: int) -> ImportRun:
    """Return an import nobody else can take in meanwhile."""
    return _found(session, who, run_id, lock=True)


def _found(session: Session, who: Who, run_id: int, *, lock: bool) -> ImportRun:
    may_import(who)
    query = select(ImportRun).where(col(ImportRun.id) == run_id).options(WITHOUT_FILE)
    run = session.exec(query.with_for_update() if lock else query).first()
    if run is None:
        raise NotFound
    return run


def may_import(who: Who) -> None:
    """Let the back-office and the command line pass."""
    if not isinstance(who, System):
        recruiter(who)


def runs(session: Session, who: Who, *, limit: int = 50) -> list[RunRow]:
    """Return the newest imports first."""
    may_import(who)
    query = select(ImportRun).order_by(col(ImportRun.id).desc()).limit(limit).options(WITHOUT_FILE)
    return [_row(run) for run in session.exec(query)]


def _row(run: ImportRun) -> RunRow:
    kept = run.report
    return RunRow(
        run.id or 0,
        run.file_name,
        run.uploaded_at,
        run.taken_at,
        run.source_text,
        run.collected_on,
        kept.get("created", 0),
        kept.get("updated", 0),
        kept.get("unchanged", 0),
        len(kept.get("rejected", ())),
    )


def report_of(session: Session, who: Who, run_id: int) -> Report | None:
    """Return what an import did; None while it waits."""
    run = own_run(session, who, run_id)
    return Report.restored(run.report) if run.report else None


def rejected_csv(session: Session, who: Who, run_id: int, locale: str) -> bytes:
    """Return the lines an import left outside, as a file that opens in Excel: line, reason, original cells."""
    report = report_of(session, who, run_id)
    if report is None:
        raise NotFound
    return as_csv(report.rejected, kept_header(report.columns), locale)


def as_csv(rejected: Iterable[Told], header: Sequence[str], locale: str) -> bytes:
    """Return rejected lines as CSV (UTF-8 with BOM, `;`); no cell can start a formula."""
    told = io.StringIO(newline="")
    write = csv.writer(told, delimiter=";").writerow
    write([say(locale, N_("Line")), say(locale, N_("Reason")), *map(neutral, header)])
    for each in rejected:
        write([each.line, neutral(each.why(locale)), *map(neutral, each.cells)])
    return told.getvalue().encode("utf-8-sig")


def person_rows(share: Share, foreseen: Sequence[Foreseen], shown: Counter[Outcome]) -> list[PersonRow]:
    """Return the first people of each outcome, of whom so many were `shown` already."""
    rows = []
    for person, arrival, each in zip(share.people, share.arrivals, foreseen, strict=True):
        shown[each.outcome] += 1
        if shown[each.outcome] <= _ROWS_OF_EACH:
            rows.append(person_row(person, arrival, each))
    return rows


def person_row(person: OnePerson, arrival: Arrival, each: Foreseen) -> PersonRow:
    """Return one person of a preview."""
    told: dict[str, object] = {}
    for word in reversed(arrival.words):
        told |= word.values
    told |= each.weighed.changes

    def shown(name: str) -> str:
        return str(told.get(name) or "")

    return PersonRow(
        person.lines[0].number,
        each.outcome,
        person.talent_id,
        f"{shown('first_name')} {shown('last_name')}".strip(),
        shown("email"),
        shown("phone"),
        shown("job_text"),
        shown("place_name"),
        each.weighed.units,
        max(word.on for word in arrival.words).isoformat(),
    )
