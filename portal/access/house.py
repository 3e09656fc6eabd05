"""The one row that holds the rules of the house."""

from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, select

from portal.access.models import House
from portal.access.rules import require_admin
from portal.kit.errors import Refused
from portal.timeline.who import Who

ROW = 1
LONGEST_CONTACT = 500


def house(session: Session) -> House:
    """Return the rules of the house, with their defaults the first time."""
    found = session.get(House, ROW)
    if found is None:
        session.execute(pg.insert(House).values(id=ROW, **_defaults()).on_conflict_do_nothing())
        found = session.exec(select(House)).one()
    return found


def as_it_stands(session: Session) -> House:
    """Return the rules to read only: what a page shows must write no row, not even the first."""
    return session.get(House, ROW) or House()


def found(session: Session, *, name: str, zone: str, mail_domain: str) -> None:
    """Take the first name and zone from the environment; what an admin saved, or an earlier start gave, stays.

    A house that still bears the name it came with was named by nobody yet. The address letters come from is the
    environment's alone, and with it the domain of their Message-IDs.
    """
    row = house(session)
    if not row.named:
        row.name, row.zone, row.named = name, zone, name != House().name
    row.mail_domain = mail_domain
    session.add(row)


def change_house(
    session: Session,
    who: Who,
    *,
    name: str | None = None,
    zone: str | None = None,
    controller_contact: str | None = None,
    dpo_contact: str | None = None,
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
    _refuse_nonsense(name, zone, rhythm_days, retention_months)
    _refuse_hours(hold_hours, notice_hours)
    row = house(session)
    given = {
        "name": name.strip() if name else None,
        "zone": zone.strip() if zone else None,
        "controller_contact": _tidy(controller_contact),
        "dpo_contact": _tidy(dpo_contact),
        "rhythm_days": rhythm_days,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "hold_hours": hold_hours,
        "notice_hours": notice_hours,
        "retention_months": retention_months,
        "says_tu": says_tu,
        "legitimate_interest_for": legitimate_interest_for,
    }
    row.named = row.named or name is not None or zone is not None
    _write(session, row, given)
    return row


def _write(session: Session, row: House, given: Mapping[str, object]) -> None:
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    session.add(row)
    session.flush()


def _defaults() -> dict[str, object]:
    return House().model_dump(exclude={"id"})


def _refuse_hours(hold: int | None, notice: int | None) -> None:
    if hold is not None and not 1 <= hold <= 168:
        raise Refused("Slots are held for 1 to 168 hours.")
    if notice is not None and not 0 <= notice <= 168:
        raise Refused("A talk is booked 0 to 168 hours ahead at the latest.")


def _refuse_nonsense(name: str | None, zone: str | None, rhythm: int | None, retention: int | None) -> None:
    _refuse_unknown_zone(zone)
    if name is not None and not name.strip():
        raise Refused("Give the house a name: people must know who writes to them.")
    if rhythm is not None and not 1 <= rhythm <= 365:
        raise Refused("The rhythm is one letter in 1 to 365 days.")
    if retention is not None and not 1 <= retention <= 24:
        raise Refused("Records are kept for 1 to 24 months after a person's last act; the CNIL allows no more.")


def _refuse_unknown_zone(zone: str | None) -> None:
    try:
        ZoneInfo((zone or "UTC").strip())
    except (KeyError, ValueError, OSError) as wrong:
        raise Refused("Write the time zone like Europe/Paris.") from wrong


def _tidy(contact: str | None) -> str | None:
    """Return an address on as many lines as it was typed on, and never longer than a notice can bear."""
    if contact is None:
        return None
    lines = (" ".join(line.split()) for line in contact.replace("\0", "").splitlines())
    told = "\n".join(line for line in lines if line)
    if len(told) > LONGEST_CONTACT:
        raise Refused("Keep each contact under {most} characters.", most=LONGEST_CONTACT)
    return told
