"""May this letter leave? The law of `product.md`, *The send gate*: each reason to hold one back is one row, here alone.

`decide` asks the rows of one kind of letter in order, and the first that holds decides; `portal.gate.setwise` asks the same
rows of a hundred thousand people in one statement; `portal.gate.explain` and every page tell them in the rows' own words.
"""

from collections.abc import Mapping
from types import MappingProxyType

from portal.gate.law.already_asked import ALREADY_ASKED, JOB_CLOSED, SAME_QUESTION_DAYS, SAME_STEP_DAYS
from portal.gate.law.answers import ANSWERS
from portal.gate.law.basis import BASIS, NOTICE, RENEWAL
from portal.gate.law.hours import HOURS
from portal.gate.law.person import DELIVERABLE, PERSON
from portal.gate.law.reason import Reason
from portal.gate.law.rhythm import RHYTHM
from portal.gate.rules import Decision, Facts, HouseRules, Verdict
from portal.postbox.rules import LetterKind

# The table of kinds, `product.md`: which checks apply follows from what a letter is, never from who asks.
APPLIES: Mapping[LetterKind, tuple[Reason, ...]] = MappingProxyType(
    {
        LetterKind.SECURITY: DELIVERABLE,
        LetterKind.SERVICE: DELIVERABLE,
        LetterKind.FOLLOW_UP: (*PERSON, *BASIS, *JOB_CLOSED, *ANSWERS, *HOURS),
        LetterKind.CONTACT: (*PERSON, *BASIS, *ALREADY_ASKED, *ANSWERS, *RHYTHM, *HOURS),
        LetterKind.NOTICE: (*PERSON, *NOTICE, *RHYTHM, *HOURS),
        LetterKind.RE_CONSENT: (*PERSON, *RENEWAL, *ANSWERS, *RHYTHM, *HOURS),
    }
)
LAW: Mapping[str, Reason] = MappingProxyType({reason.code: reason for rows in APPLIES.values() for reason in rows})


def numbers(house: HouseRules) -> dict[str, int]:
    """Return the days the law counts, as its rows name them in SQL and in words."""
    return {
        "rhythm_days": house.rhythm_days,
        "no_holds_days": house.no_holds_days,
        "same_question_days": SAME_QUESTION_DAYS,
        "same_step_days": SAME_STEP_DAYS,
    }


_GO = Decision(Verdict.GO)


def decide(facts: Facts) -> Decision:
    """Return what the first reason says that holds for this kind of letter; *go* if none does."""
    for reason in APPLIES[facts.kind]:
        if reason.holds(facts):
            return reason.decide(facts)
    return _GO
