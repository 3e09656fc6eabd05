"""Reading who works here."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.timeline.who import Role


@dataclass(frozen=True, slots=True)
class StaffView:
    """One member of staff."""

    id: int
    email: str
    name: str
    role: Role
    locale: str
    zone: str
    disabled: bool
    invited_at: datetime


def staff(session: Session, *, also_disabled: bool = True) -> list[StaffView]:
    """Return everyone who works here, by name."""
    query = select(Staff).order_by(col(Staff.name), col(Staff.id))
    if not also_disabled:
        query = query.where(col(Staff.disabled_at).is_(None))
    return [_view(row) for row in session.exec(query)]


def staff_by_email(session: Session, email: str) -> StaffView | None:
    """Return who may come in with this address (trimmed, lower case)."""
    query = select(Staff).where(col(Staff.email) == email, col(Staff.disabled_at).is_(None))
    row = session.exec(query).first()
    return _view(row) if row else None


def _view(row: Staff) -> StaffView:
    return StaffView(
        id=row.id or 0,
        email=row.email,
        name=row.name,
        role=row.role,
        locale=row.locale,
        zone=row.zone,
        disabled=row.disabled_at is not None,
        invited_at=row.invited_at,
    )


def staff_names(session: Session) -> dict[int, str]:
    """Return the name of everyone who works or worked here, by id, to stand in sentences."""
    return {row.id: row.name for row in session.exec(select(Staff)) if row.id is not None}
