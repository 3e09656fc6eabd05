"""Two of the pool found to be one person, parted again, or told to be two people.

The row that goes leaves the pool with all it says; what names it moves to the one that stays (`columns`), whose values
are weighed anew. The address or number that gives way stands on in the row that went, so that it leads to them. All of that
is kept with the doubt, so that it can be taken back until they act or are written to.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.house import house
from portal.consent.joining import changed_since, join_consents, part_consents
from portal.doubles import letters
from portal.doubles.apart import forget_apart, tell_apart
from portal.doubles.clashes import settle, unsettle
from portal.doubles.deciding import SINCE, decide, decided, undecided, wait_again
from portal.doubles.moving import move, move_back
from portal.gate.actions import put
from portal.gate.addresses import elsewhere
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.segments.rebuilding import project
from portal.talents.actions import change
from portal.talents.identity import hold, standing
from portal.talents.joining import FACTS, beside, facts_of_both, weigh_both
from portal.talents.models import AddressChange, Doubt, Talent
from portal.talents.returning import before, given_back
from portal.talents.rules import AddressState, Decision
from portal.timeline.actions import record
from portal.timeline.who import Who

BOTH_WAIT = N_("Letters to both of them are about to leave: decide once one has left, or call one off.")
LATER = N_("One of them was found to be one person with somebody else since: take that back first.")
TAKEN = N_("Someone else has one of their addresses by now: this can no longer be taken back.")
# What two rows could each be sent while one person may get but one.
_COUNTED = (LetterKind.CONTACT, LetterKind.NOTICE, LetterKind.RE_CONSENT)

_SINCE = sa.text(
    """
    SELECT t.last_act_at > :at
        OR EXISTS (SELECT FROM letter l WHERE l.talent_id = t.id AND l.state NOT IN ('cancelled', 'failed')
                                          AND l.template <> 'made_one' AND greatest(l.queued_at, l.sent_at) > :at)
        OR EXISTS (SELECT FROM message m WHERE m.talent_id = t.id AND m.at > :at)
        OR EXISTS (SELECT FROM enrolment e WHERE e.talent_id = t.id AND e.entered_at > :at)
        OR EXISTS (SELECT FROM booking b WHERE b.talent_id = t.id AND b.booked_at > :at)
      FROM talent t WHERE t.id = :id
    """
)


def make_one(session: Session, who: Who, doubt_id: int, *, now: datetime) -> int:
    """Make one person of the two a doubt names; return the row that goes on."""
    doubt = undecided(session, who, doubt_id)
    stays, goes = _both(session, doubt)
    if all(_waited_for(session, saved(one.id)) for one in (stays, goes)):
        raise Refused(BOTH_WAIT)
    both_proven = [one.email for one in (stays, goes) if one.proven_at is not None]
    doubt.undo = _fold(session, stays, goes, now=now)
    if len(both_proven) == 2:
        doubt.undo = doubt.undo | {"beside_for": _tell_both(session, who, stays, str(both_proven[1]), now=now)}
    decide(session, who, doubt, Decision.SAME, now=now)
    record(session, who, "people_made_one", saved(stays.id), now=now, doubt=doubt_id)
    return saved(stays.id)


def _tell_both(session: Session, who: Who, stays: Talent, other: str, *, now: datetime) -> int:
    """Tell both addresses someone came in with that they are one person from now on.

    Return the row by which the one that gives way hears, like any address of before, of erasure and consents.
    """
    before = AddressChange(
        talent_id=saved(stays.id),
        address=stays.email or "",
        before=other,
        state=AddressState.PROVEN,
        proposed_at=now,
        expires_at=now,
        settled_at=now,
    )
    session.add(before)
    draft = letters.made_one(stays, house(session).name)
    put(session, who, [draft, elsewhere(draft, other)], now=now)
    session.flush()
    return saved(before.id)


def two_people(session: Session, who: Who, doubt_id: int, *, now: datetime) -> None:
    """Remember that the two a doubt names are two people, whatever the night or a file finds."""
    doubt = undecided(session, who, doubt_id)
    one, other = _both(session, doubt)
    tell_apart(session, one, other, recruiter(who).id, now=now)
    decide(session, who, doubt, Decision.TWO, now=now)
    for each in (one, other):
        record(session, who, "doubt_two", saved(each.id), now=now)


def take_back(session: Session, who: Who, doubt_id: int, *, now: datetime) -> None:
    """Undo a decision about two of the pool: every row is whose it was, and the doubt waits."""
    doubt = decided(session, who, doubt_id)
    if doubt.decision is Decision.TWO:
        one, other = _both(session, doubt)
        forget_apart(session, one, other)
    else:
        _part(session, doubt, doubt.decided_at or now)
    wait_again(session, doubt)
    for id_ in (doubt.talent_id, doubt.other_id):
        record(session, who, "people_parted", id_, now=now, doubt=doubt_id)


def _both(session: Session, doubt: Doubt) -> tuple[Talent, Talent]:
    """Return the two, held: first the one who stays, who acted last themself, or else whom we have known longer."""
    ids = sorted({doubt.talent_id, doubt.other_id or doubt.talent_id})
    hold(session, ids)
    living = select(Talent).where(col(Talent.id).in_(ids), col(Talent.erased_at).is_(None)).order_by(col(Talent.id))
    found = session.exec(living.execution_options(populate_existing=True)).all()
    if len(found) != 2:
        raise NotFound
    one, other = found
    acted = other.last_act_at is not None and (one.last_act_at is None or other.last_act_at > one.last_act_at)
    return (other, one) if acted else (one, other)


def _waited_for(session: Session, talent_id: int) -> bool:
    theirs = (col(Letter.talent_id) == talent_id) & col(Letter.kind).in_(_COUNTED)
    leaving = col(Letter.state).in_([LetterState.QUEUED, LetterState.SENDING])
    return session.exec(select(Letter.id).where(theirs, leaving).limit(1)).first() is not None


def _fold(session: Session, stays: Talent, goes: Talent, *, now: datetime) -> dict[str, Any]:
    """Fold one row into the other; return what gives everything back."""
    ids = saved(stays.id), saved(goes.id)
    said = standing(session, ids)
    stood, came = (said[saved(one.id)] | {name: getattr(one, name) for name in FACTS} for one in (stays, goes))
    kept = settle(session, *ids, now=now)
    # Out of the pool first: no two living rows have one address.
    goes.merged_into, goes.erased_at = ids[0], now
    session.add(goes)
    moved = move(session, ids[1], ids[0])
    consents = join_consents(session, *ids)
    weighed = weigh_both(stood, came)
    facts = facts_of_both(stood, came, weighed.changes.get("email", stood["email"]))
    gave_way = beside(stood, came, weighed.changes)
    change(session, {ids[0]: weighed.changes | facts, ids[1]: gave_way})
    project(session, ids)
    session.expire_all()
    return {
        "stays": ids[0],
        "goes": ids[1],
        "values": before(stood, weighed.changes),
        "beside": {name: _told(came[name]) for name in gave_way},
        "facts": {name: {"was": _told(stood[name]), "now": _told(value)} for name, value in facts.items()},
        "consents": consents,
        "rows": kept,
        "moved": moved,
    }


def _part(session: Session, doubt: Doubt, at: datetime) -> None:
    undo = doubt.undo
    stays, goes = undo["stays"], undo["goes"]
    hold(session, [stays, goes])
    rows = {saved(one.id): one for one in session.exec(_rows(stays, goes))}
    if rows[stays].erased_at is not None or rows[goes].merged_into != stays or _folded_since(session, stays, doubt):
        raise Refused(LATER)
    if session.scalar(_SINCE, {"id": stays, "at": at}) or changed_since(session, stays, at):
        raise Refused(SINCE)
    _refuse_taken(session, rows[goes], stays, undo["beside"])
    move_back(session, goes, stays, undo["moved"])
    part_consents(session, stays, undo["consents"])
    session.execute(sa.delete(AddressChange).where(col(AddressChange.id) == undo.get("beside_for")))
    said = standing(session, [stays, goes])
    # What came with the other row goes back there, though a file has named it again since.
    changes, _ = given_back(said[stays], undo["values"], said[goes] | undo["beside"])
    change(session, {stays: changes | _facts_back(rows[stays], undo["facts"])})
    theirs = {name: _read(name, value) for name, value in undo["beside"].items()}
    back = {"merged_into": None, "erased_at": None} | theirs
    session.execute(sa.update(Talent).where(col(Talent.id) == goes).values(back))
    unsettle(session, undo["rows"])
    project(session, [stays, goes])
    session.expire_all()


def _rows(*ids: int) -> Any:  # noqa: ANN401 - a query
    return select(Talent).where(col(Talent.id).in_(ids)).execution_options(populate_existing=True)


def _folded_since(session: Session, stays: int, doubt: Doubt) -> bool:
    """Tell whether someone else was folded into the same row after this one."""
    newer = (col(Doubt.undo)["stays"].as_integer() == stays) & (col(Doubt.decided_at) > doubt.decided_at)
    return session.exec(select(Doubt.id).where(newer, col(Doubt.other_id).is_not(None))).first() is not None


def _refuse_taken(session: Session, goes: Talent, stays: int, own: Mapping[str, Any]) -> None:
    """Refuse where an address would be two people's; `own` is what the row that went had of its own."""
    email = own.get("email", goes.email)
    other = (col(Talent.email) == email) & (col(Talent.id) != stays) & col(Talent.erased_at).is_(None)
    if email and session.exec(select(Talent.id).where(other)).first() is not None:
        raise Refused(TAKEN)


def _facts_back(row: Talent, facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: _read(name, each["was"]) for name, each in facts.items() if _told(getattr(row, name)) == each["now"]}


def _told(value: Any) -> Any:  # noqa: ANN401 - an instant, or a word
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401
    return datetime.fromisoformat(value) if name.endswith("_at") and value is not None else value
