"""A value of a profile told in words: the same on every page and in every file."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from babel import Locale

from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.talents import jobs, places
from portal.talents.addresses import spaced
from portal.talents.labels import label
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote

# Languages to choose from (ISO 639-1): those most spoken at work in France; a file may bring any other.
LANGUAGES = (
    "fr", "en", "es", "de", "it", "pt", "ar", "nl", "pl", "ro", "ru", "uk", "tr", "zh", "ja", "ko", "vi", "hi", "fa",
    "el", "sv", "da", "no", "fi", "cs", "sk", "hu", "bg", "hr", "sr", "sq", "ca", "eu", "br", "co", "wo", "mg", "sw",
)  # fmt: skip
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
WOULD_MOVE = {True: N_("would move house for the right job"), False: N_("would not move house")}


def told(name: str, value: Any, locale: str) -> str:  # noqa: ANN401 - what a column of `Talent` holds
    """Return the value of a column of `Talent` in the reader's language; empty for what nobody said."""
    if value in (None, "", [], ()):
        return ""
    tell = _TELL.get(name)
    return tell(value, locale) if tell else str(value)


def language(held: str, locale: str) -> str:
    """Return "anglais (B2)" for "en:B2"."""
    code, _, level = held.partition(":")
    name = _languages("fr" if locale.startswith("fr") else "en").get(code, code)
    return f"{name} ({level})" if level else name


@cache
def _languages(locale: str) -> dict[str, str]:
    """Return the names of languages in a language, by code."""
    found: Any = Locale.parse(locale)
    return dict(found.languages)


def notice(days: int, locale: str) -> str:
    """Return a length of notice as people say it: months where it is whole months of thirty days."""
    if days and days % 30 == 0:
        return say_n(locale, "{count} month of notice", "{count} months of notice", days // 30)
    return say_n(locale, "{count} day of notice", "{count} days of notice", days)


def place(code: str) -> str:
    """Return the name of a commune; its code where we know it no longer."""
    known = places.get(code)
    return known.name if known else code


def _one(vocabulary: type[StrEnum]) -> Callable[[Any, str], str]:
    return lambda value, locale: label(locale, vocabulary(value)) if value in set(vocabulary) else str(value)


def _each(tell: Callable[[Any, str], str]) -> Callable[[Any, str], str]:
    return lambda values, locale: ", ".join(tell(value, locale) for value in values)


def _salary(value: int, locale: str) -> str:
    return say(locale, N_("€{amount} a year, gross"), amount=number(locale, value))


def _day(value: date | str, locale: str) -> str:
    return short_day(locale, value if isinstance(value, date) else date.fromisoformat(value))


_TELL: dict[str, Callable[[Any, str], str]] = {
    "phone": lambda value, _: spaced(value),
    "job_code": jobs.label,
    "other_jobs": _each(jobs.label),
    "experience": _one(Experience),
    "skills": _each(lambda value, _: value),
    "languages": _each(language),
    "contracts": _each(_one(Contract)),
    "interests": _each(_one(Interest)),
    "environments": _each(_one(Environment)),
    "salary_floor": _salary,
    "availability": _one(Availability),
    "available_from": _day,
    "notice_days": notice,
    "other_places": _each(lambda value, _: place(value)),
    "radius_km": lambda value, _: f"{value} km",
    "regions": _each(lambda value, _: places.regions().get(value, value)),
    "remote": _one(Remote),
    "relocation": lambda value, locale: say(locale, WOULD_MOVE[value]),
    "paused_until": _day,
}
