"""What a file proves about the people in it: set-wise, thousands in one go."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.consent.actions import said_by
from portal.consent.ledger import Event, append
from portal.consent.models import Consent, LedgerEntry
from portal.consent.rules import Act, Basis, Purpose, Standing, expires_on, is_stronger
from portal.kit.bulk import among, temporary
from portal.talents.models import Talent
from portal.timeline.who import Who

_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one line says: consent on a day to a text, or a legitimate interest since the day of collection."""

    talent_id: int
    basis: Basis
    on: date
    text: str = ""
    purpose: Purpose = Purpose.POOL
    source: str = ""
    until: date | None = None  # where the file says when it ends: the earlier of that and the house's own end counts


def import_evidence_many(session: Session, who: Who, rows: Iterable[Evidence], *, now: datetime) -> int:
    """Write down what a file proves; return how many consents changed.

    A withdrawal survives every file; a file never weakens what stands, and the same file twice changes nothing.
    """
    wanted = _strongest(rows)
    months = house(session).retention_months
    changed = 0
    for start in range(0, len(wanted), _CHUNK):
        batch = _news(session, wanted[start : start + _CHUNK])
        events = [_event(who, each) for each in batch]
        first_of = _numbered(append(session, events, now=now), batch)
        if batch:
            _keep(session, [_row(each, months, entry) for each, entry in zip(batch, first_of, strict=True)])
        changed += len(batch)
    session.expire_all()
    return changed


_STOOD = ("basis", "standing", "since", "expires_on", "notice_id", "notified_at", "entry")


