"""Signed-in browsers. The cookie holds a random token; here stands its hash.

A session lasts a fixed time from its sign-in (`rules.STAFF_STAYS`, `rules.CANDIDATE_STAYS`): reading never prolongs it,
so that looking at a page changes no row.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff, WebSession
from portal.access.rules import CANDIDATE_STAYS, FRESH_FOR, STAFF_STAYS
from portal.kit.errors import NotFound
from portal.kit.tokens import new_token, token_hash
from portal.timeline.who import LinkGrant, Person, Role, System, Who


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose session it is; exactly one of the two ids is set."""

    staff_id: int | None
    talent_id: int | None
    fresh: bool
    expires_at: datetime


def open_session(
    session: Session,
    *,
    staff_id: int | None = None,
    talent_id: int | None = None,
    now: datetime,
    replacing: str | None = None,
    farewell: str | None = None,
) -> str:
    """Sign a browser in and return its token; the one it held before (`replacing`) is worth nothing from now on.

    `farewell` is where signing out goes on, for who came through an identity provider.
    """
    if replacing:
        sign_out(session, replacing, now=now)
    token = new_token()
    stays = STAFF_STAYS if staff_id is not None else CANDIDATE_STAYS
    session.add(
        WebSession(
            token_hash=token_hash(token),
            staff_id=staff_id,
            talent_id=talent_id,
            created_at=now,
            fresh_until=now + FRESH_FOR,
            expires_at=now + stays,
            farewell=farewell,
        )
    )
    session.flush()
    return token


def holder_of(session: Session, token: str, *, now: datetime) -> Holder | None:
    """Return whose session a token opens today, if any. Whether they may still come in is for the caller to ask."""
    row = session.exec(
        select(WebSession).where(
            col(WebSession.token_hash) == token_hash(token),
            col(WebSession.revoked_at).is_(None),
            col(WebSession.expires_at) > now,
        )
    ).first()
    return Holder(row.staff_id, row.talent_id, now < row.fresh_until, row.expires_at) if row else None


def staff_person(session: Session, holder: Holder) -> Person | None:
    """Return the member of staff who holds a session, unless they were disabled since."""
    staff = session.get(Staff, holder.staff_id) if holder.staff_id is not None else None
    if staff is None or staff.disabled_at is not None:
        return None
    return Person(staff.id or 0, staff.role, staff.name, staff.locale, staff.zone, holder.fresh)


def sign_out(session: Session, token: str, *, now: datetime) -> str | None:
    """Make a token worthless; return where signing out goes on, if it does."""
    ended = (
        sa.update(WebSession)
        .where(col(WebSession.token_hash) == token_hash(token), col(WebSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    return session.execute(ended.returning(col(WebSession.farewell))).scalar_one_or_none()


def revoke_all(
    session: Session, who: Who, *, staff_id: int | None = None, talent_id: int | None = None, now: datetime
) -> int:
    """Sign one person out everywhere; return how many browsers. One's own, or an admin's to do."""
    _require_may_revoke(who, staff_id, talent_id)
    mine = col(WebSession.staff_id) == staff_id if staff_id is not None else col(WebSession.talent_id) == talent_id
    open_ones = sa.update(WebSession).where(mine, col(WebSession.revoked_at).is_(None)).values(revoked_at=now)
    return len(session.execute(open_ones.returning(col(WebSession.id))).all())


def _require_may_revoke(who: Who, staff_id: int | None, talent_id: int | None) -> None:
    match who:
        case System() | Person(role=Role.ADMIN):
            return
        case Person(role=Role.CANDIDATE, id=id_) if id_ == talent_id:
            return
        case Person(id=id_) if who.is_staff and id_ == staff_id:
            return
        case Person() | LinkGrant():
            raise NotFound
