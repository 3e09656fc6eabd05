"""What stands in an uploaded file before anything is decided about it, and whom its import still has to inform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.imports.days_written import Days, checked_order, notes_on
from portal.imports.fields import WHERE_THEY_ARE, WHOSE_PAY, Field, asks_pay, is_assumed_place
from portal.imports.habits import order_before
from portal.imports.kept import file_of, size_of
from portal.imports.mapping import Columns, Why, understand
from portal.imports.memory import Origin, origin_of, remembered
from portal.imports.models import ImportRun
from portal.imports.planning import Choices
from portal.imports.queries import own_run
from portal.imports.reader import days_read
from portal.imports.reading import CAP_PAGE, Record, Table, on_sheet, read
from portal.imports.reading.table import Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.talents.custom_fields import custom_fields
from portal.talents.models import Source, Talent
from portal.talents.naming import cleared_names
from portal.timeline.who import Who

NOT_CHOSEN = N_("Say first where these people come from and when they were collected.")
NO_LONGER_WAITS = N_("This file has been taken in, or is no longer kept. Upload it again.")
_SAMPLES, _LOOKED_AT, _LONGEST_SAMPLE = 10, 500, 80


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column: what it is taken in as (`field`) and `why`, or the `ground` on which the law protects it; first values.

    Nothing of a protected column is shown.
    """

    name: str
    field: str | None
    ground: str | None
    samples: tuple[str, ...]
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """An uploaded file as it stands; `sheet` is the one of its `sheets` that is read, `notes` what to know of it all."""

    file_name: str
    lines: int
    columns: tuple[ColumnSeen, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Trouble, ...] = ()
    origin: Origin | None = None
    days: Days = made(default_factory=Days)


def look(
    session: Session,
    who: Who,
    run_id: int,
    columns: Mapping[str, str] | None = None,
    *,
    source: Origin | None = None,
    dates: str | None = None,
) -> Look:
    """Return the columns of a file that waits, as they are understood; `columns` corrects, as `Choices.columns` does.

    `dates` is the order of day and month, as `Choices.dates` has it. What is not corrected is remembered from the last
    files of `source`, or else of the source whose columns these are.
    """
    run = _waiting(session, who, run_id)
    table, origin, memory = _read(session, who, run, source)
    chosen = run.mapping if columns is None and source is None else columns or {}
    own = custom_fields(session)
    cleared = cleared_names(session)
    guessed = understand(table, {}, memory, own, cleared)
    understood = understand(table, _of(table, chosen), memory, own, cleared)
    seen = tuple(
        ColumnSeen(
            name,
            understood.named.get(name),
            understood.dropped.get(name),
            () if name in understood.dropped else _samples(table.records, place),
            _why(name, understood, guessed),
        )
        for place, name in enumerate(table.header)
    )
    before = order_before(session, origin.kind, origin.text) if origin else ""
    days = days_read(table, understood, own, chosen=run.dates if dates is None else checked_order(dates), before=before)
    notes = (*table.notes, *_notes(understood, days))
    return Look(run.file_name, len(table.records), seen, table.sheet, table.sheets, notes, origin, days)


def table_of(
    session: Session, who: Who, run_id: int, columns: Mapping[str, str] | None = None
) -> tuple[Table, Columns]:
    """Return the table of a file that waits, and how it is understood; `columns` corrects, as `Choices.columns` does."""
    run = _waiting(session, who, run_id)
    table, _, memory = _read(session, who, run)
    here = _of(table, run.mapping if columns is None else columns)
    return table, understand(table, here, memory, custom_fields(session), cleared_names(session))


def _read(
    session: Session, who: Who, run: ImportRun, source: Origin | None = None
) -> tuple[Table, Origin | None, dict[str, str]]:
    """Return the table of a file, where it comes from, and what its columns were taken in as when they came from there."""
    table = read(run.file_name, file_of(session, run) or b"", cap=CAP_PAGE)
    origin = source or _chosen_origin(run) or origin_of(session, who, table.header)
    return table, origin, remembered(session, who, origin.kind, origin.text) if origin else {}


def _of(table: Table, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen of columns that are there."""
    return {name: wanted for name, wanted in chosen.items() if name in table.header}


def _notes(understood: Columns, days: Days) -> list[Trouble]:
    pay = [Trouble(WHOSE_PAY, {"column": name}) for name in understood.ignored if asks_pay(name)]
    places = [name for name, field in understood.named.items() if field == Field.PLACE and is_assumed_place(name)]
    assumed = [Trouble(WHERE_THEY_ARE, {"column": name}) for name in places]
    return [*pay, *assumed, *notes_on(days, understood.columns)]


def _why(name: str, understood: Columns, guessed: Columns) -> Why | None:
    """Return the guess's own reason where the choice is the same."""
    same = understood.named.get(name) == guessed.named.get(name)
    return guessed.why.get(name) if same else understood.why.get(name, Why.CHOSEN)


def choose_sheet(session: Session, who: Who, run_id: int, sheet: str) -> None:
    """Read another sheet of a workbook from now on; what was chosen for the columns of the other is forgotten."""
    run = _waiting(session, who, run_id)
    name = on_sheet(run.file_name, sheet)
    read(name, file_of(session, run) or b"", cap=CAP_PAGE)
    run.file_name, run.mapping = name, {}
    session.add(run)


def _waiting(session: Session, who: Who, run_id: int) -> ImportRun:
    run = own_run(session, who, run_id)
    if run.taken_at is not None or size_of(session, run_id) is None:
        raise Refused(NO_LONGER_WAITS)
    return run


def _chosen_origin(run: ImportRun) -> Origin | None:
    return Origin(run.source_kind, run.source_text) if run.source_kind else None


def choices_of(run: ImportRun) -> Choices:
    """Return what was last chosen for this file."""
    if run.source_kind is None or run.collected_on is None:
        raise Refused(NOT_CHOSEN)
    return Choices(
        run.source_kind,
        run.source_text,
        run.collected_on,
        Basis(run.basis),
        run.strict,
        dict(run.mapping),
        dates=run.dates,
        stop_list=run.stop_list,
    )


def to_inform(session: Session, who: Who, run_id: int) -> list[int]:
    """Return the people this import brought who were never informed, and who did not agree themselves; in order.

    Whether each may be written to is the gate's business.
    """
    own_run(session, who, run_id)
    brought = select(Source.talent_id).where(col(Source.import_id) == run_id)
    settled = sa.exists().where(
        col(Consent.talent_id) == col(Talent.id),
        col(Consent.purpose) == Purpose.POOL,
        sa.or_(
            col(Consent.notified_at).is_not(None),
            col(Consent.standing) == Standing.WITHDRAWN,
            sa.and_(col(Consent.basis) == Basis.CONSENT, col(Consent.standing) == Standing.GIVEN),
        ),
    )
    written = sa.exists().where(col(Letter.talent_id) == col(Talent.id), col(Letter.kind) == LetterKind.NOTICE)
    query = select(Talent.id).where(col(Talent.id).in_(brought), col(Talent.erased_at).is_(None), ~settled, ~written)
    return [id_ for id_ in session.exec(query.order_by(col(Talent.id))) if id_ is not None]


def _samples(records: Sequence[Record], place: int) -> tuple[str, ...]:
    """Return the first different values of a column, shortened, without what is not text."""
    found: dict[str, None] = {}
    for record in records[:_LOOKED_AT]:
        told = "".join(c for c in " ".join(record.cells[place].split()) if c.isprintable())[:_LONGEST_SAMPLE]
        if told:
            found[told] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)
