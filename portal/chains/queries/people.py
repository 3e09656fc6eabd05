"""The people behind a number of the board."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from portal.chains.queries.lists import launch_for
from portal.chains.queries.river import Reach
from portal.chains.queries.stages import CONDITIONS, SPLIT, Stage, rows
from portal.chains.rules import EnrolmentState
from portal.timeline.who import Who

_PEOPLE = """
    SELECT way.*, trim(t.first_name || ' ' || t.last_name) AS name, t.job_code, t.job_text, t.place_name, t.zone
      FROM way JOIN talent t ON t.id = way.talent_id
     WHERE {condition}
     ORDER BY {order}, way.talent_id LIMIT :most OFFSET :after
"""
# What happened last at a stage comes first; without a time of its own, names.
_ORDERS: dict[Stage, str] = {
    Stage.HELD: "held_until NULLS LAST",
    Stage.LEAVING: "leaves_at NULLS LAST",
    Stage.SENT: "sent_at DESC",
    Stage.WAITED_FOR: "deadline",
    Stage.DIGEST_SENT: "digest_at DESC",
    Stage.DIGEST_OK: "digest_answered_at DESC",
    Stage.DIGEST_NO: "digest_answered_at DESC",
    Stage.OFFERED: "offered_at DESC",
    Stage.BOOKED: "meets_at",
    **dict.fromkeys(
        (Stage.ANSWERED, Stage.INTERESTED, Stage.YES, Stage.MORE_INFO, Stage.LATER, Stage.NO), "answered_at DESC"
    ),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a launch: where they stand, since or until when, and why."""

    talent_id: int
    name: str
    job_code: str | None
    job_text: str
    place_name: str
    zone: str
    state: EnrolmentState
    step: str
    outcome: str | None
    entered_at: datetime
    sent_at: datetime | None
    leaves_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    later_on: date | None
    deadline: datetime | None
    digest_answer: str | None
    digest_answered_at: datetime | None
    reason: str | None
    offered_at: datetime | None
    meets_at: datetime | None
    because: str | None
    held_until: datetime | None
    failed_why: str | None
    because_params: Mapping[str, Any] = field(default_factory=dict)


def people_at(
    session: Session,
    who: Who,
    launch_id: int,
    stage: Stage | Reach,
    *,
    now: datetime,
    why: str | None = None,
    page: int = 1,
    size: int = 50,
) -> list[PersonRow]:
    """Return page `page` (from 1) of the people at a stage, of one reason if `why` is given (`""`: none was)."""
    launch_for(session, who, launch_id)
    condition, params = _condition(stage, why)
    order = _ORDERS.get(stage, "name") if isinstance(stage, Stage) else "name"
    shown = {"most": size, "after": max(page - 1, 0) * size}
    statement = _PEOPLE.format(condition=condition, order=order)
    return [_person(row) for row in rows(session, statement, launch_id, now, **shown, **params)]


def _condition(stage: Stage | Reach, why: str | None) -> tuple[str, dict[str, str]]:
    if isinstance(stage, Reach):
        return stage.condition, {"step": stage.step}
    if why is not None and stage in SPLIT:
        return f"{CONDITIONS[stage]} AND coalesce({SPLIT[stage]}, '') = :why", {"why": why}
    return CONDITIONS[stage], {}


def _person(row: Mapping[str, Any]) -> PersonRow:
    told = {name: row[name] for name in PersonRow.__slots__ if name not in {"state", "because_params"}}
    return PersonRow(state=EnrolmentState(row["state"]), because_params=row["because_params"] or {}, **told)
