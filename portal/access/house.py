"""The one row that holds the rules of the house."""

from datetime import time

from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, select

from portal.access.models import House
from portal.access.rules import require_admin
from portal.kit.errors import Refused
from portal.timeline.who import Who

ROW = 1


def house(session: Session) -> House:
    """Return the rules of the house, with their defaults the first time."""
    found = session.get(House, ROW)
    if found is None:
        session.execute(pg.insert(House).values(id=ROW, **_defaults()).on_conflict_do_nothing())
        found = session.exec(select(House)).one()
    return found


def change_house(
    session: Session,
    who: Who,
    *,
    name: str | None = None,
    mail_domain: str | None = None,
    rhythm_days: int | None = None,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    hold_hours: int | None = None,
    notice_hours: int | None = None,
    retention_months: int | None = None,
    says_tu: bool | None = None,
    legitimate_interest_for: list[str] | None = None,
) -> House:
    """Change what is given, leave the rest; an admin's to do."""
    require_admin(who)
    _refuse_nonsense(name, rhythm_days, hold_hours, retention_months)
    if notice_hours is not None and not 0 <= notice_hours <= 168:
        raise Refused("A talk is booked 0 to 168 hours ahead at the latest.")
    row = house(session)
    given = {
        "name": name.strip() if name else None,
        "mail_domain": mail_domain,
        "rhythm_days": rhythm_days,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "hold_hours": hold_hours,
        "notice_hours": notice_hours,
        "retention_months": retention_months,
        "says_tu": says_tu,
        "legitimate_interest_for": legitimate_interest_for,
    }
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    session.add(row)
    session.flush()
    return row


def _defaults() -> dict[str, object]:
    return House().model_dump(exclude={"id"})


def _refuse_nonsense(name: str | None, rhythm: int | None, hold: int | None, retention: int | None) -> None:
    if name is not None and not name.strip():
        raise Refused("Give the house a name: people must know who writes to them.")
    if rhythm is not None and not 1 <= rhythm <= 365:
        raise Refused("The rhythm is one letter in 1 to 365 days.")
    if hold is not None and not 1 <= hold <= 168:
        raise Refused("Slots are held for 1 to 168 hours.")
    if retention is not None and not 1 <= retention <= 24:
        raise Refused("Records are kept for 1 to 24 months after a person's last act; the CNIL allows no more.")
