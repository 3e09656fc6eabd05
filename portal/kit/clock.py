"""The only reader of the clock. Everywhere else, time is an argument.

`VIVIER_CLOCK_FILE` (refused in production) names a file that holds one ISO instant: every process of the house
then lives at that instant, until the file is written again. So a whole chain can be lived through by hand.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_file: Path | None = None


def follow(file: Path | None) -> None:
    """Read the time from `file` from now on (`None`: from the machine)."""
    global _file  # noqa: PLW0603 - one clock a process is the point
    _file = file


def now() -> datetime:
    """Return the present instant, in UTC."""
    if _file is not None and _file.exists():
        return datetime.fromisoformat(_file.read_text().strip()).astimezone(UTC)
    return datetime.now(UTC)


def local_day(instant: datetime, zone: str) -> date:
    """Return the day it is, at `instant`, for someone who lives in `zone` (IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()
