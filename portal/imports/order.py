"""The order of day and month, as people choose it: little enough for a command that only shows its help."""

from enum import StrEnum

from portal.kit.errors import Refused


class Order(StrEnum):
    """Which of the two comes first, as the command line and the page say it."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class WhichOrder(Refused):
    """Somebody has to say first whether the day or the month comes first."""
