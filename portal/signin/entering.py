"""Coming in through an identity provider: its word is proven by now, and here it is held against who works here."""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access import actions as access
from portal.access.models import Staff, StaffIdentity, UsedAttempt
from portal.access.oidc.attempts import Attempt
from portal.access.oidc.rules import Account, Refusal
from portal.access.rules import STAFF_STAYS
from portal.access.sessions import open_session, revoke_all
from portal.kit.db import saved
from portal.kit.providers import Provider
from portal.kit.tokens import token_hash
from portal.signin.actions import SignedIn
from portal.signin.entries import note_refusal
from portal.timeline.actions import record
from portal.timeline.who import Person, Role, System

# Staff come in one at a time: two tabs of a new colleague make one member of staff.
_LOCK: Final = 0x51_6E_11


def enter(
    session: Session,
    provider: Provider,
    account: Account,
    attempt: Attempt,
    *,
    now: datetime,
    replacing: str | None = None,
    farewell: str = "",
) -> SignedIn | Refusal:
    """Sign in whom the provider vouches for, with the role it gives them today, or say why not.

    A refusal is returned, not raised: it is written down, and may end sessions, so this act has to be committed.
    """
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    if not _comes_back_first(session, attempt, now):
        return note_refusal(session, Refusal.USED, provider.name, now=now)
    linked = _linked(session, account)
    staff = linked or _invited(session, account)
    refusal = _refusal(session, provider, account, staff, linked is not None)
    if refusal is not None:
        if refusal is Refusal.NO_ROLE and linked is not None:
            revoke_all(session, System("no role left at the identity provider"), staff_id=linked.id, now=now)
        return note_refusal(session, refusal, provider.name, staff_id=staff.id if staff else None, now=now)
    assert account.role is not None  # or it was refused
    who = _person(session, provider, account, account.role, staff, now)
    if linked is None:
        session.add(StaffIdentity(issuer=account.issuer, sub=account.sub, staff_id=who.id, linked_at=now))
    token = open_session(session, staff_id=who.id, now=now, replacing=replacing, farewell=farewell or None)
    record(session, who, "signed_in", None, now=now, way=provider.name)
    return SignedIn(token, who.role, who.locale, STAFF_STAYS)


def _comes_back_first(session: Session, attempt: Attempt, now: datetime) -> bool:
    used = pg.insert(UsedAttempt).values(state_hash=token_hash(attempt.state), used_at=now)
    first = used.on_conflict_do_nothing().returning(col(UsedAttempt.used_at))
    return session.execute(first).first() is not None


def _linked(session: Session, account: Account) -> Staff | None:
    """Return who this account is, once known by issuer and subject: addresses change hands, subjects do not."""
    known = session.get(StaffIdentity, (account.issuer, account.sub))
    return session.get(Staff, known.staff_id) if known else None


def _invited(session: Session, account: Account) -> Staff | None:
    """Return who has this address here, whether or not they may still come in."""
    return session.exec(select(Staff).where(col(Staff.email) == account.email)).first() if account.verified else None


def _refusal(
    session: Session, provider: Provider, account: Account, staff: Staff | None, linked: bool
) -> Refusal | None:
    """Return the first reason not to let someone in."""
    if not account.verified:
        return Refusal.UNVERIFIED
    if account.role is None:
        return Refusal.NO_ROLE
    if staff is None:
        return None if provider.creates else Refusal.UNKNOWN
    if staff.disabled_at is not None:
        return Refusal.CLOSED
    return None if linked or not _has_other_account(session, account, staff) else Refusal.OTHER_ACCOUNT


def _has_other_account(session: Session, account: Account, staff: Staff) -> bool:
    """Tell whether this colleague is already someone else at the same provider: the address went to another person."""
    theirs = select(StaffIdentity.sub).where(
        col(StaffIdentity.staff_id) == staff.id, col(StaffIdentity.issuer) == account.issuer
    )
    return session.exec(theirs).first() is not None


def _person(
    session: Session, provider: Provider, account: Account, role: Role, staff: Staff | None, now: datetime
) -> Person:
    """Return who comes in, made a colleague if they are new, with the role their provider gives them today."""
    if staff is None:
        way = System(f"first sign-in by {provider.name}")
        staff = access.invite(session, way, account.email, account.name, role, locale=account.locale, now=now)
    elif staff.role is not role:
        told: dict[str, Any] = {
            "staff_id": staff.id,
            "before": staff.role.value,
            "role": role.value,
            "way": provider.name,
        }
        record(session, System("sign-in"), "staff_role_changed", None, now=now, **told)
        staff.role = role
        session.add(staff)
        session.flush()
    return Person(saved(staff.id), role, staff.name, staff.locale, staff.zone, fresh=True)
