"""Where someone stands who stood in two rows. The ledger is left as it is: each standing names the entry it follows from."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from portal.consent.models import Consent
from portal.consent.rules import stricter

_VALUES = ("basis", "standing", "since", "expires_on", "notice_id", "notified_at", "entry")
Stood = dict[str, dict[str, Any] | None]


def join_consents(session: Session, stays: int, goes: int) -> dict[str, Stood]:
    """Let the stricter of both stand on every purpose; return, by purpose, what stood and what stands since (documents)."""
    rows = {(row.talent_id, row.purpose): row for row in _consents(session, stays, goes)}
    told: dict[str, Stood] = {}
    for purpose in sorted({purpose for _, purpose in rows}):
        mine, other = rows.get((stays, purpose)), rows.get((goes, purpose))
        if other is None:
            continue
        stood = _document(mine)
        joined = mine or Consent(talent_id=stays, purpose=purpose, **_values(other))
        _join(joined, other)
        session.add(joined)
        session.flush()
        if _document(joined) != stood:
            told[purpose.value] = {"was": stood, "now": _document(joined)}
    return told


def part_consents(session: Session, stays: int, told: dict[str, Stood]) -> None:
    """Let what stood before they were joined stand again."""
    for row in _consents(session, stays):
        if row.purpose not in told:
            continue
        was = told[row.purpose]["was"]
        if was is None:
            session.delete(row)
        else:
            for name, value in _values(Consent.model_validate(was)).items():
                setattr(row, name, value)
            session.add(row)
    session.flush()


def changed_since(session: Session, talent_id: int, at: datetime) -> bool:
    """Tell whether this person, or a recruiter for them, said something new about a purpose after an instant."""
    return any(row.since > at or (row.notified_at or at) > at for row in _consents(session, talent_id))


def _join(joined: Consent, other: Consent) -> None:
    informed = joined if joined.notified_at is not None else other
    notice = {"notified_at": informed.notified_at, "notice_id": informed.notice_id}
    strict = max((joined, other), key=lambda row: stricter(row.standing, row.basis, row.since))
    shown = {} if strict.notified_at is not None else notice
    for name, value in (_values(strict) | shown).items():
        setattr(joined, name, value)


def _consents(session: Session, *talent_ids: int) -> list[Consent]:
    query = select(Consent).where(col(Consent.talent_id).in_(talent_ids)).with_for_update()
    return list(session.exec(query.execution_options(populate_existing=True)))


def _values(row: Consent) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _VALUES}


def _document(row: Consent | None) -> dict[str, Any] | None:
    return None if row is None else row.model_dump(mode="json")
