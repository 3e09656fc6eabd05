"""When someone could start, and how long they must still stay where they are."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.imports.cells.days import day_of
from portal.kit.fold import fold
from portal.talents.dates import read_month, swapped
from portal.talents.vocabulary import Availability, read_availability

_LONGEST_NOTICE = 366
_BELIEVABLE = 4 * 366  # days


@dataclass(frozen=True, slots=True)
class Start:
    """`day` only with FROM_DATE, `notice_days` only with NOTICE (a month counts 30 days)."""

    kind: Availability
    day: date | None = None
    notice_days: int | None = None


_NOW = re.compile(
    r"(?:(?:je suis |actuellement |currently )?(?:disponible|dispo|available|libre|free) )?(?:"
    r"(?:des a present|au plus (?:vite|tot)|sans delai|immediatement|immediately|right now|straight away|now)"
    r"|immediately available|ready to start(?: now| immediately)?|(?:disponibilite|availability) immediate"
    r"|immediate (?:start|availability)|of course now)"
)
# Nothing may stand beside these but what says that they work somewhere, or that it is so for now.
_NOT_LOOKING = re.compile(
    r"(?:(?:en poste|en cdi|employed|in a job|currently|actuellement|pour le moment|pour l instant|for now|"
    r"at the moment|et|mais|but|and|je|ne|n) )*"
    r"(?:(?:est |suis )?(?:pas|non|plus) (?:disponible|dispo|en recherche|a l ecoute(?: du marche)?|interesse(?:e)?)|"
    r"indisponible|(?:ne )?(?:cherche|recherche) (?:pas|plus)(?: d emploi)?|"
    r"not (?:looking|available|searching|interested|open(?: to (?:offers|work))?)|unavailable|no longer (?:looking|available))"
    r"(?: (?:en poste|actuellement|pour le moment|pour l instant|for now|at the moment|currently|right now))*"
)
_TURNS = {"debut": 1, "mi": 15, "fin": 31, "early": 1, "mid": 15, "late": 31, "end": 31}
_TURN = re.compile(r"\b(debut|mi|fin|early|mid|late|end)(?: of| de| du mois de)? ([a-z]{3,9})(?: (20\d\d))?\b")
_RELATIVE = re.compile(r"\b(?:notice|preavis|delai)\b")
_SEVERAL = re.compile(r"\d\s*(?:-|–|/|à|a|ou|or|to)\s*\d")
# A condition, or a day before or until which: no day from which.
_NEVER = re.compile(
    r"\b(?:sauf|except|si|if|ou|or|selon|depending|negociable|negotiable|negocier|depuis|since|jusqu|until|till)\b"
    r"|^(?!.*\b(?:pas|non|plus|not)\b).*\b(?:avant|before)\b"
)
_LENGTH = re.compile(
    r"\b(\d+(?:[.,]5)?|un|une|one|a|deux|two|trois|three|quatre|four|six) ?"
    r"(mois|months?|m|semaines?|weeks?|sem|w|jours?|days?|j|d)\b"
)
_COUNTS = {
    "un": 1, "une": 1, "one": 1, "a": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "six": 6,
}  # fmt: skip
_UNITS = {"m": 30, "s": 7, "w": 7, "j": 1, "d": 1}
_NO_NOTICE = re.compile(
    r"(?:aucun(?: preavis)?|sans(?: preavis)?|pas de preavis|none|no(?: notice)?|non|0|immediat|nil)"
)


@lru_cache(maxsize=20_000)
def read_start(text: str, on: date, *, month_first: bool = False) -> Start | None:
    """Return what "immédiate", "préavis 3 mois", "ASAP", "à partir de mars 2027" or "en poste, non à l'écoute" says.

    `on` is the day it was said, `month_first` how its days are written. A condition ("selon projet", "négociable") or
    several lengths are left to a person.
    """
    text = swapped(text) if month_first else text
    folded = fold(text)
    if len(text) > 120 or _NEVER.search(folded):
        return None
    if _NOW.fullmatch(folded):
        return Start(Availability.NOW)
    if _NOT_LOOKING.fullmatch(folded):
        return Start(Availability.NOT_LOOKING)
    if day := _turn(folded, on) or day_of(text):
        # A bare number far from now is no day of a spreadsheet: a postcode, rather.
        return _from(day, on) if not text[:5].isdigit() or abs((day - on).days) < _BELIEVABLE else None
    return _on_notice(text) if _RELATIVE.search(folded) else _said(text, on)


def _on_notice(text: str) -> Start | None:
    days = read_notice(text)
    if days is None:
        return None
    return Start(Availability.NOTICE, notice_days=days) if days else Start(Availability.NOW)


def _said(text: str, on: date) -> Start | None:
    said = read_availability(text, on)
    if said is None or said.kind is Availability.NOT_LOOKING:
        return None  # "pas disponible le lundi" says something else
    return Start(said.kind, said.from_date)


def _turn(folded: str, on: date) -> date | None:
    """Return the day "mi-mars 2027" or "end of June" means: without a year, the next one."""
    found = _TURN.search(folded)
    month = read_month(f"{found[2]} {found[3] or ''}".strip(), on) if found else None
    if found is None or month is None:
        return None
    return month.replace(day=min(_TURNS[found[1]], monthrange(month.year, month.month)[1]))


def _from(day: date, on: date) -> Start:
    return Start(Availability.NOW) if day <= on else Start(Availability.FROM_DATE, day)


@lru_cache(maxsize=20_000)
def read_notice(text: str) -> int | None:
    """Return the days of notice in "3 mois", "préavis 1,5 mois", "2 weeks' notice", "1 mois et demi": 0 for none.

    Of several lengths ("1-3 mois") nobody knows which; a bare number has no unit.
    """
    if len(text) > 120 or _SEVERAL.search(text):
        return None
    folded = fold(re.sub(r"(\d)[.,](\d)", r"\1dot\2", text.lower()))
    if _NO_NOTICE.fullmatch(folded):
        return 0
    found = _LENGTH.findall(re.sub(r"(\d)dot(\d)", r"\1.\2", folded))
    lengths = [one for one in found if one]
    if len(lengths) != 1 or _NEVER.search(folded):
        return None
    count, unit = lengths[0]
    half = 0.5 if re.search(r"\b(?:et demi|and a half)\b", folded) else 0
    days = round(((_COUNTS.get(count) or float(count)) + half) * _UNITS[unit[0]])
    return days if days <= _LONGEST_NOTICE else None
