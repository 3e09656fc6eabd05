"""What a list of the privacy desk is narrowed to: read from what the browser sent, nonsense left aside."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from portal.kit.i18n import number, say
from portal.ui.doors import Door

Word = TypeVar("Word", bound=StrEnum)
LONGEST = 200


def one_of(words: type[Word], value: str) -> Word | None:
    """Return the word chosen, or None for all."""
    return words(value) if value in set(words) else None


def begins(door: Door, day: str) -> datetime | None:
    """Return the instant a day begins where the reader is."""
    return _midnight(door, day, 0)


def ends(door: Door, day: str) -> datetime | None:
    """Return the instant the day after begins: the day itself is included."""
    return _midnight(door, day, 1)


def _midnight(door: Door, day: str, plus: int) -> datetime | None:
    try:
        first = date.fromisoformat(day) + timedelta(days=plus)
        return datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(door.zone))
    except (ValueError, OverflowError):
        return None


def place_in(door: Door, page: int, size: int, shown: int, total: int) -> str:
    """Return "1–50 of 2,000"."""
    if not total:
        return ""
    first = (page - 1) * size + 1
    return say(
        door.locale,
        "{first}–{last} of {total}",
        first=number(door.locale, first),
        last=number(door.locale, first + shown - 1),
        total=number(door.locale, total),
    )
