"""Projection and words of search read again from the truth: what triggers keep needs it only after a repair by hand."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

_AT_ONCE = 10_000
_RANGE = sa.text(
    """
    SELECT project_people(ids), project_places(ids), index_words(ids)
      FROM (SELECT array_agg(id) AS ids
              FROM (SELECT id FROM talent WHERE id >= :first AND id < :next
                    UNION SELECT talent_id FROM projection WHERE talent_id >= :first AND talent_id < :next
                    UNION SELECT talent_id FROM talent_search WHERE talent_id >= :first AND talent_id < :next) of_range) touched
     WHERE ids IS NOT NULL
    """
)
_LAST = sa.text("SELECT greatest((SELECT max(id) FROM talent), (SELECT max(talent_id) FROM projection), 0)")


def project(session: Session, ids: Sequence[int]) -> None:
    """Bring the rows of these people to what the truth says, after it moved from one of them to another."""
    given = sa.bindparam("ids", list(ids), type_=pg.ARRAY(sa.BigInteger))
    session.execute(sa.select(sa.func.project_people(given), sa.func.project_places(given), sa.func.index_words(given)))


def rebuild(session: Session) -> int:
    """Bring every row to what the truth says; return how many were not."""
    last = session.scalar(_LAST) or 0
    ranges = range(0, last + 1, _AT_ONCE)
    rows = (session.execute(_RANGE, {"first": first, "next": first + _AT_ONCE}).first() for first in ranges)
    return sum(sum(row) for row in rows if row is not None)
