"""The times of recruiters in memory: what `portal.booking.holding` does in the database, without one."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.booking.models import Slot
from portal.booking.rules import HELD_AT_ONCE, Wish


@dataclass(slots=True)
class Held:
    """A time kept for one person; what was offered once is not offered to them again."""

    slot_id: int
    talent_id: int
    until: datetime
    released: bool = False


@dataclass(slots=True)
class Diary:
    """What each recruiter has free, soonest first, and for whom some of it is kept."""

    slots: dict[int, list[Slot]]
    holds: list[Held] = field(default_factory=list)
    booked: dict[int, int] = field(default_factory=dict)  # by time, the way it was picked on

    def free(self, owner_id: int, *, now: datetime) -> dict[int, Slot]:
        """Return the owner's times to come that nobody has."""
        kept = {held.slot_id for held in self.holds if not held.released and held.until > now} | self.booked.keys()
        theirs = self.slots.get(owner_id, [])
        return {
            slot.id: slot for slot in theirs if slot.id is not None and slot.starts_at > now and slot.id not in kept
        }

    def wish(self, key: int, talent_id: int, until: datetime) -> Wish:
        """Return what somebody who waits for times would take."""
        return Wish(key, until, {held.slot_id for held in self.holds if held.talent_id == talent_id})

    def hold_two(self, owner_id: int, talent_id: int, *, until: datetime, now: datetime) -> list[Slot]:
        """Hold the owner's next two for one person alone; hold nothing and return [] if there are fewer."""
        wish = self.wish(0, talent_id, until)
        free = self.free(owner_id, now=now).items()
        two = [slot for id_, slot in free if slot.starts_at > until and id_ not in wish.offered][:HELD_AT_ONCE]
        if len(two) < HELD_AT_ONCE:
            return []
        self.holds += [Held(slot.id or 0, talent_id, until) for slot in two]
        return two

    def held_for(self, talent_id: int, *, now: datetime) -> list[int]:
        """Return the times held for this person now."""
        return [
            one.slot_id for one in self.holds if one.talent_id == talent_id and not one.released and one.until > now
        ]

    def book(self, talent_id: int, slot_id: int, way_id: int) -> None:
        """Book a time."""
        self.booked[slot_id] = way_id
        self.release(talent_id)

    def call_off(self, way_id: int) -> None:
        """Let what was booked on a way be free again."""
        self.booked = {slot: way for slot, way in self.booked.items() if way != way_id}

    def release(self, talent_id: int, *, seen: bool = True) -> None:
        """Let go of everything held for this person; what they have not `seen` may be offered to them another time."""
        if not seen:
            self.holds = [held for held in self.holds if held.talent_id != talent_id or held.released]
        for held in self.holds:
            held.released = held.released or held.talent_id == talent_id
