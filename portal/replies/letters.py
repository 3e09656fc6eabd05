"""The letters that follow an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.booking.calendar import Invitation, invite, withdraw
from portal.booking.models import Booking, Slot
from portal.consent.rules import Purpose
from portal.conversations.models import Ask, Message
from portal.conversations.readers import Author, Reader
from portal.conversations.rules import Question
from portal.kit.i18n import day, moment, say
from portal.postbox.content import Block, Content, NamedLink, button, buttons, p, quote, small
from portal.postbox.rules import LinkPurpose

PURPOSE = Purpose.POOL
# How long the button of a letter by hand takes an answer.
REPLY_FOR = timedelta(days=90)


def hello(reader: Reader) -> str:
    """Return the greeting, also for someone whose first name we do not know."""
    return say(reader.locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who talks with whom, and when."""

    reader: Reader
    author: Author
    slot: Slot
    booking: Booking

    def calendar(self, summary: str, *, now: datetime) -> str:
        """Return the invitation in its present state: REQUEST, or CANCEL once it is off."""
        invitation = Invitation(
            uid=self.booking.calendar_uid,
            sequence=self.booking.sequence,
            starts_at=self.slot.starts_at,
            ends_at=self.slot.ends_at,
            summary=summary,
            organizer=(self.author.name, self.author.email),
            attendee=(self.reader.name, self.reader.email),
        )
        return withdraw(invitation, now=now) if self.booking.cancelled_at else invite(invitation, now=now)


def booked_for_talent(it: Appointment, *, now: datetime) -> Content:
    """The appointment, with its invitation."""
    locale, when = it.reader.locale, moment(it.reader.locale, it.slot.starts_at, it.reader.zone, now)
    call = say(locale, "{author} will call you on {when}.", author=it.author.name, when=when)
    change = say(
        locale,
        "The invitation is attached. If something comes up, you can cancel from your space and pick another time.",
    )
    subject = say(locale, "It is settled: {when}", when=when)
    return _to_talent("booked", it, subject, (call, change), now=now)


def cancelled_for_talent(it: Appointment, *, now: datetime) -> Content:
    """The appointment is off."""
    locale, when = it.reader.locale, moment(it.reader.locale, it.slot.starts_at, it.reader.zone, now)
    off = say(locale, "The talk of {when} is cancelled. You can pick another time from your space.", when=when)
    return _to_talent("cancelled", it, say(locale, "Cancelled: {when}", when=when), (off,), now=now)


def booked_for_staff(it: Appointment, *, now: datetime) -> Content:
    """The same appointment for the recruiter."""
    when = moment(it.author.locale, it.slot.starts_at, it.author.zone, now)
    return _to_staff(
        "booked_staff", it, say(it.author.locale, "{name} picked {when}", name=it.reader.name, when=when), now=now
    )


def cancelled_for_staff(it: Appointment, *, now: datetime) -> Content:
    """The same news for the recruiter."""
    when = moment(it.author.locale, it.slot.starts_at, it.author.zone, now)
    subject = say(it.author.locale, "{name}: the talk of {when} is cancelled", name=it.reader.name, when=when)
    return _to_staff("cancelled_staff", it, subject, now=now)


def _to_talent(template: str, it: Appointment, subject: str, told: tuple[str, ...], *, now: datetime) -> Content:
    summary = say(it.reader.locale, "Talk with {name}, {house}", name=it.author.name, house=it.author.house)
    blocks = (p(hello(it.reader)), *(p(text) for text in told), p(f"{it.author.name}\n{it.author.house}"))
    return Content(template, it.reader.locale, subject, blocks, calendar=it.calendar(summary, now=now))


def _to_staff(template: str, it: Appointment, subject: str, *, now: datetime) -> Content:
    summary = say(it.author.locale, "Talk with {name}, {house}", name=it.reader.name, house=it.author.house)
    told = p(say(it.author.locale, "The change for your calendar is attached."))
    return Content(
        template, it.author.locale, subject, (p(f"{subject}."), told), calendar=it.calendar(summary, now=now)
    )


def by_hand(
    reader: Reader, author: Author, subject: str, text: str, *, asked: Sequence[Message] = (), now: datetime
) -> Content:
    """What a recruiter wrote, as they wrote it, under it what it answers; a button answers in turn."""
    paragraphs = tuple(p(part.strip()) for part in text.split("\n\n") if part.strip())
    return Content(
        "by_hand",
        reader.locale,
        subject,
        (
            *paragraphs,
            p(f"{author.name}\n{author.house}"),
            buttons(button(say(reader.locale, "Reply"), "reply")),
            *_quoted(reader, asked),
            small(reader.why),
        ),
        (NamedLink("reply", LinkPurpose.REPLY, now + REPLY_FOR),),
    )


def _quoted(reader: Reader, asked: Sequence[Message]) -> Iterator[Block]:
    for one in asked:
        on = one.at.astimezone(ZoneInfo(reader.zone)).date()
        yield small(say(reader.locale, "You wrote on {day}:", day=day(reader.locale, on)))
        yield quote(one.text)


def new_link(reader: Reader, author: Author, ask: Ask) -> Content:
    """A fresh link to a question whose first one came too late."""
    purpose = LinkPurpose.SURVEY if ask.question is Question.SURVEY else LinkPurpose.ANSWER
    act = {"ask": ask.id, "survey": ask.survey_id} if ask.survey_id else {"ask": ask.id}
    return Content(
        "new_link",
        reader.locale,
        say(reader.locale, "Your new link"),
        (
            p(hello(reader)),
            p(say(reader.locale, "Here is the new link you asked for. It is good for a week.")),
            buttons(button(say(reader.locale, "Answer"), "answer")),
            p(f"{author.name}\n{author.house}"),
        ),
        (NamedLink("answer", purpose, ask.deadline, act),),
    )
