"""What an admin sees and changes of the house."""

from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.access import actions, queries
from portal.access.house import change_house, house
from portal.access.queries import StaffView
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, short_day
from portal.talents.rules import SourceKind
from portal.timeline.who import Role
from portal.ui.doors import ADMINS, Audience, Door, Room, Told
from portal.ui.session import notice

ROLES = {
    Role.RECRUITER: N_("Recruiter"),
    Role.ADMIN: N_("Admin"),
    Role.DPO: N_("Data protection officer"),
}
SAVED = N_("The rules are saved; every letter follows them from now on.")
INVITED = N_("{name} may come in now: they sign in with their e-mail address.")
CLOSED = N_("{name} is signed out everywhere and may no longer come in.")


class HouseRules(Room):
    """The rules every letter follows."""

    audience: ClassVar[Audience] = ADMINS
    loaded: bool = False
    name: str = ""
    zone: str = ""
    controller_contact: str = ""
    dpo_contact: str = ""
    rhythm_days: str = ""
    quiet_from: str = ""
    quiet_to: str = ""
    hold_hours: str = ""
    notice_hours: str = ""
    retention_months: str = ""
    address_form: str = "vous"
    interest_for: list[str] = []
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the rules."""
        self._show(await self.inside(_rules))

    @rx.event
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Change the rules, or say beside the form what cannot be."""
        try:
            shown, told = await self.inside(lambda door: (_change(door, form), say(door.locale, SAVED)))
        except Told as told:
            self.problem = str(told)
            return None
        self._show(shown)
        return notice(told)

    def _show(self, rules: dict[str, Any]) -> None:
        for name, value in rules.items():
            setattr(self, name, value)
        self.problem, self.loaded = "", True


@dataclass
class Member:
    """One who works here, in words."""

    id: int
    name: str
    email: str
    role: str
    since: str
    closed: bool
    me: bool


class Team(Room):
    """Who works here."""

    audience: ClassVar[Audience] = ADMINS
    loaded: bool = False
    members: list[Member] = []
    inviting: bool = False
    problem: str = ""
    _closed_last: int = 0

    @rx.event
    async def load(self) -> None:
        """Read who works here."""
        self.members = await self.inside(_members)
        self.loaded = True

    @rx.event
    def open_invitation(self) -> None:
        """Show the form."""
        self.inviting, self.problem = True, ""

    @rx.event
    def close_invitation(self) -> None:
        """Put the form away."""
        self.inviting = False

    @rx.event
    async def invite(self, form: dict[str, Any]) -> EventSpec | None:
        """Let someone in."""
        try:
            self.members, told = await self.inside(lambda door: _invite(door, form))
        except Told as told:
            self.problem = str(told)
            return None
        self.inviting = False
        return notice(told)

    @rx.event
    async def close(self, staff_id: int) -> EventSpec:
        """Close the door to someone; one press opens it again."""
        self.members, told = await self.inside(lambda door: _close(door, staff_id))
        self._closed_last = staff_id
        return notice(told, undo=Team.undo_close)

    @rx.event
    async def reopen(self, staff_id: int) -> EventSpec:
        """Let someone in again."""
        self.members, told = await self.inside(lambda door: _reopen(door, staff_id))
        return notice(told)

    @rx.event
    def undo_close(self) -> EventSpec:
        """Let in again who was last shut out."""
        return Team.reopen(self._closed_last)


def _rules(door: Door) -> dict[str, Any]:
    rules = house(door.session)
    return {
        "name": rules.name,
        "zone": rules.zone,
        "controller_contact": rules.controller_contact,
        "dpo_contact": rules.dpo_contact,
        "rhythm_days": str(rules.rhythm_days),
        "quiet_from": f"{rules.quiet_from:%H:%M}",
        "quiet_to": f"{rules.quiet_to:%H:%M}",
        "hold_hours": str(rules.hold_hours),
        "notice_hours": str(rules.notice_hours),
        "retention_months": str(rules.retention_months),
        "address_form": "tu" if rules.says_tu else "vous",
        "interest_for": list(rules.legitimate_interest_for),
    }


def _change(door: Door, form: dict[str, Any]) -> dict[str, Any]:
    change_house(
        door.session,
        door.who,
        name=str(form.get("name", "")) or " ",
        zone=str(form.get("zone", "")) or None,
        controller_contact=str(form.get("controller_contact", "")),
        dpo_contact=str(form.get("dpo_contact", "")),
        rhythm_days=_whole(form, "rhythm_days"),
        quiet_from=_time(form, "quiet_from"),
        quiet_to=_time(form, "quiet_to"),
        hold_hours=_whole(form, "hold_hours"),
        notice_hours=_whole(form, "notice_hours") if "notice_hours" in form else None,
        retention_months=_whole(form, "retention_months"),
        says_tu=form.get("address_form") == "tu",
        legitimate_interest_for=[kind.value for kind in SourceKind if form.get(f"interest_for.{kind.value}")],
    )
    return _rules(door)


def _whole(form: dict[str, Any], name: str) -> int:
    text = str(form.get(name, "")).strip()
    if not text.isdecimal() or len(text) > 6:
        raise Refused("Write each number as a whole number, like 30.")
    return int(text)


def _time(form: dict[str, Any], name: str) -> time:
    try:
        return time.fromisoformat(str(form.get(name, "")))
    except ValueError as wrong:
        raise Refused("Write each hour like 20:00.") from wrong


def _members(door: Door) -> list[Member]:
    return [_member(door, one) for one in queries.staff(door.session)]


def _member(door: Door, one: StaffView) -> Member:
    day = short_day(door.locale, one.invited_at)
    since = say(door.locale, "since {day}", day=day)
    return Member(
        one.id, one.name, one.email, say(door.locale, ROLES[one.role]), since, one.disabled, one.id == door.who.id
    )


def _invite(door: Door, form: dict[str, Any]) -> tuple[list[Member], str]:
    role = str(form.get("role", ""))
    if role not in set(ROLES):
        raise Refused("Choose what they will do here.")
    name = str(form.get("name", ""))
    actions.invite(door.session, door.who, str(form.get("email", "")), name, Role(role), now=door.now)
    return _members(door), say(door.locale, INVITED, name=name.strip())


def _close(door: Door, staff_id: int) -> tuple[list[Member], str]:
    actions.disable(door.session, door.who, staff_id, now=door.now)
    members = _members(door)
    return members, say(door.locale, CLOSED, name=_name(members, staff_id))


def _reopen(door: Door, staff_id: int) -> tuple[list[Member], str]:
    one = next(one for one in queries.staff(door.session) if one.id == staff_id)
    actions.invite(door.session, door.who, one.email, one.name, one.role, now=door.now)
    return _members(door), say(door.locale, INVITED, name=one.name)


def _name(members: list[Member], staff_id: int) -> str:
    return next((one.name for one in members if one.id == staff_id), "")
