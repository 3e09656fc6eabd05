"""The records of a file, kept tight: a quarter of a million of them in some sixty bytes each beside their text."""

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

# Next to no cell holds such a sign: a record with one is kept apart as it is.
_BETWEEN = "\x1f"
LONGEST_CELL = 10_000


class Trouble(NamedTuple):
    """One sentence (an English msgid) and what fills it."""

    sentence: str
    params: dict[str, str | int]


class Record(NamedTuple):
    """One record of the file: `number` is its first physical line (its row in a workbook), `cells` one a column."""

    number: int
    cells: tuple[str, ...]
    trouble: Trouble | None = None


class Records(Sequence[Record]):
    """All records in their order; each is unpacked when it is looked at."""

    __slots__ = ("_apart", "_numbers", "_packed")

    def __init__(self) -> None:
        self._numbers = array("L")
        self._packed: list[str] = []
        self._apart: dict[int, Record] = {}

    def add(self, record: Record) -> None:
        """Add one below the others; of a cell longer than any may be, no more is kept than tells that."""
        packed = _BETWEEN.join(record.cells)
        if len(packed) > LONGEST_CELL:
            record = record._replace(cells=tuple(cell[: LONGEST_CELL + 1] for cell in record.cells))
            packed = _BETWEEN.join(record.cells)
        if record.trouble is not None or packed.count(_BETWEEN) >= len(record.cells):
            self._apart[len(self._packed)], packed = record, ""
        self._numbers.append(record.number)
        self._packed.append(packed)

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        return self._apart.get(place) or _unpacked(self._numbers[place], self._packed[place])

    def __iter__(self) -> Iterator[Record]:
        apart = self._apart
        for place, (number, packed) in enumerate(zip(self._numbers, self._packed, strict=True)):
            yield apart[place] if place in apart else _unpacked(number, packed)


def _unpacked(number: int, packed: str) -> Record:
    return Record(number, tuple(packed.split(_BETWEEN)))
