"""Their address: their key to this space, changed by proving another one."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, moment, say
from portal.signin import changing
from portal.signin.proposals import waiting
from portal.ui.candidate.wishes.state import Wishes
from portal.ui.components import button, form, leave, more, problem, text_field
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import notice
from portal.ui.words import word

ASKED = N_("A letter is on its way to {address}. Press its button: until then, everything goes where it went.")
KEPT = N_("Your address stays what it is.")
BY_ME = N_("{address} waits to be proven: press the button in the letter that went there, before {until}.")
BY_STAFF = N_("{by} noted {address} as yours: it counts once the button in the letter that went there is pressed.")
LATE = N_("{address} was not proven in time. Write it again to get another letter.")


@dataclass
class Other:
    """The address that waits, told; "" when none does."""

    told: str = ""


class MyAddress(Room):
    """Another address for themself."""

    audience: ClassVar[Audience] = CANDIDATES
    other: Other = Other()
    wrong: str = ""
    stale: bool = False

    @rx.event
    async def load(self) -> None:
        """Read what waits."""
        self.other, self.wrong, self.stale = await self.inside(_other), "", False

    @rx.event
    async def propose(self, asked: dict[str, Any]) -> EventSpec | None:
        """Ask for another address; its letter says the rest."""
        address = str(asked.get("new_address", ""))[:300]
        try:
            self.other, told = await self.inside(lambda door: _propose(door, address))
        except Told as refused:
            self.wrong, self.stale = str(refused), not await self.inside(lambda door: door.who.fresh)
            return None
        self.wrong, self.stale = "", False
        return notice(told)

    @rx.event
    async def keep(self) -> EventSpec:
        """Keep the address that stands."""
        self.other, told = await self.inside(_keep)
        self.wrong, self.stale = "", False
        return notice(told)


def _other(door: Door) -> Other:
    one = waiting(door.session, door.who, door.who.id, now=door.now)
    if one is None:
        return Other()
    told = LATE if one.expired else BY_STAFF if one.by else BY_ME
    until = moment(door.locale, one.until, door.zone, door.now)
    return Other(say(door.locale, told, address=one.address, by=one.by, until=until))


def _propose(door: Door, address: str) -> tuple[Other, str]:
    clean = changing.propose(door.session, door.who, door.who.id, address, now=door.now)
    return _other(door), say(door.locale, ASKED, address=clean)


def _keep(door: Door) -> tuple[Other, str]:
    changing.withdraw(door.session, door.who, door.who.id, now=door.now)
    return _other(door), say(door.locale, KEPT)


def address() -> rx.Component:
    """Draw the address that stands, the one that waits, and the way to another."""
    return rx.el.div(
        rx.el.p(word("E-mail address"), class_name="label"),
        rx.el.p(Wishes.seen.email),
        rx.el.p(word("It is your key to this space: sign-in links and letters go there."), class_name="hint"),
        rx.cond(MyAddress.other.told != "", _waits()),
        more(word("Change my address"), _change(), open=MyAddress.wrong != ""),
        class_name="field",
    )


def _waits() -> rx.Component:
    return rx.el.div(
        rx.el.p(MyAddress.other.told, class_name="callout"),
        rx.el.div(button(word("Keep my address as it is"), on_click=MyAddress.keep), class_name="buttons"),
        class_name="stack tight",
    )


def _change() -> rx.Component:
    again = rx.el.div(leave(word("Sign in again"), href="/signin", kind="primary"), class_name="buttons")
    return form(
        problem(MyAddress.wrong),
        rx.cond(MyAddress.stale, again),
        text_field(
            "new_address",
            word("Your new address"),
            type="email",
            auto_complete="email",
            max_length=254,
            hint=word("We write there: a button in that letter makes it yours. The old address is told."),
        ),
        rx.el.div(button(word("Send the letter"), type="submit"), class_name="buttons"),
        on_submit=MyAddress.propose,
        no_validate=True,
    )
