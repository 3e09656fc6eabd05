"""Slots held for one person until a deadline, and the one who books."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.booking.models import Booking, Hold, Slot
from portal.booking.rules import HELD_AT_ONCE
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.timeline.actions import record
from portal.timeline.who import Who

LOOKS = 10
TAKEN = "Someone has just taken this time. Here is what is still free."


class SlotTaken(Refused):
    """Two people pressed at once and the other was faster."""

    def __init__(self) -> None:
        super().__init__(TAKEN)


def hold_two(session: Session, staff_id: int, talent_id: int, *, until: datetime, now: datetime) -> list[Slot]:
    """Hold the owner's next two free slots for one person alone; hold nothing and return [] if there are fewer.

    A time held for them before did not suit and is not offered again. Nor is one that starts before the deadline `until`:
    nobody should be asked to pick a time that is gone when they read.
    """
    free = _lock_free(session, staff_id, talent_id, until=until, now=now)
    if not free:
        return []
    release_expired(session, [slot.id for slot in free if slot.id is not None], now=now)
    session.add_all(Hold(slot_id=saved(slot.id), talent_id=talent_id, held_at=now, until=until) for slot in free)
    session.flush()
    return free


def _lock_free(session: Session, staff_id: int, talent_id: int, *, until: datetime, now: datetime) -> list[Slot]:
    """Lock the next two free slots, or give up after a few looks.

    A slot may be taken between our look at it and our lock on it, so once it is locked we look again.
    """
    offered = sa.exists().where(col(Hold.slot_id) == col(Slot.id), col(Hold.talent_id) == talent_id)
    theirs = _free(now).where(col(Slot.staff_id) == staff_id, col(Slot.starts_at) > until, ~offered)
    next_two = theirs.order_by(col(Slot.starts_at)).limit(HELD_AT_ONCE).with_for_update(of=Slot, skip_locked=True)
    for _ in range(LOOKS):
        seen = [slot.id for slot in session.exec(next_two)]
        if len(seen) < HELD_AT_ONCE:
            return []
        free = session.exec(_free(now).where(col(Slot.id).in_(seen)).order_by(col(Slot.starts_at))).all()
        if len(free) == HELD_AT_ONCE:
            return list(free)
    return []


def _free(now: datetime) -> SelectOfScalar[Slot]:
    booked = sa.exists().where(col(Booking.slot_id) == col(Slot.id), col(Booking.cancelled_at).is_(None))
    held = sa.exists().where(col(Hold.slot_id) == col(Slot.id), col(Hold.released_at).is_(None), col(Hold.until) > now)
    return select(Slot).where(col(Slot.withdrawn_at).is_(None), col(Slot.starts_at) > now, ~booked, ~held)


def free_slots(session: Session, staff_id: int, *, now: datetime) -> list[Slot]:
    """Return the slots nobody holds or booked, soonest first."""
    return list(session.exec(_free(now).where(col(Slot.staff_id) == staff_id).order_by(col(Slot.starts_at))))


def held_for(session: Session, talent_id: int, *, now: datetime) -> list[Slot]:
    """Return the slots held for this person now."""
    theirs = (col(Hold.talent_id) == talent_id) & col(Hold.released_at).is_(None) & (col(Hold.until) > now)
    held = select(Slot).join(Hold, col(Hold.slot_id) == col(Slot.id)).where(theirs)
    return list(session.exec(held.order_by(col(Slot.starts_at))))


def release(session: Session, talent_id: int, *, now: datetime) -> None:
    """Let go of everything held for this person."""
    release_all(session, [talent_id], now=now)


def release_all(session: Session, talent_ids: Sequence[int], *, now: datetime) -> None:
    """Let go of everything held for these people."""
    theirs = among(col(Hold.talent_id), set(talent_ids)) & col(Hold.released_at).is_(None)
    session.execute(sa.update(Hold).where(theirs).values(released_at=now))


def forget_all(session: Session, talent_ids: Sequence[int], *, now: datetime) -> None:
    """Let go of what is held for these people and was never shown to them: it may be offered to them another time."""
    theirs = among(col(Hold.talent_id), set(talent_ids)) & col(Hold.released_at).is_(None) & (col(Hold.held_at) <= now)
    session.execute(sa.delete(Hold).where(theirs))


def release_expired(session: Session, slot_ids: Sequence[int] | None = None, *, now: datetime) -> None:
    """Let go of holds whose deadline has passed (all, or those on some slots)."""
    past = col(Hold.released_at).is_(None) & (col(Hold.until) <= now)
    if slot_ids is not None:
        past &= col(Hold.slot_id).in_(slot_ids)
    session.execute(sa.update(Hold).where(past).values(released_at=now))


def book(
    session: Session,
    who: Who,
    slot_id: int,
    talent_id: int,
    *,
    now: datetime,
    ask_id: int | None = None,
    opportunity_id: int | None = None,
) -> Booking:
    """Book a slot that is free or held for this person; SlotTaken if anyone else was faster.

    The winner is decided by the unique index on living bookings, not by looking first.
    """
    slot = session.get(Slot, slot_id, with_for_update=True)
    if slot is None or slot.withdrawn_at is not None:
        raise NotFound
    if slot.starts_at <= now:
        raise Refused("This time is past. Here is what is still free.")
    if _held_for_another(session, slot_id, talent_id, now):
        raise SlotTaken
    booked = Booking(
        slot_id=slot_id,
        talent_id=talent_id,
        staff_id=slot.staff_id,
        ask_id=ask_id,
        opportunity_id=opportunity_id,
        booked_at=now,
        calendar_uid=str(uuid4()),
    )
    try:
        with session.begin_nested():
            session.add(booked)
            session.flush()
    except IntegrityError as lost:
        raise SlotTaken from lost
    release(session, talent_id, now=now)
    record(session, who, "slot_booked", talent_id, now=now, slot=slot_id, starts_at=slot.starts_at.isoformat())
    return booked


def _held_for_another(session: Session, slot_id: int, talent_id: int, now: datetime) -> bool:
    others = (
        (col(Hold.slot_id) == slot_id)
        & (col(Hold.talent_id) != talent_id)
        & col(Hold.released_at).is_(None)
        & (col(Hold.until) > now)
    )
    return session.exec(select(Hold.id).where(others)).first() is not None


def cancel(session: Session, who: Who, booking: Booking, *, by: str, now: datetime) -> None:
    """Give a booked slot back; the invitation's next version cancels it."""
    booking.cancelled_at, booking.cancelled_by, booking.sequence = now, by, booking.sequence + 1
    session.add(booking)
    record(session, who, "booking_cancelled", booking.talent_id, now=now, slot=booking.slot_id, by=by)


def coming(session: Session, talent_id: int, *, now: datetime, lock: bool = False) -> list[Booking]:
    """Return this person's talks to come, soonest first."""
    booked = select(Booking).join(Slot, col(Slot.id) == col(Booking.slot_id))
    booked = booked.with_for_update(of=Booking) if lock else booked
    theirs = (col(Booking.talent_id) == talent_id) & col(Booking.cancelled_at).is_(None) & (col(Slot.starts_at) > now)
    return list(session.exec(booked.where(theirs).order_by(col(Slot.starts_at))))


def booking_of(session: Session, talent_id: int, booking_id: int) -> Booking:
    """Return this person's living booking, locked; NotFound if it is not theirs."""
    theirs = (col(Booking.id) == booking_id) & (col(Booking.talent_id) == talent_id)
    found = session.exec(select(Booking).where(theirs, col(Booking.cancelled_at).is_(None)).with_for_update()).first()
    if found is None:
        raise NotFound
    return found
