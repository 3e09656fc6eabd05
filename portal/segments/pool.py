"""The pool page: a search, filters that are the criteria of a segment, and whether one could write today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.kit.bulk import among
from portal.segments.compile import condition
from portal.segments.document import Group, Node
from portal.segments.models import Projection
from portal.segments.paging import FEW, count_up_to, is_deep, page_of, steps_of
from portal.segments.queries import today
from portal.segments.reachable import Aim, split_ids
from portal.segments.reading import read
from portal.segments.searching import MOST, Found, searched
from portal.talents.queries import Sort, TalentRow
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class Filters:
    """What the page narrows to: every criterion or group holds; `reachable` None asks nothing."""

    criteria: tuple[Node, ...] = ()
    reachable: bool | None = None
    aim: Aim | None = None


def pool_page(
    session: Session,
    who: Who,
    search: str = "",
    filters: Filters | None = None,
    sort: Sort = Sort.NAME,
    page: int = 1,
    *,
    now: datetime,
    size: int = 50,
) -> tuple[list[TalentRow], int]:
    """Return one page (from 1) of the people found, and how many there are in all.

    A search that finds more than `searching.MOST` is not counted further: `MOST` + 1 stands for more.
    """
    recruiter(who)
    filters = filters or Filters()
    found = _found(session, who, search, filters, now)
    deep = is_deep((page - 1) * size, sort) and not found.many
    steps = steps_of(session, found.condition, sort) if deep else None
    total = sum(people for _, people in steps) if steps is not None else _total(session, found)
    many = total > (MOST if found.many else FEW)
    return page_of(session, found.condition, sort=sort, page=page, size=size, many=many, steps=steps), total


def _total(session: Session, found: Found) -> int:
    if found.surely:
        return MOST + 1
    return count_up_to(session, found.condition, MOST) if found.many else _count(session, found.condition)


def _count(session: Session, where: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Projection).where(where)) or 0


def pool_ids(
    session: Session, who: Who, search: str = "", filters: Filters | None = None, *, now: datetime
) -> tuple[int, ...]:
    """Return everyone the page finds, on all its pages, by id."""
    recruiter(who)
    where = _found(session, who, search, filters or Filters(), now).condition
    return tuple(session.scalars(sa.select(col(Projection.talent_id)).where(where).order_by(col(Projection.talent_id))))


def _found(session: Session, who: Who, search: str, filters: Filters, now: datetime) -> Found:
    found = searched(session, search)
    if filters.criteria:
        narrowed = sa.and_(found.condition, _narrowed(session, filters.criteria, now))
        found = replace(found, condition=narrowed, surely=False)
    if filters.reachable is None:
        return found
    return Found(among(col(Projection.talent_id), _by_reach(session, who, found.condition, filters, now)))


def _narrowed(session: Session, criteria: Sequence[Node], now: datetime) -> sa.ColumnElement[bool]:
    """Refused with a sentence where a filter makes no sense, as in a segment."""
    if not criteria:
        return sa.true()
    rule = read(Group(kind="all", of=tuple(criteria)))
    return condition(rule, today(session, rule, now=now))


def _by_reach(
    session: Session, who: Who, where: sa.ColumnElement[bool], filters: Filters, now: datetime
) -> tuple[int, ...]:
    found = session.scalars(sa.select(col(Projection.talent_id)).where(where)).all()
    told = split_ids(session, who, [talent_id for talent_id in found if talent_id], now=now, aim=filters.aim)
    if filters.reachable:
        return told.reachable
    return tuple(talent_id for bucket in told.blocked for talent_id in bucket.talent_ids)
