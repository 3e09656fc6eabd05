"""XLSX and ODS through calamine, after `archives` had its look."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

import python_calamine as calamine

from portal.imports.reading.archives import BROKEN, LOCKED, measured
from portal.imports.reading.hidden import HIDDEN, hidden_rows
from portal.imports.reading.mojibake import MENDED, mended
from portal.imports.reading.table import Row, Table, Trouble, header_at, known_names, make_table
from portal.kit.errors import Refused
from portal.kit.i18n import N_

NO_SHEET = N_("“{name}” has no sheet “{sheet}”. It has: {sheets}.")
_LOOKED_AT = 12

_Cell = int | float | str | bool | time | date | datetime | timedelta


def read_book(name: str, content: bytes, sheet: str = "") -> Table:
    """Return the table on `sheet`, or else on the visible sheet whose header says most; a record's number is its row."""
    try:
        packed = measured(name, content)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed))
        sheets = _filled(book)
        if not sheets:
            return make_table(name, [])
        if sheet and sheet not in sheets:
            raise Refused(NO_SHEET, name=name, sheet=sheet, sheets=", ".join(sheets))
        chosen = sheet or max(sheets, key=lambda each: sheets[each])
        twice: list[int] = []
        read = make_table(name, _rows(book.get_sheet_by_name(chosen), twice))
    except calamine.PasswordError as locked:
        raise Refused(LOCKED, name=name) from locked
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as broken:
        raise Refused(BROKEN, name=name) from broken
    notes = [Trouble(MENDED, {"count": len(set(twice))})] if twice else []
    if count := hidden_rows(packed, chosen):
        notes.append(Trouble(HIDDEN, {"count": count}))
    return Table(read.header, read.records, chosen, tuple(sheets), (*read.notes, *notes))


def _filled(book: calamine.CalamineWorkbook) -> dict[str, tuple[int, int]]:
    """Return the visible sheets that hold anything: how many fields their header names, and how many rows they have."""
    found: dict[str, tuple[int, int]] = {}
    for meta in book.sheets_metadata:
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        first = list(islice((row for row in _rows(sheet) if any(row[1])), _LOOKED_AT))
        if first:
            start = header_at(first)
            found[meta.name] = (0 if start is None else known_names(first[start][1]), sheet.total_height)
    return found


def _rows(sheet: calamine.CalamineSheet, twice: list[int] | None = None) -> Iterator[Row]:
    """Yield the rows; those whose accents had been written twice over are added to `twice`."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [cell if type(cell) is str else _text(cell) for cell in row]
        meant = [mended(cell) for cell in cells]
        if twice is not None and meant != cells:
            twice.append(number)
        yield number, meant, False


def _text(cell: _Cell) -> str:
    """Return a cell as one would type it: a phone number stored as a number has no ".0", a day is ISO 8601."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
