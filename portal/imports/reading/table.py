"""What was read, whatever the file's format."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.kit.errors import Refused
from portal.kit.i18n import N_

CAP_PAGE = 20_000_000
CAP_DISK = 100_000_000
MOST_COLUMNS = 200
MOST_RECORDS = 250_000
LONGEST_CELL = 10_000

NO_HEADER = N_("“{name}” has no header line. Put the name of each column on the first line and try again.")
NO_RECORDS = N_("“{name}” holds a header and nobody below it. Check the export and try again.")
TOO_MANY_COLUMNS = N_("“{name}” has more than {most} columns. Keep only those about people and their work.")
TOO_MANY_RECORDS = N_("“{name}” has more than {most} lines. Split it into smaller files.")

CONTROL = N_("A cell holds characters that are not text (“{column}”).")
UNREADABLE = N_("A cell holds characters that could not be read (“{column}”): check the file’s encoding.")
TOO_LONG = N_("A cell is longer than {most} characters (“{column}”).")
TOO_WIDE = N_("This line has more cells than the header: a separator may stand inside a value.")
HEADER_AGAIN = N_("This line repeats the header.")
OPEN_QUOTE = N_("A quotation mark is opened on this line and never closed.")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One sentence (an English msgid) and what fills it."""

    sentence: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file: `number` is its first physical line (its row in a workbook), `cells` one a column."""

    number: int
    cells: tuple[str, ...]
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A header whose names are all different, and what stands below it."""

    header: tuple[str, ...]
    records: tuple[Record, ...]


Rows = Sequence[tuple[int, Sequence[str], bool]]  # line number, cells, whether a quotation mark was left open


def make_table(name: str, rows: Rows) -> Table:
    """Return the table in `rows`, blank ones left out; a title above the header is passed over."""
    filled = [row for row in rows if any(cell and not cell.isspace() for cell in row[1])]
    start = _header_at(filled)
    if start is None:
        raise Refused(NO_HEADER, name=name)
    raw = _without_tail(filled[start][1])
    if len(raw) > MOST_COLUMNS:
        raise Refused(TOO_MANY_COLUMNS, name=name, most=MOST_COLUMNS)
    below = filled[start + 1 :]
    if not below:
        raise Refused(NO_RECORDS, name=name)
    if len(below) > MOST_RECORDS:
        raise Refused(TOO_MANY_RECORDS, name=name, most=MOST_RECORDS)
    header = tuple(_all_different(raw))
    return Table(header, tuple(_record(header, tuple(raw), *row) for row in below))


def _header_at(rows: Rows) -> int | None:
    """Return the first row that names several columns, or else the first one."""
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells, _ in rows[:10]]
    if not widths or rows[0][2]:
        return None
    several = (place for place, width in enumerate(widths) if width > 1)
    start = next(several, 0)
    return start if any(any(c.isalpha() for c in cell) for cell in rows[start][1]) else None


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


def _record(
    header: tuple[str, ...], raw: tuple[str, ...], number: int, cells: Sequence[str], open_quote: bool
) -> Record:
    if open_quote:
        return Record(number, _fitted(cells, len(header)), Trouble(OPEN_QUOTE, {}))
    width = len(header)
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return Record(number, _fitted(cells, width), Trouble(TOO_WIDE, {}))
    fitted = _fitted(cells, width)
    if fitted[0].strip() == raw[0] and tuple(" ".join(cell.split()) for cell in fitted) == raw:
        return Record(number, fitted, Trouble(HEADER_AGAIN, {}))
    return Record(number, fitted, _cell_trouble(header, fitted))


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    if len(cells) == width:
        return tuple(cells)
    return (*cells[:width], *[""] * (width - len(cells)))


def _cell_trouble(header: tuple[str, ...], cells: tuple[str, ...]) -> Trouble | None:
    # One search over the whole record; only a spoiled one is looked at cell by cell.
    joined = "\n".join(cells)
    if not _CONTROL.search(joined) and "\ufffd" not in joined and len(joined) <= LONGEST_CELL:
        return None
    for column, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            return Trouble(TOO_LONG, {"column": column, "most": LONGEST_CELL})
        if _CONTROL.search(cell):
            return Trouble(CONTROL, {"column": column})
        if "\ufffd" in cell:
            return Trouble(UNREADABLE, {"column": column})
    return None
