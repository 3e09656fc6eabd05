"""Each purpose, the exact text, and where they stand. Taking back never asks for anything; giving asks who they are."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.consent.queries import ConsentView, NoticeView, consents_of, current_notice, notice_on_screen
from portal.consent.rules import Basis, Purpose, Stance
from portal.kit.clock import local_day
from portal.kit.errors import NotFound
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
    """One purpose in words; `shown` is the text they were shown, `text` the one in force, which a yes is bound to."""

    purpose: str
    title: str
    standing: str
    good: bool
    detail: str
    shown: str
    text: str
    version: int
    language: str
    can_give: bool
    again: bool
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
    async def give(self, purpose: str, version: int, language: str) -> EventSpec | None:
        """Agree to the text they have before them; one that has changed is shown anew."""
        try:
            rows, told = await self.inside(lambda door: _give(door, purpose, version, language))
        except Told as told_why:
            rows, fresh = await self.inside(lambda door: (_agreements(door), door.who.fresh))
            self._show(rows)
            self.problem, self.stale = str(told_why), not fresh
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
    stance = stands.stance(local_day(door.now, door.zone)) if stands else Stance.SILENT
    return Agreement(
        purpose=text.purpose.value,
        title=say(door.locale, TITLES[text.purpose]),
        standing=say(door.locale, _STANDING[stance]),
        good=stance in {Stance.AGREED, Stance.INTEREST},
        detail=_detail(door, stance, stands),
        shown=(stands.notice_text or "") if stands and stands.notice_text != text.text else "",
        text=text.text,
        version=text.version,
        language=text.locale,
        can_give=stance is not Stance.AGREED,
        again=stance is Stance.ENDED,
        can_withdraw=stance is Stance.AGREED,
        can_object=_may_object(text.purpose, stance),
    )


def _may_object(purpose: Purpose, stance: Stance) -> bool:
    """Where nothing was agreed and nothing is claimed, there is nothing to object to; the pool alone may be claimed later."""
    return stance in {Stance.INTEREST, Stance.ENDED} or (purpose is Purpose.POOL and stance is Stance.SILENT)


_STANDING = {
    Stance.AGREED: N_("You agreed"),
    Stance.INTEREST: N_("Our legitimate interest"),
    Stance.ENDED: N_("It has ended"),
    Stance.STOPPED: N_("You said stop"),
    Stance.SILENT: N_("You have not agreed"),
}
_STOPPED = N_("Since {day}. We no longer write to you about this.")
_ENDED = {
    Basis.CONSENT: N_("Your consent ended on {until}. We do not write to you about this, unless you agree again."),
    Basis.LEGITIMATE_INTEREST: N_(
        "Our legitimate interest ended on {until}. We do not write to you about this, unless you agree."
    ),
}
_IN_FORCE = {
    Basis.CONSENT: N_("Since {day}."),
    Basis.LEGITIMATE_INTEREST: N_(
        "Since {day}, without your consent: we hold your file and wish to get back to you. One click says no for good."
    ),
}
_RUNS_ON = N_("Until {until}: each sign-in, answer or change of yours before that day prolongs it.")


def _detail(door: Door, stance: Stance, stands: ConsentView | None) -> str:
    if stands is None or stance is Stance.SILENT:
        return say(door.locale, "We do not write to you about this.")
    days = {"day": short_day(door.locale, stands.since)}
    if stands.expires_on:
        days["until"] = short_day(door.locale, stands.expires_on)
    if stance is Stance.STOPPED:
        return say(door.locale, _STOPPED, **days)
    if stance is Stance.ENDED:
        return say(door.locale, _ENDED[stands.basis], **days)
    told = say(door.locale, _IN_FORCE[stands.basis], **days)
    return f"{told} {say(door.locale, _RUNS_ON, **days)}" if stands.expires_on else told


def _give(door: Door, purpose: str, version: int, language: str) -> tuple[list[Agreement], str]:
    text = notice_on_screen(door.session, _purpose(purpose), version, language, now=door.now)
    agree_to(door.session, door.who, door.who.id, text, interface=INTERFACE, now=door.now)
    return _agreements(door), say(door.locale, "Thank you. You can take it back at any time, here, with one click.")


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
