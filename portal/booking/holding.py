"""Slots held for one person until a deadline, and the one who books."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.access.models import Staff
from portal.booking.models import Booking, Hold, Slot
from portal.booking.openings import free, living_talks, talk_with, wishes
from portal.booking.rules import HELD_AT_ONCE
from portal.conversations.models import Ask
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Talent
from portal.timeline.actions import record
from portal.timeline.who import Person, Who

LOOKS = 10
# Of how many times that are free somebody's two are chosen.
CHOSEN_FROM = 200
TAKEN = "Someone has just taken this time. Here is what is still free."
GONE = "This time is no longer offered. Here is what is still free."
PAST = "This time is past. Here is what is still free."
TOO_SOON = "This time is too close now. Here is what is still free."
ELSEWHERE = "You have another talk at that time. Here is what is still free."
ONE_ALREADY = "You have a time already. Move that talk if another time suits you better."


class SlotTaken(Refused):
    """This time cannot be had, or not any more: what is still free is to be shown."""

    def __init__(self, sentence: str = TAKEN) -> None:
        super().__init__(sentence)


def hold_two(session: Session, staff_id: int, talent_id: int, *, until: datetime, now: datetime) -> list[Slot]:
    """Hold two of the owner's free slots for one person alone; hold nothing and return [] if there are fewer.

    A time held for them before did not suit and is not offered again. Nor is one that starts before the deadline `until`, or
    so soon after it that it could not be booked then: nobody should be asked to pick a time that is gone when they read.
    """
    two = _lock_two(session, staff_id, talent_id, until=until, now=now)
    if not two:
        return []
    release_expired(session, [slot.id for slot in two if slot.id is not None], now=now)
    session.add_all(Hold(slot_id=saved(slot.id), talent_id=talent_id, held_at=now, until=until) for slot in two)
    session.flush()
    return two


def _lock_two(session: Session, staff_id: int, talent_id: int, *, until: datetime, now: datetime) -> list[Slot]:
    """Lock the two free slots that make the best choice, or give up after a few looks.

    A slot may be taken between our look at it and our lock on it, so once it is locked we look again.
    """
    wish = wishes(session, [(0, talent_id, until)])[0]
    theirs = free(now).where(col(Slot.staff_id) == staff_id, col(Slot.starts_at) > wish.after)
    others_lock: set[int] = set()
    for _ in range(LOOKS):
        seen = session.exec(theirs.order_by(col(Slot.starts_at)).limit(CHOSEN_FROM))
        two = wish.choice({saved(slot.id): slot.span for slot in seen if slot.id not in others_lock})
        if not two:
            return []
        ours = select(Slot.id).where(col(Slot.id).in_(two)).order_by(col(Slot.starts_at))
        locked = set(session.exec(ours.with_for_update(of=Slot, skip_locked=True)))
        others_lock |= set(two) - locked
        still = session.exec(free(now).where(col(Slot.id).in_(locked)).order_by(col(Slot.starts_at))).all()
        if len(still) == HELD_AT_ONCE:
            return list(still)
    return []


def offered(session: Session, letter_ids: Sequence[uuid.UUID]) -> None:
    """Say of the times just held which question offers them: those of another job's offer are not its own."""
    session.execute(_OFFERED, {"letters": list(letter_ids)})


_OFFERED = sa.text(
    """
    UPDATE hold h SET ask_id = a.id FROM ask a, slot s
     WHERE a.letter_id = ANY (:letters) AND a.question = 'slots' AND h.talent_id = a.talent_id
       AND h.released_at IS NULL AND h.ask_id IS NULL AND s.id = h.slot_id AND s.staff_id = a.owner_id
    """
)


def held_for(session: Session, talent_id: int, *, way_id: int | None = None, now: datetime) -> list[Slot]:
    """Return the slots held for this person now, of one way through a launch if it is named."""
    theirs = of([talent_id], None if way_id is None else [way_id]) & (col(Hold.until) > now)
    held = select(Slot).join(Hold, col(Hold.slot_id) == col(Slot.id)).where(theirs)
    return list(session.exec(held.order_by(col(Slot.starts_at))))


