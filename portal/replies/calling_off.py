"""A talk called off because another answer undid it: both sides are told, and told why."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from portal.booking.models import Booking, Slot
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.i18n import N_, moment, say
from portal.postbox.content import Content, p
from portal.postbox.rules import LetterKind
from portal.replies import letters
from portal.replies.letters import Appointment, hello
from portal.timeline.who import Who

_CLOSED = N_(
    "This job is no longer open, so the talk of {when} does not take place: {author} will not call you. We are sorry."
)
_CLOSED_STAFF = N_("{name}: the job is closed, the talk of {when} is cancelled")
_TO_THEM = {
    None: _CLOSED,
    Answer.NO: N_("You told us no, so the talk of {when} does not take place: {author} will not call you."),
    Answer.LATER: N_("You told us later, so the talk of {when} does not take place: {author} will not call you."),
}
_CHANGED = N_("You changed your answer, so the talk of {when} does not take place: {author} will not call you.")
_TO_STAFF = {
    None: _CLOSED_STAFF,
    Answer.NO: N_("{name} said no: the talk of {when} is cancelled"),
    Answer.LATER: N_("{name} said later: the talk of {when} is cancelled"),
}
_CHANGED_STAFF = N_("{name} changed their answer: the talk of {when} is cancelled")


def tell_called_off(
    session: Session, who: Who, talks: Sequence[Booking], answer: Answer | None, *, now: datetime
) -> None:
    """Send both sides the cancellation of the talks this answer has just called off, or (None) the closing of the job."""
    for booking in talks:
        reader = readers(session, [booking.talent_id])[booking.talent_id]
        slot = session.get_one(Slot, booking.slot_id)
        it = Appointment(reader, author(session, booking.staff_id), slot, booking)
        to_them = Request(
            kind=LetterKind.SERVICE,
            talent_id=booking.talent_id,
            purpose=letters.PURPOSE,
            opportunity_id=booking.opportunity_id,
            author_id=booking.staff_id,
        )
        told = (
            Draft(to_them, called_off_for_talent(it, answer, now=now)),
            Draft(
                Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id), called_off_for_staff(it, answer, now=now)
            ),
        )
        put(session, who, told, now=now)


def called_off_for_talent(it: Appointment, answer: Answer | None, *, now: datetime) -> Content:
    """Say that nobody calls, and why."""
    locale, name = it.reader.locale, it.author.name
    when = moment(locale, it.slot.starts_at, it.reader.zone, now)
    off = say(locale, _TO_THEM.get(answer, _CHANGED), when=when, author=name)
    summary = say(locale, "Talk with {name}, {house}", name=name, house=it.author.house)
    return Content(
        "talk_called_off" if answer else "talk_off_job_closed",
        locale,
        say(locale, "Cancelled: {when}", when=when),
        (
            p(hello(it.reader)),
            p(off),
            p(say(locale, "The cancellation for your calendar is attached. There is nothing else to do.")),
            p(f"{name}\n{it.author.house}"),
        ),
        calendar=it.calendar(summary, now=now),
    )


def called_off_for_staff(it: Appointment, answer: Answer | None, *, now: datetime) -> Content:
    """Tell the recruiter that the time is free again, and why."""
    locale = it.author.locale
    when = moment(locale, it.slot.starts_at, it.author.zone, now)
    subject = say(locale, _TO_STAFF.get(answer, _CHANGED_STAFF), name=it.reader.name, when=when)
    summary = say(locale, "Talk with {name}, {house}", name=it.reader.name, house=it.author.house)
    told = say(locale, "The change for your calendar is attached, and the time can be picked again.")
    return Content(
        "talk_called_off_staff", locale, subject, (p(f"{subject}."), p(told)), calendar=it.calendar(summary, now=now)
    )
