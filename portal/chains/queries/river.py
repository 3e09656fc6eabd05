"""How far people came in one launch, step by step of its own chain: what its river is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from portal.chains.definition import read_definition
from portal.chains.models import ChainVersion
from portal.chains.steps.base import Happened

# Which letter of a launch is which step's, and what came of it: one row a letter. Letters planned before steps were kept
# with the decision are known by the question they carried.
STEPS = """
    SELECT x.enrolment_id, coalesce(d.request->>'step', a.step) AS step,
           x.state IN ('sent', 'unknown') AS sent,
           a.answered_at IS NOT NULL AS answered,
           a.answered_at IS NOT NULL AND coalesce(a.answer, 'yes') IN ('yes', 'more_info')
               AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.ask_id = a.id AND b.cancelled_at IS NOT NULL
                                AND NOT EXISTS (SELECT 1 FROM booking c WHERE c.ask_id = a.id AND c.cancelled_at IS NULL))
               AS went_on
      FROM enrolment e
      JOIN letter x ON x.enrolment_id = e.id
      JOIN gate_decision d ON d.id = x.decision_id
      LEFT JOIN ask a ON a.letter_id = x.id
     WHERE e.launch_id = :launch
"""
_COUNTS = f"""
    SELECT step, {", ".join(f"count(DISTINCT enrolment_id) FILTER (WHERE {what}) AS {what}" for what in Happened)}
      FROM ({STEPS}) reached WHERE step IS NOT NULL GROUP BY step
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Reach:
    """How many came so far: `words` (an English msgid) says what that is called."""

    step: str
    happened: Happened
    words: str
    people: int

    @property
    def code(self) -> str:
        """Return what an address names it by."""
        return f"{self.happened.value}.{self.step}"

    @property
    def condition(self) -> str:
        """Return the SQL that tells whether a way came so far; `:step` is the step's key."""
        return f"way.id IN (SELECT enrolment_id FROM ({STEPS}) reached WHERE step = :step AND {self.happened.value})"  # noqa: S608


def river(session: Session, version_id: int, launch_id: int) -> Sequence[Reach]:
    """Return how far people came, in the order of the chain's steps."""
    definition = read_definition(session.get_one(ChainVersion, version_id).definition)
    counted = {row.step: row for row in session.execute(sa.text(_COUNTS), {"launch": launch_id})}
    return tuple(
        Reach(step.key, happened, words, getattr(counted[step.key], happened.value) if step.key in counted else 0)
        for step in definition.steps
        for happened, words in step.RIVER.items()
    )
