"""Who is who in the pool, asked for many at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.kit.bulk import among, temporary
from portal.talents.merging import UNITS
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState

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
_CHANGE = AddressChange.__table__  # type: ignore[attr-defined]
# What is theirs beside the address that stands: what stood before it, and what was left aside.
_BESIDE = sa.case((_CHANGE.c.state == AddressState.ASIDE, _CHANGE.c.address), else_=_CHANGE.c.before)
_THEIRS = _CHANGE.c.state.in_([AddressState.PROVEN, AddressState.ASIDE])


@dataclass(frozen=True, slots=True)
class Holder:
    """A living talent, by what tells people apart.

    `former`: as a row says that was folded into theirs, or an address of before; `proven`: the one that stands is their word.
    """

    id: int
    email: str | None
    phone: str | None
    name_key: str
    former: bool = False
    proven: bool = False


def holders(session: Session, emails: Collection[str], phones: Collection[str]) -> list[Holder]:
    """Return every living talent with one of these addresses or numbers, in order of id.

    Of someone who was two, what the row that was folded in says stands beside (`former`), under the id of the one who
    stays, and so does an address of before; an address that is somebody's today is theirs alone.
    """
    wanted = temporary(
        session,
        "wanted",
        ("email", sa.Text),
        ("phone", sa.Text),
        rows=chain(((email, None) for email in emails), ((None, phone) for phone in phones)),
    )
    told = [_TABLE.c[name] for name in ("email", "phone", "name_key")]
    proven, stays = _TABLE.c.proven_at.is_not(None), _TABLE.alias()
    living = sa.select(_TABLE.c.id, *told, sa.false(), proven).where(_TABLE.c.erased_at.is_(None))
    folded = sa.select(stays.c.id, *told, sa.true(), stays.c.proven_at.is_not(None)).join(
        stays, stays.c.id == _TABLE.c.merged_into
    )
    beside = (
        sa.select(_TABLE.c.id, _BESIDE, sa.null(), _TABLE.c.name_key, sa.true(), proven)
        .join(_CHANGE, _CHANGE.c.talent_id == _TABLE.c.id)
        .join(wanted, wanted.c.email == _BESIDE)
        .where(_THEIRS, _TABLE.c.erased_at.is_(None))
    )
    found = [Holder(*row) for row in session.execute(_by_either(living, wanted).order_by("id"))]
    taken = {holder.email for holder in found}
    rows = sa.union(_by_either(folded, wanted).subquery().select(), beside)
    before = [Holder(*row) for row in session.execute(rows.order_by("id"))]
    unnamed = {each.id for each in before} - {each.id for each in found}
    if unnamed:  # they bear the name of today, too
        names = sa.select(_TABLE.c.id, _TABLE.c.name_key).where(among(_TABLE.c.id, unnamed))
        found += [Holder(id_, None, None, name_key) for id_, name_key in session.execute(names)]
    alone = [replace(each, email=None) if each.email in taken else each for each in before]
    return sorted([*found, *alone], key=attrgetter("id"))


def _by_either(who: sa.Select[Any], wanted: sa.Table) -> sa.CompoundSelect[Any]:
    return sa.union(*(who.join(wanted, _TABLE.c[name] == wanted.c[name]) for name in ("email", "phone")))


def beside_of(session: Session, row_ids: Collection[int]) -> set[str]:
    """Return the addresses that are theirs beside those of their rows."""
    query = sa.select(_BESIDE).where(among(_CHANGE.c.talent_id, row_ids), _THEIRS)
    return {each for each in session.scalars(query) if each}


def rows_of(session: Session, ids: Iterable[int]) -> list[int]:
    """Return the rows of these people: their own, and those folded into it."""
    theirs = list(ids)
    folded = sa.select(_TABLE.c.id).where(_TABLE.c.merged_into.is_not(None), among(_TABLE.c.merged_into, theirs))
    return [*theirs, *session.scalars(folded.order_by(_TABLE.c.id))]


def goes_on_as(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return, for each of these rows of a living person, the one that goes on: itself, or the one it was folded into."""
    goes_on = sa.func.coalesce(_TABLE.c.merged_into, _TABLE.c.id)
    here = _TABLE.c.erased_at.is_(None) | _TABLE.c.merged_into.is_not(None)
    found = session.execute(sa.select(_TABLE.c.id, goes_on).where(among(_TABLE.c.id, list(ids)), here))
    return {row[0]: row[1] for row in found}


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
