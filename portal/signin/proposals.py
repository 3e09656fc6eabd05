"""Reading what waits to become someone's address, and what a link about it would do today. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.postbox.links import find
from portal.postbox.rules import LinkPurpose
from portal.talents.identity import hold
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState
from portal.timeline.who import LinkGrant, Person, Role, Who

BACK = "back"


class Says(StrEnum):
    """What pressing a link about an address would do, or why it does nothing."""

    READY = "ready"
    EXPIRED = "expired"
    DONE = "done"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a link: whose it is, which change, whether it takes it back, and what pressing does."""

    grant: LinkGrant
    change: AddressChange
    talent: Talent
    back: bool
    says: Says


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that waits to be proven; `by` names the colleague who proposed it, "" when they did themself."""

    address: str
    by: str
    since: datetime
    until: datetime
    expired: bool


def waiting(session: Session, who: Who, talent_id: int, *, now: datetime) -> Waiting | None:
    """Return the address proposed for this person, if one waits: for recruiters, and for themself."""
    match who:
        case Person(role=Role.RECRUITER | Role.ADMIN):
            pass
        case Person(role=Role.CANDIDATE, id=id_) if id_ == talent_id:
            pass
        case _:
            raise NotFound
    found = proposed(session, talent_id)
    if not found:
        return None
    staff = session.get(Staff, found[0].staff_id) if found[0].staff_id is not None else None
    one = found[0]
    return Waiting(one.address, staff.name if staff else "", one.proposed_at, one.expires_at, one.expires_at <= now)


def proposed(session: Session, talent_id: int) -> list[AddressChange]:
    """Return what is proposed for this person, the newest first."""
    theirs = (col(AddressChange.talent_id) == talent_id) & (col(AddressChange.state) == AddressState.PROPOSED)
    query = select(AddressChange).where(theirs).order_by(col(AddressChange.id).desc())
    return list(session.exec(query.execution_options(populate_existing=True)))


def behind(session: Session, token: str, *, now: datetime, lock: bool = False) -> Behind:
    """Return what stands behind a link; forged, foreign and erased are told alike. `lock` holds the person meanwhile."""
    link = find(session, token, LinkPurpose.ADDRESS)
    if link is None or link.talent_id is None:
        raise NotFound
    if lock:
        hold(session, [link.talent_id])
    talent = session.get(Talent, link.talent_id, populate_existing=True)
    change = session.get(AddressChange, int(link.act["change"]), populate_existing=True)
    if talent is None or talent.erased_at is not None or change is None or change.talent_id != talent.id:
        raise NotFound
    back = bool(link.act.get(BACK))
    says = _back_says(change) if back else _says(change)
    if says is Says.READY and held_by_other(session, change.before if back else change.address, saved(talent.id)):
        says = Says.TAKEN
    late = link.expires_at <= now or (not back and change.expires_at <= now)
    if says is Says.READY and late:
        says = Says.EXPIRED
    return Behind(LinkGrant(saved(link.id), saved(talent.id)), change, talent, back, says)


def held_by_other(session: Session, address: str | None, talent_id: int) -> bool:
    """Tell whether somebody else comes in with this address."""
    others: list[Any] = [
        select(Talent.id).where(
            col(Talent.email) == address, col(Talent.id) != talent_id, col(Talent.erased_at).is_(None)
        ),
        select(Staff.id).where(col(Staff.email) == address),
    ]
    return any(session.exec(each).first() is not None for each in others)


def _says(change: AddressChange) -> Says:
    match change.state:
        case AddressState.PROPOSED:
            return Says.READY
        case AddressState.REPLACED:
            return Says.REPLACED
        case AddressState.PROVEN | AddressState.ASIDE:
            return Says.DONE
        case AddressState.TAKEN_BACK:
            return Says.UNDONE
        case AddressState.WITHDRAWN:
            return Says.WITHDRAWN


def _back_says(change: AddressChange) -> Says:
    return Says.READY if change.state is AddressState.PROVEN else Says.DONE
