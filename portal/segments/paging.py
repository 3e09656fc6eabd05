"""Pages of people: the projection says who and in what order, and only those of the page are read whole.

Three ways, one order. Few: all of them are found, then sorted. Many, near the beginning: the index is walked until the page
is full. Many, and deep: first how many stand under each day or first letters, then only the stretch that holds the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.segments.models import Projection
from portal.talents.queries import Sort, TalentRow, rows_of

Condition = sa.ColumnElement[bool]
FEW = 20_000
NEAR = 2_000
_LAST_LETTER = chr(0x10FFFF)
_ID = col(Projection.talent_id)


@dataclass(frozen=True, slots=True)
class _Order:
    """An order, the coarse steps it can be cut into, and what lies from one step to another."""

    by: tuple[Any, ...]
    step: Any
    steps: tuple[Any, ...]
    stretch: Callable[[Any, Any], Condition]
    near: int = NEAR


def _letters() -> _Order:
    name = col(Projection.name_key)
    step = sa.func.left(name, 5)
    return _Order(
        (name, _ID), step, (step,), lambda first, last: sa.and_(name >= first, name < f"{last}{_LAST_LETTER}")
    )


def _collected() -> _Order:
    day = col(Projection.collected_on)
    return _Order((day.desc(), _ID.desc()), day, (day.desc(),), lambda newest, oldest: day.between(oldest, newest))


def _days(at: Any, step: Any) -> _Order:  # noqa: ANN401 - mapped attributes
    at, step = col(at), col(step)
    # Never walked: a rule about the same day may hold nobody of the first half.
    return _Order((step, at.desc().nulls_last(), _ID), step, (step,), step.between, near=0)


_ORDERS: dict[Sort, _Order] = {
    Sort.NAME: _letters(),
    Sort.NEWEST: _collected(),
    Sort.LAST_ACT: _days(Projection.last_act_at, Projection.act_step),
    Sort.LAST_LETTER: _days(Projection.last_letter_at, Projection.letter_step),
}


def page_of(
    session: Session,
    where: Condition,
    *,
    sort: Sort = Sort.NAME,
    page: int = 1,
    size: int = 50,
    many: bool | None = None,
    steps: Sequence[Any] | None = None,
) -> list[TalentRow]:
    """Return page `page` (from 1) of those whose projection meets `where`.

    Whether they are `many`, and their `steps_of`, are asked of the database where the caller does not know.
    """
    first, order = max(page - 1, 0) * size, _ORDERS[sort]
    many = count_up_to(session, where, FEW) > FEW if many is None else many
    if many and is_deep(first, sort):
        known = steps_of(session, where, sort) if steps is None else steps
        before, stretch = _holding(known, first, size)
        if not stretch:
            return []
        where, first = sa.and_(where, order.stretch(stretch[0], stretch[-1])), first - before
    query = sa.select(_ID).where(where)
    if not many:
        # Held back from the planner, which would else walk the whole index for the few it did not expect.
        held = sa.select(_ID).where(where).cte("found").prefix_with("MATERIALIZED")
        query = sa.select(_ID).where(_ID.in_(sa.select(held.c.talent_id)))
    found = session.scalars(query.order_by(*order.by).offset(first).limit(size))
    return rows_of(session, list(found))


def is_deep(first: int, sort: Sort) -> bool:
    """Tell whether what stands from place `first` on is found by steps."""
    return first >= _ORDERS[sort].near


def count_up_to(session: Session, where: Condition, most: int) -> int:
    """Return how many meet `where`, or `most` + 1 where there are more."""
    some = sa.select(sa.literal(1)).select_from(Projection).where(where).limit(most + 1).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def steps_of(session: Session, where: Condition, sort: Sort) -> Sequence[Any]:
    """Return the steps an order can be cut into, and how many people stand on each: together, all there are."""
    order = _ORDERS[sort]
    steps = sa.select(order.step, sa.func.count()).where(where).group_by(order.step).order_by(*order.steps)
    return session.execute(steps).all()


def _holding(steps: Sequence[Any], first: int, size: int) -> tuple[int, list[Any]]:
    """Return how many stand before the steps that hold `first` to `first + size`, and those steps."""
    passed, before = 0, 0
    held: list[Any] = []
    for step, people in steps:
        if passed + people > first and passed < first + size:
            before = passed if not held else before
            held.append(step)
        passed += people
    return before, held
