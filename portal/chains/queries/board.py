"""The board of one launch: every number once, and what came in lately."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from portal.chains.queries.lists import LaunchRow, launch_for
from portal.chains.queries.river import Reach, river
from portal.chains.queries.stages import CONDITIONS, SPLIT, Stage, rows
from portal.conversations.rules import Answer
from portal.timeline.who import Who

_COUNTED = ", ".join(f"count(*) FILTER (WHERE {test}) AS {stage.value}" for stage, test in CONDITIONS.items())
# Everything in one reading: the whole, by what holds back, by the reason of a no.
_COUNTS = f"""
    SELECT grouping(because, reason) AS level, coalesce(because, '') AS because, coalesce(reason, '') AS reason, {_COUNTED},
           percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - sent_at) AS takes
      FROM way GROUP BY GROUPING SETS ((), (because), (reason))
"""  # noqa: S608 - constants
_WHOLE, _LEVELS = 3, {"because": 1, "reason": 2}
_LATEST = """
    SELECT said.talent_id, trim(t.first_name || ' ' || t.last_name) AS name, said.answer, said.reason, said.later_on,
           said.at, said.question
      FROM (
        SELECT talent_id, answer, reason, later_on, answered_at AS at, 'question' AS question FROM way WHERE answer IS NOT NULL
        UNION ALL
        SELECT talent_id, digest_answer, reason, NULL, digest_answered_at, 'digest' FROM way WHERE digest_answer IS NOT NULL
        UNION ALL
        SELECT talent_id, 'yes', NULL, NULL, booked_at, 'slots' FROM way WHERE booked_at IS NOT NULL
      ) said JOIN talent t ON t.id = said.talent_id
     ORDER BY said.at DESC, said.talent_id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many stand at a stage for the same reason (a code of the gate's, or of a no; empty where none was given)."""

    stage: Stage
    why: str
    people: int


@dataclass(frozen=True, slots=True)
class Board:
    """One launch in numbers; `takes` is the time in which half of those who answered did."""

    launch: LaunchRow
    counts: dict[Stage, int]
    river: Sequence[Reach] = ()
    reasons: tuple[Count, ...] = ()
    takes: timedelta | None = None

    def share(self, part: Stage, of: Stage = Stage.SENT) -> float | None:
        """Return a part of those at another stage, 0 to 1; None while there is nobody."""
        return self.counts[part] / self.counts[of] if self.counts[of] else None

    def by_reason(self, stage: Stage) -> list[Count]:
        """Return the parts of a stage that splits, the largest first."""
        return sorted((one for one in self.reasons if one.stage is stage), key=lambda one: (-one.people, one.why))


def board(session: Session, who: Who, launch_id: int, *, now: datetime) -> Board:
    """Return the numbers of one launch; NotFound for anyone but recruiters."""
    launch = launch_for(session, who, launch_id)
    counted = rows(session, _COUNTS, launch_id, now)
    whole = next(row for row in counted if row["level"] == _WHOLE)
    return Board(
        launch=launch,
        counts={stage: whole[stage.value] for stage in Stage},
        river=river(session, launch.version_id, launch_id),
        reasons=tuple(_reasons(counted)),
        takes=whole["takes"],
    )


def _reasons(counted: Sequence[Mapping[str, Any]]) -> Iterator[Count]:
    for stage, by in SPLIT.items():
        for row in counted:
            if row["level"] == _LEVELS[by] and row[stage.value]:
                yield Count(stage, row[by], row[stage.value])


@dataclass(frozen=True, slots=True)
class LatestAnswer:
    """Something somebody said; `question` is `question`, `digest` or `slots`."""

    talent_id: int
    name: str
    question: str
    answer: Answer
    at: datetime
    reason: str | None = None
    later_on: date | None = field(default=None)


def latest_answers(session: Session, who: Who, launch_id: int, *, now: datetime, most: int = 8) -> list[LatestAnswer]:
    """Return what people of this launch said last, the newest first."""
    launch_for(session, who, launch_id)
    return [
        LatestAnswer(
            row["talent_id"],
            row["name"],
            row["question"],
            Answer(row["answer"]),
            row["at"],
            row["reason"],
            row["later_on"],
        )
        for row in rows(session, _LATEST, launch_id, now, most=most)
    ]
