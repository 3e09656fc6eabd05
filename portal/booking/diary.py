"""The times of recruiters in memory: what `portal.booking.holding` does in the database, without one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.booking.models import Slot
from portal.booking.rules import Span, Wish


@dataclass(slots=True)
class Held:
    """A time kept for one person; what was offered once is not offered to them again."""

    slot_id: int
    talent_id: int
    until: datetime
    way_id: int = 0
    released: bool = False


@dataclass(slots=True)
class Diary:
    """What each recruiter has free, soonest first, for whom some of it is kept, and who has a talk when.

    `notice`: how long before a time begins it may still be taken.
    """

    slots: dict[int, list[Slot]]
    notice: timedelta = timedelta(0)
    talks: dict[int, list[Span]] = field(default_factory=dict)  # by talent, what stood before
    holds: list[Held] = field(default_factory=list)
    booked: dict[int, int] = field(default_factory=dict)  # by time, the way it was picked on
    booked_by: dict[int, int] = field(default_factory=dict)  # by time, the talent

    def free(self, owner_id: int, *, now: datetime) -> dict[int, Span]:
        """Return the owner's times to come that nobody has."""
        kept = {held.slot_id for held in self.holds if not held.released and held.until > now} | self.booked.keys()
        coming = [slot for slot in self.slots.get(owner_id, []) if slot.starts_at >= now + self.notice]
        return {slot.id: slot.span for slot in coming if slot.id is not None and slot.id not in kept}

    def wish(self, key: int, talent_id: int, until: datetime, zone: str) -> Wish:
        """Return what somebody who waits for times would take."""
        offered = {held.slot_id for held in self.holds if held.talent_id == talent_id}
        here = {slot_id for slot_id, booked_by in self.booked_by.items() if booked_by == talent_id}
        busy = [slot.span for slots in self.slots.values() for slot in slots if slot.id in here]
        return Wish(key, until + self.notice, offered, zone, [*self.talks.get(talent_id, ()), *busy])

    def hold_two(
        self, owner_id: int, talent_id: int, way_id: int, *, until: datetime, zone: str, now: datetime
    ) -> list[Slot]:
        """Hold two of the owner's times for one person alone; hold nothing and return [] if there are fewer."""
        two = self.wish(0, talent_id, until, zone).choice(self.free(owner_id, now=now))
        self.holds += [Held(slot_id, talent_id, until, way_id) for slot_id in two]
        return [slot for slot in self.slots.get(owner_id, []) if slot.id in two]

    def held_for(self, talent_id: int, *, now: datetime) -> list[int]:
        """Return the times held for this person now."""
        return [
            one.slot_id for one in self.holds if one.talent_id == talent_id and not one.released and one.until > now
        ]

    def book(self, talent_id: int, slot_id: int, way_id: int) -> None:
        """Book a time."""
        self.booked[slot_id], self.booked_by[slot_id] = way_id, talent_id
        self.release(way_id)

    def call_off(self, way_id: int) -> None:
        """Let what was booked on a way be free again."""
        self.booked = {slot: way for slot, way in self.booked.items() if way != way_id}
        self.booked_by = {slot: talent for slot, talent in self.booked_by.items() if slot in self.booked}

    def release(self, way_id: int, *, seen: bool = True) -> None:
        """Let go of everything held on a way; what they have not `seen` may be offered to them another time."""
        if not seen:
            self.holds = [held for held in self.holds if held.way_id != way_id or held.released]
        for held in self.holds:
            held.released = held.released or held.way_id == way_id
