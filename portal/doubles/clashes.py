"""What one person cannot have twice: of two ways through one launch one ends, of two open conversations one is closed.

Each row that changes is kept as it stood and as it was left, so that it can stand again if nobody touched it since.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select

from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, Outcome
from portal.conversations.models import Conversation

Kept = list[dict[str, Any]]
_KINDS: dict[str, type[SQLModel]] = {"enrolment": Enrolment, "conversation": Conversation}


def settle(session: Session, stays: int, goes: int, *, now: datetime) -> Kept:
    """End and close what `goes` has and `stays` has as well; return what changed."""
    kept: Kept = []
    for way in _same_launch(session, stays, goes):
        ended = {
            "state": EnrolmentState.ENDED,
            "due_at": None,
            "waits_for": None,
            "outcome": Outcome.ONE_PERSON.value,
            "ended_at": now,
        }
        kept.append(_change(session, way, ended))
    mine, other = _open_conversation(session, stays), _open_conversation(session, goes)
    if mine is not None and other is not None:
        kept.append(_change(session, mine, {name: _first(mine, other, name) for name in _CARRIED}))
        kept.append(_change(session, other, {"closed_at": now, "waiting_since": None}))
    return kept


def unsettle(session: Session, kept: Kept) -> None:
    """Let each row stand again as it was, unless it is another since."""
    for each in reversed(kept):
        kind = _KINDS[each["kind"]]
        row = session.get(kind, each["was"]["id"], populate_existing=True)
        if row is not None and row.model_dump(mode="json") == each["now"]:
            _put(session, row, kind.model_validate(each["was"]).model_dump())


# A person who waits for an answer waits on in the conversation that goes on; who said stop is not asked again.
_CARRIED = ("waiting_since", "follow_ups_stopped_at")


def _same_launch(session: Session, stays: int, goes: int) -> list[Enrolment]:
    theirs = aliased(Enrolment)
    both = (col(theirs.launch_id) == col(Enrolment.launch_id)) & (col(theirs.talent_id) == stays)
    on_the_way = (col(Enrolment.talent_id) == goes) & (col(Enrolment.state) != EnrolmentState.ENDED)
    return list(session.exec(select(Enrolment).where(on_the_way, sa.exists().where(both)).with_for_update()))


def _open_conversation(session: Session, talent_id: int) -> Conversation | None:
    open_ = (col(Conversation.talent_id) == talent_id) & col(Conversation.closed_at).is_(None)
    return session.exec(select(Conversation).where(open_).with_for_update()).first()


def _first(mine: Conversation, other: Conversation, name: str) -> datetime | None:
    return min((at for at in (getattr(mine, name), getattr(other, name)) if at is not None), default=None)


def _change(session: Session, row: SQLModel, values: dict[str, Any]) -> dict[str, Any]:
    was = row.model_dump(mode="json")
    _put(session, row, values)
    return {"kind": row.__tablename__, "was": was, "now": row.model_dump(mode="json")}


def _put(session: Session, row: SQLModel, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
