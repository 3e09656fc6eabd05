"""Time zones as people name them, and hours told with their zone where reader and writer live by different clocks."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from portal.kit.i18n import N_, clock, moment, say

# The clocks of France, then whatever else the world has, by its city.
FRENCH = {
    "Europe/Paris": N_("Paris time"),
    "America/Guadeloupe": N_("Guadeloupe time"),
    "America/Martinique": N_("Martinique time"),
    "America/Cayenne": N_("French Guiana time"),
    "Indian/Reunion": N_("Réunion time"),
    "Indian/Mayotte": N_("Mayotte time"),
    "America/Miquelon": N_("Saint-Pierre-et-Miquelon time"),
    "America/St_Barthelemy": N_("Saint-Barthélemy time"),
    "America/Marigot": N_("Saint-Martin time"),
    "Pacific/Wallis": N_("Wallis and Futuna time"),
    "Pacific/Tahiti": N_("Tahiti time"),
    "Pacific/Marquesas": N_("Marquesas time"),
    "Pacific/Gambier": N_("Gambier time"),
    "Pacific/Noumea": N_("New Caledonia time"),
}
_ELSEWHERE = N_("{city} time")


def zone_name(locale: str, zone: str) -> str:
    """Return `Martinique time`, `heure de la Martinique`."""
    if zone in FRENCH:
        return say(locale, FRENCH[zone])
    return say(locale, _ELSEWHERE, city=zone.rpartition("/")[2].replace("_", " "))


def zone_choice(locale: str, zone: str) -> str:
    """Return how a zone stands in a list, or at the beginning of a line."""
    name = zone_name(locale, zone)
    return name[:1].upper() + name[1:]


@cache
def zones() -> tuple[str, ...]:
    """Return every zone somebody may live by: those of France first, then the cities of the world."""
    cities = (
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return (*FRENCH, *sorted(set(cities) - FRENCH.keys()))


def is_zone(value: object) -> bool:
    """Tell whether it names a zone: a browser says what it likes."""
    return isinstance(value, str) and value in zones()


def same_clock(one: str, other: str, at: datetime) -> bool:
    """Tell whether clocks in both zones show the same at an instant."""
    return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()


def moment_in(locale: str, value: datetime, zone: str, other: str, now: datetime | None = None) -> str:
    """Return a moment in the reader's zone, which is named where the clock of the `other` shows another hour."""
    return named(locale, moment(locale, value, zone, now), value, zone, other)


def named(locale: str, told: str, value: datetime, zone: str, other: str) -> str:
    """Return what is told of an instant in a zone with its name, where the clock of the `other` shows another hour."""
    return told if same_clock(zone, other, value) else f"{told} ({zone_name(locale, zone)})"


def moment_there(locale: str, value: datetime, zone: str, other: str, now: datetime | None = None) -> str:
    """Return a moment in one's own zone and, where the clock of the `other` shows another hour, theirs beside it."""
    told = moment(locale, value, zone, now)
    if same_clock(zone, other, value):
        return told
    here, there = value.astimezone(ZoneInfo(zone)).date(), value.astimezone(ZoneInfo(other)).date()
    theirs = clock(locale, value, other) if here == there else moment(locale, value, other, now)
    return f"{told} ({zone_name(locale, zone)}) · {theirs} ({zone_name(locale, other)})"
