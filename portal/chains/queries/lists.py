"""The chains there are, their versions, and what was launched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState
from portal.conversations.models import Ask
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound
from portal.opportunities.models import Opportunity
from portal.segments.models import Segment
from portal.timeline.who import Who

GOING_ON = (LaunchState.PLANNED, LaunchState.RUNNING, LaunchState.PAUSED)


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One line of the list; `going_on` counts the launches not over, `on_the_way` the people in them."""

    id: int
    name: str
    owner: str
    version_id: int
    number: int
    changed_at: datetime
    definition: dict[str, Any]
    launches: int
    going_on: int
    on_the_way: int


def chains(session: Session, who: Who, *, archived: bool = False) -> list[ChainRow]:
    """Return the chains in use (or those put away), last changed first."""
    recruiter(who)
    numbered = sa.func.max(col(ChainVersion.number)).over(partition_by=col(ChainVersion.chain_id))
    newest = sa.select(ChainVersion, numbered.label("last")).subquery()
    begun = _begun(col(ChainVersion.chain_id)).subquery()
    put_away = col(Chain.archived_at).is_not(None)
    found = session.execute(
        sa.select(
            col(Chain.id),
            col(Chain.name),
            col(Staff.name),
            newest.c.id,
            newest.c.number,
            newest.c.created_at,
            newest.c.definition,
            sa.func.coalesce(begun.c.launches, 0),
            sa.func.coalesce(begun.c.going_on, 0),
            sa.func.coalesce(begun.c.on_the_way, 0),
        )
        .join(Staff, col(Staff.id) == col(Chain.owner_id))
        .join(newest, sa.and_(newest.c.chain_id == col(Chain.id), newest.c.number == newest.c.last))
        .outerjoin(begun, begun.c.of == col(Chain.id))
        .where(put_away if archived else ~put_away)
        .order_by(newest.c.created_at.desc(), col(Chain.id))
    )
    return [ChainRow(*row) for row in found]


