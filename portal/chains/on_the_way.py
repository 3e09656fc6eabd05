"""Reading who is on the way through launches: what is next for one person, and what keeps a launch waiting."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.chains.definition import read_definition
from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.chains.rules import NO_SLOTS, EnrolmentState, LaunchState, WaitsFor
from portal.gate.rules import Check
from portal.opportunities.models import Opportunity
from portal.talents.models import Talent
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way through one launch; `step` is the type of the step they stand at (`question`, `slots`…)."""

    enrolment_id: int
    launch_id: int
    chain: str
    opportunity: str
    owner: str
    step: str
    state: EnrolmentState
    launch_state: LaunchState
    due_at: datetime | None
    waits_for: WaitsFor | None
    blocked_by: str | None
    outcome: str | None
    entered_at: datetime
    ended_at: datetime | None


def ways_of(session: Session, who: Who, talent_id: int) -> list[Way]:
    """Return the launches someone is or was in: those still on the way first, then the newest."""
    recruiter(who)
    found = session.execute(
        sa.select(Enrolment, Launch, ChainVersion, col(Chain.name), col(Opportunity.title), col(Staff.name))
        .join(Launch, col(Launch.id) == col(Enrolment.launch_id))
        .join(ChainVersion, col(ChainVersion.id) == col(Launch.version_id))
        .join(Chain, col(Chain.id) == col(ChainVersion.chain_id))
        .join(Staff, col(Staff.id) == col(Launch.owner_id))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Launch.opportunity_id))
        .where(col(Enrolment.talent_id) == talent_id)
        .order_by((col(Enrolment.state) == EnrolmentState.ENDED), col(Enrolment.entered_at).desc())
    )
    return [_way(*row) for row in found]


def _way(row: Enrolment, launch: Launch, version: ChainVersion, chain: str, opportunity: str | None, owner: str) -> Way:
    return Way(
        enrolment_id=row.id or 0,
        launch_id=row.launch_id,
        chain=chain,
        opportunity=opportunity or "",
        owner=owner,
        step=read_definition(version.definition).step(row.step).kind(),
        state=row.state,
        launch_state=launch.state,
        due_at=row.due_at,
        waits_for=row.waits_for,
        blocked_by=row.blocked_by,
        outcome=row.outcome,
        entered_at=row.entered_at,
        ended_at=row.ended_at,
    )


@dataclass(frozen=True, slots=True)
class Starved:
    """A launch in which people said yes and there are no times to offer them."""

    launch_id: int
    chain: str
    opportunity: str
    people: int
    since: datetime


def launches_without_slots(session: Session, who: Who) -> list[Starved]:
    """Return the running launches of this recruiter that wait for times, most people first."""
    me = recruiter(who)
    since = sa.func.min(col(Enrolment.entered_at))
    people = sa.func.count()
    found = session.execute(
        sa.select(col(Launch.id), col(Chain.name), col(Opportunity.title), people, since)
        .join(Enrolment, col(Enrolment.launch_id) == col(Launch.id))
        .join(ChainVersion, col(ChainVersion.id) == col(Launch.version_id))
        .join(Chain, col(Chain.id) == col(ChainVersion.chain_id))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Launch.opportunity_id))
        .where(
            col(Launch.owner_id) == me.id,
            col(Launch.state) == LaunchState.RUNNING,
            col(Enrolment.state) == EnrolmentState.DUE,
            col(Enrolment.blocked_by) == NO_SLOTS,
        )
        .group_by(col(Launch.id), col(Chain.name), col(Opportunity.title))
        .order_by(people.desc(), col(Launch.id))
    )
    return [Starved(launch, chain, title or "", many, at) for launch, chain, title, many, at in found]


@dataclass(frozen=True, slots=True)
class Resting:
    """Someone on the way whose rhythm makes the next letter wait."""

    talent_id: int
    name: str
    until: datetime


def waiting_on_rhythm(session: Session, who: Who, *, most: int = 5) -> tuple[list[Resting], int]:
    """Return who waits on their rhythm in running launches, soonest first, and how many do in all."""
    recruiter(who)
    name = sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name))
    until = sa.func.min(col(Enrolment.due_at))
    resting = (
        sa.select(col(Talent.id), name, until)
        .join(Enrolment, col(Enrolment.talent_id) == col(Talent.id))
        .join(Launch, col(Launch.id) == col(Enrolment.launch_id))
        .where(
            col(Launch.state) == LaunchState.RUNNING,
            col(Enrolment.state) == EnrolmentState.DUE,
            col(Enrolment.blocked_by) == Check.RHYTHM.value,
            col(Talent.erased_at).is_(None),
        )
        .group_by(col(Talent.id))
    )
    total = session.execute(sa.select(sa.func.count()).select_from(resting.subquery())).scalar_one()
    found = session.execute(resting.order_by(until, col(Talent.id)).limit(most))
    return [Resting(talent, called, at) for talent, called, at in found], int(total)
