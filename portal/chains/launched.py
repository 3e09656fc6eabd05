"""What was launched for one opportunity."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.chains.models import Chain, ChainVersion, Launch
from portal.chains.rules import LaunchState
from portal.segments.models import Segment
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class LaunchedFor:
    """One launch, in a line."""

    id: int
    chain: str
    segment: str
    state: LaunchState
    starts_at: datetime


def launches_for(session: Session, who: Who, opportunity_id: int) -> list[LaunchedFor]:
    """Return the launches for an opportunity, newest first."""
    recruiter(who)
    found = session.exec(
        select(Launch, Chain.name, Segment.name)
        .join(ChainVersion, col(ChainVersion.id) == col(Launch.version_id))
        .join(Chain, col(Chain.id) == col(ChainVersion.chain_id))
        .join(Segment, col(Segment.id) == col(Launch.segment_id))
        .where(col(Launch.opportunity_id) == opportunity_id)
        .order_by(col(Launch.starts_at).desc(), col(Launch.id).desc())
    )
    return [LaunchedFor(row.id or 0, chain, segment, row.state, row.starts_at) for row, chain, segment in found]
