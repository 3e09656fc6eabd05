"""What was read, whatever the file's format."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from portal.imports.fields import exact
from portal.imports.reading.records import LONGEST_CELL, Record, Records, Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.addresses import read_email
from portal.talents.protected import ground_of

__all__ = ["LONGEST_CELL", "Record", "Records", "Rows", "Table", "Trouble", "cell_trouble", "make_table"]

CAP_PAGE = 50_000_000
CAP_DISK = 100_000_000
MOST_COLUMNS = 200
WIDEST = 2_000
MOST_RECORDS = 250_000
_HEADER_WITHIN = 12

NO_HEADER = N_("“{name}” has no header line. Put the name of each column on the first line and try again.")
NO_RECORDS = N_("“{name}” holds a header and nobody below it. Check the export and try again.")
TOO_MANY_COLUMNS = N_("“{name}” has more than {most} columns. Keep only those about people and their work.")
TOO_MANY_RECORDS = N_("“{name}” has more than {most} lines. Split it into smaller files.")
COLUMNS_LEFT_OUT = N_(
    "The file has {count} columns, and {most} are read: those whose name is known, and the first of the others."
)

CONTROL = N_("A cell holds characters that are not text (“{column}”).")
UNREADABLE = N_("A cell holds characters that could not be read (“{column}”): check the file’s encoding.")
TOO_LONG = N_("A cell is longer than {most} characters (“{column}”).")
TOO_WIDE = N_("This line has more cells than the header: a separator may stand inside a value.")
HEADER_AGAIN = N_("This line repeats the header.")
OPEN_QUOTE = N_("A quotation mark is opened on this line and never closed.")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_SPOILT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Table:
    """A header whose names are all different, and what stands below it.

    `sheet` is the one of a workbook's `sheets` that was read; `notes` say what a person should know of the whole file.
    """

    header: tuple[str, ...]
    records: Sequence[Record]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Trouble, ...] = ()


Row = tuple[int, Sequence[str], bool]  # line number, cells, whether a quotation mark was left open
Rows = Iterable[Row]


def make_table(name: str, rows: Rows, *, notes: tuple[Trouble, ...] = ()) -> Table:
    """Return the table in `rows`, blank ones left out; a title or notes above the header are passed over."""
    filled = (row for row in rows if any(cell and not cell.isspace() for cell in row[1]))
    first = list(islice(filled, _HEADER_WITHIN))
    start = header_at(first)
    if start is None:
        raise Refused(NO_HEADER, name=name)
    cells, last = _over_two_lines(first, start)
    raw = _without_tail(cells)
    if len(raw) > WIDEST:
        raise Refused(TOO_MANY_COLUMNS, name=name, most=WIDEST)
    header = tuple(_all_different(raw))
    fitted = _Fitted(header, tuple(raw))
    records = Records()
    for row in chain(first[last + 1 :], filled):
        records.add(fitted(*row))
        if len(records) > MOST_RECORDS:
            raise Refused(TOO_MANY_RECORDS, name=name, most=MOST_RECORDS)
    if not records:
        raise Refused(NO_RECORDS, name=name)
    if len(header) > MOST_COLUMNS:
        notes = (*notes, Trouble(COLUMNS_LEFT_OUT, {"count": len(header), "most": MOST_COLUMNS}))
    return Table(fitted.names, records, notes=notes)


def header_at(rows: Sequence[Row]) -> int | None:
    """Return the row that names most columns we know, if it knows two; else the first that names several at all."""
    if not rows or rows[0][2]:
        return None
    known = [known_names(cells) for _, cells, _ in rows]
    if max(known) > 1:
        return known.index(max(known))
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells, _ in rows]
    start = next((place for place, width in enumerate(widths) if width > 1), 0)
    cells = rows[start][1]
    # Whoever has an address is a person, not the name of a column.
    return start if any(map(_has_letters, cells)) and not any(map(read_email, cells)) else None


def _over_two_lines(rows: Sequence[Row], start: int) -> tuple[Sequence[str], int]:
    """Return the header's cells and its last row: of cells merged over two lines each line holds some of the names."""
    cells = rows[start][1]
    below = rows[start + 1][1] if start + 1 < len(rows) else ()
    if _goes_on(cells, below):
        return _filled(below, cells), start + 1
    above = rows[start - 1][1] if start else ()
    return (_filled(cells, above) if sum(map(_has_letters, above)) > 1 else cells), start


