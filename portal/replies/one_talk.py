"""What stands behind the link of a talk: the talk as it is now, and what its bearer may still do."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from portal.booking import openings
from portal.booking.models import Booking
from portal.booking.words import call
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.kit.zones import moment_in
from portal.postbox.rules import LinkPurpose
from portal.replies.queries import Granted, granted
from portal.replies.talks import appointment, may_book_again

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as its page tells it; `times` are those it may be moved to, or booked again, by slot id."""

    booking_id: int
    author: str
    house: str
    job: str
    when: str
    call: str
    over: bool
    off: bool
    by_us: bool
    times: list[tuple[int, str]]
    number_missing: bool


def granted_talk(session: Session, token: str, *, now: datetime) -> tuple[Granted, Booking]:
    """Return what a link grants and the talk it leads to; forged, foreign and erased are told alike. Changes nothing."""
    link = granted(session, token, LinkPurpose.BOOKING, now=now)
    booked = session.get(Booking, int(link.act.get("booking", 0)))
    if booked is None or booked.talent_id != link.grant.talent_id:
        raise NotFound
    # Once called off and booked again, the old link leads to the new talk.
    return link, (
        booked.cancelled_at and openings.talk_with(session, booked.talent_id, booked.staff_id, now=now)
    ) or booked


def talk_told(session: Session, booking: Booking, *, locale: str, now: datetime) -> Talk:
    """Return a talk in words, and the times it could be at instead."""
    it = appointment(session, booking)
    off = booking.cancelled_at is not None
    over = it.slot.ends_at <= now and not off
    open_ = not over and (not off or may_book_again(session, booking))
    free = openings.free_for(session, booking.staff_id, booking.talent_id, now=now)[:SHOWN] if open_ else []
    zone, other = it.reader.zone, it.author.zone
    return Talk(
        booking_id=saved(booking.id),
        author=it.author.name,
        house=it.author.house,
        job=it.job,
        when=moment_in(locale, it.slot.starts_at, zone, other, now),
        call=call(locale, it.author.name, it.slot, it.reader.phone),
        over=over,
        off=off,
        by_us=it.by_us,
        number_missing=not it.reader.phone,
        times=[(saved(slot.id), moment_in(locale, slot.starts_at, zone, other, now)) for slot in free],
    )
