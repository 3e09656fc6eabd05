"""People leave the pool: a row without a name stays, so that counts and the ledger's pseudonym lead nowhere."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.kit.bulk import among
from portal.talents.identity import rows_of
from portal.talents.models import AddressChange, Doubt, HeldBack, ImportChange, Note, Source, Talent, TalentTag
from portal.talents.rules import AddressForm

_TABLE = Talent.__table__  # type: ignore[attr-defined]
_PLAIN: dict[str, object] = {
    "address_form": AddressForm.NEUTRAL,
    "locale": "fr",
    "zone": "Europe/Paris",
    "said": {},
    "custom": {},
}
_KEPT = ("id", "pseudonym", "created_at", "source_kind", "collected_on", "erased_at", "merged_into")


def empty(session: Session, talent_ids: Collection[int], *, now: datetime) -> None:
    """Empty every column that says something of them, a column to come as well; and what was written down beside.

    What stands in other rows of the same person goes with it.
    """
    session.flush()
    talent_ids = rows_of(session, talent_ids)
    blank = {column.name: _nothing(column) for column in _TABLE.columns if column.name not in _KEPT}
    session.execute(sa.update(_TABLE).where(among(_TABLE.c.id, talent_ids)).values(**blank | _PLAIN, erased_at=now))
    session.execute(sa.update(Source).where(among(col(Source.talent_id), talent_ids)).values(text=""))
    for beside in (Note, TalentTag, ImportChange, AddressChange, HeldBack):
        session.execute(sa.delete(beside).where(among(col(beside.talent_id), talent_ids)))
    theirs = among(col(Doubt.talent_id), talent_ids) | among(col(Doubt.other_id), talent_ids)
    session.execute(sa.delete(Doubt).where(theirs))


def _nothing(column: sa.Column[object]) -> object:
    if column.nullable:
        return None
    return [] if isinstance(column.type, pg.ARRAY) else ""
