"""Closing an opportunity: what is on the way is told in numbers, and asked about; opening it again."""

from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, say, say_n
from portal.opportunities.queries import opportunity_for
from portal.replies import closing
from portal.replies.closing import Standing
from portal.ui.components import button, check, radios, stack, state_dialog
from portal.ui.components.buttons import or_not_now
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.opportunity.state import Opportunities
from portal.ui.session import notice
from portal.ui.words import word

CLOSED = N_("“{title}” is closed: it is no longer put to anyone.")
OPEN_AGAIN = N_("“{title}” is open again.")
_STOP, _REST, _KEEP, _CANCEL = "stop", "rest", "keep", "cancel"


class Closing(Room):
    """What closing the opportunity on the screen would end, and what is decided about it."""

    audience: ClassVar[Audience] = RECRUITERS
    shown: bool = False
    people: str = ""
    waiting: str = ""
    talks: str = ""
    then: str = _STOP
    meetings: str = _KEEP
    tell: bool = True
    _opportunity: int = 0

    @rx.event
    async def ask(self, opportunity_id: int) -> EventSpec | list[EventSpec] | None:
        """Say what is on the way, and ask what becomes of it; close at once what has nothing on the way."""
        found, told = await self.inside(lambda door: _standing(door, opportunity_id))
        self._opportunity, self.then, self.meetings, self.tell = opportunity_id, _STOP, _KEEP, True
        self.people, self.waiting, self.talks = told
        if found.anything:
            self.shown = True
            return None
        return await self._close()

    @rx.event
    def decide(self, what: str, value: str) -> None:
        """Take in what becomes of the launches, or of the talks."""
        if (what, value) in {("then", _STOP), ("then", _REST), ("meetings", _KEEP), ("meetings", _CANCEL)}:
            setattr(self, what, value)

    @rx.event
    def tell_them(self, wanted: bool) -> None:
        """Write to those who wait, or not."""
        self.tell = bool(wanted)

    @rx.event
    def not_now(self) -> None:
        """Leave it open."""
        self.shown = False

    @rx.event
    async def close(self) -> list[EventSpec]:
        """Close it, as decided."""
        return await self._close()

    @rx.event
    async def open_again(self, opportunity_id: int) -> list[EventSpec]:
        """Open it again; launches that rest are the recruiter's to let go on."""
        told = await self.inside(lambda door: _open_again(door, opportunity_id))
        return [notice(told), Opportunities.read_again()]

    @rx.event
    async def undo(self) -> list[EventSpec]:
        """Take the closing back: what it stopped goes on where everyone stood."""
        opportunity_id = self._opportunity
        told = await self.inside(lambda door: _open_again(door, opportunity_id, take_up_again=True))
        return [notice(told), Opportunities.read_again()]

    async def _close(self) -> list[EventSpec]:
        opportunity_id, self.shown = self._opportunity, False
        how = {
            "rest": self.then == _REST,
            "cancel_talks": bool(self.talks) and self.meetings == _CANCEL,
            "tell": bool(self.waiting) and self.tell,
        }
        told = await self.inside(lambda door: _close(door, opportunity_id, how))
        return [notice(told, undo=Closing.undo), Opportunities.read_again()]


def _standing(door: Door, opportunity_id: int) -> tuple[Standing, tuple[str, str, str]]:
    found = closing.standing(door.session, door.who, opportunity_id, now=door.now)
    return found, (_people(door.locale, found), _waiting(door.locale, found), _talks(door.locale, found))


def _people(locale: str, found: Standing) -> str:
    """Return who is on the way, and what waits for them."""
    if not found.launches:
        return ""
    told = [
        say_n(locale, "{count} launch goes on.", "{count} launches go on.", found.launches),
        say_n(locale, "{count} person is on the way.", "{count} people are on the way.", found.on_the_way),
    ]
    if found.letters:
        told.append(say_n(locale, "{count} letter waits to leave.", "{count} letters wait to leave.", found.letters))
    if found.holding:
        told.append(
            say_n(locale, "Times are held for {count} person.", "Times are held for {count} people.", found.holding)
        )
    return " ".join(told)


def _waiting(locale: str, found: Standing) -> str:
    if not found.waiting:
        return ""
    return say_n(
        locale,
        "Tell {count} person who said yes, or asked, and waits for what follows",
        "Tell {count} people who said yes, or asked, and wait for what follows",
        found.waiting,
    )


def _talks(locale: str, found: Standing) -> str:
    if not found.talks:
        return ""
    return say_n(locale, "{count} talk is booked", "{count} talks are booked", found.talks)


def _close(door: Door, opportunity_id: int, how: dict[str, bool]) -> str:
    closing.close(door.session, door.who, opportunity_id, **how, now=door.now)
    return say(door.locale, CLOSED, title=opportunity_for(door.session, door.who, opportunity_id).title)


def _open_again(door: Door, opportunity_id: int, *, take_up_again: bool = False) -> str:
    rest = closing.open_again(door.session, door.who, opportunity_id, take_up_again=take_up_again, now=door.now)
    told = say(door.locale, OPEN_AGAIN, title=opportunity_for(door.session, door.who, opportunity_id).title)
    if not rest:
        return told
    resting = say_n(
        door.locale,
        "{count} launch rests: let it go on from its page.",
        "{count} launches rest: let them go on from their pages.",
        rest,
    )
    return f"{told} {resting}"


def presses() -> rx.Component:
    """Draw the way to close it, or to open it again."""
    here = Opportunities.opportunity_id
    again = button(word("Open again"), on_click=Closing.open_again(here))
    shut = button(word("Close the opportunity"), on_click=Closing.ask(here))
    return rx.cond(here == 0, rx.fragment(), rx.cond(Opportunities.closed, again, shut))


def dialog() -> rx.Component:
    """Draw what closing it would end, and what there is to decide."""
    launches = stack(
        rx.el.p(Closing.people),
        radios(
            "then",
            word("What becomes of them?"),
            (
                (_STOP, word("Stop for everyone: what has not left is cancelled, times are free, questions close.")),
                (_REST, word("Let them rest: nothing leaves. They may go on should the job open again.")),
            ),
            chosen=Closing.then,
            on_change=lambda value: Closing.decide("then", value),
        ),
    )
    talks = radios(
        "meetings",
        Closing.talks,
        ((_KEEP, word("Keep them")), (_CANCEL, word("Cancel them: both sides are told"))),
        chosen=Closing.meetings,
        on_change=lambda value: Closing.decide("meetings", value),
    )
    told = check("tell", Closing.waiting, checked=Closing.tell, on_change=Closing.tell_them)
    return state_dialog(
        "closing",
        word("Close this opportunity?"),
        stack(
            rx.cond(Closing.people != "", launches),
            rx.cond(Closing.talks != "", talks),
            rx.cond(Closing.waiting != "", told),
            or_not_now(button(word("Close the opportunity"), kind="primary", on_click=Closing.close), Closing.not_now),
        ),
        shown=Closing.shown,
        on_close=Closing.not_now,
    )
