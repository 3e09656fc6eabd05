"""One reason to hold a letter back: everything the house knows of it, in one row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.gate.rules import Check, Decision, Facts, Verdict


class Ends(StrEnum):
    """What ends it: time alone, somebody of the house, the person themself; or nothing does, for this letter."""

    TIME = "time"
    US = "us"
    THEM = "them"
    NOTHING = "nothing"


class Act(StrEnum):
    """What a press can do at once for everyone it holds."""

    INFORM = "inform"
    TAKE_OVER = "take_over"


def _nothing_to_name(_: Facts) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A row of the law. Adding one is this row, its French, and a line in the test of the table.

    `holds` decides for one person; `sql` says the same of many, over the rows that `portal.gate.setwise` joins, and is
    empty where no contact letter ever meets the reason. `until` tells when to ask again: what has none ends by no clock.
    Sentences may name {until} or {on} (a day), and what `names` gives.
    """

    code: str
    check: Check
    ends: Ends
    holds: Callable[[Facts], bool]
    until: Callable[[Facts], datetime | None] | None = None
    # What is waited for that is no day, as chains name it (`WaitsFor`): who is held by it is taken up again when it is there.
    waits_for: str = ""
    names: Callable[[Facts], dict[str, str]] = _nothing_to_name
    sql: str = ""
    # To those who would write: what can be done about it is part of the sentence.
    to_staff: str
    # To the person themself.
    to_them: str
    # In a few words, beside a number of people; `one` where the same would not do for one of them.
    short: str
    one: str = ""
    # What becomes of those it holds, or what may be done for them; it may name the numbers of the law ({no_holds_days}).
    bar: str = ""
    act: Act | None = None
    # A launch confirmed in words lifts it, for all it holds or for those who stayed silent.
    lifted: bool = False

    def decide(self, facts: Facts) -> Decision:
        """Return the gate's answer, given that it holds."""
        until = self.until(facts) if self.until else None
        holds_back = Verdict.NEVER if until is None else Verdict.WAIT
        verdict = Verdict.GO if self.check is Check.HOURS else holds_back
        return Decision(verdict, self.check, self.code, until, self.names(facts))
