"""Time zones as people name them, and hours told with their zone where reader and writer live by different clocks."""

from datetime import datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location

from portal.kit.fold import fold
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
_VOWELS = tuple("aeiouyh")


def zone_name(locale: str, zone: str) -> str:
    """Return `Martinique time`, `heure de la Martinique`, `heure d’Abidjan`."""
    if zone in FRENCH:
        return say(locale, FRENCH[zone])
    city = _city(locale, zone)
    return say(locale, _ELSEWHERE, city=_of(city) if locale == "fr" else city)


def zone_choice(locale: str, zone: str) -> str:
    """Return how a zone stands in a list, or at the beginning of a line: the cities of the world by their name alone."""
    if zone not in FRENCH:
        return _city(locale, zone)
    name = zone_name(locale, zone)
    return name[:1].upper() + name[1:]


def _city(locale: str, zone: str) -> str:
    """Return the city of a zone as its reader writes it: `Londres`, `London`."""
    return get_timezone_location(zone, "fr" if locale == "fr" else "en", return_city=True).rpartition("/")[2]


def _of(city: str) -> str:
    """Return a city with the word that French has before it."""
    if city.startswith("Le "):
        return f"du {city[3:]}"
    return f"d’{city}" if fold(city).startswith(_VOWELS) else f"de {city}"


@cache
def zone_choices(locale: str) -> tuple[tuple[str, str], ...]:
    """Return the zones to choose from, each once, with its name: those of France first, then the cities as one looks them up."""
    told = {zone: zone_choice(locale, zone) for zone in (*FRENCH, *(_listed() - FRENCH.keys()))}
    cities = sorted((zone for zone in told if zone not in FRENCH), key=lambda zone: fold(told[zone]))
    return tuple((zone, told[zone]) for zone in (*FRENCH, *cities))


def _listed() -> set[str]:
    """Return the zones of the world without their older names and abbreviations, as the tz database lists them."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    return {line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")}


@cache
def _zones() -> frozenset[str]:
    """Return every zone somebody may live by: browsers still say the older names."""
    apart = ("Etc/", "posix/", "right/")
    return frozenset(zone for zone in available_timezones() if "/" in zone and not zone.startswith(apart))


def is_zone(value: object) -> bool:
    """Tell whether it names a zone: a browser says what it likes."""
    return isinstance(value, str) and value in _zones()


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
