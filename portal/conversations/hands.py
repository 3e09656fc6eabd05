"""Conversations that ended or went to somebody else: told to whoever had them, and to whoever may talk now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from portal.access.guards import recruiter
from portal.timeline.who import Who

TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Changed:
    """One conversation; `kind` is what happened on the timeline, `had` and `has` who talked before and who talks now.

    `by` names the colleague who did it; empty if it was the person themself, or the house.
    """

    talent_id: int
    name: str
    kind: str
    at: datetime
    had: str
    had_it: bool
    has: str
    by: str


# Of one that ended: who has someone on the way who waited for it. What one did oneself one knows, unless it came to one.
_CHANGES = sa.text(
    """
    SELECT e.talent_id, trim(t.first_name || ' ' || t.last_name), e.kind, e.at, coalesce(h.name, ''), h.id = :me,
           coalesce(o.name, ''), coalesce(b.name, '')
      FROM timeline_event e
      JOIN talent t ON t.id = e.talent_id AND t.erased_at IS NULL
      LEFT JOIN staff h ON h.id = CASE WHEN e.kind = 'conversation_taken_over' THEN (e.params->>'before')::bigint
                                       ELSE (e.params->>'owner')::bigint END
      LEFT JOIN staff o ON e.kind = 'conversation_taken_over' AND o.id = (e.params->>'owner')::bigint
      LEFT JOIN staff b ON e.actor_kind = 'staff' AND b.id = e.actor_id
     WHERE e.kind IN ('conversation_taken_over', 'conversation_closed', 'conversation_idle') AND e.at > :since
       AND h.id IS NOT NULL
       AND (h.id = :me AND b.id IS DISTINCT FROM :me OR o.id = :me
            OR o.id IS NULL AND h.id <> :me AND b.id IS DISTINCT FROM :me AND EXISTS (
                SELECT FROM enrolment w JOIN launch l ON l.id = w.launch_id
                 WHERE w.talent_id = e.talent_id AND w.state <> 'ended' AND w.entered_at < e.at AND l.owner_id = :me))
     ORDER BY e.at DESC, e.id DESC LIMIT :most
    """
).bindparams(sa.bindparam("since", type_=sa.DateTime(timezone=True)))


def changed_hands(session: Session, who: Who, *, now: datetime, most: int = 20) -> list[Changed]:
    """Return what became of conversations this recruiter had, or may have now, in the last days; the newest first."""
    me = recruiter(who)
    found = session.execute(_CHANGES, {"me": me.id, "since": now - TOLD_FOR, "most": most})
    return [Changed(*row) for row in found]
