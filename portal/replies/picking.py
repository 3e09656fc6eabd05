"""Slots: picked, or neither; booked from the portal; cancelled by either side."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Booking, Slot
from portal.chains.engine import hear
from portal.chains.models import Enrolment
from portal.chains.rows import Rows
from portal.chains.rules import EnrolmentState
from portal.chains.turns import Event, Neither, Picked
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.conversations.queries import open_conversation_of, said_no
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.errors import NotFound, Refused
from portal.opportunities.queries import is_closed
from portal.postbox.rules import LetterKind
from portal.replies import letters
from portal.replies.becoming import WHY_NOT, Became, check_open
from portal.timeline.actions import record
from portal.timeline.who import Person, Who


def pick(session: Session, who: Who, ask: Ask, slot_id: int, *, now: datetime) -> Booking:
    """They picked a time: both sides get an invitation. Picking the same one again changes nothing.

    Raises SlotTaken when somebody else was faster, Refused when the question is closed or a talk stands already.
    """
    booked = _booked_here(session, ask)
    if booked is not None and booked.slot_id == slot_id:
        return booked
    if ask.question is not Question.SLOTS:
        raise NotFound
    check_open(session, ask, now=now)
    slot = session.get(Slot, slot_id)
    if slot is None or slot.staff_id != ask.owner_id:
        raise NotFound
    made = holding.book(session, who, slot_id, ask.talent_id, ask_id=ask.id, opportunity_id=ask.opportunity_id, now=now)
    ask.answer, ask.answered_at, ask.closed_at = Answer.YES, now, now
    session.add(ask)
    acted(session, who, ask.talent_id, now=now)
    _tell_step(session, who, ask, Picked(), now=now)
    tell_both(session, who, made, slot, now=now)
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


def slots_to_pick(session: Session, ask: Ask, *, now: datetime) -> list[Slot]:
    """Return what this person may pick: what is held for them, else what their recruiter has free."""
    held = [slot for slot in holding.held_for(session, ask.talent_id, now=now) if slot.staff_id == ask.owner_id]
    return held or holding.free_slots(session, ask.owner_id, now=now)[:6]


def picked(session: Session, ask: Ask) -> Slot | None:
    """Return the time picked in answer to this ask, while it stands."""
    booked = _booked_here(session, ask)
    return session.get(Slot, booked.slot_id) if booked is not None else None


def cancel_booking(session: Session, who: Who, talent_id: int, booking_id: int, *, now: datetime) -> None:
    """Cancel a booking; both sides are told, with the invitation's cancellation."""
    booked = holding.booking_of(session, talent_id, booking_id)
    by_talent = not (isinstance(who, Person) and who.is_staff)
    holding.cancel(session, who, booked, by="talent" if by_talent else "staff", now=now)
    session.flush()
    tell_both(session, who, booked, session.get_one(Slot, booked.slot_id), now=now)


def book_alone(session: Session, who: Person, slot_id: int, *, now: datetime) -> Booking:
    """A candidate books, from the portal, a free time of the recruiter they are talking with."""
    conversation = open_conversation_of(session, who.id)
    slot = session.get(Slot, slot_id, with_for_update=True)
    mine = (col(Booking.slot_id) == slot_id) & (col(Booking.talent_id) == who.id) & col(Booking.cancelled_at).is_(None)
    if (booked := session.exec(select(Booking).where(mine)).first()) is not None:
        return booked
    if conversation is None or slot is None or slot.staff_id != conversation.owner_id:
        raise NotFound
    if said_no(session, conversation):
        raise Refused("You told us no: nobody calls you. Change your answer first, or write to your recruiter.")
    if is_closed(session, conversation.opportunity_id):
        raise Refused(WHY_NOT[Became.NO_LONGER_OPEN])
    made = holding.book(session, who, slot_id, who.id, opportunity_id=conversation.opportunity_id, now=now)
    tell_both(session, who, made, slot, now=now)
    return made


def tell_both(session: Session, who: Who, booking: Booking, slot: Slot, *, now: datetime) -> None:
    """Send both sides the appointment as it now stands."""
    reader = readers(session, [booking.talent_id])[booking.talent_id]
    it = letters.Appointment(reader, author(session, booking.staff_id), slot, booking)
    to_talent, to_staff = (
        (letters.cancelled_for_talent, letters.cancelled_for_staff)
        if booking.cancelled_at
        else (letters.booked_for_talent, letters.booked_for_staff)
    )
    told = Request(
        kind=LetterKind.SERVICE,
        talent_id=booking.talent_id,
        purpose=letters.PURPOSE,
        opportunity_id=booking.opportunity_id,
        author_id=booking.staff_id,
    )
    colleague = Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id)
    put(session, who, [Draft(told, to_talent(it, now=now)), Draft(colleague, to_staff(it, now=now))], now=now)


def _booked_here(session: Session, ask: Ask) -> Booking | None:
    theirs = (col(Booking.ask_id) == ask.id) & col(Booking.cancelled_at).is_(None)
    return session.exec(select(Booking).where(theirs)).first()
