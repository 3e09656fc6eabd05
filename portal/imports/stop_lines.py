"""What one record says of being written to: that its person asked not to be, that a consent is over, or nobody can tell."""

from collections.abc import Iterator, Sequence

from portal.imports.cells.nothing import is_nothing
from portal.imports.fields import Field
from portal.imports.mapping import Columns
from portal.imports.stops import Says, agreed, opposed, speaks
from portal.kit.fold import fold

# What a line says where nobody knows what the column asks.
YES, NO, OTHERWISE = "yes", "no", "otherwise"


def stop_of(cells: Sequence[str], columns: Columns, header: Sequence[str]) -> dict[str, str | int] | None:
    """Return where a record says that its person asked not to be written to, whatever else stands in it."""
    place = next(_refusals(cells, columns), None)
    if place is None:
        place = speaks(cells)
        quiet = {columns.columns.get(name) for name in _NAMES} | set(columns.stops)
        if place is None or place in quiet or header[place] in columns.dropped:
            return None
    return {"column": header[place], "text": cells[place].strip()[:100]}


def _refusals(cells: Sequence[str], columns: Columns) -> Iterator[int]:
    """Yield the columns that say it by their own sense."""
    for places, says in ((columns.stops, opposed), (columns.agreed, agreed)):
        for place in places:
            text = cells[place].strip()
            if text and not is_nothing(text) and says(text) is Says.STOP:
                yield place
    for name in _CONSENTS:
        text = cells[columns.columns[name]].strip() if name in columns.columns else ""
        # "Non" to "expired?" refuses nothing.
        if text and agreed(text) is Says.STOP and not (name is Field.CONSENT_UNTIL and fold(text) in _BARE_NO):
            yield columns.columns[name]


_BARE_NO = frozenset({"non", "no", "n", "false", "faux", "0"})
_CONSENTS = (Field.CONSENT_ON, Field.CONSENT_UNTIL)
_NAMES = (Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME)


def asked(cells: Sequence[str], columns: Columns, header: Sequence[str]) -> dict[str, str]:
    """Return what a line says in columns whose sense is in doubt: a yes, a no, or something else."""
    said = {}
    for place in columns.unclear:
        text = cells[place].strip()
        if text and not is_nothing(text):
            told = agreed(text)
            said[header[place]] = YES if told is Says.YES else NO if told is Says.STOP else OTHERWISE
    return said


def is_over(cells: Sequence[str], columns: Columns) -> bool:
    """Tell whether a column of consent says that it has ended."""
    return any(agreed(cells[place]) is Says.OVER for place in columns.agreed)
