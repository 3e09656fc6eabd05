"""Two who are two people, whatever a file says: remembered as keyed hashes of what tells each of them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import product
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.doubles.likeness import Known
from portal.kit.bulk import among
from portal.kit.tokens import keyed_hash
from portal.talents.models import ToldApart

One = TypeVar("One", bound=Known)
Other = TypeVar("Other", bound=Known)


def pair_hashes(one: Known, other: Known) -> set[bytes]:
    """Return the hashes by which these two would be remembered: each way to tell the one, with each to tell the other."""
    pairs = product(_keys(one), _keys(other))
    if one.phone and (one.phone, one.name_key) == (other.phone, other.name_key):
        # A number with its name is one person, unless somebody said so of two addresses.
        pairs = product(filter(None, [one.email]), filter(None, [other.email]))
    return {keyed_hash("\0".join(sorted(pair)), "apart") for pair in pairs if pair[0] != pair[1]}


def _keys(one: Known) -> Iterator[str]:
    if one.email:
        yield one.email
    if one.phone:
        yield f"{one.phone} {one.name_key}"


def tell_apart(session: Session, one: Known, other: Known, staff_id: int | None, *, now: datetime) -> None:
    """Remember that these are two people."""
    rows = [{"pair_hash": each, "staff_id": staff_id, "at": now} for each in pair_hashes(one, other)]
    if rows:
        session.execute(pg.insert(ToldApart).values(rows).on_conflict_do_nothing())


def forget_apart(session: Session, one: Known, other: Known) -> None:
    """Take that back."""
    session.execute(sa.delete(ToldApart).where(among(col(ToldApart.pair_hash), pair_hashes(one, other))))


def told_apart(session: Session, pairs: Iterable[tuple[One, Other]]) -> set[tuple[One, Other]]:
    """Return those of these pairs that were told apart."""
    if session.exec(select(ToldApart.pair_hash).limit(1)).first() is None:
        return set()
    hashed = {pair: pair_hashes(*pair) for pair in pairs}
    wanted: Collection[bytes] = {each for hashes in hashed.values() for each in hashes}
    found = {
        bytes(each) for each in session.exec(select(ToldApart.pair_hash).where(among(col(ToldApart.pair_hash), wanted)))
    }
    return {pair for pair, hashes in hashed.items() if hashes & found}
