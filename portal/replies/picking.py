"""Times put to somebody: picked, or neither."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.booking import holding, openings
from portal.booking.models import Booking, Slot
from portal.booking.words import call
from portal.chains.engine import hear
from portal.chains.models import Enrolment
from portal.chains.rows import Rows
from portal.chains.rules import EnrolmentState
from portal.chains.turns import Event, Neither, Picked
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.errors import NotFound
from portal.replies.becoming import check_open, what_became
from portal.replies.talks import book_alone, cancel_booking, tell_both
from portal.talents.actions import update_by_talent
from portal.talents.models import Talent
from portal.timeline.actions import record
from portal.timeline.who import Who

__all__ = [
    "book_alone",
    "cancel_booking",
    "neither",
    "pick",
    "picked",
    "slots_to_pick",
    "talk_of",
    "tell_both",
    "to_pick",
]

SHOWN = 6


def pick(session: Session, who: Who, ask: Ask, slot_id: int, *, now: datetime, phone: str = "") -> Booking:
    """They picked a time: both sides get an invitation. Picking the same one again changes nothing.

    `phone` is the number they gave to be called at, their own word. Raises SlotTaken when the time is not to be had,
    Refused when the question is closed or the number is none.
    """
    holding.lock_person(session, ask.talent_id)
    booked = _booked_here(session, ask)
    if booked is not None and booked.slot_id == slot_id:
        return booked
    if ask.question is not Question.SLOTS:
        raise NotFound
    check_open(session, ask, now=now)
    slot = session.get(Slot, slot_id)
    if slot is None or slot.staff_id != ask.owner_id:
        raise NotFound
    with session.begin_nested():  # a time that is gone keeps no number
        if phone.strip():
            update_by_talent(session, who, ask.talent_id, {"phone": phone}, now=now)
        made = holding.book(
            session, who, slot_id, ask.talent_id, ask_id=ask.id, opportunity_id=ask.opportunity_id, now=now
        )
    ask.answer, ask.answered_at, ask.closed_at = Answer.YES, now, now
    session.add(ask)
    acted(session, who, ask.talent_id, now=now)
    _tell_step(session, who, ask, Picked(), now=now)
    tell_both(session, who, made, now=now)
    return made


def neither(session: Session, who: Who, ask: Ask, *, now: datetime) -> bool:
    """Neither suits: hold two others once, then leave it to the recruiter; True when others are on their way."""
    if ask.question is not Question.SLOTS:
        raise NotFound
    if ask.answer is Answer.NO:
        return _offered_again(session, ask)
    check_open(session, ask, now=now)
    ask.answer, ask.answered_at, ask.closed_at = Answer.NO, now, now
    session.add(ask)
    record(session, who, "neither_slot", ask.talent_id, now=now, ask=ask.id)
    acted(session, who, ask.talent_id, now=now)
    _tell_step(session, who, ask, Neither(), now=now)
    return _offered_again(session, ask)


def _tell_step(session: Session, who: Who, ask: Ask, event: Event, *, now: datetime) -> None:
    session.flush()
    if ask.enrolment_id is not None:
        hear(Rows(session, who), [Heard(ask.enrolment_id, event, ask.step)], now)


def _offered_again(session: Session, ask: Ask) -> bool:
    """Tell whether they stand where times are offered: two others are on their way."""
    enrolment = session.get(Enrolment, ask.enrolment_id) if ask.enrolment_id is not None else None
    return enrolment is not None and enrolment.state is EnrolmentState.DUE and enrolment.step == ask.step


@dataclass(frozen=True, slots=True)
class ToPick:
    """What one may pick: times `held` for them alone until the deadline, or free ones that anybody may take first.

    `author` calls them, who lives by the clock of `zone`, at `phone`, if we know it.
    """

    slots: list[Slot]
    held: bool
    author: str
    zone: str
    phone: str


def to_pick(session: Session, ask: Ask, *, now: datetime) -> ToPick:
    """Return what this person may pick: what is held for them, else what their recruiter has free."""
    held = holding.held_for(session, ask.talent_id, way_id=ask.enrolment_id, now=now)
    held = [slot for slot in held if slot.staff_id == ask.owner_id]
    held = openings.possible(session, held, ask.talent_id, now=now)
    free = [] if held else openings.free_for(session, ask.owner_id, ask.talent_id, now=now)[:SHOWN]
    who, talent = session.get_one(Staff, ask.owner_id), session.get_one(Talent, ask.talent_id)
    return ToPick(held or free, bool(held), who.name, who.zone, talent.phone or "")


def call_told(offer: ToPick, locale: str) -> str:
    """Say that it is a call, how long, by whom, to which number."""
    return call(locale, offer.author, offer.slots[0], offer.phone) if offer.slots else ""


def still_open(session: Session, ask: Ask, *, now: datetime) -> bool:
    """Tell whether a time may still be picked."""
    return what_became(session, ask, now=now).open


def slots_to_pick(session: Session, ask: Ask, *, now: datetime) -> list[Slot]:
    """Return the times of `to_pick`."""
    return to_pick(session, ask, now=now).slots


def picked(session: Session, ask: Ask) -> Slot | None:
    """Return the time picked in answer to this ask, while it stands."""
    booked = _booked_here(session, ask)
    return session.get(Slot, booked.slot_id) if booked is not None else None


def talk_of(session: Session, ask: Ask) -> Booking | None:
    """Return the living talk picked in answer to this ask."""
    return _booked_here(session, ask)


def called_off(session: Session, ask: Ask) -> Booking | None:
    """Return the talk picked in answer to this ask that we called off."""
    ours = (col(Booking.ask_id) == ask.id) & (col(Booking.cancelled_by) == "staff")
    return session.exec(select(Booking).where(ours).order_by(col(Booking.id).desc())).first()


def _booked_here(session: Session, ask: Ask) -> Booking | None:
    theirs = (col(Booking.ask_id) == ask.id) & col(Booking.cancelled_at).is_(None)
    return session.exec(select(Booking).where(theirs)).first()
