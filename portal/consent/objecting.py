"""What a file says of people who asked not to be written to: an objection (GDPR 21), for many in one go, and taken back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.consent.actions import said_by
from portal.consent.ledger import Event, append
from portal.consent.models import Consent, LedgerEntry
from portal.consent.rules import Act, Basis, Purpose, Standing
from portal.kit.bulk import among
from portal.talents.models import Talent
from portal.timeline.who import Who

IMPORT = "import"
_STOOD = ("basis", "standing", "since", "expires_on", "notice_id", "notified_at", "entry")
# Who said stop, and what stood before on each purpose that ended: what `lift` gives back.
Before = dict[int, dict[str, dict[str, Any]]]


def object_many(session: Session, who: Who, ids: Collection[int], *, source: str, now: datetime) -> Before:
    """Write down that these people object to every purpose; return what stood, of those who had not stopped us before."""
    living = [
        id_
        for id_ in session.scalars(
            sa.select(col(Talent.id))
            .where(among(col(Talent.id), list(ids)), col(Talent.erased_at).is_(None))
            .order_by(col(Talent.id))
            .with_for_update(key_share=True)
        )
        if id_ is not None
    ]
    stands = {
        (row.talent_id, row.purpose): row
        for row in session.exec(select(Consent).where(among(col(Consent.talent_id), living)))
    }
    before: Before = {}
    for id_ in living:
        for purpose in Purpose:
            row = stands.get((id_, purpose))
            if row is None or row.standing is not Standing.WITHDRAWN:
                before.setdefault(id_, {})[purpose.value] = _told(row)
    told = {"by": said_by(who), "source": source}
    # One entry at a time keeps each purpose beside its own number.
    for purpose in Purpose:
        some = [id_ for id_, each in before.items() if purpose.value in each]
        bases = {id_: stands[id_, purpose].basis if (id_, purpose) in stands else Basis.NONE for id_ in some}
        events = [Event(id_, Act.OBJECTED, purpose, bases[id_], IMPORT, told=told) for id_ in some]
        entries = append(session, events, now=now)
        _keep(session, purpose, bases, entries, now)
    session.expire_all()
    return before


def lift(session: Session, who: Who, before: Before, *, now: datetime) -> set[int]:
    """Take back objections that files alone told of: what stood stands again. Whoever objected themself stays; return whom."""
    lifted: set[int] = set()
    for purpose in Purpose:
        wanted = {id_: each[purpose.value] for id_, each in before.items() if purpose.value in each}
        objected = (
            sa.select(col(Consent.talent_id), col(Consent.basis))
            .join(LedgerEntry, col(LedgerEntry.seq) == col(Consent.entry))
            .where(
                among(col(Consent.talent_id), list(wanted)),
                col(Consent.purpose) == purpose,
                col(Consent.standing) == Standing.WITHDRAWN,
                col(LedgerEntry.interface) == IMPORT,
                col(LedgerEntry.act) == Act.OBJECTED,
            )
            .order_by(col(Consent.talent_id))
        )
        rows = session.execute(objected).all() if wanted else []
        told = {"by": said_by(who), "reason": "the file no longer counts"}
        entries = append(
            session, [Event(row[0], Act.LIFTED, purpose, row[1], IMPORT, told=told) for row in rows], now=now
        )
        for id_, _ in rows:
            theirs = (col(Consent.talent_id) == id_) & (col(Consent.purpose) == purpose)
            stood = wanted[id_]
            values = _read(stood) | {"entry": entries[id_]} if stood else {}
            again = sa.update(Consent).where(theirs).values(**values) if stood else sa.delete(Consent).where(theirs)
            session.execute(again)
            lifted.add(id_)
    session.expire_all()
    return lifted


def _told(row: Consent | None) -> dict[str, Any]:
    if row is None:
        return {}
    values = {name: getattr(row, name) for name in _STOOD}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(stood: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(stood)
    for name in ("since", "notified_at"):
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    values["expires_on"] = date.fromisoformat(values["expires_on"]) if values.get("expires_on") else None
    return values


def _keep(
    session: Session, purpose: Purpose, bases: Mapping[int, Basis], entries: Mapping[int, int], now: datetime
) -> None:
    rows = [
        {
            "talent_id": id_,
            "purpose": purpose,
            "basis": basis,
            "standing": Standing.WITHDRAWN,
            "since": now,
            "expires_on": None,
            "entry": entries[id_],
        }
        for id_, basis in bases.items()
    ]
    if not rows:
        return
    insert = pg.insert(Consent)
    new = {name: insert.excluded[name] for name in ("standing", "since", "expires_on", "entry")}
    session.execute(insert.on_conflict_do_update(index_elements=["talent_id", "purpose"], set_=new), rows)
