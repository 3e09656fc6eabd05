"""Distances over the projection: unit vectors and squared chords, with a box for the index; every declared place counts."""

from math import cos, degrees, radians
from struct import pack, unpack
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from portal.segments.models import Projection, ProjectionPlace
from portal.talents import places

Condition = sa.ColumnElement[bool]


def near(insee: str, km: float) -> Condition:
    """Return whether a place of work lies within `km`."""
    here, limit = _known(insee), places.chord2(km)
    return _anywhere(lambda table: sa.and_(_box(table, here, km), _chord2(table, here) <= limit))


def within_reach(insee: str) -> Condition:
    """Return whether a place is one of theirs, or lies within their own radius around one."""
    here = _known(insee)
    return _anywhere(lambda table: _chord2(table, here) <= sa.func.coalesce(col(table.reach), 0))


def region(insee: str) -> str:
    """Return the region a commune lies in (INSEE)."""
    return _known(insee).region


def _anywhere(meets: Any) -> Condition:  # noqa: ANN401 - a function of either table
    others = sa.select(col(ProjectionPlace.talent_id)).where(meets(ProjectionPlace))
    return sa.or_(meets(Projection), col(Projection.talent_id).in_(others))


def _known(insee: str) -> places.Place:
    place = places.get(insee)
    if place is None:
        raise LookupError(insee)  # `reading.read` lets none through
    return place


def _box(table: Any, here: places.Place, km: float) -> Condition:  # noqa: ANN401 - either table
    # A little wider than the circle: the columns are rounded to single precision.
    high = degrees(km / places.EARTH_KM) + 1e-4
    inside: Condition = col(table.lat).between(here.lat - high, here.lat + high)
    # A circle's widest point lies nearer the pole than its middle; past the pole every longitude is inside.
    furthest = abs(here.lat) + high
    wide = high / cos(radians(furthest)) if furthest < 89 else 360
    if abs(here.lon) + wide < 180:
        inside = sa.and_(inside, col(table.lon).between(here.lon - wide, here.lon + wide))
    return inside


def _chord2(table: Any, here: places.Place) -> sa.ColumnElement[float]:  # noqa: ANN401 - either table
    total: Any = None
    for column, at in zip((table.x, table.y, table.z), places.unit_vector(here.lat, here.lon), strict=True):
        # Rounded as the column is, so that nobody is a metre away from where they are.
        away = col(column) - sa.cast(unpack("f", pack("f", at))[0], sa.Double)
        total = away * away if total is None else total + away * away
    return total  # type: ignore[no-any-return]
