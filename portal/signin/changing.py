"""Another address for someone: proposed by themself or a colleague, and theirs once it is proven from there.

Until then letters and sign-in links go where they went. The address of before is told, and may take it back for a month.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.house import house
from portal.access.models import Staff
from portal.access.rules import Limit, require_fresh, require_self
from portal.access.sessions import revoke_all
from portal.access.throttle import throttle
from portal.consent.actions import acted
from portal.gate.actions import put
from portal.gate.addresses import PROVE, TOLD_TO_BOTH, elsewhere, lately
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Letter, Suppression
from portal.postbox.rules import LetterState
from portal.signin import address_letters as letters
from portal.signin.proposals import Behind, Says, behind, held_by_other, proposed
from portal.talents.addresses import read_email
from portal.talents.changes import TAKEN, update_by_recruiter
from portal.talents.checks import NOT_AN_EMAIL, checked
from portal.talents.identity import hold
from portal.talents.models import AddressChange, Talent
from portal.talents.proving import proven
from portal.talents.rules import AddressState
from portal.timeline.actions import record, record_many
from portal.timeline.who import LinkGrant, Person, System, Who

# As long as the links of our letters.
WAITS = timedelta(days=7)
# What nobody proved is forgotten so long after its time.
FORGOTTEN_AFTER = timedelta(days=30)
PER_PERSON = Limit(5, timedelta(hours=1))

SAME = N_("This is their address already.")
MY_OWN = N_("This is your address already.")
NOT_REMOVED = N_("They sign in with this address: it can be replaced by another one, not removed.")
NOT_TAKEN_IN = N_("These contact details may not be taken in again.")
TOO_OFTEN = N_("Too many addresses were tried. Wait an hour, then try again.")
NOTHING_WAITS = N_("No other address waits to be proven any more.")


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a colleague's correction came to: the columns that are other now, and the address that waits to be proven."""

    units: tuple[str, ...]
    proposed: str = ""


def correct(session: Session, who: Who, talent_id: int, changes: Mapping[str, object], *, now: datetime) -> Corrected:
    """Change what a recruiter knows of someone; an address that is their own word is not changed but proposed."""
    recruiter(who)
    rest, address = dict(changes), ""
    talent = _held(session, talent_id)
    if "email" in rest and talent.proven_at is not None:
        typed = str(rest.pop("email"))
        address = "" if read_email(typed) == talent.email else propose(session, who, talent_id, typed, now=now)
    units = update_by_recruiter(session, who, talent_id, rest, now=now) if rest else ()
    return Corrected(units, address)


def propose(session: Session, who: Who, talent_id: int, address: str, *, now: datetime) -> str:
    """Write to another address of this person, and wait until it is proven from there; return it as it is kept.

    Their own to ask, by a fresh sign-in, or a colleague's. What a candidate is told never depends on who has the address:
    a letter to whoever has it says so there.
    """
    mine = not (isinstance(who, Person) and who.is_staff)
    if mine:
        require_self(who, talent_id)
        require_fresh(who)
    else:
        recruiter(who)
    talent = _held(session, talent_id)
    clean = _clean(address, talent, mine=mine)
    _refuse_too_often(session, talent_id, clean, now=now)
    taken = held_by_other(session, clean, talent_id)
    if taken and not mine:
        raise Refused(TAKEN)
    kept_out = _is_kept_out(session, clean)
    if kept_out and not mine:
        raise Refused(NOT_TAKEN_IN)
    change = _wait_for(session, who, talent_id, clean, now=now)
    if taken:
        _tell_holder(session, clean, now=now)
    elif not kept_out:
        _ask(session, who, talent, change, now=now)
    return clean


