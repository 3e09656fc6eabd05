"""CSV as it really comes: any usual encoding, any delimiter, mixed line ends, quotation marks left open."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from portal.imports.reading.encodings import Text
from portal.imports.reading.table import LONGEST_CELL, Row, Table, make_table

DELIMITERS = ";,\t|"
_RARE_DELIMITERS = "^~:#¦§*&%!/"  # asked only when none of the usual ones cuts anything
# A cell may be long enough to be told apart as too long, and no longer limit stops the whole file.
csv.field_size_limit(2**31 - 1)

_MOST_OPEN_QUOTES = 50


def read_csv(name: str, text: Text) -> Table:
    """Return the table in `text`."""
    head = list(islice(text.lines(), 40))
    told = head[0].lower().startswith("sep=") and len(head[0].strip()) == 5  # what Excel writes for itself
    delimiter = head[0].strip()[4] if told else find_delimiter(head)
    return make_table(name, _rows(text, int(told), delimiter), notes=text.notes)


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that cuts the first records into the same number of cells most often."""
    head = lines[:40]

    def fits(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if row)
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        return (times, width) if width > 1 else (0, 0)

    usual = max(DELIMITERS, key=fits)
    if fits(usual) > (0, 0):
        return usual
    rare = max(_RARE_DELIMITERS, key=fits)
    # An address has a colon or a slash now and then: a delimiter cuts nearly every line, the header first.
    return rare if fits(rare)[0] * 10 >= 8 * len(head) and rare in head[0] else usual


def _rows(text: Text, skipped: int, delimiter: str) -> Iterator[Row]:
    """Yield (first physical line, cells, left open); nothing but one record is held at a time."""
    lines = islice(text.lines(), skipped, None)
    for before, cells, after, last in _parsed(lines, skipped, delimiter):
        if after - before > 1 and (last or max(map(len, cells)) > LONGEST_CELL):
            every = list(text.lines())
            if _left_open(every[before:after], delimiter):
                yield from _mended(every, before, delimiter)
                return
        yield before + 1, cells, False


def _mended(lines: Sequence[str], start: int, delimiter: str) -> Iterator[Row]:
    """Yield rows from one whose quotation mark is left open: after each such row, go on with the next line."""
    for _ in range(_MOST_OPEN_QUOTES):
        for before, cells, after, last in _parsed(lines[start:], start, delimiter):
            long = after - before > 1 and (last or max(map(len, cells)) > LONGEST_CELL)
            if long and _left_open(lines[before:after], delimiter):
                yield before + 1, lines[before].rstrip("\r\n").split(delimiter), True
                start = before + 1
                break
            yield before + 1, cells, False
        else:
            return
    # So many open marks are no marks at all: what is left is cut at the delimiter alone.
    for number, line in enumerate(lines[start:], start + 1):
        yield number, line.rstrip("\r\n").split(delimiter), False


def _parsed(lines: Iterable[str], start: int, delimiter: str) -> Iterator[tuple[int, list[str], int, bool]]:
    """Yield (index of the first line, cells, index after the last line, whether it is the last) of every record."""
    reader = csv.reader(lines, delimiter=delimiter)
    before, held = start, None
    for cells in reader:
        if held is not None:
            yield *held, False
        after = start + reader.line_num
        held, before = (before, cells, after), after
    if held is not None:
        yield *held, True


def _left_open(lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether these lines end inside a quotation mark."""
    try:
        # Only a parser that still waits for the closing mark takes one more line into the same record.
        return len(list(csv.reader([*lines, "\r\n"], delimiter=delimiter))) == 1
    except csv.Error:
        return True
