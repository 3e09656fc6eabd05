"""Every sentence a person reads passes here: English in the code, French in `portal/locales/fr/*.po`.

The catalogues are one file a part of the house, merged at first use; a sentence without French is found by a test.
The pseudo-language `xx` wraps every sentence in ⟦ ⟧: what stands bare on a page was never handed to a translator.
"""

import re
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALES = ("fr", "en")
PSEUDO = "xx"
_THIN = re.compile(" ([?!;])")
_FOLDER = Path(__file__).parent.parent / "locales"


def say(locale: str, sentence: str, /, **params: object) -> str:
    """Return `sentence` (an English msgid) in `locale`, its `{names}` filled in."""
    told = _catalogue(locale).get(sentence, sentence)
    return _wrap(locale, told.format(**params) if params else told)


def say_n(locale: str, one: str, many: str, count: int, /, **params: object) -> str:
    """Return the singular or plural sentence for `count`; `{count}` stands for the number in the reader's format."""
    forms = _plurals(locale).get(one, (one, many))
    # French counts zero as one; English does not.
    singular = count < 2 if locale == "fr" else count == 1
    return _wrap(locale, forms[0 if singular else 1].format(count=number(locale, count), **params))


def N_(sentence: str, /) -> str:  # noqa: N802 - gettext's own name for "translate me later"
    """Mark a sentence for translation where it is written, to be said elsewhere."""
    return sentence


def number(locale: str, value: int) -> str:
    """Return `12 431` in French, `12,431` in English."""
    return f"{value:,}".replace(",", "\u202f" if locale == "fr" else ",")


@lru_cache(maxsize=4000)
def day(locale: str, value: date, *, year: bool = False) -> str:
    """Return `mardi 24 novembre` / `Tuesday 24 November`."""
    pattern = "EEEE d MMMM y" if year else "EEEE d MMMM"
    return _wrap(locale, _first(locale, value, format_date(value, pattern, locale=_babel(locale))))


@lru_cache(maxsize=4000)
def short_day(locale: str, value: date) -> str:
    """Return `24 nov. 2026` / `24 Nov 2026`."""
    return _wrap(locale, _first(locale, value, format_date(value, "d MMM y", locale=_babel(locale))))


def clock(locale: str, value: datetime, zone: str) -> str:
    """Return `16 h`, `9 h 05` in French, `16:00` in English, in the reader's zone; no line may break inside it."""
    local = value.astimezone(ZoneInfo(zone))
    return _wrap(locale, _french_hour(local) if locale == "fr" else f"{local:%H:%M}")


def moment(locale: str, value: datetime, zone: str, now: datetime | None = None) -> str:
    """Return the exact day and time: `mardi 24 novembre à 16 h`; with its year where that is another than `now`'s.

    Without `now` no year is told: a letter speaks of days soon.
    """
    here = ZoneInfo(zone)
    local = value.astimezone(here)
    year = now is not None and now.astimezone(here).year != local.year
    return say(locale, N_("{day} at {hour}"), day=day(locale, local.date(), year=year), hour=clock(locale, value, zone))


def until(locale: str, value: datetime, zone: str, now: datetime) -> str:
    """Return a deadline as people say it: `jusqu’à jeudi 18 h`, `until Monday 14 December, 6 pm`.

    The minutes are left out where that promises less than what holds, never more.
    """
    here = ZoneInfo(zone)
    whole = value.astimezone(here).replace(minute=0, second=0, microsecond=0)
    told = whole if whole > now else value.astimezone(here)
    days = (told.date() - now.astimezone(here).date()).days
    hour = _french_hour(told) if locale == "fr" else _english_hour(told)
    if days == 0:
        return say(locale, N_("until {hour} today"), hour=hour)
    if 0 < days < _A_WEEK:
        return say(locale, N_("until {weekday} {hour}"), weekday=_weekday(locale, told.date()), hour=hour)
    year = now.astimezone(here).year != told.year
    return say(locale, N_("until {day}, {hour}"), day=day(locale, told.date(), year=year), hour=hour)


# Within so many days the name of a day says which.
_A_WEEK = 7


def _weekday(locale: str, value: date) -> str:
    return format_date(value, "EEEE", locale=_babel(locale))


def _french_hour(local: datetime) -> str:
    return f"{local.hour}\u00a0h\u00a0{local:%M}" if local.minute else f"{local.hour}\u00a0h"


def _english_hour(local: datetime) -> str:
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}\u00a0{'am' if local.hour < 12 else 'pm'}"


def ago(locale: str, value: datetime, zone: str, now: datetime) -> str:
    """Return a time as people say it: `today 16:00`, `tomorrow 16:00`, `yesterday 09:30`, else the short day."""
    theirs, today = value.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    near = {0: N_("today {time}"), 1: N_("tomorrow {time}"), -1: N_("yesterday {time}")}.get((theirs - today).days)
    if near is None:
        return short_day(locale, theirs)
    return say(locale, near, time=clock(locale, value, zone))


def _first(locale: str, value: date, told: str) -> str:
    """Say the first of a month as the French do: `1er mars`."""
    return told.replace("1 ", "1er ", 1) if locale == "fr" and value.day == 1 else told


def _set(text: str, locale: str) -> str:
    """Set French as printers do: no line may begin with a sign (translators type plain spaces)."""
    if locale != "fr":
        return text
    text = _THIN.sub("\u202f\\1", text)
    return text.replace(" :", "\u00a0:").replace(" %", "\u00a0%").replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _wrap(locale: str, told: str) -> str:
    return f"⟦{told}⟧" if locale == PSEUDO else told


def _babel(locale: str) -> str:
    return "fr_FR" if locale == "fr" else "en_GB"


@cache
def _catalogue(locale: str) -> dict[str, str]:
    told = {}
    for part in _parts(locale):
        for message in part:
            if isinstance(message.id, str) and message.id and message.string:
                told[message.id] = _set(str(message.string), locale)
    return told


@cache
def _plurals(locale: str) -> dict[str, tuple[str, str]]:
    told = {}
    for part in _parts(locale):
        for message in part:
            if isinstance(message.id, tuple) and isinstance(message.string, tuple) and all(message.string):
                told[message.id[0]] = (_set(message.string[0], locale), _set(message.string[1], locale))
    return told


@cache
def _parts(locale: str) -> list[Catalog]:
    return [_read(file, locale) for file in sorted((_FOLDER / locale).glob("*.po"))]


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)
