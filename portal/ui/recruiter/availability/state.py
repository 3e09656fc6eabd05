"""The times one offers, what is held and booked of them."""

from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.booking.offering import offer_again, withdraw_slot
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_there
from portal.replies.picking import cancel_booking
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.availability import offering
from portal.ui.recruiter.availability.week import Day, Week, booked, week
from portal.ui.session import notice

WITHDRAWN = N_("This time is no longer offered.")
OFFERED = N_("This time is offered again.")
CANCELLED = N_("The talk with {name} is cancelled; you both get a letter that says so.")


class Availability(Room):
    """One's own week."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    number_of_week: int = 0
    title: str = ""
    days: list[Day] = []
    summary: str = ""
    any_at_all: bool = False
    first_day: str = ""
    zone: str = ""
    lengths: list[list[str]] = []
    problem: str = ""
    offered: int = 0
    _withdrawn_last: int = 0

    @rx.event
    async def load(self) -> None:
        """Read this week."""
        self.zone, self.lengths = await self.inside(_form)
        await self._read(0)
        self.loaded = True

    @rx.event
    async def turn(self, by: int) -> None:
        """Go to the next week (1) or back (-1); read this one again (0)."""
        await self._read(self.number_of_week + (by if by in {-1, 0, 1} else 0))

    @rx.event
    async def offer(self, form: dict[str, Any]) -> EventSpec | None:
        """Offer times, all or none."""
        try:
            told = await self.inside(lambda door: offering.offer_all(door, offering.read(form)))
        except Told as problem:
            self.problem = str(problem)
            return None
        self.problem, self.offered = "", self.offered + 1
        await self._read(self.number_of_week)
        return notice(told)

    @rx.event
    async def withdraw(self, slot_id: int) -> EventSpec:
        """Take a free time back; one press offers it again."""
        told = await self.inside(lambda door: _withdraw(door, slot_id))
        self._withdrawn_last = slot_id
        await self._read(self.number_of_week)
        return notice(told, undo=Availability.undo)

    @rx.event
    async def undo(self) -> EventSpec:
        """Offer again what was last taken back."""
        slot_id = self._withdrawn_last
        told = await self.inside(lambda door: _offer_again(door, slot_id))
        await self._read(self.number_of_week)
        return notice(told)

    async def _read(self, number: int) -> None:
        self._show(await self.inside(lambda door: week(door, number)))

    def _show(self, seen: Week) -> None:
        self.number_of_week, self.title, self.days = seen.number, seen.title, seen.days
        self.summary, self.any_at_all, self.first_day = seen.summary, seen.any_at_all, seen.first_day


class Cancelling(Room):
    """Asked first: both sides are written to, and that cannot be taken back."""

    audience: ClassVar[Audience] = RECRUITERS
    asking: bool = False
    question: str = ""
    _booking_id: int = 0

    @rx.event
    async def ask(self, booking_id: int) -> None:
        """Ask whether to cancel a talk of one's own."""
        self.question = await self.inside(lambda door: _question(door, booking_id))
        self._booking_id, self.asking = booking_id, True

    @rx.event
    def leave(self) -> None:
        """Keep the talk."""
        self.asking = False

    @rx.event
    async def cancel(self, form: dict[str, Any]) -> list[EventSpec]:
        """Cancel it; both sides are told, the candidate with one's own words if there are any."""
        booking_id, self.asking = self._booking_id, False
        told = await self.inside(lambda door: cancel(door, booking_id, str(form.get("words", ""))))
        return [notice(told), Availability.turn(0)]


def _form(door: Door) -> tuple[str, list[list[str]]]:
    zone = say(door.locale, "Hours are in your time zone, {zone}.", zone=door.zone)
    return zone, [[str(many), say(door.locale, "{minutes} min", minutes=many)] for many in offering.LENGTHS]


def _withdraw(door: Door, slot_id: int) -> str:
    withdraw_slot(door.session, door.who, slot_id, now=door.now)
    return say(door.locale, WITHDRAWN)


def _offer_again(door: Door, slot_id: int) -> str:
    offer_again(door.session, door.who, slot_id, now=door.now)
    return say(door.locale, OFFERED)


def _question(door: Door, booking_id: int) -> str:
    one = booked(door, booking_id)
    when = moment_there(door.locale, one.starts_at, door.zone, one.zone or door.zone, door.now)
    return say(door.locale, "Cancel the talk with {name} on {when}?", name=one.talent or "", when=when)


def cancel(door: Door, booking_id: int, words: str = "") -> str:
    """Cancel a talk of one's own, and return the sentence that says so."""
    one = booked(door, booking_id)
    cancel_booking(door.session, door.who, one.talent_id or 0, booking_id, words=words, now=door.now)
    return say(door.locale, CANCELLED, name=one.talent or "")
