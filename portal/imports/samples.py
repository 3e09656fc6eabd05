"""What a cell is understood as, in words: shown beside it before anything is taken in."""

from collections.abc import Callable
from datetime import date

from portal.imports.cells.availability import read_notice, read_start
from portal.imports.cells.days import day_of
from portal.imports.cells.jobs import read_jobs
from portal.imports.cells.places import read_place, read_places
from portal.imports.cells.ways import emails_in, phones_in
from portal.imports.days_written import DAY_FIELDS
from portal.imports.fields import Field
from portal.imports.stops import Says, agreed, opposed
from portal.imports.work import ONE, SEVERAL
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.talents import jobs, labels, places
from portal.talents.dates import swapped
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote

SURE = N_("{job} ({percent} % sure)")
A_YEAR = N_("{amount} € a year, gross")
KILOMETRES = N_("{amount} km")
FROM_DAY = N_("from {day}")
YES, NO = N_("yes"), N_("no")
FRENCH, ENGLISH = N_("French"), N_("English")

_DAYS = frozenset({Field.COLLECTED_ON, Field.CONSENT_ON, Field.CONSENT_UNTIL})
_WORDS = {Field.EXPERIENCE: Experience, Field.REMOTE: Remote}


def told(field: Field, text: str, on: date, locale: str, *, month_first: bool = False) -> str | None:
    """Return what `text` is taken for; "" where it stays as it is written, None where nobody can tell.

    `month_first` is how the file writes its days.
    """
    text = swapped(text) if month_first and field in DAY_FIELDS else text
    if field in _TOLD:
        return _TOLD[field](text, on, locale)
    if field in SEVERAL:
        found, _ = SEVERAL[field][1](text)
        return ", ".join(_several(field, each, locale) for each in found) or None
    if field in ONE:
        value = ONE[field][1](text)
        return None if value is None else _one(field, value, locale)
    if field in _DAYS:
        day = day_of(text)
        return short_day(locale, day) if day else None
    return ""


def _one(field: Field, value: object, locale: str) -> str:
    match value:
        case bool():
            return say(locale, YES if value else NO)
        case int():
            return say(locale, A_YEAR if field is Field.SALARY else KILOMETRES, amount=number(locale, value))
        case tuple():
            return ", ".join(labels.label(locale, Contract(each)) for each in value)
        case str() if field in _WORDS:
            return labels.label(locale, _WORDS[field](value))
        case _:
            return say(locale, FRENCH if value == "fr" else ENGLISH) if field is Field.LOCALE else ""


def _several(field: Field, value: str, locale: str) -> str:
    if field is Field.INTERESTS:
        return labels.label(locale, Interest(value))
    if field is Field.ENVIRONMENTS:
        return labels.label(locale, Environment(value))
    return value.replace(":", " ").upper() if field is Field.LANGUAGES else value


def _jobs(text: str, _on: date, locale: str) -> str | None:
    found = read_jobs(" ".join(text.split())).found
    return (
        ", ".join(
            say(locale, SURE, job=jobs.label(code, locale), percent=round(confidence * 100))
            for code, confidence in found
        )
        or None
    )


def _place(text: str, _on: date, _locale: str) -> str | None:
    place = read_place(text)
    if place is not None:
        return f"{place.name} ({place.department})"
    return _places(text, _on, _locale)


def _places(text: str, _on: date, _locale: str) -> str | None:
    codes, regions, _ = read_places(text)
    names = [place.name for code in codes if (place := places.get(code))]
    return ", ".join([*names, *(places.regions()[code] for code in regions)]) or None


def _start(text: str, on: date, locale: str) -> str | None:
    start = read_start(text, on)
    if start is None:
        return None
    if start.day is not None:
        return say(locale, FROM_DAY, day=short_day(locale, start.day))
    label = labels.label(locale, start.kind)
    return f"{label}, {_days(locale, start.notice_days)}" if start.notice_days else label


def _notice(text: str, _on: date, locale: str) -> str | None:
    days = read_notice(text)
    if days is None:
        return None
    return _days(locale, days) if days else labels.label(locale, Availability.NOW)


def _days(locale: str, days: int) -> str:
    return say_n(locale, N_("{count} day"), N_("{count} days"), days)


_LEFT_IN_PEACE, _MAY = N_("asked not to be written to"), N_("nothing against it")
_OVER, _AGREES = N_("a consent that has ended"), N_("agrees, which proves nothing without its day and its text")


def _opposed(text: str, _on: date, locale: str) -> str:
    return say(locale, _LEFT_IN_PEACE if opposed(text) is Says.STOP else _MAY)


def _agreed(text: str, _on: date, locale: str) -> str | None:
    says = {Says.STOP: _LEFT_IN_PEACE, Says.OVER: _OVER, Says.YES: _AGREES, Says.NOTHING: _MAY}.get(agreed(text))
    return say(locale, says) if says else None


_TOLD: dict[Field, Callable[[str, date, str], str | None]] = {
    Field.EMAIL: lambda text, _on, _locale: emails_in(text).first,
    Field.PHONE: lambda text, _on, _locale: phones_in(text).first,
    Field.OTHER_EMAILS: lambda text, _on, _locale: emails_in(text).first,
    Field.OTHER_PHONES: lambda text, _on, _locale: phones_in(text).first,
    Field.JOB: _jobs,
    Field.OTHER_JOBS: _jobs,
    Field.PLACE: _place,
    Field.OTHER_PLACES: _places,
    Field.AVAILABILITY: _start,
    Field.AVAILABLE_FROM: _start,
    Field.NOTICE: _notice,
    Field.OPTED_OUT: _opposed,
    Field.CONSENT: _agreed,
}
