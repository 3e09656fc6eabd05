"""Dates and numbers as French and English exports write them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from portal.kit.fold import fold

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_FRENCH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?: \d{1,2}[:h]\d{2}(?::\d{2})?)?")
_WRITTEN = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NUMBERS = {
    "un": 1,
    "une": 1,
    "one": 1,
    "a": 1,
    "deux": 2,
    "two": 2,
    "trois": 3,
    "three": 3,
    "quatre": 4,
    "four": 4,
    "six": 6,
}


def read_date(text: str) -> date | None:
    """Return the day of "03/02/2026" (3 February, as French exports write it), "2026-02-03" or "3 février 2026".

    A time after the day is dropped, two-digit years are of this century. None for an impossible day such as 31/02/2026,
    and for anything that is not one whole day.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _FRENCH.fullmatch(text):
        return _day(found[4] if len(found[4]) == 4 else f"20{found[4]}", found[3], found[1])
    if (found := _WRITTEN.fullmatch(fold(text))) and found[2] in _MONTH_NUMBERS:
        return _day(found[3], str(_MONTH_NUMBERS[found[2]]), found[1])
    return None


def read_month(folded: str, today: date) -> date | None:
    """Return the first day meant by folded "1er mars 2027", "a partir de mars 2027", "septembre", "03 2027".

    Without a year, the next such month, `today`'s month included.
    """
    words = re.sub(r"\b(\d{1,2})er\b", r"\1", folded).split()
    for place, word in enumerate(words):
        if month := _MONTH_NUMBERS.get(word):
            before = words[place - 1] if place else ""
            after = words[place + 1] if place + 1 < len(words) else ""
            day = before if re.fullmatch(r"\d{1,2}", before) else "1"
            year = after if re.fullmatch(r"20\d{2}", after) else str(today.year + (month < today.month))
            return _day(year, str(month), day)
    found = re.search(r"(?:^|\s)(\d{1,2}) (20\d{2})$", folded)
    return _day(found[2], found[1], "1") if found else None


def after_months(day: date, months: float) -> date:
    """Return the same day so many months later (or the month's last); parts of a month as 30 days."""
    whole = int(months)
    index = day.year * 12 + day.month - 1 + whole
    year, month = index // 12, index % 12 + 1
    later = date(year, month, min(day.day, monthrange(year, month)[1]))
    return later + timedelta(days=round((months - whole) * 30))


def number(text: str) -> float | None:
    """Return 3.0 for "3", 1.5 for "1,5" or "1.5", 1.0 for "un"; None for other words."""
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    return float(text.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d)?", text) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
