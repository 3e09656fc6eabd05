"""Where a way through a chain is over."""

from datetime import datetime
from typing import Literal

from portal.chains.rules import Outcome
from portal.chains.steps.base import Step
from portal.chains.turns import Here, Turn, end
from portal.kit.i18n import N_


class End(Step):
    """Nothing more happens."""

    NAME = N_("End")
    CALLED = N_("the end")
    TOLD = N_("Nothing more is sent.")
    ENDS = True

    type: Literal["end"] = "end"

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - ends are ends at any hour
        """End the way, as what led here would have it."""
        return Turn(end(self.key, here.outcome or Outcome.COMPLETED))
