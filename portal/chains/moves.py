"""Where people stand after a step, and what they were asked, written for a whole round at once."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.booking import holding
from portal.chains.models import Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState, Outcome
from portal.chains.turns import Move
from portal.chains.world import Done
from portal.conversations.actions import close_asks, put_questions
from portal.kit import jobs
from portal.kit.bulk import among


def write_moves(session: Session, done: Sequence[Done], *, now: datetime) -> None:
    """Write every move; a launch whose people are on the way again runs again."""
    going: dict[Move, list[Done]] = {}
    for one in done:
        if one.move is not None:
            going.setdefault(one.move, []).append(one)
    for move, people in going.items():
        _write(session, move, [one.way.here.way_id for one in people], now)
    moved = [(one.way.here.launch_id, one.move) for one in done if one.move and one.move.state is EnrolmentState.DUE]
    if moved:
        on_the_way = among(col(Launch.id), {launch for launch, _ in moved})
        again = sa.update(Launch).where(on_the_way, col(Launch.state) == LaunchState.DONE)
        # Beside whatever runs meanwhile on the same people: their answer is followed, whoever launched what.
        session.execute(again.values(state=LaunchState.RUNNING, ended_at=None, beside_id=col(Launch.id)))
    if any(move.due_at is not None and move.due_at <= now for _, move in moved):
        jobs.wake(session, "advance")


def _write(session: Session, move: Move, way_ids: Sequence[int], now: datetime) -> None:
    """Move all who go the same way by one statement."""
    moved = sa.update(Enrolment).where(among(col(Enrolment.id), way_ids))
    # Whoever was stopped may be taken up again: what they waited for stays known.
    waits = (
        {}
        if move.outcome in {Outcome.STOPPED, Outcome.CLOSED}
        else {"due_at": move.due_at, "waits_for": move.waits_for}
    )
    written = moved.values(
        step=move.step,
        state=move.state,
        **waits,
        blocked_by=move.blocked_by,
        outcome=move.outcome,
        ended_at=now if move.state is EnrolmentState.ENDED else None,
    )
    session.execute(written, execution_options={"synchronize_session": "fetch"})


def write_asks(session: Session, done: Sequence[Done], *, now: datetime) -> None:
    """Write down the questions that went out; each takes the place of what the same step had asked on the same way."""
    asked: dict[str, list[int]] = {}
    for one in done:
        if one.sent is not None and one.sent.asks is not None:
            asked.setdefault(one.way.here.step, []).append(one.way.here.way_id)
    for step, ways in asked.items():
        close_asks(session, enrolment_ids=ways, step=step, now=now)
    put_questions(
        session,
        [
            {
                "talent_id": one.way.here.talent_id,
                "owner_id": one.way.here.owner_id,
                "enrolment_id": one.way.here.way_id,
                "step": one.way.here.step,
                "opportunity_id": one.way.here.opportunity_id,
                "survey_id": one.sent.asks.survey_id,
                "letter_id": one.sent.letter_id,
                "question": one.sent.asks.question,
                "asked_at": now,
                "deadline": one.sent.until,
            }
            for one in done
            if one.sent is not None and one.sent.asks is not None
        ],
    )
    if letters := [one.sent.letter_id for one in done if one.sent is not None and one.sent.draft.needs_times]:
        holding.offered(session, letters)


def end_launches(session: Session, *, now: datetime) -> None:
    """Close the running launches in which nobody is on the way any more."""
    on_the_way = sa.exists().where(
        col(Enrolment.launch_id) == col(Launch.id), col(Enrolment.state) != EnrolmentState.ENDED
    )
    over = (col(Launch.state) == LaunchState.RUNNING) & col(Launch.enrolled_at).is_not(None) & ~on_the_way
    session.execute(sa.update(Launch).where(over).values(state=LaunchState.DONE, ended_at=now))