def stood(session: Session, talent_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return, as documents, where these people stand on staying in the pool, before a file proves something."""
    columns = [Consent.__table__.c[name] for name in _STOOD]  # type: ignore[attr-defined]
    theirs = among(col(Consent.talent_id), talent_ids) & (col(Consent.purpose) == Purpose.POOL)
    rows = session.execute(sa.select(col(Consent.talent_id), *columns).where(theirs))
    return {
        row[0]: {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in zip(_STOOD, row[1:], strict=True)
        }
        for row in rows
    }


def withdraw_evidence(
    session: Session,
    who: Who,
    talent_ids: Sequence[int],
    before: Mapping[int, Mapping[str, Any]],
    *,
    imported_at: datetime,
    now: datetime,
) -> int:
    """Write down that what a file proved no longer counts, because its import was undone; return how many consents.

    What stood `before` stands again (see `stood`); where nothing did, they have no basis until they or a file say so.
    """
    proven = (
        sa.select(Consent.__table__)  # type: ignore[attr-defined]
        .join(LedgerEntry, col(LedgerEntry.seq) == col(Consent.entry))
        .where(
            among(col(Consent.talent_id), talent_ids),
            col(LedgerEntry.interface) == "import",
            col(LedgerEntry.at) == imported_at,
            col(Consent.standing) == Standing.GIVEN,
        )
        .order_by(col(Consent.talent_id))
    )
    rows = session.execute(proven).all()
    told = {"by": said_by(who), "reason": "the import was undone"}
    events = [Event(row.talent_id, Act.WITHDRAWN, row.purpose, row.basis, "import", told=told) for row in rows]
    entries = append(session, events, now=now)
    for row in rows:
        stands = _standing_again(before.get(row.talent_id, {}), entries[row.talent_id], now)
        session.execute(
            sa.update(Consent)
            .where(col(Consent.talent_id) == row.talent_id, col(Consent.purpose) == row.purpose)
            .values(**stands)
        )
    session.expire_all()
    return len(rows)


_READ: dict[str, Callable[[str], Any]] = {
    "expires_on": date.fromisoformat,
    "since": datetime.fromisoformat,
    "notified_at": datetime.fromisoformat,
}


def _standing_again(before: Mapping[str, Any], entry: int, now: datetime) -> dict[str, Any]:
    nothing = {"basis": Basis.NONE, "standing": Standing.NONE, "since": now.isoformat(), "entry": entry}
    stands = dict.fromkeys(_STOOD) | nothing | dict(before)
    return {name: _READ[name](value) if value and name in _READ else value for name, value in stands.items()}


def _strongest(rows: Iterable[Evidence]) -> list[Evidence]:
    """Keep one line a person and purpose: the strongest, then the newest."""
    best: dict[tuple[int, Purpose], Evidence] = {}
    for row in rows:
        if row.basis is Basis.NONE:
            continue
        before = best.get((row.talent_id, row.purpose))
        if before is None or is_stronger(row.basis, row.on, before.basis, before.on):
            best[row.talent_id, row.purpose] = row
    return sorted(best.values(), key=lambda row: (row.purpose, row.talent_id))


def _news(session: Session, batch: Sequence[Evidence]) -> list[Evidence]:
    ids = sorted({row.talent_id for row in batch})
    # Taken in order of number, so that two imports never wait for each other in a circle.
    living = set(
        session.exec(
            select(Talent.id)
            .where(among(col(Talent.id), ids), col(Talent.erased_at).is_(None))
            .order_by(col(Talent.id))
            .with_for_update(key_share=True)
        )
    )
    query = sa.select(
        col(Consent.talent_id), col(Consent.purpose), col(Consent.basis), col(Consent.standing), col(Consent.since)
    ).where(among(col(Consent.talent_id), ids))
    stands = {(row.talent_id, row.purpose): row for row in session.execute(query)}
    return [row for row in batch if row.talent_id in living and _adds(row, stands.get((row.talent_id, row.purpose)))]


def _adds(row: Evidence, stands: Any) -> bool:  # noqa: ANN401 - a row of five columns, or none
    if stands is None:
        return True
    if stands.standing is Standing.WITHDRAWN:
        return False
    basis = stands.basis if stands.standing is Standing.GIVEN else Basis.NONE
    return is_stronger(row.basis, row.on, basis, stands.since.astimezone(UTC).date())


def _event(who: Who, row: Evidence) -> Event:
    act = Act.IMPORTED_EVIDENCE if row.basis is Basis.CONSENT else Act.LEGITIMATE_INTEREST
    told = {"by": said_by(who), "since": row.on.isoformat(), "source": row.source}
    told |= {"until": row.until.isoformat()} if row.until else {}
    return Event(row.talent_id, act, row.purpose, row.basis, "import", text=row.text, told=told)


def _numbered(last: dict[int, int], batch: Sequence[Evidence]) -> list[int]:
    """Return each line's entry number: consecutive under one lock, the last one known."""
    end = max(last.values(), default=0)
    return list(range(end - len(batch) + 1, end + 1))


def _row(row: Evidence, months: int, entry: int) -> dict[str, Any]:
    since = datetime.combine(row.on, time(0), UTC)
    consented = row.basis is Basis.CONSENT
    return {
        "talent_id": row.talent_id,
        "purpose": row.purpose,
        "basis": row.basis,
        "standing": Standing.GIVEN,
        "since": since,
        "expires_on": min(filter(None, (expires_on(row.on, months), row.until))),
        # Who agreed to a text was shown it; a legitimate interest is not yet told to anyone.
        "notified_at": since if consented and row.text else None,
        "entry": entry,
    }


def _keep(session: Session, rows: list[dict[str, Any]]) -> None:
    session.flush()
    names = list(rows[0])
    types = ((name, Consent.__table__.c[name].type) for name in names)  # type: ignore[attr-defined]
    staged = temporary(session, "kept", *types, rows=(row.values() for row in rows))
    insert = pg.insert(Consent).from_select(names, sa.select(staged))
    new: dict[str, Any] = {
        name: insert.excluded[name] for name in ("basis", "standing", "since", "expires_on", "entry")
    }
    new["notified_at"] = sa.func.coalesce(insert.excluded.notified_at, Consent.notified_at)
    session.execute(insert.on_conflict_do_update(index_elements=["talent_id", "purpose"], set_=new))
