"""What waits for someone, and what we know of them, in words."""

from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.consent.queries import consents_of
from portal.consent.rules import Basis, Purpose, Stance
from portal.kit.clock import local_day
from portal.kit.i18n import N_, ago, day, moment, say, short_day
from portal.kit.zones import named
from portal.replies import mine
from portal.replies.saying import still_true
from portal.talents.known import known
from portal.talents.queries import Profile, profile
from portal.ui.candidate.home.rhythm import rhythm_told
from portal.ui.doors import CANDIDATES, Audience, Door, Room
from portal.ui.session import notice

THANKS = N_("Thank you: we now have it from you, as of today.")
_AGREED = {
    Stance.AGREED: N_("You agreed to stay in touch."),
    Stance.INTEREST: N_("We write to you on the ground of our legitimate interest; one click says no."),
    Stance.STOPPED: N_("You asked us not to write any more."),
    Stance.SILENT: N_("You have not agreed to our letters."),
}
_ENDED = {
    Basis.CONSENT: N_("Your consent ended on {day}; you can agree again."),
    Basis.LEGITIMATE_INTEREST: N_(
        "Our legitimate interest in writing to you ended on {day}; you can agree to stay in touch."
    ),
}


@dataclass
class Home:
    """The page in words."""

    hello: str = ""
    known: str = ""
    confirmed: str = ""
    meeting: str = ""
    meeting_note: str = ""
    rhythm: str = ""
    agreed: str = ""
    kept: str = field(default="")


class MyHome(Room):
    """Who they are to us."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    seen: Home = Home()

    @rx.event
    async def load(self) -> None:
        """Read what we know."""
        self.seen = await self.inside(_home)
        self.loaded = True

    @rx.event
    async def confirm(self) -> EventSpec:
        """It is still true."""
        self.seen, told = await self.inside(_confirm)
        return notice(told)


def _confirm(door: Door) -> tuple[Home, str]:
    still_true(door.session, door.who, now=door.now)
    return _home(door), say(door.locale, THANKS)


def _home(door: Door) -> Home:
    me = profile(door.session, door.who, door.who.id)
    told = known(me, door.locale, today=local_day(door.now, door.zone))
    meeting, note = _meeting(door)
    return Home(
        hello=_hello(door, me),
        known=say(door.locale, "We know of you: {known}.", known=told.rstrip(".")) if told else "",
        confirmed=_confirmed(door, me),
        meeting=meeting,
        meeting_note=note,
        rhythm=rhythm_told(door, me),
        agreed=_agreed(door),
    )


def _hello(door: Door, me: Profile) -> str:
    if not me.first_name:
        return say(door.locale, "Hello.")
    return say(door.locale, "Hello {first_name}.", first_name=me.first_name)


def _confirmed(door: Door, me: Profile) -> str:
    days = [said.on for name, said in me.told.items() if said.by == "talent" and said.on and name in _SHOWN]
    if not days:
        return ""
    last, today = max(days), local_day(door.now, door.zone)
    if last == today:
        return say(door.locale, "You told us so today.")
    return say(door.locale, "You last told us so on {day}.", day=day(door.locale, last, year=last.year != today.year))


_SHOWN = frozenset({"job_text", "does", "place_name", "radius_km", "availability", "contracts"})


def _meeting(door: Door) -> tuple[str, str]:
    coming = mine.meetings(door.session, door.who, now=door.now)
    if not coming:
        return "", ""
    first = coming[0]
    when = ago(door.locale, first.starts_at, door.zone, door.now)
    if local_day(first.starts_at, door.zone) > local_day(door.now, door.zone):
        when = moment(door.locale, first.starts_at, door.zone, door.now)
    when = named(door.locale, when, first.starts_at, door.zone, first.zone)
    told = say(door.locale, "{recruiter} calls you: {when}.", recruiter=first.recruiter, when=when)
    return told, first.job


def _agreed(door: Door) -> str:
    found = {row.purpose: row for row in consents_of(door.session, door.who.id)}
    pool = found.get(Purpose.POOL)
    stance = pool.stance(local_day(door.now, door.zone)) if pool else Stance.SILENT
    if pool and pool.expires_on and stance is Stance.ENDED:
        return say(door.locale, _ENDED[pool.basis], day=short_day(door.locale, pool.expires_on))
    return say(door.locale, _AGREED[stance])
