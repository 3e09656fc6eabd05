"""Records that bring the names of their values along, as one table."""

from collections.abc import Iterable, Mapping

from portal.imports.reading.records import Record, Records, Trouble
from portal.imports.reading.table import MOST_RECORDS, NO_RECORDS, TOO_MANY_RECORDS, Table
from portal.kit.errors import Refused

# The columns in the order a reader expects them; others follow as they come.
_ORDER = (
    "Full name", "First name", "Last name", "E-mail", "Telephone", "Job title", "City", "Work location", "Skills",
    "Languages", "Preferred language", "Company", "Categories", "Note", "Birthday", "Gender", "Photo", "Home address",
)  # fmt: skip


def named_table(
    name: str, rows: Iterable[tuple[int, Mapping[str, str], Trouble | None]], *, notes: tuple[Trouble, ...] = ()
) -> Table:
    """Return a table with a column for every name that occurs: (line, value by name, what spoils it)."""
    held = list(rows)
    if not held:
        raise Refused(NO_RECORDS, name=name)
    if len(held) > MOST_RECORDS:
        raise Refused(TOO_MANY_RECORDS, name=name, most=MOST_RECORDS)
    occurring = {column for _, cells, _ in held for column in cells}
    header = tuple(column for column in _ORDER if column in occurring)
    records = Records()
    for number, cells, trouble in held:
        row = tuple(cells.get(column, "") for column in header)
        records.add(Record(number, row, trouble))
    return Table(header, records, notes=notes)
