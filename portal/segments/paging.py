"""Pages of people: the projection says who and in what order, and only those of the page are read whole."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.segments.models import Projection
from portal.talents.queries import Sort, TalentRow, rows_of

_ID = col(Projection.talent_id)
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.NAME: (col(Projection.name_key), _ID),
    Sort.NEWEST: (col(Projection.collected_on).desc(), _ID.desc()),
    Sort.LAST_ACT: (col(Projection.last_act_at).desc().nulls_last(), _ID),
    Sort.LAST_LETTER: (col(Projection.last_letter_at).desc().nulls_last(), _ID),
}


def page_of(
    session: Session, where: sa.ColumnElement[bool], *, sort: Sort = Sort.NAME, page: int = 1, size: int = 50
) -> list[TalentRow]:
    """Return page `page` (from 1) of those whose projection meets `where`."""
    first = max(page - 1, 0) * size
    found = sa.select(_ID).where(where).order_by(*_ORDERS[sort]).offset(first).limit(size)
    return rows_of(session, list(session.scalars(found)))
