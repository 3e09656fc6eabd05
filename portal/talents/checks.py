"""What one value of a profile may be, whoever says it: cleaned, or refused with a sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from portal.kit.errors import Refused
from portal.kit.i18n import LOCALES, N_
from portal.kit.zones import is_zone
from portal.talents import jobs, places
from portal.talents.addresses import read_email, read_phone, written
from portal.talents.protected import WHY, find
from portal.talents.rules import AddressForm
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote
from portal.talents.zones import PARIS

NOT_A_VALUE = N_("“{value}” is not a choice here. Choose one from the list.")
NOT_A_NUMBER = N_("Write a whole number between {least} and {most}.")
NOT_A_PHONE = N_("“{value}” is not a telephone number. Write it with its country code, like +33 6 12 34 56 78.")
NOT_AN_EMAIL = N_("“{value}” is not an e-mail address.")
TOO_LONG = N_("Write at most {most} characters.")
TOO_MANY = N_("Name at most {most}.")
NOT_TO_CHANGE = N_("This cannot be changed here.")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# ISO 639-1, with a level of the Common European Framework if it was said.
_LANGUAGE = re.compile(r"[a-z]{2}(:[ABC][12])?")
MOST_VALUES = 50
_Check = Callable[[Any], Any]


def checked(changes: Mapping[str, object], allowed: frozenset[str]) -> dict[str, Any]:
    """Return `changes` (columns of `Talent`) cleaned and complete: what is said together comes together."""
    if not changes.keys() <= allowed:
        raise Refused(NOT_TO_CHANGE)
    clean = {name: _CHECKS[name](value) for name, value in changes.items()}
    if "place_code" in clean:
        place = places.get(clean["place_code"]) if clean["place_code"] else None
        clean["place_name"] = place.name if place else ""
    if clean.keys() & {"availability", "available_from", "notice_days"}:
        _complete_availability(clean)
    if "job_text" in clean and "job_code" not in clean:
        match = jobs.match(clean["job_text"])
        clean["job_code"] = match.code if match else None
    elif "job_code" in clean and "job_text" not in clean:
        clean["job_text"] = jobs.label(clean["job_code"], "fr") if clean["job_code"] else ""
    return clean


def _complete_availability(clean: dict[str, Any]) -> None:
    """Make one statement of when they could start: a day goes with "from a date", a length with "on notice"."""
    on, notice = clean.get("available_from"), clean.get("notice_days")
    implied = Availability.FROM_DATE if on else Availability.NOTICE if notice is not None else None
    kind = clean.setdefault("availability", implied.value if implied else None)
    clean["available_from"] = on if kind == Availability.FROM_DATE else None
    clean["notice_days"] = notice if kind == Availability.NOTICE else None


def one_line(value: object, most: int) -> str:
    """Return what was typed as one line without control characters; refused when longer than `most` characters."""
    text = " ".join(_CONTROL.sub(" ", str(value or "")).split())
    if len(text) > most:
        raise Refused(TOO_LONG, most=most)
    return text


def _text(most: int) -> _Check:
    return lambda value: one_line(value, most)


def _skill(value: object) -> str:
    skill = one_line(value, 80)
    if found := find(skill):
        raise Refused(WHY[found[0].ground], word=found[0].word)
    return skill


def _one_of(choices: type[StrEnum]) -> _Check:
    def check(value: object) -> str | None:
        if value in (None, ""):
            return None
        if value not in set(choices):
            raise Refused(NOT_A_VALUE, value=str(value)[:50])
        return choices(str(value)).value

    return check


def _some_of(known: frozenset[str]) -> _Check:
    def check(value: object) -> list[str]:
        chosen = sorted({str(each) for each in value}) if isinstance(value, list | tuple | set | frozenset) else []
        unknown = next((each for each in chosen if each not in known), None)
        if unknown is not None:
            raise Refused(NOT_A_VALUE, value=unknown[:50])
        return chosen

    return check


def _several(check: _Check) -> _Check:
    """Clean each of a few values and keep each once, in their order."""

    def checked_each(value: object) -> list[str]:
        given = value if isinstance(value, list | tuple) else []
        if len(given) > MOST_VALUES:
            raise Refused(TOO_MANY, most=MOST_VALUES)
        return list(dict.fromkeys(clean for each in given if (clean := check(each))))

    return checked_each


def _language(value: object) -> str:
    text = str(value or "").strip()
    if text and not _LANGUAGE.fullmatch(text):
        raise Refused(NOT_A_VALUE, value=text[:50])
    return text


def _yes_no(value: object) -> bool | None:
    if value in (None, ""):
        return None
    if value not in (True, False, "yes", "no"):
        raise Refused(NOT_A_VALUE, value=str(value)[:50])
    return value in (True, "yes")


def _number(least: int, most: int) -> _Check:
    def check(value: object) -> int | None:
        if value in (None, ""):
            return None
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise Refused(NOT_A_NUMBER, least=least, most=most)
        return int(text)

    return check


def _phone(value: object) -> str | None:
    text = str(value or "").strip()
    number = read_phone(text) if text else None
    if text and number is None:
        raise Refused(NOT_A_PHONE, value=text[:50])
    return number


def _email(value: object) -> str:
    address = read_email(str(value or ""))
    if address is None:
        raise Refused(NOT_AN_EMAIL, value=str(value or "")[:100])
    return address


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as wrong:
        raise Refused(NOT_A_VALUE, value=str(value)[:50]) from wrong


def _known(know: Callable[[str], object]) -> _Check:
    def check(value: object) -> str | None:
        if value in (None, ""):
            return None
        if not know(str(value)):
            raise Refused(NOT_A_VALUE, value=str(value)[:50])
        return str(value)

    return check


_CHECKS: dict[str, _Check] = {
    "first_name": lambda value: written(_text(100)(value)),
    "last_name": lambda value: written(_text(100)(value)),
    "email": _email,
    "phone": _phone,
    "address_form": lambda value: _one_of(AddressForm)(value) or AddressForm.NEUTRAL.value,
    "locale": lambda value: _known(LOCALES.__contains__)(value) or "fr",
    "zone": lambda value: _known(is_zone)(value) or PARIS,
    "job_text": _text(300),
    "job_code": _known(jobs.get),
    "other_jobs": _several(_known(jobs.get)),
    "does": _text(300),
    "experience": _one_of(Experience),
    "skills": _several(_skill),
    "languages": _several(_language),
    "contracts": _some_of(frozenset(Contract)),
    "interests": _some_of(frozenset(Interest)),
    "environments": _some_of(frozenset(Environment)),
    "salary_floor": _number(0, 1_000_000),
    "availability": _one_of(Availability),
    "available_from": _day,
    "notice_days": _number(0, 366),
    "refuses": _text(300),
    "place_code": _known(places.get),
    "other_places": _several(_known(places.get)),
    "radius_km": _number(1, 1000),
    "regions": lambda value: _some_of(frozenset(places.regions()))(value),  # noqa: PLW0108 - communes are read late
    "remote": _one_of(Remote),
    "relocation": _yes_no,
    "rhythm_days": _number(1, 3650),
    "paused_until": _day,
}
# Their address signs them in: it changes by another way than a form.
BY_TALENT = frozenset(_CHECKS) - {"email"}
# How someone wants to be addressed and written to is theirs alone to say.
BY_STAFF = frozenset(_CHECKS) - {"address_form", "rhythm_days", "paused_until"}
