"""Reads about slots and meetings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.booking.models import Booking, Hold, Slot
from portal.talents.models import Talent
from portal.timeline.who import Who


class SlotState(StrEnum):
    """Whether a slot can still be picked."""

    FREE = "free"
    HELD = "held"
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot; `talent_id` and `talent` say for whom it is held or who booked it, `until` the end of the hold."""

    id: int
    starts_at: datetime
    ends_at: datetime
    state: SlotState
    talent_id: int | None = None
    talent: str | None = None
    until: datetime | None = None
    booking_id: int | None = None
    zone: str | None = None


def slots_of(
    session: Session,
    who: Who,
    staff_id: int,
    *,
    now: datetime,
    until: datetime | None = None,
    withdrawn: bool = False,
) -> list[SlotRow]:
    """Return a recruiter's slots that have not ended, soonest first; with those taken back if `withdrawn`."""
    recruiter(who)
    living_booking = (col(Booking.slot_id) == col(Slot.id)) & col(Booking.cancelled_at).is_(None)
    living_hold = (col(Hold.slot_id) == col(Slot.id)) & col(Hold.released_at).is_(None) & (col(Hold.until) > now)
    talent_id = sa.func.coalesce(col(Booking.talent_id), col(Hold.talent_id))
    found = (
        sa.select(Slot, col(Booking.id), talent_id, _name(), col(Hold.until), col(Talent.zone))
        .outerjoin(Booking, living_booking)
        .outerjoin(Hold, living_hold)
        .outerjoin(Talent, col(Talent.id) == talent_id)
        .where(col(Slot.staff_id) == staff_id, col(Slot.ends_at) > now)
        .order_by(col(Slot.starts_at))
    )
    if until is not None:
        found = found.where(col(Slot.starts_at) < until)
    if not withdrawn:
        found = found.where(col(Slot.withdrawn_at).is_(None))
    return [_slot(*row) for row in session.execute(found)]


def _name() -> sa.ColumnElement[str]:
    return sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name))


def _slot(
    slot: Slot,
    booking_id: int | None,
    talent_id: int | None,
    name: str | None,
    until: datetime | None,
    zone: str | None,
) -> SlotRow:
    state = SlotState.FREE
    if slot.withdrawn_at is not None:
        state = SlotState.WITHDRAWN
    elif booking_id is not None:
        state = SlotState.BOOKED
    elif until is not None:
        state = SlotState.HELD
    return SlotRow(
        id=slot.id or 0,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        state=state,
        talent_id=talent_id,
        talent=name,
        until=until if state is SlotState.HELD else None,
        booking_id=booking_id,
        zone=zone,
    )


@dataclass(frozen=True, slots=True)
class Meeting:
    """One booking to come."""

    booking_id: int
    starts_at: datetime
    ends_at: datetime
    talent_id: int
    talent: str
    opportunity_id: int | None
    zone: str


def meetings_of(session: Session, who: Who, staff_id: int, *, now: datetime) -> list[Meeting]:
    """Return a recruiter's meetings that have not ended, soonest first."""
    recruiter(who)
    found = session.execute(
        select(Booking, Slot, _name(), Talent.zone)
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Talent, col(Talent.id) == col(Booking.talent_id))
        .where(col(Booking.staff_id) == staff_id, col(Booking.cancelled_at).is_(None), col(Slot.ends_at) > now)
        .order_by(col(Slot.starts_at))
    )
    return [
        Meeting(booking.id or 0, slot.starts_at, slot.ends_at, booking.talent_id, name, booking.opportunity_id, zone)
        for booking, slot, name, zone in found
    ]
