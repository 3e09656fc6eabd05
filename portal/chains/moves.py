"""Where people stand after a step, written for a whole round at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.chains.models import Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState
from portal.conversations.actions import put_questions
from portal.conversations.rules import Question
from portal.kit.bulk import among


@dataclass(frozen=True, slots=True)
class Asking:
    """The question a letter carries, open until a deadline."""

    question: Question
    until: datetime
    survey_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where one person goes: the step, what state, and when something happens next."""

    enrolment: Enrolment
    step: str
    state: EnrolmentState
    due_at: datetime | None
    blocked_by: str | None = None
    outcome: str | None = None
    asking: Asking | None = None
    letter_id: uuid.UUID | None = None


def apply_moves(session: Session, launch: Launch, moves: Sequence[Move], *, now: datetime) -> None:
    """Write every move, and the questions that went out with them."""
    for where, going in _by_destination(moves).items():
        moved = sa.update(Enrolment).where(among(col(Enrolment.id), [move.enrolment.id for move in going]))
        ended_at = now if where.state is EnrolmentState.ENDED else None
        written = moved.values(**where._asdict(), ended_at=ended_at)
        # Told here rather than found out by the session, which weighs every attribute of everyone.
        session.execute(written, execution_options={"synchronize_session": False})
    put_questions(
        session,
        [
            {
                "talent_id": move.enrolment.talent_id,
                "owner_id": launch.owner_id,
                "enrolment_id": move.enrolment.id,
                "step": move.enrolment.step,
                "opportunity_id": launch.opportunity_id,
                "survey_id": move.asking.survey_id,
                "letter_id": move.letter_id,
                "question": move.asking.question,
                "asked_at": now,
                "deadline": move.asking.until,
            }
            for move in moves
            if move.asking is not None
        ],
    )
    for move in moves:
        session.expire(move.enrolment)


class _Destination(NamedTuple):
    """Where a move leads; most people of a round go the same way, and one statement moves them all."""

    step: str
    state: EnrolmentState
    due_at: datetime | None
    blocked_by: str | None
    outcome: str | None


def _by_destination(moves: Sequence[Move]) -> dict[_Destination, list[Move]]:
    destinations: dict[_Destination, list[Move]] = {}
    for move in moves:
        outcome = move.outcome if move.state is EnrolmentState.ENDED else None
        where = _Destination(move.step, move.state, move.due_at, move.blocked_by, outcome)
        destinations.setdefault(where, []).append(move)
    return destinations


def end_launches(session: Session, *, now: datetime) -> None:
    """Close the running launches in which nobody is on the way any more."""
    on_the_way = sa.exists().where(
        col(Enrolment.launch_id) == col(Launch.id), col(Enrolment.state) != EnrolmentState.ENDED
    )
    over = (col(Launch.state) == LaunchState.RUNNING) & col(Launch.enrolled_at).is_not(None) & ~on_the_way
    session.execute(sa.update(Launch).where(over).values(state=LaunchState.DONE, ended_at=now))
