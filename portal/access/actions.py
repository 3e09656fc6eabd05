"""Who works here."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff, StaffIdentity
from portal.access.rules import require_admin
from portal.access.sessions import revoke_all
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import LOCALES
from portal.timeline.actions import record
from portal.timeline.who import Person, Role, System, Who


def invite(
    session: Session, who: Who, email: str, name: str, role: Role, *, now: datetime, locale: str = "fr"
) -> Staff:
    """Let someone work here, or again; an admin's to do. Inviting twice changes nothing but the name and role given.

    Who is let in again after their access was closed may be someone else with the same address: their account at an
    identity provider is forgotten, and becomes theirs anew at the next sign-in.
    """
    require_admin(who)
    address = clean_address(email)
    if role is Role.CANDIDATE:
        raise Refused("Staff are recruiters, admins or the data protection officer; candidates come by import.")
    if not name.strip():
        raise Refused("Give the person’s name: candidates see who writes to them.")
    staff = session.exec(select(Staff).where(col(Staff.email) == address)).first()
    if staff is None:
        staff = Staff(email=address, name=name.strip(), role=role, locale=locale, invited_at=now)
    if staff.disabled_at is not None:
        session.execute(sa.delete(StaffIdentity).where(col(StaffIdentity.staff_id) == staff.id))
    staff.name, staff.role, staff.disabled_at = name.strip(), role, None
    session.add(staff)
    session.flush()
    record(session, who, "staff_invited", None, now=now, staff_id=staff.id, role=role.value)
    return staff


def disable(session: Session, who: Who, staff_id: int, *, now: datetime) -> None:
    """Close the door to someone: signed out everywhere at once, and no link signs them in again."""
    require_admin(who)
    staff = session.get(Staff, staff_id)
    if staff is None:
        raise NotFound
    if isinstance(who, Person) and who.id == staff_id:
        raise Refused("You cannot close your own access: ask another admin.")
    staff.disabled_at = staff.disabled_at or now
    session.add(staff)
    session.flush()
    revoke_all(session, System("access closed"), staff_id=staff_id, now=now)
    record(session, who, "staff_disabled", None, now=now, staff_id=staff_id)


def speak(session: Session, who: Person, locale: str) -> None:
    """Remember the language a member of staff chose."""
    staff = session.get(Staff, who.id)
    if staff is not None and locale in LOCALES:
        staff.locale = locale
        session.add(staff)
        session.flush()


def clean_address(email: str) -> str:
    """Return an address trimmed and in lower case, or say what is wrong with it."""
    address = email.strip().lower()
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain.strip(".")) or len(address) > 254 or any(ord(c) <= 32 for c in address):
        raise Refused("This does not look like an e-mail address: it should read like name@example.org.")
    return address
