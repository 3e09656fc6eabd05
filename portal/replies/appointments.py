"""The letters about a talk: settled, moved, off, tomorrow; to both sides, with the invitation as it now stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.booking.calendar import Invitation, invite, withdraw
from portal.booking.models import Booking, Slot
from portal.booking.words import ASKED_BY_LINK, call, minutes_of, shown
from portal.conversations.readers import Author, Reader
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_in, moment_there
from portal.postbox.calendars import place_of
from portal.postbox.content import Block, Content, NamedLink, button, buttons, facts, p, quote
from portal.postbox.rendering import LABEL
from portal.postbox.rules import LinkPurpose
from portal.replies.letters import hello

# Their own link to a talk, and how long it leads to other times once we called a talk off.
LINK = "booking"
OTHER_TIMES_FOR = timedelta(days=14)
# Where the house stands; what follows is a page of the interface, which asks who is there.
SITE = "site"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who talks with whom, when, about which job. `words` are the recruiter's, `others`: there are other times to pick."""

    reader: Reader
    author: Author
    slot: Slot
    booking: Booking
    job: str = ""
    words: str = ""
    others: bool = False

    @property
    def link(self) -> NamedLink:
        """Return their own link to it: moving and cancelling it is the one thing it grants."""
        off = self.booking.cancelled_at
        until = self.slot.ends_at if off is None else off + OTHER_TIMES_FOR
        return NamedLink(LINK, LinkPurpose.BOOKING, until, {"booking": self.booking.id})

    @property
    def by_us(self) -> bool:
        """Tell whether a recruiter called it off."""
        return self.booking.cancelled_by == "staff"

    def theirs(self, at: datetime, now: datetime | None = None) -> str:
        """Tell a moment to the candidate."""
        return moment_in(self.reader.locale, at, self.reader.zone, self.author.zone, now)

    def ours(self, at: datetime, now: datetime | None = None) -> str:
        """Tell a moment to the recruiter."""
        return moment_there(self.author.locale, at, self.author.zone, self.reader.zone, now)


# ---------------------------------------------------------------------------------------------------------- to the candidate
def settled_for_talent(it: Appointment, *, now: datetime) -> Content:
    """The appointment, with its invitation and the way to change it."""
    locale, when = it.reader.locale, it.theirs(it.slot.starts_at, now)
    moved = it.booking.moved_at is not None
    subject = say(locale, _MOVED if moved else _SETTLED, when=when)
    told = say(locale, _NEW_TIME if moved else _CALLS, author=it.author.name, when=when)
    return _to_talent(
        "moved" if moved else "booked", it, subject, (told, *_about(it), *_number(it), say(locale, _CHANGE)), now=now
    )


_SETTLED, _MOVED = N_("It is settled: {when}"), N_("Moved: {when}")
_CALLS = N_("{author} will call you on {when}.")
_NEW_TIME = N_("Your talk has another time: {author} will call you on {when}.")
_CHANGE = N_("The invitation is attached. If something comes up, move the talk or cancel it here:")


def reminder(it: Appointment, *, now: datetime) -> Content:
    """A word before the talk."""
    locale, when = it.reader.locale, it.theirs(it.slot.starts_at, now)
    subject = say(locale, N_("Reminder: {when}"), when=when)
    told = say(locale, N_("A reminder: {author} will call you on {when}."), author=it.author.name, when=when)
    change = say(locale, N_("If something comes up, move the talk or cancel it here:"))
    return _to_talent("reminder", it, subject, (told, *_about(it), *_number(it), change), now=now, calendar=False)


def cancelled_for_talent(it: Appointment, *, now: datetime) -> Content:
    """The appointment is off; if that is our doing we say so first, then why, then what comes next."""
    locale, when = it.reader.locale, it.theirs(it.slot.starts_at, now)
    if it.by_us:
        told = [say(locale, N_("I am sorry: I cannot keep our talk of {when}."), when=when)]
        told += [it.words] if it.words else []
        told += [say(locale, _OTHERS_HERE if it.others else _COMES_BACK)]
    else:
        told = [say(locale, N_("The talk of {when} is cancelled, as you asked."), when=when)]
        told += [say(locale, N_("If you would like another time, it is here:"))] if it.others else []
    return _to_talent("cancelled", it, say(locale, N_("Cancelled: {when}"), when=when), told, now=now)


_OTHERS_HERE = N_("Other times are open for you. Pick the one that suits you:")
_COMES_BACK = N_("I have no other time open at the moment: I will write to you to find one.")


def _about(it: Appointment) -> list[str]:
    about = [call(it.reader.locale, it.author.name, it.slot, it.reader.phone, missing=ASKED_BY_LINK)]
    return about + ([say(it.reader.locale, N_("It is about: {job}."), job=it.job)] if it.job else [])


