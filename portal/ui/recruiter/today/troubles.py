"""What is the matter: duties of the house that fail, whether the mail is down, which letters never arrived."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.settling import (
    Trouble,
    count_as_sent,
    letters_in_trouble,
    send_again,
    settle,
    uncertain_letters,
)
from portal.duties.queries import failing
from portal.duties.rules import TOLD
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, say, say_n
from portal.postbox.rules import LetterState
from portal.reports.today import mail_is_down
from portal.talents.dead_addresses import stop_writing
from portal.timeline.who import Role
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.session import notice

UNKNOWN = N_("Nobody knows whether it arrived: the line was lost while it was handed over.")
IDLE = N_("No letter could leave since {since}. None waits now; the next one tells whether the mail is back.")
DOUBTFUL = N_(
    "Their address was refused on two days, and no reason was given: is it still theirs? Ask them, or write there no more."
)
BOUNCED = N_("Their address takes no letters: on their page, correct it or write there again.")
FAILS = N_(
    "One thing has not got done, the first time {since}: {duty}. "
    "It is tried again within the hour; the worker’s log says the same."
)
REFUSED = N_("The mail server refused it: read its words, write to them another way.")


@dataclass
class Troubled:
    """A letter somebody must look at."""

    letter_id: str
    talent_id: int
    name: str
    subject: str
    told: str
    words: str
    when: str
    unknown: bool
    doubtful: bool


@dataclass
class Seen:
    """What is the matter with letters: those in trouble, how many of them are uncertain, and whether the mail is down."""

    troubled: list[Troubled]
    more_troubled: str
    uncertain: str
    mail_down: str
    mail_because: str
    failing: list[list[str]]


class Troubles(Room):
    """Letters somebody must look at."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    troubled: list[Troubled] = []
    more_troubled: str = ""
    uncertain: str = ""
    mail_down: str = ""
    mail_because: str = ""
    failing: list[list[str]] = []

    @rx.event
    async def load(self) -> None:
        """Read what is the matter."""
        self._show(await self.inside(_troubles))
        self.loaded = True

    @rx.event
    async def settle(self, letter_id: str) -> EventSpec:
        """Take a letter off the list: counted as sent if nobody can know, set aside if it failed."""
        return await self._settled(lambda door: _settle(door, letter_id))

    @rx.event
    async def send_again(self, letter_id: str) -> EventSpec:
        """Let a letter of which nobody knows leave once more."""
        return await self._settled(lambda door: _again(door, [_uuid(letter_id)]))

    @rx.event
    async def count_all(self) -> EventSpec:
        """Take all letters of which nobody knows for sent."""
        return await self._settled(_count_all)

    @rx.event
    async def send_all_again(self) -> EventSpec:
        """Let all letters of which nobody knows leave once more."""
        return await self._settled(lambda door: _again(door, None))

    @rx.event
    async def stop_writing(self, letter_id: str) -> EventSpec:
        """Believe the server: this address takes no letters."""
        return await self._settled(lambda door: _stop_writing(door, letter_id))

    async def _settled(self, settling: Callable[[Door], str]) -> EventSpec:
        told = await self.inside(settling)
        self._show(await self.inside(_troubles))
        return notice(told)

    def _show(self, seen: "Seen") -> None:
        for name, value in vars(seen).items():
            setattr(self, name, value)


def _troubles(door: Door) -> Seen:
    found, total = letters_in_trouble(door.session, door.who)
    left_out = total - len(found)
    more = say_n(door.locale, "And {count} more letter.", "And {count} more letters.", left_out) if left_out else ""
    uncertain = uncertain_letters(door.session, door.who)
    one, many = (
        N_("{count} letter may or may not have arrived."),
        N_("{count} letters may or may not have arrived."),
    )
    return Seen(
        troubled=[_troubled(door, each) for each in found],
        more_troubled=more,
        uncertain=say_n(door.locale, one, many, uncertain) if uncertain > 1 else "",
        failing=_failing(door),
        **_mail(door),
    )


def _failing(door: Door) -> list[list[str]]:
    """Each duty that fails, in words and as the log names the cause; to an admin alone."""
    if door.who.role is not Role.ADMIN:
        return []
    return [
        [
            say(
                door.locale,
                FAILS,
                duty=say(door.locale, TOLD[one.duty]),
                since=ago(door.locale, one.since, door.zone, door.now),
            ),
            one.because,
        ]
        for one in failing(door.session, door.who)
    ]


def _mail(door: Door) -> dict[str, str]:
    down = mail_is_down(door.session, door.who, now=door.now)
    if down is None:
        return {"mail_down": "", "mail_because": ""}
    since = ago(door.locale, down.since, door.zone, door.now)
    one, many = (
        N_("No letter has left since {since}: {count} letter waits. One is tried every few minutes; nothing is lost."),
        N_("No letter has left since {since}: {count} letters wait. One is tried every few minutes; nothing is lost."),
    )
    told = (
        say_n(door.locale, one, many, down.waiting, since=since)
        if down.waiting
        else say(door.locale, IDLE, since=since)
    )
    return {"mail_down": told, "mail_because": say(door.locale, down.because)}


def _troubled(door: Door, one: Trouble) -> Troubled:
    unknown = one.state is LetterState.UNKNOWN
    told = UNKNOWN if unknown else BOUNCED if one.bounced else DOUBTFUL if one.doubtful else REFUSED
    return Troubled(
        letter_id=str(one.letter_id),
        talent_id=one.talent_id,
        name=one.name or say(door.locale, N_("No name")),
        subject=one.subject,
        told=say(door.locale, told),
        words="" if unknown else one.why,
        when=ago(door.locale, one.at, door.zone, door.now),
        unknown=unknown,
        doubtful=one.doubtful and not one.bounced,
    )


def _uuid(letter_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(letter_id)
    except ValueError as wrong:
        raise NotFound from wrong


def _settle(door: Door, letter_id: str) -> str:
    settle(door.session, door.who, _uuid(letter_id), now=door.now)
    return say(door.locale, N_("Dealt with; their page keeps the letter."))


def _again(door: Door, letters: list[uuid.UUID] | None) -> str:
    count = send_again(door.session, door.who, letters, now=door.now)
    one, many = (
        N_("{count} letter leaves again, as soon as the gate lets it."),
        N_("{count} letters leave again, as soon as the gate lets them."),
    )
    return say_n(door.locale, one, many, count)


def _count_all(door: Door) -> str:
    count = count_as_sent(door.session, door.who, now=door.now)
    return say_n(door.locale, N_("{count} letter counts as sent."), N_("{count} letters count as sent."), count)


def _stop_writing(door: Door, letter_id: str) -> str:
    found, _ = letters_in_trouble(door.session, door.who)
    theirs = [one.talent_id for one in found if one.letter_id == _uuid(letter_id) and one.doubtful]
    stop_writing(door.session, door.who, theirs, now=door.now)
    _settle(door, letter_id)
    return say(door.locale, N_("No letter goes to this address any more; on their page that can be undone."))
