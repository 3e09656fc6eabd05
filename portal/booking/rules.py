"""Who is served with the times that are free: pure, for a world with or without a database."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

HELD_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who waits for two times that begin after `until`; those in `offered` did not suit."""

    key: int
    until: datetime
    offered: AbstractSet[int]


def served(wishes: Sequence[Wish], free: Mapping[int, datetime]) -> list[int]:
    """Return the keys of those there are times for, in their order; `free` tells when each begins, soonest first."""
    left, found = dict(free), []
    for wish in wishes:
        fitting = [slot for slot, begins in left.items() if begins > wish.until and slot not in wish.offered]
        if len(fitting) >= HELD_AT_ONCE:
            found.append(wish.key)
            for slot in fitting[:HELD_AT_ONCE]:
                del left[slot]
    return found
