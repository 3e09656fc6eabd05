"""The talk one has with this person: when, and calling it off with a word."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from portal.booking.words import shown
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_there
from portal.replies.agreeing import talk_with
from portal.replies.talks import LONGEST_WORDS, cancel_booking
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.talent.talking import TalentTalk
from portal.ui.session import notice

CANCELLED = N_("The talk with {name} is cancelled; you both get a letter that says so.")
MOST_WORDS = LONGEST_WORDS


@dataclass
class Time:
    """A talk in words; none while `when` is empty."""

    talent_id: int = 0
    when: str = ""
    call: str = ""


class TalentTime(Room):
    """The talk to come with the person the address names."""

    audience: ClassVar[Audience] = RECRUITERS
    seen: Time = Time()

    @rx.event
    async def load(self) -> None:
        """Read it."""
        talent_id = self.number("talent_id")
        self.seen = await self.inside(lambda door: _seen(door, talent_id))

    @rx.event
    async def cancel(self, form: dict[str, Any]) -> list[Any]:
        """Call it off; they read one's words, if any."""
        talent_id = self.number("talent_id")
        told = await self.inside(lambda door: _cancel(door, talent_id, str(form.get("words", ""))))
        return [notice(told), TalentTime.load, TalentTalk.load]


def _seen(door: Door, talent_id: int) -> Time:
    it = talk_with(door.session, door.who, talent_id, now=door.now)
    if it.slot is None:
        return Time(talent_id)
    call = say(door.locale, N_("To call: {phone}"), phone=shown(it.phone)) if it.phone else say(door.locale, _NO_NUMBER)
    return Time(talent_id, moment_there(door.locale, it.slot.starts_at, door.zone, it.zone, door.now), call)


_NO_NUMBER = N_("Their number is not known: write to them to ask for it.")


def _cancel(door: Door, talent_id: int, words: str) -> str:
    it = talk_with(door.session, door.who, talent_id, now=door.now)
    if it.booking_id is None:
        raise NotFound
    cancel_booking(door.session, door.who, talent_id, it.booking_id, words=words, now=door.now)
    return say(door.locale, CANCELLED, name=it.name)
