"""Times to pick, and talks that are settled."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.actions import ask_for
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_in
from portal.replies import mine, picking
from portal.replies.mine import Time
from portal.replies.talks import move_booking
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import notice


@dataclass
class Slot:
    """A time to press."""

    id: int
    when: str


@dataclass
class Offer:
    """Times put to them."""

    ask: int
    told: str
    until: str
    job: str
    slots: list[Slot] = field(default_factory=list)


@dataclass
class Talk:
    """A talk that is settled."""

    id: int
    when: str
    told: str
    job: str
    slots: list[Slot] = field(default_factory=list)
    number_missing: bool = False


@dataclass
class Seen:
    """The page in words."""

    offers: list[Offer] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    free_told: str = ""
    free: list[Slot] = field(default_factory=list)


class MyMeetings(Room):
    """What is offered, what is settled."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    seen: Seen = Seen()
    problem: str = ""
    leaving: int = 0
    leaving_when: str = ""
    moving: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the times."""
        self.seen, self.problem, self.leaving, self.moving = await self.inside(_seen), "", 0, 0
        self.loaded = True

    @rx.event
    async def pick(self, ask_id: int, slot_id: int) -> EventSpec | None:
        """Take one of the times put to them."""
        return await self._act(lambda door: _pick(door, ask_id, slot_id))

    @rx.event
    async def neither(self, ask_id: int) -> EventSpec | None:
        """None of them suits."""
        return await self._act(lambda door: _neither(door, ask_id))

    @rx.event
    async def book(self, slot_id: int) -> EventSpec | None:
        """Take a free time of their recruiter."""
        return await self._act(lambda door: _book(door, slot_id))

    @rx.event
    def ask_to_move(self, booking_id: int) -> None:
        """Show the times a talk may be moved to, or put them away again."""
        self.moving = 0 if self.moving == booking_id else booking_id

    @rx.event
    async def move(self, booking_id: int, slot_id: int) -> EventSpec | None:
        """Move the talk; it stands where it was until the new time is theirs."""
        return await self._act(lambda door: _move(door, booking_id, slot_id))

    @rx.event
    def ask_to_cancel(self, booking_id: int, when: str) -> None:
        """Say first what cancelling does."""
        self.leaving, self.leaving_when = booking_id, when

    @rx.event
    def keep(self) -> None:
        """Keep the talk."""
        self.leaving = 0

    @rx.event
    async def cancel(self) -> EventSpec | None:
        """Cancel the talk they were asked about."""
        booking_id, self.leaving = self.leaving, 0
        return await self._act(lambda door: _cancel(door, booking_id))

    async def _act(self, act: Callable[[Door], str]) -> EventSpec | None:
        try:
            told = await self.inside(act)
        except Told as why_not:
            self.seen, self.problem = await self.inside(_seen), str(why_not)
            return None
        self.seen, self.problem, self.moving = await self.inside(_seen), "", 0
        return notice(told)


def _seen(door: Door) -> Seen:
    offers = [_offer(door, one) for one in mine.offered(door.session, door.who, now=door.now)]
    talks = [_talk(door, one) for one in mine.meetings(door.session, door.who, now=door.now)]
    free = mine.free_times(door.session, door.who, now=door.now)
    # Who has times before them, or a talk to come, needs no third list.
    if free is None or offers or talks:
        return Seen(offers, talks)
    told = say(
        door.locale,
        "{recruiter} is free at these times. Pick one: the talk is settled at once.",
        recruiter=free.recruiter,
    )
    return Seen(offers, talks, told, [_slot(door, time, free.zone) for time in free.times])


def _offer(door: Door, one: mine.Offered) -> Offer:
    told = say(
        door.locale,
        "{author} calls you at the time you pick. You both get a calendar invitation.",
        author=one.author,
    )
    kept = N_("These times are kept for you until {until}.")
    open_ = N_("These times are open to others too: whoever picks first has it.")
    none = N_("No time is left for now. Say so below, and others are looked for.")
    until = moment_in(door.locale, one.until, door.zone, one.zone, door.now)
    last = say(door.locale, kept, until=until) if one.held else say(door.locale, open_ if one.times else none)
    slots = [_slot(door, time, one.zone) for time in one.times]
    return Offer(one.ask_id, f"{told} {one.call}".strip(), last, one.job, slots)


def _slot(door: Door, time: Time, zone: str) -> Slot:
    return Slot(time.slot_id, moment_in(door.locale, time.starts_at, door.zone, zone, door.now))


def _talk(door: Door, one: mine.MyMeeting) -> Talk:
    when = moment_in(door.locale, one.starts_at, door.zone, one.zone, door.now)
    return Talk(
        one.booking_id,
        when,
        one.call,
        one.job,
        [_slot(door, time, one.zone) for time in one.others],
        one.number_missing,
    )


def _pick(door: Door, ask_id: object, slot_id: object) -> str:
    ask = ask_for(door.session, door.who, _number(ask_id))
    picking.pick(door.session, door.who, ask, _number(slot_id), now=door.now)
    return _settled(door)


def _book(door: Door, slot_id: object) -> str:
    picking.book_alone(door.session, door.who, _number(slot_id), now=door.now)
    return _settled(door)


def _move(door: Door, booking_id: object, slot_id: object) -> str:
    move_booking(door.session, door.who, door.who.id, _number(booking_id), _number(slot_id), now=door.now)
    return say(door.locale, "The talk is moved. The new invitation is on its way to you by mail.")


def _settled(door: Door) -> str:
    return say(door.locale, "It is settled. The invitation is on its way to you by mail.")


def _neither(door: Door, ask_id: object) -> str:
    ask = ask_for(door.session, door.who, _number(ask_id))
    others = picking.neither(door.session, door.who, ask, now=door.now)
    if others:
        return say(door.locale, "Thank you for telling us. Two other times are on their way to you by mail.")
    return say(door.locale, "Thank you for telling us. Your recruiter will write to you to find a time together.")


def _cancel(door: Door, booking_id: object) -> str:
    picking.cancel_booking(door.session, door.who, door.who.id, _number(booking_id), now=door.now)
    return say(door.locale, "The talk is cancelled and your recruiter knows. You can pick another time here.")


def _number(value: object) -> int:
    text = str(value)
    if not text.isdecimal() or len(text) > 18:
        raise NotFound
    return int(text)
