"""Each purpose, the exact text, and where they stand. Taking back never asks for anything; giving asks who they are."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.consent.queries import ConsentView, NoticeView, consents_of, current_notice
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say, short_day
from portal.privacy.informing import agree_to
from portal.replies import stopping
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import notice

TITLES = {
    Purpose.POOL: N_("Staying in touch about jobs"),
    Purpose.SURVEY: N_("Asking your opinion"),
    Purpose.EVENT: N_("Inviting you to meetings"),
}
INTERFACE = "portal"


@dataclass
class Agreement:
    """One purpose in words; `shown` is the text they were shown, `text` the one in force."""

    purpose: str
    title: str
    standing: str
    good: bool
    detail: str
    shown: str
    text: str
    version: int
    can_give: bool
    can_withdraw: bool
    can_object: bool


class MyConsents(Room):
    """What they agreed to."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    rows: list[Agreement] = []
    any_letters: bool = False
    stale: bool = False
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Read where they stand."""
        self._show(await self.inside(_agreements))

    @rx.event
    async def give(self, purpose: str, version: int) -> EventSpec | None:
        """Agree to the text they have before them."""
        try:
            rows, told = await self.inside(lambda door: _give(door, purpose, version))
        except Told as told_why:
            self.problem, self.stale = str(told_why), not await self.inside(lambda door: door.who.fresh)
            return None
        self._show(rows)
        return notice(told)

    @rx.event
    async def withdraw(self, purpose: str) -> EventSpec:
        """Take it back, at once."""
        rows, told = await self.inside(lambda door: _withdraw(door, purpose))
        self._show(rows)
        return notice(told)

    @rx.event
    async def object_to(self, purpose: str) -> EventSpec:
        """Object, at once."""
        rows, told = await self.inside(lambda door: _object(door, purpose))
        self._show(rows)
        return notice(told)

    @rx.event
    async def stop_everything(self) -> EventSpec:
        """Take everything back, at once."""
        rows, told = await self.inside(_stop)
        self._show(rows)
        return notice(told)

    def _show(self, rows: list[Agreement]) -> None:
        self.rows, self.loaded, self.problem, self.stale = rows, True, "", False
        self.any_letters = any(row.can_withdraw or row.can_object for row in rows)


def _agreements(door: Door) -> list[Agreement]:
    stands = {row.purpose: row for row in consents_of(door.session, door.who.id)}
    return [
        _agreement(door, current_notice(door.session, purpose, door.locale, now=door.now), stands.get(purpose))
        for purpose in Purpose
    ]


def _agreement(door: Door, text: NoticeView, stands: ConsentView | None) -> Agreement:
    standing = stands.standing if stands else Standing.NONE
    consented = standing is Standing.GIVEN and stands is not None and stands.basis is Basis.CONSENT
    return Agreement(
        purpose=text.purpose.value,
        title=say(door.locale, TITLES[text.purpose]),
        standing=_standing(door, standing, stands),
        good=standing is Standing.GIVEN,
        detail=_detail(door, stands),
        shown=(stands.notice_text or "") if stands and stands.notice_text != text.text else "",
        text=text.text,
        version=text.version,
        can_give=not consented,
        can_withdraw=consented,
        can_object=_may_object(text.purpose, standing) and not consented,
    )


def _may_object(purpose: Purpose, standing: Standing) -> bool:
    """Where nothing was agreed and nothing is claimed, there is nothing to object to; the pool alone may be claimed later."""
    return standing is Standing.GIVEN or (purpose is Purpose.POOL and standing is Standing.NONE)


def _standing(door: Door, standing: Standing, stands: ConsentView | None) -> str:
    if standing is Standing.GIVEN and stands is not None and stands.basis is Basis.CONSENT:
        return say(door.locale, "You agreed")
    if standing is Standing.GIVEN:
        return say(door.locale, "Our legitimate interest")
    if standing is Standing.WITHDRAWN:
        return say(door.locale, "You said stop")
    return say(door.locale, "You have not agreed")


def _detail(door: Door, stands: ConsentView | None) -> str:
    if stands is None or stands.standing is Standing.NONE:
        return say(door.locale, "We do not write to you about this.")
    since = short_day(door.locale, stands.since)
    if stands.standing is Standing.WITHDRAWN:
        return say(door.locale, "Since {day}. We no longer write to you about this.", day=since)
    if stands.basis is not Basis.CONSENT:
        return say(door.locale, "Since {day}, because we have met. One press says no for good.", day=since)
    if stands.expires_on is None:
        return say(door.locale, "Since {day}.", day=since)
    until = short_day(door.locale, stands.expires_on)
    return say(
        door.locale, "Since {day}, until {until} unless you come by before: each visit counts.", day=since, until=until
    )


def _give(door: Door, purpose: str, version: int) -> tuple[list[Agreement], str]:
    wanted = _purpose(purpose)
    text = current_notice(door.session, wanted, door.locale, now=door.now)
    if text.version != version:
        raise Refused("The text has changed since: open this page again, read it, then press.")
    agree_to(door.session, door.who, door.who.id, text, interface=INTERFACE, now=door.now)
    return _agreements(door), say(door.locale, "Thank you. You can take it back at any time, here, with one press.")


def _withdraw(door: Door, purpose: str) -> tuple[list[Agreement], str]:
    wanted = _purpose(purpose)
    stopping.withdraw(door.session, door.who, door.who.id, interface=INTERFACE, purpose=wanted, now=door.now)
    return _agreements(door), say(door.locale, "It is taken back, at once: whatever was on its way is cancelled.")


def _object(door: Door, purpose: str) -> tuple[list[Agreement], str]:
    stopping.object_to(door.session, door.who, door.who.id, _purpose(purpose), interface=INTERFACE, now=door.now)
    return _agreements(door), say(door.locale, "It is noted: we no longer write to you about this.")


def _stop(door: Door) -> tuple[list[Agreement], str]:
    stopping.withdraw(door.session, door.who, door.who.id, interface=INTERFACE, now=door.now)
    return _agreements(door), say(door.locale, "We no longer write to you. Whatever was on its way is cancelled.")


def _purpose(value: object) -> Purpose:
    if value not in set(Purpose):
        raise NotFound
    return Purpose(str(value))