def _begun(key: Any) -> sa.Select[Any]:  # noqa: ANN401 - a column
    """Return, for each `key` of a version, how many launches there were and are, and how many people are in them."""
    here = (
        sa.select(col(Enrolment.launch_id), sa.func.count().label("people"))
        .where(col(Enrolment.state) != EnrolmentState.ENDED)
        .group_by(col(Enrolment.launch_id))
        .subquery()
    )
    return (
        sa.select(
            key.label("of"),
            sa.func.count().label("launches"),
            sa.func.count().filter(col(Launch.state).in_(GOING_ON)).label("going_on"),
            sa.func.coalesce(sa.func.sum(here.c.people), 0).label("on_the_way"),
        )
        .select_from(Launch)
        .join(ChainVersion, col(ChainVersion.id) == col(Launch.version_id))
        .outerjoin(here, here.c.launch_id == col(Launch.id))
        .group_by(key)
    )


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; `on_the_way` people still go through it."""

    id: int
    number: int
    author: str
    created_at: datetime
    definition: dict[str, Any]
    launches: int
    on_the_way: int


@dataclass(frozen=True, slots=True)
class ChainView:
    """One chain with its versions, newest first (there is always one)."""

    id: int
    name: str
    owner: str
    archived: bool
    versions: tuple[VersionRow, ...]


def chain_for(session: Session, who: Who, chain_id: int) -> ChainView:
    """Return one chain (all recruiters share them); NotFound for anyone else."""
    recruiter(who)
    chain = session.get(Chain, chain_id)
    if chain is None:
        raise NotFound
    begun = _begun(col(ChainVersion.id)).where(col(ChainVersion.chain_id) == chain_id).subquery()
    found = session.execute(
        sa.select(ChainVersion, col(Staff.name), begun.c.launches, begun.c.on_the_way)
        .join(Staff, col(Staff.id) == col(ChainVersion.author_id))
        .outerjoin(begun, begun.c.of == col(ChainVersion.id))
        .where(col(ChainVersion.chain_id) == chain_id)
        .order_by(col(ChainVersion.number).desc())
    )
    versions = tuple(
        VersionRow(one.id, one.number, author, one.created_at, one.definition, launches or 0, on_the_way or 0)
        for one, author, launches, on_the_way in found
    )
    owner = session.get_one(Staff, chain.owner_id).name
    return ChainView(chain_id, chain.name, owner, chain.archived_at is not None, versions)


def version_for(session: Session, who: Who, version_id: int) -> ChainVersion:
    """Return one version; NotFound for anyone but recruiters."""
    recruiter(who)
    found = session.get(ChainVersion, version_id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """One launch in a list. `said_yes` counts the yes and the more-info to what it asks first."""

    id: int
    chain_id: int
    chain: str
    number: int
    version_id: int
    segment_id: int | None
    segment: str
    opportunity_id: int | None
    opportunity: str
    owner_id: int
    owner: str
    state: LaunchState
    starts_at: datetime
    enrolled_at: datetime | None
    ended_at: datetime | None
    enrolled: int
    answered: int
    said_yes: int


def launches(
    session: Session,
    who: Who,
    *,
    going_on: bool = False,
    chain_id: int | None = None,
    opportunity_id: int | None = None,
    most: int = 50,
) -> list[LaunchRow]:
    """Return launches, newest first; `going_on` leaves those that are over aside."""
    recruiter(who)
    wanted = _launches().order_by(col(Launch.starts_at).desc(), col(Launch.id).desc()).limit(most)
    if going_on:
        wanted = wanted.where(col(Launch.state).in_(GOING_ON))
    if chain_id is not None:
        wanted = wanted.where(col(Chain.id) == chain_id)
    if opportunity_id is not None:
        wanted = wanted.where(col(Launch.opportunity_id) == opportunity_id)
    return [LaunchRow(*row) for row in session.execute(wanted)]


def launch_for(session: Session, who: Who, launch_id: int) -> LaunchRow:
    """Return one launch; NotFound for anyone but recruiters."""
    recruiter(who)
    found = session.execute(_launches().where(col(Launch.id) == launch_id)).first()
    if found is None:
        raise NotFound
    return LaunchRow(*found)


def _launches() -> Any:  # noqa: ANN401 - a SELECT of every column of `LaunchRow`
    """Return launches with their counts, each counted apart so that a list of few reads few."""
    mine = col(Enrolment.launch_id) == col(Launch.id)
    enrolled = sa.select(sa.func.count()).select_from(Enrolment).where(mine).scalar_subquery()

    def said(*answers: Answer) -> Any:  # noqa: ANN401 - a scalar subquery
        people = sa.select(sa.func.count(sa.distinct(col(Ask.enrolment_id)))).select_from(Ask)
        counted = people.join(Enrolment, col(Enrolment.id) == col(Ask.enrolment_id))
        return counted.where(mine, col(Ask.answer).in_(answers)).scalar_subquery()

    return (
        sa.select(
            col(Launch.id),
            col(Chain.id),
            col(Chain.name),
            col(ChainVersion.number),
            col(ChainVersion.id),
            col(Segment.id),
            sa.func.coalesce(col(Segment.name), ""),
            col(Opportunity.id),
            sa.func.coalesce(col(Opportunity.title), ""),
            col(Staff.id),
            col(Staff.name),
            col(Launch.state),
            col(Launch.starts_at),
            col(Launch.enrolled_at),
            col(Launch.ended_at),
            enrolled,
            said(*Answer),
            said(Answer.YES, Answer.MORE_INFO),
        )
        .join(ChainVersion, col(ChainVersion.id) == col(Launch.version_id))
        .join(Chain, col(Chain.id) == col(ChainVersion.chain_id))
        .outerjoin(Segment, col(Segment.id) == col(Launch.segment_id))
        .join(Staff, col(Staff.id) == col(Launch.owner_id))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Launch.opportunity_id))
    )
