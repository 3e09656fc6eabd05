"""The records of a file, kept tight: a quarter of a million of them in some sixty bytes each beside their text."""

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

# Cells hold no such sign: a record with one is spoilt, and kept apart as it is.
_BETWEEN = "\x1f"


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

    __slots__ = ("_numbers", "_packed", "_spoilt")

    def __init__(self) -> None:
        self._numbers = array("L")
        self._packed: list[str] = []
        self._spoilt: dict[int, Record] = {}

    def add(self, record: Record) -> None:
        """Add one below the others."""
        if record.trouble is not None:
            self._spoilt[len(self._packed)] = record
        self._numbers.append(record.number)
        self._packed.append("" if record.trouble is not None else _BETWEEN.join(record.cells))

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
        return self._spoilt.get(place) or _unpacked(self._numbers[place], self._packed[place])

    def __iter__(self) -> Iterator[Record]:
        spoilt = self._spoilt
        for place, (number, packed) in enumerate(zip(self._numbers, self._packed, strict=True)):
            yield spoilt[place] if place in spoilt else _unpacked(number, packed)


def _unpacked(number: int, packed: str) -> Record:
    return Record(number, tuple(packed.split(_BETWEEN)))