def _goes_on(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether the row below a header names columns and nothing else, some where the header itself is blank."""
    told = [(place, cell) for place, cell in enumerate(below) if cell.strip()]
    within = any(place >= len(cells) or not cells[place].strip() for place, _ in told)
    return len(told) > 1 and within and all(exact(cell) is not None for _, cell in told)


def _filled(cells: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return `cells`, and `others` where they are blank."""
    return [cell if cell.strip() else other for cell, other in zip_longest(cells, others, fillvalue="")]


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def known_names(cells: Iterable[str]) -> int:
    """Count the different fields that these cells name as a header does."""
    return len({exact(cell) for cell in cells if len(cell) < 80} - {None})


def _without_tail(cells: Sequence[str]) -> list[str]:
    """Return header cells trimmed, the empty ones at the end left out."""
    trimmed = [" ".join(_CONTROL.sub("", cell).split())[:200] for cell in cells]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _all_different(names: list[str]) -> Iterator[str]:
    """Yield names one can tell apart: a second "Nom" becomes "Nom (2)", no name at all "(3)"."""
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        unique = name or f"({place})"
        count = 1
        while unique in seen:
            count += 1
            unique = f"{name} ({count})"
        seen.add(unique)
        yield unique


class _Fitted:
    """Rows as records under one header; of a very wide one only the columns worth reading."""

    def __init__(self, header: tuple[str, ...], raw: tuple[str, ...]) -> None:
        self._width = len(header)
        self._kept = _worth_reading(header) if len(header) > MOST_COLUMNS else None
        self.names = self._only(header)
        self._again = [cell.casefold() for cell in raw]
        self._usual = 0

    def __call__(self, number: int, cells: Sequence[str], open_quote: bool) -> Record:
        """Return one row as a record, with what spoils it."""
        fitted = _as_wide(cells, self._width)
        if open_quote:
            return Record(number, self._only(fitted), Trouble(OPEN_QUOTE, {}))
        if self._is_too_wide(cells):
            return Record(number, self._only(fitted), Trouble(TOO_WIDE, {}))
        if fitted[0].strip().casefold() == self._again[0] and self._again == [
            " ".join(cell.split()).casefold() for cell in fitted
        ]:
            return Record(number, self._only(fitted), Trouble(HEADER_AGAIN, {}))
        return Record(number, self._only(fitted))

    def _is_too_wide(self, cells: Sequence[str]) -> bool:
        """Blank cells too many are fine where the first row has them too; in one row alone, they were pushed there."""
        self._usual = self._usual or max(len(cells), self._width)
        return len(cells) > self._width and (
            len(cells) > self._usual or any(cell.strip() for cell in cells[self._width :])
        )

    def _only(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        return cells if self._kept is None else tuple(cells[place] for place in self._kept)


def _worth_reading(header: tuple[str, ...]) -> list[int]:
    known = [place for place, name in enumerate(header) if exact(name) or ground_of(name)]
    others = (place for place in range(len(header)) if place not in set(known))
    return sorted([*known, *others][:MOST_COLUMNS])


def _as_wide(cells: Sequence[str], width: int) -> tuple[str, ...]:
    if len(cells) == width:
        return tuple(cells)
    return (*cells[:width], *[""] * (width - len(cells)))


def cell_trouble(cells: Mapping[str, str]) -> Trouble | None:
    """Return what spoils these cells, by the names of their columns, if anything does.

    Only those that are taken in are asked: what a line says elsewhere, a whole CV or what is no text, spoils nobody.
    """
    # One search over all of them; only where something is found are they looked at one by one.
    joined = "\n".join(cells.values())
    if not _SPOILT.search(joined) and len(joined) <= LONGEST_CELL:
        return None
    for column, cell in cells.items():
        if len(cell) > LONGEST_CELL:
            return Trouble(TOO_LONG, {"column": column, "most": LONGEST_CELL})
        if _CONTROL.search(cell):
            return Trouble(CONTROL, {"column": column})
        if "\ufffd" in cell:
            return Trouble(UNREADABLE, {"column": column})
    return None
