"""The mail is down: one row, so that every worker knows and a person reads since when and why."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.postbox.models import MailOutage

# Minutes until one letter is tried again; then ever as long as the last.
TRY_AFTER = (1, 2, 5, 10, 15)


def outage(session: Session) -> MailOutage | None:
    """Return the outage that lasts, if one does."""
    return session.exec(select(MailOutage).where(col(MailOutage.ended_at).is_(None))).first()


def begin(session: Session, because: str, *, at_once: bool, now: datetime) -> None:
    """Write down that the mail is down, or that it still is; `at_once`: whoever asks next may look again."""
    tries = sa.select(col(MailOutage.tries)).where(col(MailOutage.ended_at).is_(None)).scalar_subquery()
    tried = session.execute(sa.select(sa.func.coalesce(tries, 0))).scalar_one()
    minutes = 0 if at_once else TRY_AFTER[min(tried, len(TRY_AFTER) - 1)]
    told = {"because": because, "next_try_at": now + timedelta(minutes=minutes)}
    session.execute(
        pg.insert(MailOutage)
        .values(since=now, tries=0, **told)
        .on_conflict_do_update(
            index_elements=[sa.text("(ended_at IS NULL)")], index_where=col(MailOutage.ended_at).is_(None), set_=told
        )
    )


def take_try(session: Session, *, now: datetime) -> bool:
    """Let this worker, and no other, try one letter; False when it is too early."""
    due = (col(MailOutage.ended_at).is_(None), col(MailOutage.next_try_at) <= now)
    mine = {"tries": col(MailOutage.tries) + 1, "next_try_at": now + timedelta(minutes=TRY_AFTER[0])}
    taken = session.execute(sa.update(MailOutage).where(*due).values(mine).returning(col(MailOutage.id)))
    return taken.first() is not None


def end(session: Session, *, now: datetime) -> None:
    """Write down that a letter was taken: the mail is back."""
    session.execute(sa.update(MailOutage).where(col(MailOutage.ended_at).is_(None)).values(ended_at=now))
