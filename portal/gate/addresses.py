"""The other addresses of someone a letter may go to: proposed, of before, or of a row that was folded into theirs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.gate.requests import Draft, Request
from portal.kit.bulk import among
from portal.kit.db import new_id
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState

# The letter that asks whether an address is theirs. Whether it went must not be told to who asked: it went unless somebody
# else has that address.
PROVE = "prove_address"
# So long, what concerns erasure and consents goes to the address of before as well.
TOLD_TO_BOTH = timedelta(days=30)


def elsewhere(draft: Draft, address: str) -> Draft:
    """Return the same letter to another address of theirs."""
    return replace(draft, request=replace(draft.request, elsewhere=True, letter_id=new_id()), to=address)


def to_both(session: Session, draft: Draft, *, now: datetime) -> list[Draft]:
    """Return the letter, and its copies to the addresses that were theirs until lately: whoever reads them may object."""
    assert draft.request.talent_id is not None
    return [draft, *(elsewhere(draft, each) for each in lately(session, draft.request.talent_id, now=now))]


def lately(session: Session, talent_id: int, *, now: datetime) -> list[str]:
    """Return the addresses that were this person's until less than thirty days ago."""
    changed = (
        col(AddressChange.talent_id) == talent_id,
        col(AddressChange.state) == AddressState.PROVEN,
        col(AddressChange.settled_at) > now - TOLD_TO_BOTH,
        col(AddressChange.before).is_not(None),
    )
    stands = select(Talent.email).where(col(Talent.id) == talent_id).scalar_subquery()
    query = select(AddressChange.before).where(*changed, col(AddressChange.before).is_distinct_from(stands))
    return sorted({each for each in session.exec(query) if each})


class Addressed(Protocol):
    """A letter for somebody, with the address it goes to."""

    @property
    def request(self) -> Request: ...
    @property
    def to(self) -> str: ...


def refuse_strange(session: Session, drafts: Sequence[Addressed]) -> None:
    """Stop whoever would send a letter for one person to an address that is not theirs: that is our mistake."""
    if not drafts:
        return
    people = [draft.request.talent_id for draft in drafts]
    change, folded = AddressChange.__table__, Talent.__table__  # type: ignore[attr-defined]
    known = sa.union_all(
        *(
            sa.select(change.c.talent_id, each).where(among(change.c.talent_id, people))
            for each in (change.c.address, change.c.before)
        ),
        sa.select(folded.c.merged_into, folded.c.email).where(among(folded.c.merged_into, people)),
    )
    theirs = {tuple(row) for row in session.execute(known)}
    if strange := [draft.request.talent_id for draft in drafts if (draft.request.talent_id, draft.to) not in theirs]:
        raise ValueError(f"letters for {strange} to addresses that are not theirs")