def withdraw(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Take a proposal back before it is proven: a colleague's to do, or their own."""
    if isinstance(who, Person) and who.is_staff:
        recruiter(who)
    else:
        require_self(who, talent_id)
    _held(session, talent_id)
    if not _settle(session, talent_id, AddressState.WITHDRAWN, now=now):
        raise Refused(NOTHING_WAITS)
    record(session, who, "address_proposal_withdrawn", talent_id, now=now)


def prove(session: Session, token: str, *, now: datetime) -> Behind:
    """The button of the letter to the new address was pressed: it is theirs; or tell why nothing changed."""
    it = behind(session, token, now=now, lock=True)
    if it.says is not Says.READY or it.back:
        return it
    stood, bounced = it.talent.email, it.talent.bounced_at is not None
    if not _becomes(session, it.talent, it.change.address, now=now):
        return behind(session, token, now=now)
    it.change.state, it.change.before, it.change.settled_at = AddressState.PROVEN, stood, now
    session.add(it.change)
    session.flush()
    _settle(session, it.grant.talent_id, AddressState.REPLACED, now=now)
    record(session, it.grant, "address_changed", it.grant.talent_id, now=now)
    _start_anew(session, it.grant, now=now)
    told = [each for each in lately(session, it.grant.talent_id, now=now) if not (bounced and each == stood)]
    link = letters.changed(it.talent, it.change, house(session).name, until=now + TOLD_TO_BOTH)
    put(session, it.grant, [elsewhere(link, each) for each in told], now=now)
    return behind(session, token, now=now)


def renew(session: Session, token: str, *, now: datetime) -> Behind:
    """The link came too late: write to the new address once more, as long as it still waits."""
    it = behind(session, token, now=now, lock=True)
    if it.says is Says.EXPIRED and not it.back:
        _refuse_too_often(session, it.grant.talent_id, it.change.address, now=now)
        it.change.expires_at = now + WAITS
        session.add(it.change)
        session.flush()
        _ask(session, it.grant, it.talent, it.change, now=now)
        record(session, it.grant, "asked_for_new_link", it.grant.talent_id, now=now)
    return it


def take_back(session: Session, token: str, *, now: datetime) -> Behind:
    """ "It was not me", pressed in the letter to the address of before: it stands again, whatever was proven since."""
    it = behind(session, token, now=now, lock=True)
    if it.says is not Says.READY or not it.back:
        return it
    if not _becomes(session, it.talent, it.change.before or "", now=now):
        return behind(session, token, now=now)
    since = (col(AddressChange.talent_id) == it.grant.talent_id) & (col(AddressChange.id) >= it.change.id)
    made = select(AddressChange).where(since, col(AddressChange.state) == AddressState.PROVEN)
    undone = session.exec(made).all()
    for change in undone:
        change.state, change.settled_at = AddressState.TAKEN_BACK, now
        session.add(change)
    session.flush()
    _settle(session, it.grant.talent_id, AddressState.WITHDRAWN, now=now)
    record(session, it.grant, "address_taken_back", it.grant.talent_id, now=now)
    _start_anew(session, it.grant, now=now)
    draft = letters.returned(it.talent, house(session).name)
    put(session, it.grant, [elsewhere(draft, each.address) for each in undone], now=now)
    return behind(session, token, now=now)


def forget_unproven(session: Session, who: Who, *, now: datetime) -> None:
    """Forget addresses nobody proved in time: they may be anybody's."""
    late = (col(AddressChange.state) == AddressState.PROPOSED) & (col(AddressChange.expires_at) < now - FORGOTTEN_AFTER)
    gone: dict[str, Any] = {"state": AddressState.WITHDRAWN, "address": "", "settled_at": now}
    forgotten = sa.update(AddressChange).where(late).values(gone).returning(col(AddressChange.talent_id))
    record_many(session, who, "address_not_proven", [(id_, {}) for id_ in session.scalars(forgotten)], now=now)


def _held(session: Session, talent_id: int) -> Talent:
    """Fetch a living person and let nobody else change them meanwhile."""
    hold(session, [talent_id])
    talent = session.get(Talent, talent_id, populate_existing=True)
    if talent is None or talent.erased_at is not None:
        raise NotFound
    return talent


def _clean(address: str, talent: Talent, *, mine: bool) -> str:
    if not mine and not address.strip():
        raise Refused(NOT_REMOVED)
    clean = checked({"email": address}, frozenset({"email"}))["email"]
    if clean is None:
        raise Refused(NOT_AN_EMAIL, value="")
    if clean == talent.email:
        raise Refused(MY_OWN if mine else SAME)
    return str(clean)


def _refuse_too_often(session: Session, talent_id: int, address: str, *, now: datetime) -> None:
    within = [
        throttle(session, f"address to {address}", PER_PERSON, now=now),
        throttle(session, f"address for {talent_id}", PER_PERSON, now=now),
    ]
    if not all(within):
        raise Refused(TOO_OFTEN)


def _is_kept_out(session: Session, address: str) -> bool:
    return session.get(Suppression, keyed_hash(address, "address")) is not None


def _wait_for(session: Session, who: Who, talent_id: int, address: str, *, now: datetime) -> AddressChange:
    """Write the proposal down; one that waited is replaced."""
    replaced = _settle(session, talent_id, AddressState.REPLACED, now=now)
    staff_id = who.id if isinstance(who, Person) and who.is_staff else None
    change = AddressChange(
        talent_id=talent_id, address=address, staff_id=staff_id, proposed_at=now, expires_at=now + WAITS
    )
    session.add(change)
    session.flush()
    kind = "address_proposed_anew" if replaced else "address_proposed"
    record(session, who, kind, talent_id, now=now, words={"address": address})
    return change


def _settle(session: Session, talent_id: int, state: AddressState, *, now: datetime) -> int:
    """End what waits for this person, and call its letters off; return how many waited."""
    found = proposed(session, talent_id)
    for change in found:
        change.state, change.settled_at, change.address = state, now, ""
        session.add(change)
    session.flush()
    queued = (col(Letter.template) == PROVE) & (col(Letter.state) == LetterState.QUEUED)
    off = sa.update(Letter).where(col(Letter.talent_id) == talent_id, queued)
    session.execute(off.values(state=LetterState.CANCELLED, why=state.value))
    return len(found)


def _ask(session: Session, who: Who, talent: Talent, change: AddressChange, *, now: datetime) -> None:
    by = session.get(Staff, change.staff_id) if change.staff_id is not None else None
    draft = letters.prove(talent, change, house(session).name, by.name if by else "")
    put(session, who, [elsewhere(draft, change.address)], now=now)


def _tell_holder(session: Session, address: str, *, now: datetime) -> None:
    """Tell whoever has the address that somebody asked to use it: only there may it be said that we know it."""
    living = (col(Talent.email) == address) & col(Talent.erased_at).is_(None)
    talent = session.exec(select(Talent).where(living)).first()
    staff = session.exec(select(Staff).where(col(Staff.email) == address, col(Staff.disabled_at).is_(None))).first()
    holder = talent or staff
    if holder is not None:
        put(session, System("address"), [letters.taken(holder, house(session).name)], now=now)


def _becomes(session: Session, talent: Talent, address: str, *, now: datetime) -> bool:
    """Let an address be theirs, proven; False when somebody else has it."""
    if held_by_other(session, address, saved(talent.id)):
        return False
    values = proven(talent, now=now) | {"email": address, "bounced_at": None}
    try:
        with session.begin_nested():
            session.execute(sa.update(Talent).where(col(Talent.id) == talent.id).values(values))
    except IntegrityError:  # somebody proved it in the very same moment
        return False
    session.refresh(talent)
    return True


def _start_anew(session: Session, grant: LinkGrant, *, now: datetime) -> None:
    """Whoever was signed in comes in again, through the address that stands; their press is an act of theirs."""
    revoke_all(session, System("another address"), talent_id=grant.talent_id, now=now)
    acted(session, grant, grant.talent_id, now=now)
