"""A yes that was not theirs: said by whoever held the link, taken back by whoever reads the receipt."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from portal.consent.actions import locked, said_by, stance_on
from portal.consent.ledger import Event, append
from portal.consent.models import Consent
from portal.consent.rules import Act, Basis, Purpose, Stance, Standing
from portal.timeline.actions import record
from portal.timeline.who import LinkGrant


def undo_yes(
    session: Session, who: LinkGrant, undo: Mapping[str, Any], *, interface: str, now: datetime
) -> Stance | None:
    """“This was not me”: take back a yes said in their name, and let what stood before stand again.

    Return where they stand now, or None where that yes no longer stands. `undo` is what `undoing` told.
    """
    talent = locked(session, who.talent_id)
    row = session.get(Consent, (who.talent_id, Purpose(undo["purpose"])))
    if row is None or row.entry != undo["entry"] or row.standing is not Standing.GIVEN:
        return None
    told = {"by": said_by(who), "why": "not them"}
    event = Event(who.talent_id, Act.WITHDRAWN, row.purpose, Basis.CONSENT, interface, told=told)
    row.entry = append(session, [event], now=now)[who.talent_id]
    row.basis, row.standing = Basis(undo["basis"]), Standing(undo["standing"])
    row.since = datetime.fromisoformat(undo["since"])
    row.expires_on = date.fromisoformat(undo["expires_on"]) if undo["expires_on"] else None
    session.add(row)
    session.flush()
    record(session, who, "consent_undone", who.talent_id, now=now, purpose=row.purpose.value)
    return stance_on(row, talent, now)


def undoing(session: Session, talent_id: int, purpose: Purpose, *, now: datetime) -> dict[str, Any]:
    """Return what stands now, for a yes that is about to be said to be undone by; the caller has fetched the person."""
    row = session.get(Consent, (talent_id, purpose))
    expires = row.expires_on.isoformat() if row and row.expires_on else None
    return {
        "purpose": purpose.value,
        "basis": (row.basis if row else Basis.NONE).value,
        "standing": (row.standing if row else Standing.NONE).value,
        "since": (row.since if row else now).isoformat(),
        "expires_on": expires,
    }
