"""The words of the projection: hashed, each naming its kind, so that no job is ever a skill."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.segments.models import Projection


def coded(kind: str, values: Iterable[object]) -> sa.ColumnElement[bool]:
    """Return whether someone's words hold one of these: `contract:cdi`."""
    hashes = [sa.func.hashtextextended(sa.cast(f"{kind}:{value}", sa.Text), 0) for value in values]
    return col(Projection.words).op("&&", is_comparison=True)(pg.array(hashes, type_=sa.BigInteger))
