"""What a field of the house's own is asked: one condition over the values beside the projection."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.kit.fold import fold
from portal.segments.document import Own, Test
from portal.segments.models import Projection

Condition = sa.ColumnElement[bool]


def own(criterion: Own) -> Condition:
    """Return the condition; a value of another form than the one asked about never meets it."""
    return _TESTS[criterion.test](criterion)


def _folded(criterion: Own) -> sa.ColumnElement[str]:
    return sa.func.fold(col(Projection.custom)[str(criterion.field)].astext, type_=sa.Text)


def _holds(criterion: Own) -> Condition:
    return _folded(criterion).contains(fold(criterion.text), autoescape=True)


def _is(criterion: Own) -> Condition:
    return _folded(criterion) == fold(criterion.text)


def _one_of(criterion: Own) -> Condition:
    """A choice, or several: `"night"` and `["day", "night"]` both hold `night`."""
    values = [value for word in criterion.one_of or () for value in (word, [word])]
    return sa.or_(*(col(Projection.custom).contains({str(criterion.field): value}) for value in values))


def _number(criterion: Own) -> Condition:
    return _between(criterion, criterion.least, criterion.most)


def _day(criterion: Own) -> Condition:
    since, until = (day.isoformat() if day else None for day in (criterion.since, criterion.until))
    return _between(criterion, since, until)


def _between(criterion: Own, least: float | str | None, most: float | str | None) -> Condition:
    """By a JSON path: it compares numbers with numbers, days (ISO) with days, and takes nothing for another form."""
    limits = [f"@ {sign} {json.dumps(limit)}" for sign, limit in ((">=", least), ("<=", most)) if limit is not None]
    path = f'$."{criterion.field}" ? ({" && ".join(limits)})'
    return col(Projection.custom).op("@?", is_comparison=True)(sa.cast(path, pg.JSONPATH))


def _known(criterion: Own) -> Condition:
    return col(Projection.custom)[str(criterion.field)].is_not(None)


_TESTS: dict[Test, Callable[[Own], Condition]] = {
    Test.HOLDS: _holds,
    Test.IS: _is,
    Test.ONE_OF: _one_of,
    Test.NUMBER: _number,
    Test.DAY: _day,
    Test.KNOWN: _known,
}
