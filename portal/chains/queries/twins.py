"""Launches of the same version, on the same people, for the same job; and what a person said to have another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.chains.models import Launch
from portal.chains.queries.lists import LaunchRow, launch_for
from portal.kit.db import saved
from portal.timeline.who import Who


def of_segment(segment_id: int) -> str:
    """Return what stands for a segment in `Launch.whom`."""
    return f"segment {segment_id}"


def of_people(talent_ids: Sequence[int]) -> str:
    """Return what stands for people chosen one by one in `Launch.whom`."""
    return f"people {sha256(','.join(str(one) for one in sorted(talent_ids)).encode()).hexdigest()}"


def running(session: Session, version_id: int, whom: str, opportunity_id: int | None) -> Launch | None:
    """Return the newest launch of this version that is planned, runs or rests on the same people for the same job."""
    same = (col(Launch.version_id) == version_id) & (col(Launch.whom) == whom) & col(Launch.ended_at).is_(None)
    job = col(Launch.opportunity_id).is_not_distinct_from(opportunity_id)
    return session.exec(select(Launch).where(same, job).order_by(col(Launch.id).desc())).first()


def runs_already(
    session: Session, who: Who, version_id: int, segment_id: int, opportunity_id: int | None
) -> LaunchRow | None:
    """Return the launch beside which another one wants to be confirmed."""
    recruiter(who)
    found = running(session, version_id, of_segment(segment_id), opportunity_id)
    return launch_for(session, who, saved(found.id)) if found else None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said, when and in which words, that people be written to once more; beside which launch, if one ran."""

    by: str
    at: datetime
    words: str
    beside_id: int | None


def confirmation(session: Session, who: Who, launch_id: int) -> Confirmation | None:
    """Return the confirmation that stands on a launch."""
    recruiter(who)
    found = session.execute(
        select(Launch, Staff.name)
        .join(Staff, col(Staff.id) == col(Launch.confirmed_by))
        .where(col(Launch.id) == launch_id)
    ).first()
    if found is None or found.Launch.confirmed_at is None:
        return None
    launch, name = found
    return Confirmation(name, launch.confirmed_at, launch.confirmed_words, launch.beside_id)
