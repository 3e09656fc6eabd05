"""Dates and numbers as French and English exports write them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from portal.kit.fold import fold

_ISO = re.compile(
    r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_BARE = re.compile(r"(20\d{2})(\d{2})(\d{2})")  # no day of 20xx written "03042027" can be read so: there is no month 20
_FRENCH = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"(?:,? (?:à )?\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?(?: (?:UTC|GMT)[+-]?\d*)?)?"
)
_IN_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?=(?:\d{4}|\d{2})(?![\d/.-]*\d))")
_WRITTEN = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_WRITTEN_IN_AMERICA = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
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
    """Return the day of "03/02/2026" (3 February, as French exports write it), "2026-02-03", "3 février 2026", "Feb 3, 2026".

    A time after the day is dropped, two-digit years are of this century. None for an impossible day such as 31/02/2026,
    and for anything that is not one whole day.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _BARE.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _FRENCH.fullmatch(text):
        return _day(found[4] if len(found[4]) == 4 else f"20{found[4]}", found[3], found[1])
    if (found := _WRITTEN.fullmatch(fold(text))) and found[2] in _MONTH_NUMBERS:
        return _day(found[3], str(_MONTH_NUMBERS[found[2]]), found[1])
    if (found := _WRITTEN_IN_AMERICA.fullmatch(fold(text))) and found[1] in _MONTH_NUMBERS:
        return _day(found[3], str(_MONTH_NUMBERS[found[1]]), found[2])
    return None


def swapped(text: str) -> str:
    """Return `text` with each day in numbers the other way round: "from 12/31/2026" as French exports write it, or back."""
    return _IN_NUMBERS.sub(r"\3\2\1\2", text)


def read_month(folded: str, today: date) -> date | None:
    """Return the first day meant by folded "1er mars 2027", "a partir de mars 2027", "septembre", "03 2027".

    Without a year, the next such month, `today`'s month included. Of two months nobody knows which; "mars 27" may be a
    day or a year.
    """
    words = re.sub(r"\b(\d{1,2})(?:er|st|nd|rd|th)\b", r"\1", folded).split()
    named = [place for place, word in enumerate(words) if word in _MONTH_NUMBERS]
    if len(named) == 1:
        return _month_day(words, named[0], today)
    if named:
        return None
    found = re.search(r"(?:^|\s)(\d{1,2}) (20\d{2})$", folded)
    return _day(found[2], found[1], "1") if found else None


def _month_day(words: list[str], place: int, today: date) -> date | None:
    """Return the day that the words beside a month give: "15 mars 2027", "March 15, 2027"."""
    month = _MONTH_NUMBERS[words[place]]
    before, after, last = (
        (*words[place - 1 : place], ""),
        (*words[place + 1 : place + 2], ""),
        words[place + 2 : place + 3],
    )
    day, year = before[0], after[0]
    if re.fullmatch(r"\d{1,2}", year):
        if day.isdigit() or not last or not re.fullmatch(r"20\d{2}", last[0]):
            return None
        day, year = year, last[0]
    if not re.fullmatch(r"20\d{2}", year):
        year = str(today.year + (month < today.month))
    return _day(year, str(month), day if re.fullmatch(r"\d{1,2}", day) else "1")


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
