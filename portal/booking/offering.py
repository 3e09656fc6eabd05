"""Times a recruiter offers: written in their own zone, kept in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.booking.models import Booking, Hold, Slot
from portal.kit.errors import NotFound, Refused
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Who

SHORTEST, LONGEST = 10, 240
MOST_SLOTS = 48
FURTHEST_DAYS = 365


@one_act(Slot, still=lambda slot: slot.withdrawn_at is None)
def offer(
    session: Session, who: Who, day: date, starts: time, ends: time, minutes: int, *, now: datetime
) -> list[Slot]:
    """Offer slots of `minutes`, one after the other, from `starts` to `ends` on `day` in the recruiter's own zone.

    Only whole slots count. Raises Refused, and offers nothing, where a time is past, does not exist that day (the
    night the clocks go forward) or overlaps a slot they already offer.
    """
    me = recruiter(who)
    times = _times(day, starts, ends, minutes, ZoneInfo(me.zone))
    _refuse_past(times[0][0], now)
    # Two windows of one recruiter at once would not see each other.
    session.exec(select(Staff.id).where(col(Staff.id) == me.id).with_for_update()).one()
    _refuse_overlap(session, me.id, times[0][0], times[-1][1])
    offered = _write(session, me.id, times)
    record(session, who, "slots_offered", None, now=now, day=day.isoformat(), slots=len(offered))
    return offered


def _times(day: date, starts: time, ends: time, minutes: int, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused("A slot lasts from {shortest} to {longest} minutes.", shortest=SHORTEST, longest=LONGEST)
    if ends <= starts:
        raise Refused("The end comes before the beginning: swap them or correct one.")
    first, last, length = _instant(day, starts, zone), _instant(day, ends, zone, late=True), timedelta(minutes=minutes)
    count = (last - first) // length
    if count < 1:
        raise Refused("No slot of {minutes} minutes fits between these times.", minutes=minutes)
    if count > MOST_SLOTS:
        raise Refused(
            "That makes more than {most} slots at once: take longer slots or a shorter time.", most=MOST_SLOTS
        )
    return [(first + n * length, first + (n + 1) * length) for n in range(count)]


def _instant(day: date, at: time, zone: ZoneInfo, *, late: bool = False) -> datetime:
    """Return the instant in UTC; `late` takes the second of two such times, the night the clocks go back."""
    local = datetime.combine(day, at.replace(tzinfo=None, fold=1 if late else 0), zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0):
        raise Refused("{time} does not exist that day: the clocks go forward. Choose another time.", time=f"{at:%H:%M}")
    return instant


def _refuse_past(first: datetime, now: datetime) -> None:
    if first <= now:
        raise Refused("This time is past: choose a later one.")
    if first > now + timedelta(days=FURTHEST_DAYS):
        raise Refused("This day is more than a year away: choose a nearer one.")


def _refuse_overlap(session: Session, staff_id: int, first: datetime, last: datetime) -> None:
    overlapping = (col(Slot.starts_at) < last) & (col(Slot.ends_at) > first)
    mine = (col(Slot.staff_id) == staff_id) & col(Slot.withdrawn_at).is_(None)
    if session.exec(select(Slot.id).where(mine, overlapping).limit(1)).first() is not None:
        raise Refused("You already offer a slot at this time: choose another time, or withdraw that slot first.")


def _write(session: Session, staff_id: int, times: list[tuple[datetime, datetime]]) -> list[Slot]:
    """A withdrawn slot that began at the same time is offered again, so that one time is one row."""
    rows = [{"staff_id": staff_id, "starts_at": start, "ends_at": end} for start, end in times]
    insert = pg.insert(Slot).values(rows)
    written = insert.on_conflict_do_update(
        index_elements=["staff_id", "starts_at"], set_={"ends_at": insert.excluded.ends_at, "withdrawn_at": None}
    ).returning(Slot)
    found = session.scalars(written, execution_options={"populate_existing": True}).all()
    return sorted(found, key=lambda slot: slot.starts_at)


def withdraw_slot(session: Session, who: Who, slot_id: int, *, now: datetime) -> None:
    """Take back one's own slot; Refused while someone holds or booked it. Pressing twice changes nothing."""
    slot = _mine(session, who, slot_id)
    if slot.withdrawn_at is not None:
        return
    if _booked(session, slot_id):
        raise Refused("Someone has booked this slot: cancel the meeting first, they will be told.")
    if _held(session, slot_id, now):
        raise Refused("This slot is held for someone who was just offered it: wait until they answer.")
    slot.withdrawn_at = now
    session.add(slot)
    record(session, who, "slot_withdrawn", None, now=now, slot=slot_id)


def offer_again(session: Session, who: Who, slot_id: int, *, now: datetime) -> None:
    """Undo `withdraw_slot`."""
    me, slot = recruiter(who), _mine(session, who, slot_id)
    if slot.withdrawn_at is None:
        return
    _refuse_past(slot.starts_at, now)
    session.exec(select(Staff.id).where(col(Staff.id) == me.id).with_for_update()).one()
    _refuse_overlap(session, me.id, slot.starts_at, slot.ends_at)
    slot.withdrawn_at = None
    session.add(slot)
    record(session, who, "slots_offered", None, now=now, day=slot.starts_at.date().isoformat(), slots=1)


def _mine(session: Session, who: Who, slot_id: int) -> Slot:
    """Lock it: whoever is booking it now is waited for."""
    me = recruiter(who)
    locked = select(Slot).where(col(Slot.id) == slot_id, col(Slot.staff_id) == me.id).with_for_update()
    found = session.exec(locked, execution_options={"populate_existing": True}).first()
    if found is None:
        raise NotFound
    return found


def _booked(session: Session, slot_id: int) -> bool:
    living = (col(Booking.slot_id) == slot_id) & col(Booking.cancelled_at).is_(None)
    return session.exec(select(Booking.id).where(living)).first() is not None


def _held(session: Session, slot_id: int, now: datetime) -> bool:
    living = (col(Hold.slot_id) == slot_id) & col(Hold.released_at).is_(None) & (col(Hold.until) > now)
    return session.exec(select(Hold.id).where(living)).first() is not None
