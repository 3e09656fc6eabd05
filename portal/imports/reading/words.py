"""CSV as it really comes: any usual encoding, any usual delimiter, mixed line ends, quotation marks left open."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from portal.imports.reading.table import LONGEST_CELL, Table, make_table
from portal.kit.errors import Refused
from portal.kit.i18n import N_

DELIMITERS = ";,\t|"
# A cell may be long enough to be told apart as too long, and no longer limit stops the whole file.
csv.field_size_limit(2**31 - 1)

NOT_TEXT = N_("“{name}” is not text. Export it again as CSV (UTF-8) or as an Excel workbook (.xlsx).")

_MOST_OPEN_QUOTES = 50


def decode(name: str, content: bytes) -> str:
    """Return the text of `content`: by its BOM, then strict UTF-8, then cp1252.

    When only a few lines are not UTF-8, two exports were pasted together: those lines alone are read as cp1252.
    """
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    _refuse_binary(name, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _by_lines(content)


def _refuse_binary(name: str, content: bytes) -> None:
    """Refuse what is mostly not text: one NUL spoils its line, many mean that this never was a table."""
    head = content[:65_536]
    odd = sum(head.count(byte) for byte in (*range(9), *range(14, 32)))
    if odd * 10 > len(head):
        raise Refused(NOT_TEXT, name=name)


def _by_lines(content: bytes) -> str:
    lines = content.splitlines(keepends=True)
    telling = [line for line in lines if not line.isascii()]
    utf8 = sum(_is_utf8(line) for line in telling)
    if utf8 * 2 <= len(telling):
        return content.decode("cp1252", errors="replace")
    return "".join(line.decode("utf-8" if _is_utf8(line) else "cp1252", errors="replace") for line in lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_csv(name: str, text: str) -> Table:
    """Return the table in `text`."""
    lines = list(io.StringIO(text, newline=""))
    skipped = 0
    delimiter = None
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # what Excel writes for itself
        delimiter, skipped = lines[0].strip()[4], 1
    delimiter = delimiter or find_delimiter(lines)
    return make_table(name, list(_rows(lines, skipped, delimiter)))


def find_delimiter(lines: list[str]) -> str:
    """Return the delimiter that cuts the first records into the same number of cells most often."""
    head = lines[:30]

    def fits(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if row)
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        return (times, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=fits)


def _rows(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield (first physical line, cells, left open); after a quotation mark left open, go on with the next line."""
    for _ in range(_MOST_OPEN_QUOTES):
        before = start
        for before, cells, after in _parsed(lines, start, delimiter):
            if after - before > 1 and (after == len(lines) or max(map(len, cells)) > LONGEST_CELL):
                opened = _left_open(lines[before:after], delimiter)
                if opened:
                    yield before + 1, lines[before].rstrip("\r\n").split(delimiter), True
                    break
            yield before + 1, cells, False
        else:
            return
        start = before + 1


def _parsed(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[int, list[str], int]]:
    """Yield (index of the first line, cells, index after the last line) of every record from `start` on."""
    reader = csv.reader(lines[start:], delimiter=delimiter)
    before = start
    for cells in reader:
        yield before, cells, start + reader.line_num
        before = start + reader.line_num


def _left_open(lines: list[str], delimiter: str) -> bool:
    """Tell whether these lines end inside a quotation mark."""
    try:
        # Only a parser that still waits for the closing mark takes one more line into the same record.
        return len(list(csv.reader([*lines, "\r\n"], delimiter=delimiter))) == 1
    except csv.Error:
        return True
