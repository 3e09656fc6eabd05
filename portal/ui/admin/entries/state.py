"""Entries and refusals of staff, in words."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.access.oidc.rules import Refusal
from portal.kit.i18n import N_, ago, moment, say
from portal.signin.entries import EMERGENCY, LETTER, PAGE, Entry, entries
from portal.ui.doors import ADMINS, DPOS, Audience, Door, Room

READERS: Audience = ADMINS | DPOS
WAYS = {LETTER: N_("a link in a letter"), EMERGENCY: N_("an emergency link")}
KINDS = {
    "signed_in": N_("Came in"),
    "entry_refused": N_("Was refused"),
    "staff_role_changed": N_("Has another role"),
    "emergency_link_made": N_("Emergency link made"),
}
_UNBELIEVED = N_("The provider’s answer could not be believed: {word}")
WHY = {
    Refusal.FORGED: N_("Not begun in this browser, or too late"),
    Refusal.USED: N_("Came back a second time"),
    Refusal.CANCELLED: N_("Turned back at the provider"),
    Refusal.SILENT: N_("The provider did not answer"),
    Refusal.UNVERIFIED: N_("E-mail address not verified"),
    Refusal.NO_ROLE: N_("No group or claim gives a role"),
    Refusal.UNKNOWN: N_("Not invited here"),
    Refusal.CLOSED: N_("Access closed"),
    Refusal.OTHER_ACCOUNT: N_("The address belongs to another account"),
    Refusal.BY_LETTER: N_("Links in letters are switched off for staff"),
    Refusal.TOO_LATE: N_("The link had expired"),
    Refusal.WRONG_CODE: N_("Not the code of the letter"),
}


@dataclass
class Line:
    """One entry in words."""

    when: str
    exactly: str
    who: str
    what: str
    shade: str
    way: str
    why: str


class Entries(Room):
    """A page of entries, the newest first."""

    audience: ClassVar[Audience] = READERS
    loaded: bool = False
    lines: list[Line] = []
    oldest: int = 0
    more: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the newest."""
        self.lines, self.oldest, self.more = await self.inside(lambda door: _page(door, None))
        self.loaded = True

    @rx.event
    async def older(self) -> None:
        """Add the page before."""
        before = self.oldest
        older, self.oldest, self.more = await self.inside(lambda door: _page(door, before))
        self.lines = [*self.lines, *older]


def _page(door: Door, before: int | None) -> tuple[list[Line], int, bool]:
    found = entries(door.session, door.who, before=before)
    return [_line(door, one) for one in found], found[-1].id if found else 0, len(found) == PAGE


def _line(door: Door, one: Entry) -> Line:
    return Line(
        when=ago(door.locale, one.at, door.zone, door.now),
        exactly=moment(door.locale, one.at, door.zone, door.now),
        who=one.staff or say(door.locale, N_("nobody known here")),
        what=say(door.locale, KINDS[one.kind]),
        shade="outline" if one.refusal else "good",
        way=say(door.locale, WAYS[one.way]) if one.way in WAYS else one.way,
        why=_why(door, one.refusal) if one.refusal else "",
    )


def _why(door: Door, refusal: Refusal) -> str:
    if refusal in WHY:
        return say(door.locale, WHY[refusal])
    return say(door.locale, _UNBELIEVED, word=refusal.value)
