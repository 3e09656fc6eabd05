"""What a field of the house's own is asked: one condition over the values beside the projection."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.kit.fold import fold
from portal.segments.document import Own, Test
from portal.segments.models import Projection
from portal.segments.words import coded

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
    """A choice, or several: each is a word."""
    return coded(f"field:{criterion.field}", criterion.one_of or ())


# JSON orders scalars as: strings, numbers, booleans; so that an open end must not run into another form.
_LEAST_NUMBER, _MOST_NUMBER, _LAST_DAY = -1e300, 1e300, "9999-12-31"
# Texts stand among days in that order: "90 %" comes after 2026-01-01.
_A_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _number(criterion: Own) -> Condition:
    least = _LEAST_NUMBER if criterion.least is None else criterion.least
    return _between(criterion, least, _MOST_NUMBER if criterion.most is None else criterion.most)


def _day(criterion: Own) -> Condition:
    since, until = (day.isoformat() if day else None for day in (criterion.since, criterion.until))
    shaped = col(Projection.custom)[str(criterion.field)].astext.regexp_match(_A_DAY)
    return sa.and_(_between(criterion, since or "0000", until or _LAST_DAY), shaped)


def _between(criterion: Own, least: float | str, most: float | str) -> Condition:
    value = col(Projection.custom)[str(criterion.field)]
    low, high = (sa.cast(sa.cast(json.dumps(end), sa.Text), pg.JSONB) for end in (least, most))
    return sa.and_(value >= low, value <= high)


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
