"""What a file says, kept small: who each line is about at hand, all else packed until it is asked for.

A small file is read here; a large one by a process of its own (`portal.imports.reader`), whose memory is given back.
"""

import pickle
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import portal
from portal.imports.lines import Line
from portal.imports.reader import PACK, Mark, Opening, Pack, Task, opening, pack, unpack
from portal.imports.reading.table import Trouble
from portal.kit.errors import Refused

LARGE = 400_000  # bytes from which a process of its own pays, and a worker rather than a page
_UNPACKED = 100  # packs at hand at once

Cells = Callable[[Sequence[int]], list[tuple[str, ...]]]


class Gathered:
    """The lines of a file in their order."""

    def __init__(self, head: Opening, cells: Cells) -> None:
        self.header, self.columns, self.count, self.notes = head.header, head.columns, head.count, head.notes
        self.marks: list[Mark] = []
        self.troubles: dict[int, Trouble] = {}
        self.stops: dict[int, Trouble] = {}
        self._cells = cells
        self._firsts: list[int] = []
        self._packed: list[bytes] = []
        self._unpacked = lru_cache(maxsize=_UNPACKED)(self._unpack)

    def add(self, more: Pack) -> None:
        """Take the next pack."""
        self.troubles |= more.troubles
        self.stops |= more.stops
        if more.marks:
            self.marks += more.marks
            self._firsts.append(more.marks[0].number)
            self._packed.append(more.lines)

    def lines(self, marks: Iterable[Mark]) -> tuple[Line, ...]:
        """Return all that these lines say."""
        return tuple(self._unpacked(bisect_right(self._firsts, mark.number) - 1)[mark.number] for mark in marks)

    def _unpack(self, place: int) -> dict[int, Line]:
        return {line.number: line for line in unpack(self._packed[place])}

    def cells(self, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return the cells of these records as the file has them."""
        return dict(zip(numbers, self._cells(numbers), strict=True)) if numbers else {}


@contextmanager
def gathered(task: Task, told: Callable[[int, int], None]) -> Iterator[Gathered]:
    """Read a file; `told(lines so far, lines of the file)` hears of it, and may end it by raising."""
    size = len(task.source) if isinstance(task.source, bytes) else task.source.stat().st_size
    with _far(task) if size >= LARGE else _here(task) as (head, packs, cells):
        found = Gathered(head, cells)
        for place, more in enumerate(packs, 1):
            found.add(more)
            told(min(place * PACK, found.count), found.count)
        yield found


_Read = tuple[Opening, Iterator[Pack], Cells]


@contextmanager
def _here(task: Task) -> Iterator[_Read]:
    table = task.table()
    columns = task.mapped(table)
    places = {record.number: place for place, record in enumerate(table.records)}
    yield (
        opening(table, columns),
        (pack(table, columns, task.setting, start) for start in range(0, len(table.records), PACK)),
        lambda numbers: [table.records[places[number]].cells for number in numbers],
    )


@contextmanager
def _far(task: Task) -> Iterator[_Read]:
    root = Path(portal.__file__).parents[1]
    reader = [sys.executable, "-c", "from portal.imports.reader import main; main()"]
    with subprocess.Popen(reader, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            ask, hear = process.stdin, process.stdout
            pickle.dump(task, ask)
            ask.flush()

            def cells(numbers: Sequence[int]) -> list[tuple[str, ...]]:
                pickle.dump(list(numbers), ask)
                ask.flush()
                answer: list[tuple[str, ...]] = _next(hear)
                return answer

            head: Opening = _next(hear)
            yield head, (_next(hear) for _ in range(0, head.count, PACK)), cells
        finally:
            process.kill()


def _next(hear: IO[bytes]) -> Any:  # noqa: ANN401 - a frame
    told = pickle.load(hear)  # noqa: S301 - from the process we started
    if isinstance(told, Refused):
        raise told
    return told
