"""One whole day, also where a spreadsheet lost that it was one."""

from datetime import date
from functools import lru_cache

from portal.talents.dates import read_date, swapped

_EXCEL_DAYS = range(20_000, 80_000)  # 1954–2119: a day that lost its format
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()


@lru_cache(maxsize=20_000)
def day_of(text: str, *, month_first: bool = False) -> date | None:
    """Return the day `text` names; a bare number is Excel's count of days, a time of day after it is dropped.

    `month_first` reads "12/31/2026" as Americans do, and nothing else so.
    """
    whole, _, part = text.partition(".")
    if (
        whole.isascii()
        and whole.isdigit()
        and len(whole) == 5
        and (not part or part.isdigit())
        and int(whole) in _EXCEL_DAYS
    ):
        return date.fromordinal(_EXCEL_EPOCH + int(whole))
    return read_date(swapped(text) if month_first else text)


def is_day(text: str) -> bool:
    """Tell whether `text` names a day, in whichever order of day and month."""
    return day_of(text) is not None or day_of(text, month_first=True) is not None
