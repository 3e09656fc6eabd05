"""The reader of a large file, a process of its own: it never touches the database, and its memory goes when it ends.

It is told what to read on its standard input and answers on its standard output, with frames pickled between two ends of
ours: first the header, then packs of lines, at last the cells it is asked for.
"""

import gc
import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from portal.imports.days_written import Days, days_of, notes_on, refuse_doubt
from portal.imports.lines import Line, Setting, read_line
from portal.imports.mapping import Columns, map_columns
from portal.imports.reading import Table, read
from portal.imports.reading.table import Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.custom import Field as OwnField
from portal.talents.rules import FieldKind

OTHER_SHEETS = N_("Only the sheet “{sheet}” was read. The file also has: {others}.")
PACK = 100  # lines told together
_MOST_HANDS = 2


class Mark(NamedTuple):
    """What tells whom a line is about."""

    number: int
    email: str | None
    phone: str | None
    name_key: str
    place_code: str | None = None
    job_code: str | None = None
    stop: bool = False
    others: tuple[str, ...] = ()  # addresses and numbers that stand there too


class Pack(NamedTuple):
    """Some lines in order: the marks of those that can be taken in, why the others cannot, and all they say, pickled.

    A line whose person asked not to be written to has its mark too, and where it says so (`stops`).
    """

    marks: list[Mark]
    troubles: dict[int, Trouble]
    lines: bytes
    stops: dict[int, Trouble]


@dataclass(frozen=True, slots=True)
class Task:
    """What to read: the file itself or where it is, how its columns were chosen, what holds for every line.

    `memory` is what columns of its source were taken in as before (`portal.imports.memory`).
    """

    name: str
    source: bytes | Path
    cap: int
    columns: Mapping[str, str]
    setting: Setting
    memory: Mapping[str, str] = field(default_factory=dict)

    def table(self) -> Table:
        """Return the file's table."""
        content = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        return read(self.name, content, cap=self.cap)

    def mapped(self, table: Table) -> Columns:
        """Return what its columns are taken in as."""
        setting = self.setting
        columns = map_columns(table, self.columns, setting.own, self.memory, setting.cleared)
        days = days_read(table, columns, setting.own, chosen=setting.dates, before=setting.dates_before)
        if not setting.stop_list:  # of which no day counts
            refuse_doubt(days)
        return replace(columns, days=days)


def days_read(table: Table, columns: Columns, own: Iterable[OwnField], *, chosen: str, before: str) -> Days:
    """Return how the days of `table` are read, those below fields of the house's own as well."""
    places = [columns.own[each.column] for each in own if each.kind is FieldKind.DATE and each.column in columns.own]
    return days_of(table, columns.columns, places, chosen=chosen, before=before)


@dataclass(frozen=True, slots=True)
class Opening:
    """The file's head."""

    header: tuple[str, ...]
    columns: Columns
    count: int
    notes: tuple[Trouble, ...]


def opening(table: Table, columns: Columns) -> Opening:
    """Return the head of a file that was read."""
    others = ", ".join(sheet for sheet in table.sheets if sheet != table.sheet)
    unopened = (Trouble(OTHER_SHEETS, {"sheet": table.sheet, "others": others}),) if others else ()
    notes = (*table.notes, *unopened, *notes_on(columns.days, columns.columns))
    return Opening(table.header, columns, len(table.records), notes)


def pack(table: Table, columns: Columns, setting: Setting, start: int) -> Pack:
    """Return what the records from `start` on say."""
    lines = [read_line(record, columns, table.header, setting) for record in table.records[start : start + PACK]]
    good = [line for line in lines if line.trouble is None or line.stop]
    troubles = {line.number: line.trouble for line in lines if line.trouble is not None and not line.stop}
    stops = {line.number: line.trouble for line in good if line.trouble is not None}
    told = [_values(line) for line in good]
    return Pack([_mark(line) for line in good], troubles, pickle.dumps(told, pickle.HIGHEST_PROTOCOL), stops)


def unpack(lines: bytes) -> list[Line]:
    """Return the lines of a pack."""
    return [Line(*values) for values in pickle.loads(lines)]  # noqa: S301 - packed above


# As plain tuples they come back in a third of the time.
_values = attrgetter(*(each.name for each in fields(Line)))


def _mark(line: Line) -> Mark:
    place, job = (line.values.get(name) for name in ("place_code", "job_code"))
    return Mark(line.number, line.email, line.phone, line.name_key, place, job, line.stop, line.others)


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Read one file, tell its lines, then answer what its records' cells are until nobody asks any more."""
    task: Task = pickle.load(asked)  # noqa: S301 - from the process that started this one
    try:
        table = task.table()
        columns = task.mapped(table)
    except Refused as refused:
        pickle.dump(refused, told)
        told.flush()
        return
    pickle.dump(opening(table, columns), told)
    for told_pack in _packs(table, columns, task.setting):
        told.write(told_pack)
        told.flush()
    places = {record.number: place for place, record in enumerate(table.records)}
    while True:
        try:
            numbers = pickle.load(asked)  # noqa: S301
        except EOFError:
            return
        pickle.dump([table.records[places[number]].cells for number in numbers], told)
        told.flush()


_held: tuple[Table, Columns, Setting] | None = None


def _packs(table: Table, columns: Columns, setting: Setting) -> Iterator[bytes]:
    """Yield the packs in order, made by as many hands as there are processors for."""
    global _held  # noqa: PLW0603 - what the hands inherit instead of being sent it
    _held = (table, columns, setting)
    _packed(0)  # the words of jobs and places are read once, and inherited too
    gc.freeze()
    starts = range(0, len(table.records), PACK)
    hands = min(_MOST_HANDS, len(os.sched_getaffinity(0)))
    with multiprocessing.get_context("fork").Pool(hands) as pool:
        yield from pool.imap(_packed, starts, chunksize=20)


def _packed(start: int) -> bytes:
    assert _held is not None
    return pickle.dumps(pack(*_held, start), pickle.HIGHEST_PROTOCOL)


def main() -> None:
    """Serve the process that started this one."""
    # Nothing else may write where the frames go.
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.disable()  # a table is millions of cells that all stay
    serve(sys.stdin.buffer, told)