def of(talent_ids: Sequence[int], way_ids: Sequence[int] | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a time is held for one of these people, on one of these ways if they are named."""
    theirs = among(col(Hold.talent_id), set(talent_ids)) & col(Hold.released_at).is_(None)
    if way_ids is None:
        return theirs
    asked = select(Ask.id).where(among(col(Ask.enrolment_id), set(way_ids)))
    return theirs & (col(Hold.ask_id).is_(None) | col(Hold.ask_id).in_(asked))


def release(session: Session, talent_id: int, *, now: datetime) -> None:
    """Let go of everything held for this person."""
    release_all(session, [talent_id], now=now)


def release_all(
    session: Session, talent_ids: Sequence[int], way_ids: Sequence[int] | None = None, *, now: datetime
) -> None:
    """Let go of everything held for these people, on these ways."""
    session.execute(sa.update(Hold).where(of(talent_ids, way_ids)).values(released_at=now))


def forget_all(
    session: Session, talent_ids: Sequence[int], way_ids: Sequence[int] | None = None, *, now: datetime
) -> None:
    """Let go of what is held for these people and was never shown to them: it may be offered to them another time."""
    session.execute(sa.delete(Hold).where(of(talent_ids, way_ids), col(Hold.held_at) <= now))


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
    """Book a slot that is free or held for this person; SlotTaken if it is not to be had, or not any more.

    Of several people the winner is decided by the unique index on living bookings, not by looking first; one person is
    locked meanwhile, so that they never have two talks at one time, nor two with one recruiter (Refused).
    """
    slot = _take(session, who, slot_id, talent_id, now=now)
    if talk_with(session, talent_id, slot.staff_id, now=now) is not None:
        raise Refused(ONE_ALREADY)
    booked = Booking(
        slot_id=slot_id,
        talent_id=talent_id,
        staff_id=slot.staff_id,
        ask_id=ask_id,
        opportunity_id=opportunity_id,
        booked_at=now,
        calendar_uid=str(uuid4()),
    )
    _write(session, booked)
    _release_of(session, slot.staff_id, talent_id, now)
    record(session, who, "slot_booked", talent_id, now=now, **_told(session, slot, talent_id))
    return booked


def move(session: Session, who: Who, booking: Booking, slot_id: int, *, now: datetime) -> Slot:
    """Move a living talk to another time of the same recruiter, in one act: the old time is free once the new one is theirs.

    `booking` comes locked from `booking_of`. SlotTaken if the time is not to be had; then the talk stands where it was.
    """
    slot = _take(session, who, slot_id, booking.talent_id, now=now, moving=booking)
    if slot.staff_id != booking.staff_id:
        raise NotFound
    _write(session, booking, slot_id=slot_id, moved_at=now, sequence=booking.sequence + 1)
    _release_of(session, slot.staff_id, booking.talent_id, now)
    record(session, who, "booking_moved", booking.talent_id, now=now, **_told(session, slot, booking.talent_id))
    return slot


def _release_of(session: Session, staff_id: int, talent_id: int, now: datetime) -> None:
    """Let go of what one recruiter keeps for them: with that one they talk now."""
    theirs = col(Hold.slot_id).in_(select(Slot.id).where(col(Slot.staff_id) == staff_id))
    session.execute(sa.update(Hold).where(of([talent_id]), theirs).values(released_at=now))


def _told(session: Session, slot: Slot, talent_id: int) -> dict[str, Any]:
    """Return what the timeline tells of a time: when, and by which clocks the two live."""
    zones = [session.get_one(Staff, slot.staff_id).zone, session.get_one(Talent, talent_id).zone]
    return {"slot": slot.id, "starts_at": slot.starts_at.isoformat(), "zones": zones}


def _take(
    session: Session, who: Who, slot_id: int, talent_id: int, *, now: datetime, moving: Booking | None = None
) -> Slot:
    """Lock the person, then the time, and see that the one may have the other. Staff may take a time at short notice."""
    lock_person(session, talent_id)
    slot = session.get(Slot, slot_id, with_for_update=True, populate_existing=True)
    if slot is None:
        raise NotFound
    if slot.withdrawn_at is not None:
        raise SlotTaken(GONE)
    by_hand = isinstance(who, Person) and who.is_staff
    notice = timedelta(0) if by_hand else timedelta(hours=house(session).notice_hours)
    if slot.starts_at <= now:
        raise SlotTaken(PAST)
    if slot.starts_at < now + notice:
        raise SlotTaken(TOO_SOON)
    if _held_for_another(session, slot_id, talent_id, now):
        raise SlotTaken
    others = [other for other, booked in living_talks(session, talent_id, now) if booked is not moving]
    if any(other.staff_id != slot.staff_id and other.span.overlaps(slot.span) for other in others):
        raise SlotTaken(ELSEWHERE)
    return slot


def lock_person(session: Session, talent_id: int) -> None:
    """Hold off whoever books, moves or plans for this person (in the order of the gate: the person first)."""
    theirs = select(Talent.id).where(col(Talent.id) == talent_id).with_for_update(key_share=True)
    session.exec(theirs).one()


def _write(session: Session, booking: Booking, **changes: object) -> None:
    """Write it down inside a savepoint, for the index may say no."""
    try:
        with session.begin_nested():
            for column, value in changes.items():
                setattr(booking, column, value)
            session.add(booking)
            session.flush()
    except IntegrityError as lost:
        raise SlotTaken from lost


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