def _number(it: Appointment) -> list[str]:
    """Say where they can give the number we lack: without it nobody can call them."""
    return [] if it.reader.phone else [say(it.reader.locale, N_("The button below also takes your telephone number."))]


def _to_talent(
    template: str,
    it: Appointment,
    subject: str,
    told: list[str] | tuple[str, ...],
    *,
    now: datetime,
    calendar: bool = True,
) -> Content:
    locale, off = it.reader.locale, it.booking.cancelled_at is not None
    summary = say(locale, "Talk with {name}, {house}", name=it.author.name, house=it.author.house)
    pressed: tuple[Block, ...] = ()
    if not off or it.others:
        label = N_("See other times") if off else N_("Move or cancel")
        pressed = (buttons(button(say(locale, label), LINK)),)
    blocks = (p(hello(it.reader)), *(p(text) for text in told), *pressed, p(f"{it.author.name}\n{it.author.house}"))
    ics = calendar_of(it, summary, _for_them(it), place_of(LINK) if pressed else "", now=now) if calendar else None
    return Content(template, locale, subject, blocks, (it.link,) if pressed else (), calendar=ics)


def _for_them(it: Appointment) -> str:
    if it.booking.cancelled_at is not None:
        return ""
    change = say(it.reader.locale, N_("To move or cancel: {link}"), link=place_of(LINK))
    return "\n".join([*_about(it), change])


# ---------------------------------------------------------------------------------------------------------- to the recruiter
def settled_for_staff(it: Appointment, *, now: datetime) -> Content:
    """The same appointment for the recruiter."""
    moved = it.booking.moved_at is not None
    subject = say(
        it.author.locale, _MOVED_TO if moved else _PICKED, name=it.reader.name, when=it.ours(it.slot.starts_at, now)
    )
    return _to_staff("moved_staff" if moved else "booked_staff", it, subject, now=now)


_PICKED, _MOVED_TO = N_("{name}: talk on {when}"), N_("{name}: the talk is now on {when}")


def cancelled_for_staff(it: Appointment, *, now: datetime) -> Content:
    """The same news for the recruiter."""
    when = it.ours(it.slot.starts_at, now)
    subject = say(it.author.locale, "{name}: the talk of {when} is cancelled", name=it.reader.name, when=when)
    return _to_staff("cancelled_staff", it, subject, now=now)


def _to_staff(template: str, it: Appointment, subject: str, *, now: datetime) -> Content:
    locale = it.author.locale
    summary = say(locale, "Talk with {name}, {house}", name=it.reader.name, house=it.author.house)
    blocks: list[Block] = [p(f"{subject}."), facts(_known(it))]
    blocks += [quote(it.words)] if it.words else []
    blocks += [
        p(say(locale, "The change for your calendar is attached.")),
        buttons(button(say(locale, N_("See {name}"), name=it.reader.name), SITE, f"pool/{it.reader.talent_id}")),
    ]
    page = f"{place_of(SITE)}/pool/{it.reader.talent_id}"
    described = "\n".join([*(f"{say(locale, LABEL, label=label)} {value}" for label, value in _known(it)), page])
    return Content(
        template, locale, subject, tuple(blocks), calendar=calendar_of(it, summary, described, page, now=now)
    )


def _known(it: Appointment) -> list[tuple[str, str]]:
    locale = it.author.locale
    phone = shown(it.reader.phone) if it.reader.phone else say(locale, N_("not known: write to them to ask for it"))
    rows = [
        (say(locale, N_("With")), it.reader.name),
        (say(locale, N_("To call")), phone),
        (say(locale, "The job"), it.job),
        (say(locale, N_("Lasts")), say(locale, "{minutes} min", minutes=minutes_of(it.slot))),
    ]
    return [(label, value) for label, value in rows if value]


def calendar_of(it: Appointment, summary: str, description: str = "", url: str = "", *, now: datetime) -> str:
    """Return the invitation in its present state: REQUEST, or CANCEL once it is off."""
    phone = shown(it.reader.phone).replace("\u00a0", " ") if it.reader.phone else ""
    them = ((it.reader.name or it.reader.email, it.reader.email),) if it.reader.email else ()
    invitation = Invitation(
        uid=it.booking.calendar_uid,
        sequence=it.booking.sequence,
        starts_at=it.slot.starts_at,
        ends_at=it.slot.ends_at,
        summary=summary,
        house=it.author.house,
        attendees=(*them, (it.author.name, it.author.email)),
        description=description,
        location=phone,
        url=url,
    )
    return withdraw(invitation, now=now) if it.booking.cancelled_at else invite(invitation, now=now)
