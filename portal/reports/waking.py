"""What to do next to wake a segment up: whom an act would reach, and the chain that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.chains.models import Chain, ChainVersion
from portal.gate.law.reason import Act, Ends
from portal.kit.bulk import among
from portal.segments.liveness import is_fresh
from portal.segments.reachable import Split
from portal.talents.models import Talent
from portal.timeline.who import Who


class Next(StrEnum):
    """What may be done: inform those who must be first, ask the silent ones, offer a job to those who said yes."""

    INFORM = "inform"
    ASK = "ask"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to do, how many people it is for, and the chain that does it (None: there is none yet)."""

    what: Next
    count: int
    chain_id: int | None = None


# What a chain must hold to do the thing.
_DOES = {
    Next.ASK: {"steps": [{"type": "question", "question": "still_looking"}]},
    Next.OFFER: {"steps": [{"type": "question", "question": "opportunity"}]},
}
_OPEN = ("yes", "more_info")


def suggestions(session: Session, who: Who, found: Split, *, now: datetime) -> list[Suggestion]:
    """Return what would wake these people up, the most people first; nothing for nobody."""
    recruiter(who)
    uninformed = sum(
        bucket.count for bucket in found.blocked if bucket.reason.act is Act.INFORM and bucket.reason.ends is Ends.US
    )
    silent = _many(session, found.reachable, is_fresh(now).is_not(sa.true()))
    listening = _many(session, found.reachable, is_fresh(now) & col(Talent.last_answer).in_(_OPEN))
    told = [
        Suggestion(Next.INFORM, uninformed),
        Suggestion(Next.ASK, silent, _chain(session, Next.ASK)),
        Suggestion(Next.OFFER, listening, _chain(session, Next.OFFER)),
    ]
    return sorted((one for one in told if one.count), key=lambda one: -one.count)


def _many(session: Session, talent_ids: Sequence[int], which: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(Talent).where(among(col(Talent.id), talent_ids), which)
    return session.scalar(query) or 0


def _chain(session: Session, what: Next) -> int | None:
    """Return the chain in use, last changed, that does it."""
    does = col(ChainVersion.definition).contains(_DOES[what])
    newest = sa.select(sa.func.max(col(ChainVersion.id))).group_by(col(ChainVersion.chain_id))
    in_use = sa.select(col(Chain.id)).where(col(Chain.archived_at).is_(None))
    found = sa.select(col(ChainVersion.chain_id)).where(
        does, col(ChainVersion.id).in_(newest), col(ChainVersion.chain_id).in_(in_use)
    )
    return session.scalar(found.order_by(col(ChainVersion.id).desc()).limit(1))
