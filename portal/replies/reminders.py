"""A word to the candidate before each talk: the day before, within their hours."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.booking.models import Booking, Slot
from portal.booking.rules import remind_at
from portal.gate.actions import put
from portal.gate.law.hours import next_open, public_holidays
from portal.gate.requests import Draft
from portal.postbox import actions as postbox
from portal.replies import appointments
from portal.replies.talks import appointment, told_of
from portal.talents.models import Talent
from portal.timeline.who import System

# A talk settled less than a day ahead is fresh in mind.
FRESH = timedelta(days=1)
# A reminder looks back over a long week end.
LOOKS_AHEAD = timedelta(days=7)
ROUND = 200


def remind(session: Session, *, now: datetime) -> int:
    """Write to whoever has a talk tomorrow and was not reminded of it as it now stands; return how many were.

    Who would be written to on a Sunday or a public holiday is reminded the last day before. Should nobody have looked in time,
    it is not made up for at night. A reminder that has not left when its talk begins never will.
    """
    _take_back_late(session, now)
    people = _to_remind(session, now)
    for booking, slot in people:
        request = told_of(booking)
        booking.reminder_id = request.letter_id
        session.add(booking)
        content = appointments.reminder(appointment(session, booking, slot), now=now)
        put(session, System("reminder"), [Draft(request, content)], now=now)
    return len(people)


def _to_remind(session: Session, now: datetime) -> list[tuple[Booking, Slot]]:
    settled = sa.func.coalesce(col(Booking.moved_at), col(Booking.booked_at))
    living = col(Booking.cancelled_at).is_(None) & col(Booking.reminder_id).is_(None)
    soon = (col(Slot.starts_at) > now) & (col(Slot.starts_at) <= now + LOOKS_AHEAD)
    found = (
        sa.select(Booking, Slot, col(Talent.zone))
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Talent, col(Talent.id) == col(Booking.talent_id))
        .where(living, soon, settled <= col(Slot.starts_at) - FRESH, col(Talent.erased_at).is_(None))
        .order_by(col(Slot.starts_at))
        .limit(ROUND)
        .with_for_update(of=Booking, skip_locked=True)
    )
    return [(one, slot) for one, slot, zone in session.execute(found) if _is_time(session, one, slot, zone, now)]


def _is_time(session: Session, booking: Booking, slot: Slot, zone: str, now: datetime) -> bool:
    rules = house(session)
    hours = (rules.quiet_from, rules.quiet_to)
    days_off = public_holidays(now.year, zone)
    at = remind_at(slot.starts_at, zone, rules.quiet_to, rules.quiet_from, days_off)
    settled = booking.moved_at or booking.booked_at
    return settled < at <= now and next_open(now, zone, *hours, days_off) == now


def _take_back_late(session: Session, now: datetime) -> None:
    begun = (
        col(Booking.reminder_id).is_not(None) & (col(Slot.starts_at) <= now) & (col(Slot.starts_at) > now - LOOKS_AHEAD)
    )
    late = session.exec(select(Booking.reminder_id).join(Slot, col(Slot.id) == col(Booking.slot_id)).where(begun)).all()
    postbox.cancel_letters(session, [letter for letter in late if letter is not None], why="too_late")
