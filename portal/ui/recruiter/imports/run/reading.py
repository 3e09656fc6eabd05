"""One import in words: its columns and choices as they stand, what will happen, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from portal.access.house import house
from portal.consent.rules import Basis
from portal.imports.days_written import Days
from portal.imports.fields import SEVERAL_COLUMNS, Field, label
from portal.imports.looking import ColumnSeen, choose_sheet, look
from portal.imports.mapping import IGNORE, TWICE, Why
from portal.imports.memory import Origin
from portal.imports.models import ImportRun
from portal.imports.planning import Choices
from portal.imports.protected_columns import DROPPED_FOR
from portal.imports.queries import own_run
from portal.imports.samples import told
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, say_n
from portal.talents.custom import Field as OwnField
from portal.talents.custom import FieldKind, key_of
from portal.talents.custom import read as read_own
from portal.talents.custom import shown as shown_own
from portal.talents.custom_fields import custom_fields
from portal.talents.dates import swapped
from portal.talents.protected import Ground
from portal.talents.rules import SourceKind
from portal.ui.doors import Door

NO_DAY = N_("Give the day these people were collected: their month to be informed runs from it.")
NO_KIND = N_("Choose where these people come from.")
KNOWN = N_("Columns as last time, for “{source}”. Another source has its own memory.")
LEFT = N_("values not understood: {left} of {count}")
FREED = N_("another column says it now")
WHY: dict[Why, str] = {
    Why.NAMED: N_("by its name"),
    Why.ALIKE: N_("its name looks like it"),
    Why.VALUES: N_("its values look like it"),
    Why.REMEMBERED: N_("as last time"),
    Why.CHOSEN: N_("your choice"),
}
ASK_ORDER = N_("Nothing in the file tells whether the day or the month comes first: say which.")
DAY_LEADS, MONTH_LEADS = N_("As it stands, the day is read first."), N_("As it stands, the month is read first.")
COLUMN = "column."
_FIRST = 3


@dataclass
class SampleRow:
    """One value as it is written, and what it is taken for; `left` when nobody can tell."""

    written: str
    told: str
    left: bool


@dataclass
class ColumnRow:
    """One column: what it is taken in as and why, and some of what stands in it."""

    place: str
    name: str
    becomes: str
    why: str
    first: str
    samples: list[SampleRow] = field(default_factory=list)
    left: str = ""
    by_hand: bool = False


@dataclass
class DroppedRow:
    """One column the law protects."""

    name: str
    why: str


@dataclass
class Asked:
    """What the recruiter is asked about a file, with what they answered so far."""

    taken: bool = False
    file_name: str = ""
    told: str = ""
    source_kind: str = ""
    source_text: str = ""
    collected_on: str = ""
    basis: str = Basis.NONE.value
    strict: bool = False
    stop_list: bool = False
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: str = ""
    allowed: list[str] = field(default_factory=list)
    columns: list[ColumnRow] = field(default_factory=list)
    dropped: list[DroppedRow] = field(default_factory=list)
    own: list[list[str]] = field(default_factory=list)
    dates: str = ""
    month_first: bool = False
    days: str = ""


def read(
    door: Door,
    run_id: int,
    source: Origin | None = None,
    by_hand: Mapping[str, str] | None = None,
    dates: str | None = None,
) -> Asked:
    """Return a file that waits, as it is understood; of one taken in, its name.

    Read the way the last files of `source` were, but for the columns already chosen `by_hand`.
    """
    run = own_run(door.session, door.who, run_id)
    if run.taken_at is not None:
        return Asked(taken=True, file_name=run.file_name)
    seen = look(door.session, door.who, run_id, by_hand, source=source, dates=dates)
    asked = _answered(run)
    asked.dates, asked.month_first = run.dates if dates is None else dates, seen.days.month_first
    asked.days = say(door.locale, told_days) if (told_days := _days_told(seen.days)) else ""
    if seen.origin is not None:
        asked.source_kind, asked.source_text = seen.origin.kind.value, seen.origin.text
    asked.told = say_n(door.locale, N_("{count} line"), N_("{count} lines"), seen.lines)
    asked.sheet, asked.sheets = seen.sheet, list(seen.sheets) if len(seen.sheets) > 1 else []
    asked.notes = [say(door.locale, note.sentence, **note.params) for note in seen.notes]
    if any(one.why is Why.REMEMBERED for one in seen.columns):
        asked.known = say(door.locale, KNOWN, source=asked.source_text)
    asked.allowed = list(house(door.session).legitimate_interest_for)
    on = door.now.date()
    asked.columns = [
        _column(door, place, one, on, by_hand or {}, month_first=asked.month_first)
        for place, one in enumerate(seen.columns)
        if one.ground is None
    ]
    asked.dropped = [_dropped(door, one) for one in seen.columns if one.ground is not None]
    asked.own = [[column, each.name(door.locale)] for column, each in _own(door).items()]
    return asked


def _days_told(days: Days) -> str:
    """Return what the file alone says of the order of its days: nothing where it has none that two orders read differently."""
    if not days.text:
        return ""
    return ASK_ORDER if days.in_doubt else MONTH_LEADS if days.month_first else DAY_LEADS


def recalled(
    door: Door, run_id: int, kind: str, source: str, by_hand: Mapping[str, str], dates: str | None = None
) -> Asked:
    """Return the file as it is understood when it comes from there."""
    known = Origin(SourceKind(kind), source) if kind in set(SourceKind) else None
    return read(door, run_id, known, by_hand, dates)


def ordered(door: Door, run_id: int, asked: Asked, dates: str) -> Asked:
    """Return the file with its days read in this order ("": as the file itself shows)."""
    fresh = read(door, run_id, None, {one.name: one.becomes for one in asked.columns}, dates)
    on, first = door.now.date(), fresh.month_first
    columns = [_told(door, row, on, month_first=first) for row in asked.columns]
    return replace(asked, dates=dates, month_first=first, days=fresh.days, notes=fresh.notes, columns=columns)


def other_sheet(door: Door, run_id: int, sheet: str) -> Asked:
    """Return the file as another of its sheets has it."""
    choose_sheet(door.session, door.who, run_id, sheet)
    return read(door, run_id)


def _column(
    door: Door, place: int, one: ColumnSeen, on: date, by_hand: Mapping[str, str], *, month_first: bool
) -> ColumnRow:
    why = say(door.locale, WHY[one.why]) if one.why else ""
    row = ColumnRow(str(place), one.name, one.field or IGNORE, why, " · ".join(one.samples[:_FIRST]))
    row.by_hand = one.name in by_hand
    row.samples = [SampleRow(written, "", left=False) for written in one.samples]
    return _told(door, row, on, month_first=month_first)


def taken_as(
    door: Door, columns: Sequence[ColumnRow], place: str, becomes: str, *, month_first: bool = False
) -> list[ColumnRow]:
    """Return the columns with one of them taken in as something else; a field belongs to one column."""
    if becomes not in {IGNORE, *Field, *_own(door)}:
        return list(columns)
    on = door.now.date()
    chosen, freed = say(door.locale, WHY[Why.CHOSEN]), say(door.locale, FREED)
    rows: list[ColumnRow] = []
    for row in columns:
        changed = row
        if row.place == place and row.becomes != becomes:
            changed = _told(door, replace(row, becomes=becomes, why=chosen, by_hand=True), on, month_first=month_first)
        elif row.place != place and row.becomes == becomes != IGNORE and becomes not in SEVERAL_COLUMNS:
            changed = _told(door, replace(row, becomes=IGNORE, why=freed, by_hand=True), on, month_first=month_first)
        rows.append(changed)
    return rows


def _own(door: Door) -> dict[str, OwnField]:
    return {each.column: each for each in custom_fields(door.session)}


def _read_as(
    becomes: str, text: str, own: Mapping[str, OwnField], on: date, locale: str, *, month_first: bool
) -> str | None:
    """Return what a value is taken for; "" where it stays as it is written, None where nobody can tell."""
    if becomes == IGNORE:
        return ""
    if becomes not in own:
        return told(Field(becomes), text, on, locale, month_first=month_first)
    days_too = month_first and own[becomes].kind is FieldKind.DATE
    value = read_own(own[becomes], swapped(text) if days_too else text)
    return None if value is None else shown_own(own[becomes], value, locale)


def _told(door: Door, row: ColumnRow, on: date, *, month_first: bool) -> ColumnRow:
    """Return the column with what each of its values is taken for."""
    samples, own = [], _own(door)
    for sample in row.samples:
        read_as = _read_as(row.becomes, sample.written, own, on, door.locale, month_first=month_first)
        samples.append(SampleRow(sample.written, read_as or "", left=read_as is None))
    left = sum(sample.left for sample in samples)
    words = say(door.locale, LEFT, left=left, count=len(samples)) if left else ""
    return replace(row, samples=samples, left=words)


def _answered(run: ImportRun) -> Asked:
    return Asked(
        file_name=run.file_name,
        source_kind=run.source_kind.value if run.source_kind else SourceKind.ATS_EXPORT.value,
        source_text=run.source_text,
        collected_on=run.collected_on.isoformat() if run.collected_on else "",
        basis=run.basis,
        strict=run.strict,
        stop_list=run.stop_list,
    )


def _dropped(door: Door, one: ColumnSeen) -> DroppedRow:
    return DroppedRow(one.name, say(door.locale, DROPPED_FOR[Ground(one.ground)]))


def choices(door: Door, run_id: int, form: Mapping[str, Any]) -> Choices:
    """Return what was chosen on the form; Refused with the sentence to show beside it."""
    kind, basis = str(form.get("source_kind", "")), str(form.get("basis", ""))
    if kind not in set(SourceKind):
        raise Refused(NO_KIND)
    try:
        day = date.fromisoformat(str(form.get("collected_on", "")))
    except ValueError as wrong:
        raise Refused(NO_DAY) from wrong
    return Choices(
        SourceKind(kind),
        str(form.get("source_text", "")),
        day,
        Basis(basis) if basis in set(Basis) else Basis.NONE,
        columns=_columns(door, run_id, form),
        dates=str(form.get("dates", "")),
        stop_list=bool(form.get("stop_list")),
    )


def _columns(door: Door, run_id: int, form: Mapping[str, Any]) -> dict[str, str]:
    """Return every column's choice by its name; the form names columns by their place, as two could be alike."""
    seen = look(door.session, door.who, run_id).columns
    chosen: dict[str, str] = {}
    by_field: dict[str, str] = {}
    for place, one in enumerate(seen):
        wanted = form.get(f"{COLUMN}{place}")
        if one.ground is not None or not isinstance(wanted, str):
            continue
        if wanted in by_field and wanted not in SEVERAL_COLUMNS:
            raise Refused(TWICE, one=by_field[wanted], other=one.name, field=say(door.locale, label(wanted)))
        if wanted in set(Field) or key_of(wanted):
            by_field[wanted] = one.name
        chosen[one.name] = wanted
    return chosen
