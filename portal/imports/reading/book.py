"""XLSX through calamine, after a look at what the archive would unpack to."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from portal.imports.reading.table import MOST_COLUMNS, MOST_RECORDS, Table, make_table
from portal.kit.errors import Refused
from portal.kit.i18n import N_

UNPACKED_CAP = 300_000_000
_MOST_MEMBERS = 2_000
_COLUMN = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
# A formula whose result was never stored: what it says is all there is.
_BARE_FORMULA = re.compile(
    rb'<c\b([^>]*?)(?:\st="\w+")?([^>]*?)>\s*<f\b[^>/]*>([^<]*)</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)

BROKEN = N_("“{name}” is damaged or cut short. Save it again from Excel, or export it as CSV.")
LOCKED = N_("“{name}” is protected by a password. Save it without one and try again.")
NOT_A_WORKBOOK = N_("“{name}” is an archive, not an Excel workbook. Export it again as CSV or as a workbook (.xlsx).")
BOMB = N_("“{name}” would unpack to more than {cap} MB: it was not opened. Split it into smaller files.")
TOO_WIDE_A_SHEET = N_("“{name}” spreads over too many rows or columns. Keep only the table, on its own sheet.")

_Cell = int | float | str | bool | time | date | datetime | timedelta


def read_book(name: str, content: bytes) -> Table:
    """Return the table on the first visible sheet that holds one; a record's number is its row."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(_measured(name, content)))
        for meta in book.sheets_metadata:
            if meta.visible == calamine.SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                if any(any(cell != "" for cell in row) for row in rows):
                    return make_table(
                        name, [(n, [_text(cell) for cell in row], False) for n, row in enumerate(rows, 1)]
                    )
    except calamine.PasswordError as locked:
        raise Refused(LOCKED, name=name) from locked
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as broken:
        raise Refused(BROKEN, name=name) from broken
    return make_table(name, [])


def _measured(name: str, content: bytes) -> bytes:
    """Return the same workbook stored uncompressed: what is opened next is exactly what was measured here."""
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
            members = source.infolist()
            _refuse_bomb(name, members)
            if "xl/workbook.xml" not in {member.filename for member in members}:
                raise Refused(NOT_A_WORKBOOK, name=name)
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and not member.is_dir():
                    target.writestr(member.filename, _checked(name, member.filename, source.read(member)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as broken:
        raise Refused(BROKEN, name=name) from broken
    return packed.getvalue()


def _refuse_bomb(name: str, members: list[zipfile.ZipInfo]) -> None:
    # A size that lies is no way round: zipfile stops at the size it was told, and the checksum then fails.
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > UNPACKED_CAP:
        raise Refused(BOMB, name=name, cap=UNPACKED_CAP // 1_000_000)


def _checked(name: str, member: str, xml: bytes) -> bytes:
    """Return a sheet whose formulas are text; refuse one whose far corner would fill the memory."""
    if not member.startswith("xl/worksheets/"):
        return xml
    columns = max((_column(letters) for letters in set(_COLUMN.findall(xml))), default=0)
    rows = max(map(int, _ROW.findall(xml)), default=0)
    if columns > 2 * MOST_COLUMNS or rows > MOST_RECORDS + 1_000 or columns * rows > 30_000_000:
        raise Refused(TOO_WIDE_A_SHEET, name=name)
    if b"<f" not in xml:
        return xml
    return _BARE_FORMULA.sub(rb'<c\1\2 t="inlineStr"><is><t xml:space="preserve">=\3</t></is></c>', xml)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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
