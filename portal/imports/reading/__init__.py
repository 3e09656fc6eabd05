"""A file and its name → a table: a header, and records that know their line.

Nothing is evaluated: a formula stays the text it is. What makes the whole file unreadable is one sentence (`Refused`);
what spoils one record is told on that record.
"""

from portal.imports.reading.archives import LOCKED
from portal.imports.reading.book import read_book
from portal.imports.reading.cards import CARDS, read_cards
from portal.imports.reading.encodings import decode
from portal.imports.reading.resumes import RESUMES, read_resumes
from portal.imports.reading.table import CAP_DISK, CAP_PAGE, Record, Table
from portal.imports.reading.words import read_csv
from portal.kit.errors import Refused
from portal.kit.i18n import N_

__all__ = [
    "CAP_DISK",
    "CAP_PAGE",
    "Record",
    "Table",
    "file_of",
    "on_sheet",
    "read",
    "refuse_sheetless",
    "refuse_too_large",
]

# How files that people mistake for tables begin.
_NOT_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"SQLite format 3",
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SHEET = " › "

NOT_A_TABLE = N_("“{name}” is not a table we can read. Export it again as CSV or as an Excel workbook (.xlsx).")
OLD_EXCEL = N_("“{name}” is an old Excel file. Open it, save it as an Excel workbook (.xlsx) or as CSV, and try again.")
NO_SHEETS = N_("“{name}” is no workbook: it has no sheets to choose from.")
EMPTY = N_("“{name}” is empty. Check the export and try again.")
TOO_LARGE = N_("“{name}” is larger than {cap} MB. Split it into smaller files and import them one after the other.")


def read(name: str, content: bytes, *, cap: int = CAP_PAGE) -> Table:
    """Return the table in `content`; raise `Refused` with one sentence when there is none.

    `cap` is in bytes. CSV in any usual encoding and delimiter, XLSX and ODS, vCard, JSON Resume: the content decides,
    not the name. "pool.xlsx › Former" reads the sheet "Former" of that workbook (see `on_sheet`).
    """
    refuse_too_large(name, len(content), cap)
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Refused(EMPTY, name=name)
    if content.startswith(_OLD_EXCEL):
        # Excel wraps a workbook that has a password in the old format: to save it again changes nothing.
        raise Refused(LOCKED if _ENCRYPTED in content else OLD_EXCEL, name=name)
    if content.startswith(_NOT_TABLES):
        raise Refused(NOT_A_TABLE, name=name)
    if content.startswith(_ZIP):
        file, _, sheet = name.partition(_SHEET)
        return read_book(file, content, sheet)
    if name.lower().endswith((".xlsx", ".ods")):
        raise Refused(NOT_A_TABLE, name=name)
    text = decode(name, content)
    head = "".join(line for line, _ in zip(text.lines(), range(20), strict=False)).lstrip()
    if CARDS.match(head):
        return read_cards(name, text)
    return read_resumes(name, text) if RESUMES.match(head) else read_csv(name, text)


def refuse_sheetless(name: str, head: bytes) -> None:
    """Refuse a file that begins with `head` where somebody names one of its sheets."""
    if not head.startswith(_ZIP):
        raise Refused(NO_SHEETS, name=name)


def on_sheet(name: str, sheet: str) -> str:
    """Return the name of a workbook together with the sheet to read in it."""
    return f"{file_of(name)}{_SHEET}{sheet}"


def file_of(name: str) -> str:
    """Return the name of the file alone."""
    return name.partition(_SHEET)[0]


def refuse_too_large(name: str, size: int, cap: int) -> None:
    """Refuse a file of `size` bytes before a single one of them is read."""
    if size > cap:
        raise Refused(TOO_LARGE, name=name, cap=cap // 1_000_000)
