"""The form of an opportunity: what is written in it, what is wrong with it, field by field."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.opportunities.rules import Terms, refuse_nonsense
from portal.talents import jobs, places
from portal.talents.vocabulary import Contract, Environment, Remote

Word = TypeVar("Word", bound=StrEnum)
_LONGEST = 4_000
NOT_WHOLE = N_("Write a whole number of euros a year, like 32000.")
NO_DAY = N_("Choose a day.")
NOT_LISTED = N_("Choose one of the list.")


@dataclass
class Values:
    """What stands in each field, as text; or, of the same shape, what is wrong with it."""

    title: str = ""
    contract: str = ""
    job_code: str = ""
    place_code: str = ""
    salary_min: str = ""
    salary_max: str = ""
    starts_on: str = ""
    remote: str = ""
    environment: str = ""
    digest_fr: str = ""
    digest_en: str = ""


NAMES = tuple(each.name for each in fields(Values))
# A field wrong by itself is found by asking about terms that are otherwise right.
_RIGHT = Terms(title="–", contract=Contract.CDI, digest_fr="–")


def of_terms(terms: Terms) -> Values:
    """Return what the form shows of an opportunity."""
    told = {name: value for name, value in asdict(terms).items() if value is not None}
    return Values(
        **{name: value.isoformat() if isinstance(value, date) else str(value) for name, value in told.items()}
    )


def written(values: Values, name: str, text: Any) -> Values:
    """Return the values with one field changed; a field that does not exist changes nothing."""
    return replace(values, **{name: str(text)[:_LONGEST]}) if name in NAMES else values


def job_words(code: str, locale: str) -> str:
    return jobs.label(code, locale) if code else ""


def place_words(insee: str) -> str:
    place = places.get(insee) if insee else None
    return f"{place.name} ({place.department})" if place else insee


def read(values: Values, locale: str) -> tuple[Terms | None, Values]:
    """Return the terms, or what is wrong beside each field that is."""
    wrong: dict[str, str] = {}
    found = readable(
        values, lambda name, refused: wrong.update({name: say(locale, refused.sentence, **refused.params)})
    )
    for name, changed in _alone(found):
        try:
            refuse_nonsense(changed)
        except Refused as refused:
            wrong.setdefault(name, say(locale, refused.sentence, **refused.params))
    return (None, Values(**wrong)) if wrong else (Terms(**found), Values())


def readable(values: Values, tell: Callable[[str, Refused], None] = lambda _, __: None) -> dict[str, Any]:
    """Return what can be read of each field; `tell` hears of the others."""
    found: dict[str, Any] = {}
    for name, reader in _READERS.items():
        try:
            found[name] = reader(getattr(values, name))
        except Refused as refused:
            tell(name, refused)
    return found


def _alone(found: dict[str, Any]) -> Iterator[tuple[str, Terms]]:
    """Yield terms that only one field could make wrong, with the field to tell it beside."""
    if "title" in found:
        yield "title", replace(_RIGHT, title=found["title"])
    yield "digest_fr", replace(_RIGHT, digest_fr=found["digest_fr"], digest_en=found["digest_en"][:1])
    yield "digest_en", replace(_RIGHT, digest_en=found["digest_en"])
    for name in ("job_code", "place_code", "salary_min", "salary_max"):
        if name in found:
            yield name, replace(_RIGHT, **{name: found[name]})
    if "salary_min" in found and "salary_max" in found:
        yield "salary_max", replace(_RIGHT, salary_min=found["salary_min"], salary_max=found["salary_max"])


def _text(text: str) -> str:
    return text


def _code(text: str) -> str | None:
    return text or None


def _euros(text: str) -> int | None:
    bare = "".join(text.split())
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 9:
        raise Refused(NOT_WHOLE)
    return int(bare)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(NO_DAY) from None


def _one(words: type[Word]) -> Callable[[str], Word]:
    def reader(text: str) -> Word:
        if text not in set(words):
            raise Refused(NOT_LISTED)
        return words(text)

    return reader


def _maybe(words: type[Word]) -> Callable[[str], Word | None]:
    return lambda text: _one(words)(text) if text else None


_READERS: dict[str, Callable[[str], Any]] = {
    "title": _text,
    "contract": _one(Contract),
    "job_code": _code,
    "place_code": _code,
    "salary_min": _euros,
    "salary_max": _euros,
    "starts_on": _day,
    "remote": _maybe(Remote),
    "environment": _maybe(Environment),
    "digest_fr": _text,
    "digest_en": _text,
}
