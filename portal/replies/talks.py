"""A talk that is settled: booked by either side, moved, called off; both are told, with the invitation as it now stands."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.booking import holding, openings
from portal.booking.models import Booking, Slot
from portal.chains.engine import hear
from portal.chains.models import Enrolment, Launch
from portal.chains.rows import Rows
from portal.chains.rules import EnrolmentState
from portal.chains.turns import Picked
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations import actions as conversations
from portal.conversations.models import Ask
from portal.conversations.queries import open_conversation_of, said_no
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import is_closed
from portal.postbox import actions as postbox
from portal.postbox.rules import LetterKind
from portal.replies import appointments
from portal.replies.becoming import WHY_NOT, Became
from portal.replies.letters import PURPOSE
from portal.talents.actions import update_by_talent
from portal.timeline.who import LinkGrant, Person, Who

LONGEST_WORDS = 1000


def book_alone(session: Session, who: Person, slot_id: int, *, now: datetime) -> Booking:
    """A candidate books, from the portal, a free time of the recruiter they are talking with; once, however often pressed."""
    conversation = open_conversation_of(session, who.id)
    slot = session.get(Slot, slot_id)
    if conversation is None or slot is None or slot.staff_id != conversation.owner_id:
        raise NotFound
    if said_no(session, conversation):
        raise Refused("You told us no: nobody calls you. Change your answer first, or write to your recruiter.")
    if is_closed(session, conversation.opportunity_id):
        raise Refused(WHY_NOT[Became.NO_LONGER_OPEN])
    holding.lock_person(session, who.id)
    standing = openings.talk_with(session, who.id, slot.staff_id, now=now)
    if standing is not None and standing.slot_id == slot_id:
        return standing
    return booked(session, who, who.id, slot_id, conversation.opportunity_id, now=now)


def book_again(session: Session, who: Who, booking: Booking, slot_id: int, *, now: datetime) -> Booking:
    """Whoever had a talk that was called off picks another time of the same recruiter."""
    standing = openings.talk_with(session, booking.talent_id, booking.staff_id, now=now)
    if standing is not None and standing.slot_id == slot_id:
        return standing
    slot = session.get(Slot, slot_id)
    if slot is None or slot.staff_id != booking.staff_id or not may_book_again(session, booking):
        raise NotFound
    return booked(session, who, booking.talent_id, slot_id, booking.opportunity_id, now=now, ask_id=booking.ask_id)


def may_book_again(session: Session, booking: Booking) -> bool:
    """Tell whether the two are still talking, they said no to nothing, and the job is still open."""
    talk = open_conversation_of(session, booking.talent_id)
    if talk is None or talk.owner_id != booking.staff_id or said_no(session, talk):
        return False
    return not is_closed(session, booking.opportunity_id)


def booked(
    session: Session,
    who: Who,
    talent_id: int,
    slot_id: int,
    opportunity_id: int | None,
    *,
    now: datetime,
    ask_id: int | None = None,
) -> Booking:
    """Book a time, let their ways through launches go on, and tell both."""
    made = holding.book(session, who, slot_id, talent_id, opportunity_id=opportunity_id, ask_id=ask_id, now=now)
    _go_on(session, who, made, now=now)
    if _is_theirs(who):
        acted(session, who, talent_id, now=now)
    tell_both(session, who, made, now=now)
    return made


def _go_on(session: Session, who: Who, booking: Booking, *, now: datetime) -> None:
    """Whoever waited for times of this recruiter, or was asked to pick one, has one now."""
    ours = (col(Enrolment.talent_id) == booking.talent_id) & (col(Launch.owner_id) == booking.staff_id)
    ways = select(Enrolment.id).join(Launch, col(Launch.id) == col(Enrolment.launch_id))
    on_the_way = ours & (col(Enrolment.state) != EnrolmentState.ENDED)
    world, ids = Rows(session, who), [saved(way) for way in session.exec(ways.where(on_the_way))]
    at_times = [id_ for id_, way in world.ways(ids).items() if way.step.NEEDS_TIMES]
    asked = (col(Ask.talent_id) == booking.talent_id) & (col(Ask.owner_id) == booking.staff_id)
    open_ = asked & (col(Ask.question) == Question.SLOTS) & col(Ask.closed_at).is_(None)
    for ask in session.exec(select(Ask).where(open_)):
        ask.answer, ask.answered_at, ask.closed_at = Answer.YES, now, now
        session.add(ask)
    postbox.cancel_for_enrolments(session, at_times, why="booked")
    session.flush()
    hear(world, [Heard(id_, Picked()) for id_ in at_times], now)


def move_booking(
    session: Session, who: Who, talent_id: int, booking_id: int, slot_id: int, *, now: datetime
) -> Booking:
    """Move a talk to another time of the same recruiter, in one act; pressed twice, once. SlotTaken: it stands where it was."""
    holding.lock_person(session, talent_id)
    booked = holding.booking_of(session, talent_id, booking_id)
    if booked.slot_id == slot_id:
        return booked
    if session.get_one(Slot, booked.slot_id).ends_at <= now:
        raise Refused("This talk is over.")
    holding.move(session, who, booked, slot_id, now=now)
    take_back_news(session, booked)
    if _is_theirs(who):
        acted(session, who, talent_id, now=now)
    tell_both(session, who, booked, now=now)
    return booked


def cancel_booking(
    session: Session, who: Who, talent_id: int, booking_id: int, *, now: datetime, words: str = ""
) -> None:
    """Cancel a booking; both sides are told, with the invitation's cancellation. `words` say why, in the recruiter's own.

    Where we call it off and have no other time open, the recruiter is to write to them: it stands in their inbox.
    """
    holding.lock_person(session, talent_id)
    booked = holding.booking_of(session, talent_id, booking_id)
    by_us = isinstance(who, Person) and who.is_staff
    holding.cancel(session, who, booked, by="staff" if by_us else "talent", now=now)
    session.flush()
    take_back_news(session, booked)
    others = may_book_again(session, booked) and openings.free_for(session, booked.staff_id, talent_id, now=now)
    if by_us and not others:
        thread = conversations.open_conversation(session, who, talent_id, booked.staff_id, now=now)
        conversations.await_a_person(session, thread, now=now)
    tell_both(session, who, booked, now=now, words=words.strip()[:LONGEST_WORDS], others=bool(others))


def give_number(session: Session, who: Who, booking: Booking, phone: str, *, now: datetime) -> None:
    """Keep the number they give to be called at, their own word; the recruiter's invitation learns it."""
    holding.lock_person(session, booking.talent_id)
    if not phone.strip() or not update_by_talent(session, who, booking.talent_id, {"phone": phone}, now=now):
        return
    acted(session, who, booking.talent_id, now=now)
    booking.sequence += 1
    session.add(booking)
    session.flush()
    if postbox.cancel_invitations(session, booking.calendar_uid, why="booking_changed"):
        tell_both(session, who, booking, now=now)
        return
    colleague = Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id)
    content = appointments.settled_for_staff(appointment(session, booking), now=now)
    put(session, who, [Draft(colleague, content)], now=now)


