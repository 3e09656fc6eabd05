"""Which times somebody is offered, and who is served with those that are free: pure, with or without a database."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HELD_AT_ONCE = 2
# Nobody is asked to talk before eight in the morning or after eight in the evening, where they live.
DAY_BEGINS, DAY_ENDS = time(8), time(20)
NOON = time(12)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one instant to another."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tell whether one person cannot be at both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who waits for two times that begin after an instant, in daylight where they live.

    Those in `offered` did not suit; at those of `busy` they have a talk already.
    """

    key: int
    after: datetime
    offered: AbstractSet[int] = frozenset()
    zone: str = "Europe/Paris"
    busy: Sequence[Span] = ()

    def choice(self, free: Mapping[int, Span]) -> list[int]:
        """Return the two of `free` (soonest first) that are put to them; [] where there are fewer."""
        return two_of({slot: span for slot, span in free.items() if self._suits(slot, span)}, self.zone)

    def _suits(self, slot: int, span: Span) -> bool:
        new = span.starts_at > self.after and slot not in self.offered
        return new and by_day(span, self.zone) and not any(span.overlaps(other) for other in self.busy)


def by_day(span: Span, zone: str) -> bool:
    """Tell whether all of it lies between eight and twenty o'clock of one day there."""
    (day, begins), (last, ends) = _local(span.starts_at, zone), _local(span.ends_at, zone)
    return day == last and begins >= DAY_BEGINS and ends <= DAY_ENDS


def two_of(times: Mapping[int, Span], zone: str) -> list[int]:
    """Return two times between which one can choose: the soonest, and one of the next day that has any.

    Of that day the other half is taken, if it has a time: who works in the mornings has an afternoon. Where all are on one
    day the two furthest apart are taken: the morning and the afternoon of it, if it has both.
    """
    if len(times) < HELD_AT_ONCE:
        return []
    first, *others = times
    day, at = _local(times[first].starts_at, zone)
    later = [slot for slot in others if _local(times[slot].starts_at, zone)[0] != day]
    if not later:
        return [first, others[-1]]
    next_day = _local(times[later[0]].starts_at, zone)[0]
    that_day = [slot for slot in later if _local(times[slot].starts_at, zone)[0] == next_day]
    other_half = [slot for slot in that_day if (_local(times[slot].starts_at, zone)[1] < NOON) != (at < NOON)]
    return [first, (other_half or that_day)[0]]


@lru_cache(maxsize=10_000)
def _local(at: datetime, zone: str) -> tuple[date, time]:
    there = at.astimezone(ZoneInfo(zone))
    return there.date(), there.time()


def served(wishes: Sequence[Wish], free: Mapping[int, Span]) -> list[int]:
    """Return the keys of those there are times for, in their order; `free` soonest first."""
    left, found = dict(free), []
    for wish in wishes:
        if chosen := wish.choice(left):
            found.append(wish.key)
            for slot in chosen:
                del left[slot]
    return found


def remind_at(starts_at: datetime, zone: str, opens: time, closes: time, days_off: AbstractSet[date]) -> datetime:
    """Return when somebody is reminded of a talk: at its hour the day before, within the hours one may write there.

    Of a talk on Monday on Saturday: never on a Sunday or a public holiday. `opens` and `closes` are the house's hours.
    """
    there = starts_at.astimezone(ZoneInfo(zone))
    day, at = there.date() - timedelta(days=1), there.time()
    while day.weekday() == 6 or day in days_off:
        day -= timedelta(days=1)
    if opens < closes:
        last = (datetime.combine(day, closes) - timedelta(hours=1)).time()
        at = min(max(at, opens), max(last, opens))
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
