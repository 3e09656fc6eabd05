"""A talk called off because another answer undid it: both sides are told, and told why."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from portal.booking.models import Booking
from portal.conversations.rules import Answer
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.i18n import N_, say
from portal.postbox.content import Content, p
from portal.postbox.rules import LetterKind
from portal.replies.appointments import Appointment, calendar_of
from portal.replies.letters import hello
from portal.replies.talks import appointment, take_back_news, told_of
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
        take_back_news(session, booking)
        it = appointment(session, booking)
        colleague = Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id)
        told = (
            Draft(told_of(booking), called_off_for_talent(it, answer, now=now)),
            Draft(colleague, called_off_for_staff(it, answer, now=now)),
        )
        put(session, who, told, now=now)


def called_off_for_talent(it: Appointment, answer: Answer | None, *, now: datetime) -> Content:
    """Say that nobody calls, and why."""
    locale, name = it.reader.locale, it.author.name
    when = it.theirs(it.slot.starts_at, now)
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
        calendar=calendar_of(it, summary, now=now),
    )


def called_off_for_staff(it: Appointment, answer: Answer | None, *, now: datetime) -> Content:
    """Tell the recruiter that the time is free again, and why."""
    locale = it.author.locale
    when = it.ours(it.slot.starts_at, now)
    subject = say(locale, _TO_STAFF.get(answer, _CHANGED_STAFF), name=it.reader.name, when=when)
    summary = say(locale, "Talk with {name}, {house}", name=it.reader.name, house=it.author.house)
    told = say(locale, "The change for your calendar is attached, and the time can be picked again.")
    return Content(
        "talk_called_off_staff",
        locale,
        subject,
        (p(f"{subject}."), p(told)),
        calendar=calendar_of(it, summary, now=now),
    )
