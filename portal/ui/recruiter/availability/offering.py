"""What the form of the availability page offers: one stretch of time, on one day or repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from portal.booking.offering import offer
from portal.gate.queries import public_holidays
from portal.kit.errors import Refused
from portal.kit.i18n import N_, day, say, say_n
from portal.ui.doors import Door

MOST_WEEKS = 12
LENGTHS = (15, 20, 30, 45, 60, 90)
_ON_DAY = N_("{day}: {problem}")


@dataclass(frozen=True)
class Asked:
    """A stretch of time, the first day, the weekdays it comes back on (0 is Monday), for how many weeks."""

    first: date
    starts: time
    ends: time
    minutes: int
    weekdays: frozenset[int]
    weeks: int

    def days(self) -> list[date]:
        """Return every day asked, in order; the first alone unless it is repeated."""
        wanted = self.weekdays or {self.first.weekday()}
        each = (self.first + timedelta(days=n) for n in range(7 * self.weeks))
        return [one for one in each if one.weekday() in wanted]


def read(form: Mapping[str, Any]) -> Asked:
    """Return what the form asks, or refuse it with what to mend."""
    minutes, weeks = str(form.get("minutes", "")), str(form.get("weeks", "1"))
    if not minutes.isdecimal() or int(minutes[:4]) not in LENGTHS:
        raise Refused(N_("Choose how long a talk lasts."))
    if not weeks.isdecimal() or not 1 <= int(weeks[:4]) <= MOST_WEEKS:
        raise Refused(N_("Repeat for 1 to {most} weeks."), most=MOST_WEEKS)
    return Asked(
        _day(form),
        _time(form, "starts"),
        _time(form, "ends"),
        int(minutes),
        frozenset(number for number in range(7) if form.get(f"on.{number}")),
        int(weeks),
    )


def _day(form: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(str(form.get("day", "")))
    except ValueError:
        raise Refused(N_("Choose a day.")) from None


def _time(form: Mapping[str, Any], name: str) -> time:
    try:
        return time.fromisoformat(str(form.get(name, "")))
    except ValueError:
        raise Refused(N_("Write each hour like 09:30.")) from None


def offer_all(door: Door, asked: Asked) -> str:
    """Offer every day asked, or none; when repeated, public holidays are left out. Return the sentence that says so."""
    days = asked.days()
    holidays = public_holidays(asked.first.year, door.zone) if len(days) > 1 else frozenset()
    offered = sum(_offer(door, asked, one) for one in days if one not in holidays)
    if not offered:
        raise Refused(N_("None of these weekdays falls within these weeks: choose another day."))
    told = say_n(door.locale, "{count} slot is offered.", "{count} slots are offered.", offered)
    left_out = [day(door.locale, one) for one in days if one in holidays]
    if not left_out:
        return told
    return say(door.locale, "{offered} Left out, being holidays: {days}.", offered=told, days=", ".join(left_out))


def _offer(door: Door, asked: Asked, one: date) -> int:
    try:
        return len(offer(door.session, door.who, one, asked.starts, asked.ends, asked.minutes, now=door.now))
    except Refused as refused:
        problem = say(door.locale, refused.sentence, **refused.params)
        raise Refused(_ON_DAY, day=day(door.locale, one).capitalize(), problem=problem) from refused
