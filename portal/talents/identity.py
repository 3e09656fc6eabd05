"""Who is who in the pool, asked for many at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.talents.merging import UNITS
from portal.talents.models import Talent

_CHUNK = 20_000
_KEPT = (
    "collected_on",
    "source_kind",
    "said",
    "custom",
    *UNITS,
    *(each for beside in UNITS.values() for each in beside),
)
_TABLE = Talent.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Holder:
    """A living talent, by what tells people apart."""

    id: int
    email: str | None
    phone: str | None
    name_key: str


def holders(session: Session, emails: Collection[str], phones: Collection[str]) -> list[Holder]:
    """Return every living talent with one of these addresses or numbers, in order of id."""
    found: dict[int, Holder] = {}
    for column, wanted in ((col(Talent.email), emails), (col(Talent.phone), phones)):
        for part in _parts(sorted(wanted)):
            query = sa.select(_TABLE.c.id, _TABLE.c.email, _TABLE.c.phone, _TABLE.c.name_key).where(
                column == sa.any_(sa.cast(part, sa.ARRAY(sa.Text))), col(Talent.erased_at).is_(None)
            )
            found |= {row.id: Holder(*row) for row in session.execute(query)}
    return [found[id_] for id_ in sorted(found)]


def standing(session: Session, ids: Iterable[int], *, lock: bool = False) -> dict[int, dict[str, Any]]:
    """Return what stands for these talents, as `merging.weigh` wants it; `lock` keeps it so until the act is over."""
    found: dict[int, dict[str, Any]] = {}
    for part in _parts(sorted(set(ids))):
        query = (
            sa.select(_TABLE.c.id, *(_TABLE.c[name] for name in _KEPT))
            .where(_TABLE.c.id == sa.any_(sa.cast(part, sa.ARRAY(sa.BigInteger))))
            .order_by(_TABLE.c.id)
        )
        for row in session.execute(query.with_for_update() if lock else query).mappings():
            found[row["id"]] = {name: row[name] for name in _KEPT}
    return found


def _parts(wanted: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]
