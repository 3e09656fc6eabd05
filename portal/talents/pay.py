"""What a salary floor may have meant: many think in euros an hour or a month, and a floor is euros a year, gross."""

from enum import StrEnum

# 35 hours a week over 52 weeks (Code du travail, L.3121-41 counts 1,607 worked; pay counts holidays too).
HOURS, MONTHS = 1_820, 12
# Below these nobody is paid a year, or a month.
LEAST_A_YEAR, LEAST_A_MONTH = 10_000, 100


class Per(StrEnum):
    """What the amount is for."""

    HOUR = "hour"
    MONTH = "month"


def perhaps(amount: int | None) -> tuple[Per, int] | None:
    """Return what an amount said as a year's is more likely for, and what that is a year; None where it may well be a year's."""
    if not amount or amount >= LEAST_A_YEAR:
        return None
    return (Per.HOUR, amount * HOURS) if amount < LEAST_A_MONTH else (Per.MONTH, amount * MONTHS)
