"""Who is in a segment, right now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.house import house
from portal.access.models import Staff
from portal.kit.bulk import among
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import say
from portal.segments.compile import Condition, Today, condition
from portal.segments.document import Criterion, Group
from portal.segments.membership import rules_named
from portal.segments.models import Projection, Segment
from portal.segments.names import Names, names
from portal.segments.paging import page_of
from portal.segments.reading import read
from portal.segments.sentences import sentence
from portal.talents.queries import Sort, TalentRow
from portal.timeline.who import Who


def count(session: Session, rule: Group, *, now: datetime) -> int:
    """Return how many match."""
    query = sa.select(sa.func.count()).select_from(Projection).where(matching(session, rule, now=now))
    return session.scalar(query) or 0


def member_ids(session: Session, rule: Group | Mapping[str, Any], *, now: datetime) -> list[int]:
    """Return everyone who matches, by id; `rule` may be as a segment keeps it."""
    where = matching(session, rule if isinstance(rule, Group) else read(rule), now=now)
    return list(session.scalars(sa.select(col(Projection.talent_id)).where(where).order_by(col(Projection.talent_id))))


def everyone_ids(session: Session) -> list[int]:
    """Return everyone in the pool, by id."""
    return list(session.scalars(sa.select(col(Projection.talent_id)).order_by(col(Projection.talent_id))))


def members(
    session: Session, rule: Group, *, now: datetime, sort: Sort = Sort.NAME, page: int = 1, size: int = 50
) -> list[TalentRow]:
    """Return page `page` (from 1) of those who match."""
    return page_of(session, matching(session, rule, now=now), sort=sort, page=page, size=size)


def some_of(
    session: Session, who: Who, talent_ids: Sequence[int], *, sort: Sort = Sort.NAME, page: int = 1, size: int = 50
) -> list[TalentRow]:
    """Return page `page` (from 1) of these people: those of one bucket of a split."""
    recruiter(who)
    return page_of(session, among(col(Projection.talent_id), talent_ids), sort=sort, page=page, size=size)


def matching(session: Session, rule: Group, *, now: datetime) -> Condition:
    """Return what the projection of everyone in the segment meets; days are those of the house's zone."""
    return condition(rule, today(session, rule, now=now))


def today(session: Session, asked: Group | Sequence[Criterion] = (), *, now: datetime) -> Today:
    """Return what a rule is asked with: the instant, the day, and the rules of the segments it names."""
    at = Today.at(now, house(session).zone)
    return replace(at, segments=rules_named(session, asked))


def pool_size(session: Session) -> int:
    """Return how many people the pool holds."""
    return session.scalar(sa.select(sa.func.count()).select_from(Projection)) or 0


def segment_for(session: Session, who: Who, segment_id: int) -> Segment:
    """Return one segment (all recruiters share them); NotFound for anyone else."""
    recruiter(who)
    found = session.get(Segment, segment_id)
    if found is None:
        raise NotFound
    return found


def rule_of(segment: Segment) -> Group:
    """Return a saved segment's rule."""
    return read(segment.rule)


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """One line of the list of segments; `size` is None where the rule no longer reads, and `sentence` says why."""

    id: int
    name: str
    owner: str
    sentence: str
    size: int | None
    updated_at: datetime
    archived: bool


def saved(session: Session, who: Who, *, locale: str, now: datetime, archived: bool = False) -> list[SavedSegment]:
    """Return the segments in use (or those put away), last changed first, each with its live count."""
    recruiter(who)
    put_away = col(Segment.archived_at).is_not(None)
    found = session.execute(
        select(Segment, Staff.name)
        .join(Staff, col(Staff.id) == col(Segment.owner_id))
        .where(put_away if archived else ~put_away)
        .order_by(col(Segment.updated_at).desc(), col(Segment.id))
    )
    called = names(session)
    return [_row(session, segment, owner, called, locale, now) for segment, owner in found.all()]


def _row(session: Session, segment: Segment, owner: str, called: Names, locale: str, now: datetime) -> SavedSegment:
    size: int | None
    try:
        rule = rule_of(segment)
        told, size = sentence(rule, locale, called), count(session, rule, now=now)
    except Refused as refused:
        told, size = say(locale, refused.sentence, **refused.params), None
    return SavedSegment(
        id=segment.id or 0,
        name=segment.name,
        owner=owner,
        sentence=told,
        size=size,
        updated_at=segment.updated_at,
        archived=segment.archived_at is not None,
    )
