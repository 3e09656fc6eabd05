"""Whom no file may bring in: kept as keyed hashes only, of an address, and of a number together with a name.

A number alone may be a family's: whoever asked not to be written to is kept out, and nobody else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.doubles.likeness import Known
from portal.imports.reader import Mark
from portal.kit.bulk import among
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Suppression
from portal.talents.identity import Holder

OPPOSED = "opposed"
_AT_ONCE = 10_000


def told_by(one: Known) -> Iterator[str]:
    """Yield what tells this one person: the address, the number with the name; the number alone where there is no name."""
    if one.email:
        yield one.email
    if one.phone:
        yield _named(one) if one.name_key else one.phone
    yield from _others(one)


def _others(one: Known) -> Iterator[str]:
    """Yield what tells the person of a line beside its first address and number."""
    if isinstance(one, Mark):
        for contact in one.others:
            yield contact if "@" in contact or not one.name_key else _named(one._replace(phone=contact))


def keep_out(session: Session, people: Iterable[Known], import_id: int | None, *, now: datetime) -> int:
    """Remember whom a file says asked not to be written to; what two files say outlives the undoing of one."""
    hashes = sorted({keyed_hash(each, "address") for one in people for each in told_by(one)})
    insert = pg.insert(Suppression)
    same = sa.case((col(Suppression.import_id) == insert.excluded.import_id, col(Suppression.import_id)), else_=None)
    again = insert.on_conflict_do_update(index_elements=["address_hash"], set_={"import_id": same})
    for start in range(0, len(hashes), _AT_ONCE):
        rows = [
            {"address_hash": each, "why": OPPOSED, "at": now, "import_id": import_id}
            for each in hashes[start : start + _AT_ONCE]
        ]
        session.execute(again, rows)
    return len(hashes)


def let_in_again(session: Session, people: Iterable[Known]) -> None:
    """Forget that these were kept out for having asked not to be written to."""
    hashes = [keyed_hash(each, "address") for one in people for each in told_by(one)]
    theirs = among(col(Suppression.address_hash), hashes) & (col(Suppression.why) == OPPOSED)
    session.execute(sa.delete(Suppression).where(theirs))


def kept_out(session: Session, marks: Sequence[Mark], known: Collection[Holder]) -> set[int]:
    """Return the lines that would bring back someone who left; whoever is in the pool under that address did not."""
    if session.exec(select(Suppression.address_hash).limit(1)).first() is None:
        return set()
    living = {one.email for one in known} | {one.phone for one in known} | {_named(one) for one in known if one.phone}
    hashed: dict[bytes, list[int]] = {}
    for mark in marks:
        named = _named(mark) if mark.phone and mark.name_key else None
        for contact in filter(None, (mark.email, mark.phone, named, *mark.others, *_others(mark))):
            if contact not in living:
                hashed.setdefault(keyed_hash(contact, "address"), []).append(mark.number)
    gone = session.exec(select(Suppression.address_hash).where(among(col(Suppression.address_hash), list(hashed))))
    return {number for each in gone for number in hashed[bytes(each)]}


def _named(one: Known) -> str:
    return "\0".join([one.phone or "", *sorted(one.name_key.split())])
