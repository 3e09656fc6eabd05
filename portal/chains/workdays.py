"""Working days as the person lives them."""

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def after_working_days(start: datetime, days: int, zone: str, holidays: AbstractSet[date]) -> datetime:
    """Return the same hour, `days` working days later where the person lives (weekends and holidays left out)."""
    here = start.astimezone(ZoneInfo(zone))
    day = here.date()
    left = days
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return datetime.combine(day, here.time(), ZoneInfo(zone)).astimezone(UTC)
