"""Which times are free, and which of them one person could take."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.access.house import house
from portal.booking.models import Booking, Hold, Slot
from portal.booking.rules import Span, Wish, by_day
from portal.kit.bulk import among
from portal.talents.models import Talent


def wishes(session: Session, wanted: Sequence[tuple[int, int, datetime]]) -> list[Wish]:
    """Return what these people would take: (a key, whose talent id it is, until when two times would be held)."""
    people = {talent for _, talent, _ in wanted}
    zones = dict(
        session.execute(sa.select(col(Talent.id), col(Talent.zone)).where(among(col(Talent.id), people))).all()
    )
    offered, busy = _offered(session, people), talks_of(session, list(people))
    notice = timedelta(hours=house(session).notice_hours)
    return [Wish(key, until + notice, offered[who], zones[who], busy[who]) for key, who, until in wanted]


def _offered(session: Session, talent_ids: set[int]) -> dict[int, set[int]]:
    """Return the times each of these people was offered before: they did not suit."""
    found: dict[int, set[int]] = defaultdict(set)
    theirs = among(col(Hold.talent_id), talent_ids)
    for talent, slot in session.execute(sa.select(col(Hold.talent_id), col(Hold.slot_id)).where(theirs)):
        found[talent].add(slot)
    return found


def talks_of(session: Session, talent_ids: Sequence[int]) -> dict[int, list[Span]]:
    """Return when each of these people has a talk, with whomever."""
    found: dict[int, list[Span]] = defaultdict(list)
    living = among(col(Booking.talent_id), talent_ids) & col(Booking.cancelled_at).is_(None)
    booked = sa.select(col(Booking.talent_id), Slot).join(Slot, col(Slot.id) == col(Booking.slot_id))
    for talent, slot in session.execute(booked.where(living)):
        found[talent].append(slot.span)
    return found


def free(now: datetime) -> SelectOfScalar[Slot]:
    """Ask for the slots nobody holds or booked."""
    booked = sa.exists().where(col(Booking.slot_id) == col(Slot.id), col(Booking.cancelled_at).is_(None))
    held = sa.exists().where(col(Hold.slot_id) == col(Slot.id), col(Hold.released_at).is_(None), col(Hold.until) > now)
    return select(Slot).where(col(Slot.withdrawn_at).is_(None), col(Slot.starts_at) > now, ~booked, ~held)


def free_slots(session: Session, staff_id: int, *, now: datetime) -> list[Slot]:
    """Return the slots nobody holds or booked and that can still be booked, soonest first."""
    from_ = now + timedelta(hours=house(session).notice_hours)
    theirs = free(now).where(col(Slot.staff_id) == staff_id, col(Slot.starts_at) >= from_)
    return list(session.exec(theirs.order_by(col(Slot.starts_at))))


def free_for(session: Session, staff_id: int, talent_id: int, *, now: datetime) -> list[Slot]:
    """Return the free slots one person may take, soonest first, but for those this recruiter called off with them."""
    off = (col(Booking.talent_id) == talent_id) & (col(Booking.cancelled_by) == "staff")
    called_off = set(session.exec(select(Booking.slot_id).where(off)))
    open_ = [slot for slot in free_slots(session, staff_id, now=now) if slot.id not in called_off]
    return possible(session, open_, talent_id, now=now)


def possible(session: Session, slots: Sequence[Slot], talent_id: int, *, now: datetime) -> list[Slot]:
    """Return those of these slots one person can take: far enough, in daylight where they live, with no talk of theirs then.

    The talk they have with the same recruiter does not count: it would be moved.
    """
    zone, nearest = session.get_one(Talent, talent_id).zone, now + timedelta(hours=house(session).notice_hours)
    talks = [(talk.span, booked.staff_id) for talk, booked in living_talks(session, talent_id, now)]
    return [
        slot
        for slot in slots
        if slot.starts_at >= nearest
        and by_day(slot.span, zone)
        and not any(slot.span.overlaps(span) for span, staff_id in talks if staff_id != slot.staff_id)
    ]


def living_talks(session: Session, talent_id: int, now: datetime) -> list[tuple[Slot, Booking]]:
    """Return someone's talks that are not over."""
    living = (col(Booking.talent_id) == talent_id) & col(Booking.cancelled_at).is_(None) & (col(Slot.ends_at) > now)
    found = session.exec(select(Slot, Booking).join(Booking, col(Booking.slot_id) == col(Slot.id)).where(living))
    return list(found.all())


def talk_with(session: Session, talent_id: int, staff_id: int, *, now: datetime) -> Booking | None:
    """Return the one talk this person has with this recruiter that is not over."""
    return next((booked for _, booked in living_talks(session, talent_id, now) if booked.staff_id == staff_id), None)
