"""The columns of a file that say whether somebody may be written to: found first, and overruled by no other reading."""

from collections.abc import Mapping

from portal.imports import stops
from portal.imports.cells.days import is_day
from portal.imports.fields import Field, exact, folded
from portal.imports.reading import Table

_LOOKED_AT = 100  # records
_IGNORE = "ignore"
# What several columns may say of being written to, in the order of `Columns`.
OF_WRITING = (Field.OPTED_OUT, Field.CONSENT, Field.TO_DECIDE)
_FIELDS = dict(zip((stops.Column.STOP, stops.Column.AGREED, stops.Column.UNCLEAR), OF_WRITING, strict=True))


def said_of_writing(table: Table) -> dict[str, Field]:
    """Return which columns say whether somebody may be written to: nothing else they might be overrules that."""
    found: dict[str, Field] = {}
    for place, name in enumerate(table.header):
        words = folded(name)
        known = exact(name)
        if known is not None and known not in OF_WRITING:
            continue
        column = stops.of_name(words)
        sense = column and stops.settled(column, first_cells(table, place))
        if sense is not None:
            found[name] = _FIELDS[sense]
            if found[name] is Field.CONSENT and holds_days(table, place):
                del found[name]
    return found


def as_chosen(
    said: Mapping[str, Field], chosen: Mapping[str, Field | str | None], memory: Mapping[str, str]
) -> dict[str, Field]:
    """Return what each of these columns says: as chosen for this file, else by its name; memory settles what is unclear."""
    shared = {name: each for name, each in chosen.items() if isinstance(each, Field) and each in OF_WRITING}
    for name, sense in said.items():
        if name in chosen:
            continue
        before = memory.get(folded(name), "")
        if sense is Field.TO_DECIDE and before == _IGNORE:
            continue
        told = Field(before) if before in {str(each) for each in OF_WRITING} else sense
        shared[name] = sense if sense is Field.OPTED_OUT else told
    return shared


def first_cells(table: Table, place: int) -> list[str]:
    """Return what stands in the first lines of a column."""
    return [record.cells[place].strip() for record in table.records[:_LOOKED_AT] if record.cells[place].strip()]


def holds_days(table: Table, place: int) -> bool:
    """Tell whether most of a column's first cells are days."""
    cells = first_cells(table, place)
    return bool(cells) and sum(map(is_day, cells)) * 2 > len(cells)
