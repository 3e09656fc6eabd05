"""Letting someone work here, and telling them how to come in."""

from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from portal.access import actions as access
from portal.access.house import house
from portal.access.models import Staff
from portal.gate.actions import put
from portal.kit.db import saved
from portal.signin import letters
from portal.signin.actions import ready_link
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Role, Who


@one_act(Staff, still=lambda staff: staff.disabled_at is None)
def invite(
    session: Session,
    who: Who,
    email: str,
    name: str,
    role: Role,
    *,
    now: datetime,
    locale: str = "fr",
    sign_in_at: str = "",
) -> Staff:
    """Let someone work here and write to them how to come in; an admin's to do.

    `sign_in_at` is the address of the sign-in page, where staff come in with their work account and not by a link.
    """
    staff = access.invite(session, who, email, name, role, locale=locale, now=now)
    told = {"locale": staff.locale, "house": house(session).name, "first_name": staff.name.split(" ")[0]}
    write = partial(letters.welcome, address=sign_in_at) if sign_in_at else partial(letters.invitation, now=now)
    put(session, who, [write(**told, staff_id=saved(staff.id))], now=now)
    return staff


def invite_in_an_emergency(session: Session, who: Who, email: str, name: str, *, now: datetime, hours: int) -> str:
    """Make someone an admin and return the path of a link that lets them in whatever ways in are closed."""
    known = session.exec(select(Staff).where(col(Staff.email) == access.clean_address(email))).first()
    shown = name or (known.name if known else email.partition("@")[0])
    staff = access.invite(session, who, email, shown, Role.ADMIN, now=now)
    record(session, who, "emergency_link_made", None, now=now, staff_id=staff.id)
    return ready_link(session, staff_id=staff.id, now=now, hours=hours, emergency=True)
