"""A workbook looked at before it is opened: what it would unpack to, how far its cells spread, what its formulas say."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from portal.imports.reading.table import LONGEST_CELL, MOST_COLUMNS, MOST_RECORDS
from portal.kit.errors import Refused
from portal.kit.i18n import N_

UNPACKED_CAP = 300_000_000
_MOST_MEMBERS = 2_000
_MOST_CELLS = 30_000_000
_FAR = 1_000  # blank cells or rows said to be repeated so often are the edge of a sheet, never people

LOCKED = N_("“{name}” is protected by a password. Save it without one and try again.")
BROKEN = N_("“{name}” is damaged or cut short. Save it again from Excel, or export it as CSV.")
NOT_A_WORKBOOK = N_("“{name}” is an archive, not an Excel workbook. Export it again as CSV or as a workbook (.xlsx).")
BOMB = N_("“{name}” would unpack to more than {cap} MB: it was not opened. Split it into smaller files.")
TOO_WIDE_A_SHEET = N_("“{name}” spreads over too many rows or columns. Keep only the table, on its own sheet.")

_COLUMN = re.compile(rb'<c\b[^<>]*?\br="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<row\b[^<>]*?\br="(\d+)"')
# A formula whose result was never stored: what it says is all there is.
_BARE_FORMULA = re.compile(rb"<c\b([^<>]*)>\s*<f\b[^<>/]*>([^<]*)</f>(?:\s*<v\s*/>|\s*<v>\s*</v>)?\s*</c>")
_TYPE = re.compile(rb'\st="\w+"')
_SHARED = re.compile(rb"<si\b")
_REPEATED = re.compile(rb'(number-(columns|rows)-repeated|text:c)="(\d+)"')
_BARE_FORMULA_ODS = re.compile(rb'<table:table-cell\b(?>([^<>]*?)\btable:formula=")(?:\w+:)?(=[^"]*)"([^<>]*)/>')
_OFFICE = re.compile(rb'\s(?:office|calcext):[\w-]+="[^"]*"')


def measured(name: str, content: bytes) -> bytes:
    """Return the same workbook packed anew: what is opened next is exactly what was measured here."""
    packed = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
        ):
            members = source.infolist()
            _refuse_bomb(name, members)
            _refuse_others(name, source)
            _refuse_locked(name, source)
            long_texts = _long_texts(source)
            for member in members:
                if _needed(member.filename) and not member.is_dir():
                    target.writestr(member.filename, _checked(name, member.filename, source.read(member), long_texts))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as broken:
        raise Refused(BROKEN, name=name) from broken
    return packed.getvalue()


def _needed(member: str) -> bool:
    return member.endswith((".xml", ".rels")) or member == "mimetype"


def _refuse_bomb(name: str, members: Iterable[zipfile.ZipInfo]) -> None:
    # A size that lies is no way round: zipfile stops at the size it was told, and the checksum then fails.
    every = list(members)
    if len(every) > _MOST_MEMBERS or sum(member.file_size for member in every) > UNPACKED_CAP:
        raise Refused(BOMB, name=name, cap=UNPACKED_CAP // 1_000_000)


def _refuse_others(name: str, source: zipfile.ZipFile) -> None:
    names = set(source.namelist())
    if "xl/workbook.xml" in names:
        return
    kind = source.read("mimetype")[:80] if "mimetype" in names else b""
    if b"opendocument.spreadsheet" not in kind or "content.xml" not in names:
        raise Refused(NOT_A_WORKBOOK, name=name)


def _refuse_locked(name: str, source: zipfile.ZipFile) -> None:
    """Refuse an OpenDocument file whose parts are encrypted."""
    manifest = "META-INF/manifest.xml"
    if manifest in source.namelist() and b"encryption-data" in source.read(manifest):
        raise Refused(LOCKED, name=name)


def _long_texts(source: zipfile.ZipFile) -> dict[int, int]:
    """Return the length of each long text a workbook's cells share, by its number: a cell a copy, a megabyte each."""
    if "xl/sharedStrings.xml" not in source.namelist():
        return {}
    texts = _SHARED.split(source.read("xl/sharedStrings.xml"))[1:]
    return {place: len(one) for place, one in enumerate(texts) if len(one) > LONGEST_CELL}


def _checked(name: str, member: str, xml: bytes, long_texts: dict[int, int]) -> bytes:
    """Return a sheet whose formulas are text; refuse one that would fill the memory."""
    if member == "content.xml":
        return _checked_ods(name, xml)
    if not member.startswith("xl/worksheets/"):
        return xml
    columns = max((_column(letters) for letters in set(_COLUMN.findall(xml))), default=0)
    rows = max(map(int, _ROW.findall(xml)), default=0)
    _refuse_too_far(name, rows, columns)
    if sum(size * xml.count(b"<v>%d</v>" % place) for place, size in long_texts.items()) > UNPACKED_CAP:
        raise Refused(BOMB, name=name, cap=UNPACKED_CAP // 1_000_000)
    if b"<f" not in xml:
        return xml
    return _BARE_FORMULA.sub(_in_words, xml)


def _in_words(formula: re.Match[bytes]) -> bytes:
    bare = _TYPE.sub(b"", formula[1])
    return b'<c%s t="inlineStr"><is><t xml:space="preserve">=%s</t></is></c>' % (bare, formula[2])


def _checked_ods(name: str, xml: bytes) -> bytes:
    """Return an OpenDocument sheet without what it only says it repeats; formulas without a result become text."""
    xml = _REPEATED.sub(lambda said: said[0] if int(said[3][:9]) < _FAR else said[1] + b'="1"', xml)
    for table in xml.split(b"<table:table ")[1:]:
        rows = columns = 0
        start = table.find(b"<table:table-row")
        while start >= 0:
            end = table.find(b"<table:table-row", start + 1)
            head, width = _spread(table[start : end if end >= 0 else len(table)])
            rows, columns, start = rows + head, max(columns, width), end
        _refuse_too_far(name, rows, columns)
    return _BARE_FORMULA_ODS.sub(_as_text, xml) if b"table:formula" in xml else xml


def _as_text(formula: re.Match[bytes]) -> bytes:
    bare = _OFFICE.sub(b"", formula[1] + formula[3])
    return b'<table:table-cell%soffice:value-type="string"><text:p>%s</text:p></table:table-cell>' % (bare, formula[2])


def _spread(row: bytes) -> tuple[int, int]:
    """Return how many rows one row of OpenDocument stands for, and how many cells it holds."""
    cells, times = row.count(b"table-cell") - row.count(b"</table:table-cell") - row.count(b"</table:covered"), 1
    if b"repeated" in row:
        for _, kind, count in _REPEATED.findall(row):
            if kind == b"rows":
                times = int(count)
            elif kind == b"columns":
                cells += int(count) - 1
    return times, cells


def _refuse_too_far(name: str, rows: int, columns: int) -> None:
    if columns > 2 * MOST_COLUMNS or rows > MOST_RECORDS + 1_000 or columns * rows > _MOST_CELLS:
        raise Refused(TOO_WIDE_A_SHEET, name=name)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
