"""Reading what happened with one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from portal.kit.errors import NotFound
from portal.timeline.models import TimelineEvent, TimelineWords
from portal.timeline.who import Person, Role, Who

# What a page shows before it is asked for more.
LATELY = 40


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `portal.timeline.sentences.told` says it. `actor_id` names a member of staff or a talent."""

    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None = None
    actor_reason: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def theirs(self) -> bool:
        """Tell whether the person themself did it."""
        return self.actor_kind in {"talent", "link"}


def events_of(session: Session, who: Who, talent_id: int, *, most: int = LATELY) -> list[Event]:
    """Return what happened with this person, newest first: for recruiters, and for the person themself."""
    _require_may_read(who, talent_id)
    found = session.exec(
        select(TimelineEvent, TimelineWords)
        .outerjoin(TimelineWords, col(TimelineWords.event_id) == col(TimelineEvent.id))
        .where(col(TimelineEvent.talent_id) == talent_id)
        .order_by(col(TimelineEvent.at).desc(), col(TimelineEvent.id).desc())
        .limit(most)
    )
    return [_event(row, words) for row, words in found]


def _require_may_read(who: Who, talent_id: int) -> None:
    match who:
        case Person(role=Role.RECRUITER | Role.ADMIN):
            return
        case Person(role=Role.CANDIDATE, id=id_) if id_ == talent_id:
            return
        case _:
            raise NotFound


def _event(row: TimelineEvent, words: TimelineWords | None) -> Event:
    return Event(
        at=row.at,
        kind=row.kind,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        actor_reason=row.actor_reason,
        params=row.params,
        words=words.words if words else {},
    )
