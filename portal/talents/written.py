"""The pool's own file: each value in its own words, and these words read back as what they were, in either language."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any

from portal.kit.cells import listed, parts
from portal.kit.i18n import LOCALES, say_n
from portal.talents import jobs, places
from portal.talents.telling import LANGUAGES, LEVELS, told
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote

SEVERAL = frozenset({"other_jobs", "skills", "languages", "contracts", "interests", "environments", "regions"})


def cell(column: str, value: Any, locale: str) -> str:  # noqa: ANN401 - what a column of `Talent` holds
    """Return a value of a profile as a file holds it."""
    if column == "other_places" and value:
        return listed(place(code) for code in value)
    if column == "notice_days" and value is not None:
        return say_n(locale, "{count} day", "{count} days", value)
    if column in SEVERAL:
        return listed(told(column, [each], locale) for each in value or ())
    return told(column, value, locale)


def place(code: str) -> str:
    """Return a commune by its name, with its department where the name alone says another, or none."""
    known = places.get(code)
    if known is None or places.match(known.name) == known:
        return known.name if known else code
    return f"{known.name} ({known.department})"


def several(column: str, text: str) -> tuple[str, ...] | None:
    """Return the values a cell lists in the product's own words; None as soon as one of them is not."""
    own = _own_words(column)
    found = [own.get(_plain(part.text)) for part in parts(text)] if own else []
    values = tuple(value for value in found if value is not None)
    return values if values and len(values) == len(found) else None


def one(column: str, text: str) -> Any | None:  # noqa: ANN401 - what a column of `Talent` holds
    """Return the value a cell says in the product's own words, or None."""
    return _own_words(column).get(_plain(text))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


@cache
def _own_words(column: str) -> dict[str, Any]:
    """Return every value of a closed column by its words; words of two values mean neither."""
    found: dict[str, set[Any]] = {}
    lists = column in SEVERAL
    for value in _every(column):
        for locale in LOCALES:
            plain = value.value if isinstance(value, StrEnum) else value
            found.setdefault(_plain(told(column, [value] if lists else value, locale)), set()).add(plain)
    return {words: values.copy().pop() for words, values in found.items() if len(values) == 1}


def _every(column: str) -> Iterable[Any]:
    closed: dict[str, Iterable[Any]] = {
        "contracts": Contract,
        "interests": Interest,
        "environments": Environment,
        "experience": Experience,
        "remote": Remote,
        "availability": Availability,
        "relocation": (True, False),
    }
    match column:
        case "other_jobs":
            return (job.code for job in jobs.everything())
        case "languages":
            return (held for code in LANGUAGES for held in (code, *(f"{code}:{level}" for level in LEVELS)))
        case "regions":
            return places.regions()
        case _:
            return closed.get(column, ())
