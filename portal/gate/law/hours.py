"""Check 6: quiet hours, Sundays and public holidays where the person lives. They only ever delay a *go*."""

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from portal.gate.law.reason import Ends, Reason
from portal.gate.rules import Check, Facts
from portal.kit.i18n import N_


def _opens(facts: Facts) -> datetime:
    return next_open(facts.now, facts.zone, facts.quiet_from, facts.quiet_to, facts.holidays)


HOURS = (
    Reason(
        code="quiet_hours",
        check=Check.HOURS,
        ends=Ends.TIME,
        holds=lambda facts: _opens(facts) > facts.now,
        until=_opens,
        to_staff=N_("You can write now. The letter leaves {on}: never at night, on Sundays or on public holidays."),
        to_them=N_("The letter leaves {on}: never at night, on Sundays or on public holidays."),
        short=N_("quiet hours"),
    ),
)


def next_open(now: datetime, zone: str, quiet_from: time, quiet_to: time, days_off: AbstractSet[date]) -> datetime:
    """Return `now` if one may write, else the first instant one may, where the person lives.

    Quiet hours go over midnight (20:00 to 8:00) or lie within a day (0:00 to 8:00); equal ends mean there are none.
    """
    here = now.astimezone(ZoneInfo(zone))
    day, at = here.date(), here.time()
    over_midnight = quiet_from > quiet_to
    opens = quiet_to if over_midnight or quiet_from == time(0) else time(0)
    if over_midnight and at >= quiet_from:
        day, at = day + timedelta(days=1), opens
    elif at < quiet_to and (over_midnight or at >= quiet_from):
        at = quiet_to
    while day.weekday() == 6 or day in days_off:
        day, at = day + timedelta(days=1), opens
    if (day, at) == (here.date(), here.time()):
        return now
    # In the hour that comes twice in autumn the first of the two may be past.
    return max(now, datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC))


# What is a holiday in one part of France only: the abolition of slavery, Good Friday, the day of the mission…
_TERRITORY = {
    "America/Guadeloupe": "971",
    "America/Martinique": "972",
    "America/Cayenne": "973",
    "Indian/Reunion": "974",
    "Indian/Mayotte": "976",
    "America/Miquelon": "PM",
    "America/St_Barthelemy": "BL",
    "America/Marigot": "MF",
    "Pacific/Wallis": "WF",
    "Pacific/Tahiti": "PF",
    "Pacific/Marquesas": "PF",
    "Pacific/Gambier": "PF",
    "Pacific/Noumea": "NC",
}


@cache
def public_holidays(year: int, zone: str = "Europe/Paris") -> frozenset[date]:
    """Return the public holidays of France in `year` and the next, with those of the territory that lives by this clock."""
    return frozenset(holidays.country_holidays("FR", subdiv=_TERRITORY.get(zone), years=(year, year + 1)))
