"""Ready sign-in links for trying the demo, one a role."""

from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.conversations.models import Ask
from portal.kit.db import Database, saved
from portal.signin.actions import ready_link
from portal.talents.models import Talent
from portal.timeline.who import Role

HOURS = 72


def links(database: Database, *, now: datetime) -> list[tuple[str, str]]:
    """Return a name and the path of a fresh sign-in link for a recruiter, a candidate, the DPO and an admin."""
    with database.work() as session:
        staff = {role: session.exec(select(Staff).where(col(Staff.role) == role)).first() for role in Role}
        found = [
            (f"{person.name} ({role.value})", ready_link(session, staff_id=saved(person.id), now=now, hours=HOURS))
            for role, person in staff.items()
            if person is not None
        ]
        talent = _someone_asked(session, now)
        if talent is not None:
            name = f"{talent.first_name} {talent.last_name} (candidate)"
            found.append((name, ready_link(session, talent_id=saved(talent.id), now=now, hours=HOURS)))
    return found


def _someone_asked(session: Session, now: datetime) -> Talent | None:
    """Return a candidate for whom a question waits: their space then has something to show."""
    waiting = col(Ask.answer).is_(None) & (col(Ask.deadline) > now) & col(Ask.closed_at).is_(None)
    asked = select(Talent).join(Ask, col(Ask.talent_id) == col(Talent.id)).where(waiting)
    return session.exec(asked.order_by(col(Ask.id).desc())).first() or session.exec(select(Talent)).first()
