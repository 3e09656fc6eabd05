"""Conversations that ended, or that somebody else has now, in words."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.conversations.actions import IDLE_DAYS
from portal.conversations.hands import Changed, changed_hands
from portal.kit.i18n import N_, ago, moment, say
from portal.ui.doors import RECRUITERS, Audience, Door, Room

_TAKEN = N_("{has} talks with them now; you did before.")
_YOURS = N_("You talk with them now; {had} did before and knows.")
_ENDED = N_("Your conversation was closed by {by}: colleagues may write to them again.")
_ENDED_BY_THEM = N_("Another answer of theirs has ended your conversation: colleagues may write to them again.")
_IDLE = N_("Your conversation ended, as nobody had said a word for {days} days: colleagues may write to them again.")
_FREE = N_("Their conversation with {had} has ended: your launch goes on to them.")


@dataclass
class Hand:
    """One conversation."""

    talent_id: int
    name: str
    told: str
    when: str
    exactly: str


class Hands(Room):
    """What became of conversations."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    changed: list[Hand] = []

    @rx.event
    async def load(self) -> None:
        """Read it."""
        self.changed = await self.inside(_changed)
        self.loaded = True


def _changed(door: Door) -> list[Hand]:
    return [
        Hand(
            one.talent_id,
            one.name,
            _told(door, one),
            ago(door.locale, one.at, door.zone, door.now),
            moment(door.locale, one.at, door.zone, door.now),
        )
        for one in changed_hands(door.session, door.who, now=door.now)
    ]


def _told(door: Door, one: Changed) -> str:
    if one.kind == "conversation_taken_over":
        return say(door.locale, _TAKEN if one.had_it else _YOURS, has=one.has, had=one.had)
    if not one.had_it:
        return say(door.locale, _FREE, had=one.had)
    if one.kind == "conversation_idle":
        return say(door.locale, _IDLE, days=IDLE_DAYS)
    return say(door.locale, _ENDED, by=one.by) if one.by else say(door.locale, _ENDED_BY_THEM)
