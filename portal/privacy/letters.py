"""The letters about someone's own data."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from portal.access.house import house
from portal.booking.calendar import Invitation, withdraw
from portal.booking.models import Booking, Slot
from portal.conversations.readers import Author, Reader
from portal.kit.i18n import day, moment, say
from portal.postbox.content import Content, NamedLink, button, buttons, p, quote, small
from portal.postbox.rules import LinkPurpose

FAREWELL = "erased"
CALLED_OFF = "called_off"


def first_information(reader: Reader, author: Author, notice: str, *, until: datetime) -> Content:
    """Who we are, where their data come from, and one question: may we keep in touch?"""
    locale = reader.locale
    hello = say(locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")
    ask = say(locale, "May we keep your file and write to you when a job fits? One click is enough, either way.")
    return Content(
        "first_information",
        locale,
        say(locale, "May we keep in touch?"),
        (
            p(hello),
            p(say(locale, "{source} Here is what we do with it, and what you can ask of us.", source=reader.why)),
            quote(notice),
            p(ask),
            buttons(
                button(say(locale, "Yes, keep in touch"), "consent", "yes"),
                button(say(locale, "No, stop here"), "consent", "no"),
            ),
            small(say(locale, "Without an answer by {day}, we write no more.", day=_day(reader, until))),
            p(f"{author.name}\n{author.house}"),
        ),
        (NamedLink("consent", LinkPurpose.CONSENT, until),),
    )


def _day(reader: Reader, until: datetime) -> str:
    return day(reader.locale, until.astimezone(ZoneInfo(reader.zone)).date())


def farewell(session: Session, locale: str) -> Content:
    """Confirm that everything was erased (GDPR 12(3)); their address goes once this letter was handed over."""
    return Content(
        FAREWELL,
        locale,
        say(locale, "Your data are erased"),
        (
            p(say(locale, "Hello,")),
            p(
                say(
                    locale,
                    "As you asked, everything we held about you is erased: your contact details, your wishes, our"
                    " letters and yours. Nothing is on its way to you any more.",
                )
            ),
            p(
                say(
                    locale,
                    "We keep two things that name nobody: a fingerprint of your address, so that no import brings you"
                    " back, and the proof of what you agreed to, under a pseudonym that leads nowhere.",
                )
            ),
            p(say(locale, "This was our last letter.")),
            p(house(session).name),
            small(say(locale, "You did not ask for this? Your e-mail account may be in other hands: secure it.")),
        ),
    )


def called_off(author: Author, booking: Booking, slot: Slot, *, now: datetime) -> Content:
    """Tell the recruiter that a talk is off, and take it out of their calendar."""
    when = moment(author.locale, slot.starts_at, author.zone, now)
    told = say(
        author.locale, "The talk of {when} is off: the person erased their data. Nothing of them is left.", when=when
    )
    subject = say(author.locale, "Cancelled: {when}", when=when)
    invitation = Invitation(
        booking.calendar_uid,
        booking.sequence,
        slot.starts_at,
        slot.ends_at,
        subject,
        author.house,
        ((author.name, author.email),),
    )
    change = p(say(author.locale, "The change for your calendar is attached."))
    return Content(CALLED_OFF, author.locale, subject, (p(told), change), calendar=withdraw(invitation, now=now))
