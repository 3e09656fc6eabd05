"""Every entry of staff and every refusal, written down where the app can add and read but change nothing.

A row of the timeline each: who (if they are known here), which way, and why not. No token, no address, no IP.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from portal.access.oidc.rules import Refusal
from portal.access.queries import staff_names
from portal.access.rules import Limit
from portal.access.throttle import throttle
from portal.kit.errors import NotFound
from portal.timeline.actions import record
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role, System, Who

log = logging.getLogger("vivier.signin")

# Ways in beside the names of the providers.
LETTER, EMERGENCY = "letter", "emergency"
PAGE = 50
# A stranger can have nothing written down without an account somewhere, except by coming back from nowhere.
STRANGERS_PER_NETWORK = Limit(200, timedelta(hours=1))
STRANGERS = Limit(2000, timedelta(hours=1))
_KINDS = ("signed_in", "entry_refused", "emergency_link_made", "staff_role_changed")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `way` is a provider's name, `letter`, `emergency`, or empty; `refusal` is None for who came in."""

    id: int
    at: datetime
    kind: str
    staff: str
    way: str
    refusal: Refusal | None


def note_refusal(
    session: Session, refusal: Refusal, way: str, *, now: datetime, staff_id: int | None = None, detail: str = ""
) -> Refusal:
    """Write down that someone was not let in, here and in one line of the log; return why."""
    about: dict[str, Any] = {"staff_id": staff_id} if staff_id is not None else {}
    record(session, System("sign-in"), "entry_refused", None, now=now, way=way, why=refusal.value, **about)
    tell_log(refusal, way, detail)
    return refusal


def note_stranger(
    session: Session, refusal: Refusal, way: str, *, network: str, now: datetime, detail: str = ""
) -> None:
    """Write it down for someone nobody vouched for, unless their network does nothing else."""
    within = [
        throttle(session, f"refused from {network}", STRANGERS_PER_NETWORK, now=now),
        throttle(session, "refused", STRANGERS, now=now),
    ]
    if all(within):
        note_refusal(session, refusal, way, now=now, detail=detail)
    else:
        tell_log(refusal, way, detail)


def tell_log(refusal: Refusal, way: str, detail: str) -> None:
    """Say it in one line, of our own words only."""
    log.warning("Not let in by %s: %s%s", way, refusal.value, f" ({detail})" if detail else "")


def entries(session: Session, who: Who, *, before: int | None = None) -> list[Entry]:
    """Return the newest entries and refusals, a page of them; for admins and the data protection officer."""
    if not (isinstance(who, Person) and who.role in {Role.ADMIN, Role.DPO}):
        raise NotFound
    query = select(TimelineEvent).where(col(TimelineEvent.talent_id).is_(None), col(TimelineEvent.kind).in_(_KINDS))
    if before is not None:
        query = query.where(col(TimelineEvent.id) < before)
    found = session.exec(query.order_by(col(TimelineEvent.id).desc()).limit(PAGE))
    names = staff_names(session)
    return [_entry(row, names) for row in found]


def _entry(row: TimelineEvent, names: dict[int, str]) -> Entry:
    staff_id = row.params.get("staff_id") or (row.actor_id if row.actor_kind == "staff" else None)
    why = row.params.get("why")
    return Entry(
        id=row.id or 0,
        at=row.at,
        kind=row.kind,
        staff=names.get(staff_id, "") if staff_id is not None else "",
        way=row.params.get("way", ""),
        refusal=Refusal(why) if why else None,
    )
