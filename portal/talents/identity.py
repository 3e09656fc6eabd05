"""Who is who in the pool, asked for many at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.kit.bulk import among, temporary
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
    wanted = temporary(
        session,
        "wanted",
        ("email", sa.Text),
        ("phone", sa.Text),
        rows=chain(((email, None) for email in emails), ((None, phone) for phone in phones)),
    )
    who = sa.select(_TABLE.c.id, _TABLE.c.email, _TABLE.c.phone, _TABLE.c.name_key).where(_TABLE.c.erased_at.is_(None))
    by_either = [who.join(wanted, _TABLE.c[name] == wanted.c[name]) for name in ("email", "phone")]
    return [Holder(*row) for row in session.execute(sa.union(*by_either).order_by("id"))]


def hold(session: Session, ids: Iterable[int]) -> None:
    """Let nobody else change these talents until the act is over; taken in order of id, so that nobody waits in a circle."""
    for part in _parts(sorted(set(ids))):
        query = sa.select(_TABLE.c.id).where(among(_TABLE.c.id, part)).order_by(_TABLE.c.id).with_for_update()
        session.execute(query).close()


def standing(session: Session, ids: Iterable[int], *, lock: bool = False) -> dict[int, dict[str, Any]]:
    """Return what stands for these talents, as `merging.weigh` wants it; `lock` keeps it so until the act is over."""
    found: dict[int, dict[str, Any]] = {}
    for part in _parts(sorted(set(ids))):
        query = (
            sa.select(_TABLE.c.id, *(_TABLE.c[name] for name in _KEPT))
            .where(among(_TABLE.c.id, part))
            .order_by(_TABLE.c.id)
        )
        for row in session.execute(query.with_for_update() if lock else query):
            found[row[0]] = dict(zip(_KEPT, row[1:], strict=True))
    return found


def _parts(wanted: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]
