"""A rest: some working days where the talent lives."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from portal.chains.steps.base import Days, Step, StepKey, Way
from portal.chains.turns import Here, Turn, go_on
from portal.chains.workdays import after_working_days
from portal.gate.queries import public_holidays
from portal.kit.i18n import N_, say_n

MOST = 365


class Wait(Step):
    """Some working days where the talent lives."""

    class Branch(StrEnum):
        NEXT = "next"

    NAME = N_("Wait")
    CALLED = N_("a wait")
    TOLD = N_("Working days where the person lives.")
    WAYS: ClassVar = {Branch.NEXT: Way(N_("Then"))}
    ONWARD: ClassVar = (Branch.NEXT,)
    SETTINGS: ClassVar = (Days("days", N_("Wait for"), N_("working days"), usual=5, most=MOST),)
    RESTS = True

    type: Literal["wait"] = "wait"
    days: Annotated[int, Field(ge=1, le=MOST)]
    next: StepKey

    @property
    def rest(self) -> int:
        """Return its days."""
        return self.days

    @classmethod
    def title(cls, written: Mapping[str, Any], locale: str) -> str:
        """Return how long."""
        days = written.get("days")
        return say_n(locale, "{count} working day", "{count} working days", days) if isinstance(days, int) else ""

    def decide(self, here: Here, now: datetime) -> Turn:
        """Go on when the days are over."""
        over = after_working_days(now, self.days, here.zone, public_holidays(now.year, here.zone))
        return Turn(go_on(self.next, over))