def take_back_news(session: Session, booking: Booking) -> None:
    """What was written of a talk and has not left yet speaks of it as it no longer is."""
    postbox.cancel_invitations(session, booking.calendar_uid, why="booking_changed")
    if booking.reminder_id is not None:
        postbox.cancel_letters(session, [booking.reminder_id], why="booking_changed")
    booking.reminder_id = None
    session.add(booking)


def tell_both(
    session: Session,
    who: Who,
    booking: Booking,
    slot: Slot | None = None,
    *,
    now: datetime,
    words: str = "",
    others: bool = False,
) -> None:
    """Send both sides the appointment as it now stands."""
    it = appointment(session, booking, slot, words=words, others=others)
    to_talent, to_staff = (
        (appointments.cancelled_for_talent, appointments.cancelled_for_staff)
        if booking.cancelled_at
        else (appointments.settled_for_talent, appointments.settled_for_staff)
    )
    colleague = Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id)
    drafts = [Draft(told_of(booking), to_talent(it, now=now)), Draft(colleague, to_staff(it, now=now))]
    put(session, who, drafts, now=now)


def appointment(
    session: Session, booking: Booking, slot: Slot | None = None, *, words: str = "", others: bool = False
) -> appointments.Appointment:
    """Return a talk as its letters need it."""
    reader = readers(session, [booking.talent_id])[booking.talent_id]
    job = session.get(Opportunity, booking.opportunity_id) if booking.opportunity_id else None
    at = slot or session.get_one(Slot, booking.slot_id)
    title = job.title if job else ""
    return appointments.Appointment(reader, author(session, booking.staff_id), at, booking, title, words, others)


def told_of(booking: Booking) -> Request:
    """Ask the gate for a letter about a talk."""
    return Request(
        kind=LetterKind.SERVICE,
        talent_id=booking.talent_id,
        purpose=PURPOSE,
        opportunity_id=booking.opportunity_id,
        author_id=booking.staff_id,
    )


def _is_theirs(who: Who) -> bool:
    return isinstance(who, LinkGrant) or (isinstance(who, Person) and not who.is_staff)
