"""Write down what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal.kit.bulk import copy_in
from portal.kit.db import saved
from portal.timeline.models import TimelineEvent, TimelineWords
from portal.timeline.who import LinkGrant, Person, System, Who


def record(
    session: Session,
    who: Who,
    kind: str,
    talent_id: int | None,
    *,
    now: datetime,
    words: Mapping[str, object] | None = None,
    **params: object,
) -> None:
    """Add one row: `kind` names the sentence, `params` fill it; `words` are its personal part, which erasure removes."""
    event = TimelineEvent(at=now, talent_id=talent_id, kind=kind, params=params, **actor(who))
    session.add(event)
    session.flush()
    if words:
        session.add(TimelineWords(event_id=saved(event.id), words=dict(words)))


def record_many(
    session: Session, who: Who, kind: str, rows: Sequence[tuple[int, Mapping[str, object]]], *, now: datetime
) -> None:
    """Add one row a person, set-wise: pairs of talent id and what fills the sentence (nothing personal)."""
    acted = actor(who)
    names = ("talent_id", "params", "at", "kind", *acted)
    session.flush()
    columns = [TimelineEvent.__table__.c[name] for name in names]  # type: ignore[attr-defined]
    copy_in(session, columns, ((talent, params, now, kind, *acted.values()) for talent, params in rows))


def actor(who: Who) -> dict[str, Any]:
    """Return the three columns that say who acted."""
    match who:
        case Person(id=id_, role=role):
            return {
                "actor_kind": "talent" if not who.is_staff else "staff",
                "actor_id": id_,
                "actor_reason": role.value,
            }
        case LinkGrant(link_id=link_id):
            return {"actor_kind": "link", "actor_id": link_id, "actor_reason": None}
        case System(reason=reason):
            return {"actor_kind": "system", "actor_id": None, "actor_reason": reason}
