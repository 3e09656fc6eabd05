"""Asking for a sign-in letter and coming in with it: no passwords anywhere."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.access import actions as access
from portal.access.house import house
from portal.access.models import SignInRequest, Staff, UsedAttempt, WebSession
from portal.access.oidc.rules import Refusal, sentence
from portal.access.rules import CANDIDATE_STAYS, STAFF_STAYS, Limit
from portal.access.sessions import open_session
from portal.access.throttle import forget_counts, throttle
from portal.consent.actions import acted
from portal.consent.queries import consents_of
from portal.consent.rules import Purpose, Standing
from portal.gate.actions import put
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import LOCALES, N_
from portal.kit.tokens import keyed_hash, token_hash
from portal.postbox import links
from portal.postbox.content import NamedLink
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LinkPurpose
from portal.signin import letters
from portal.signin.changing import forget_unproven
from portal.signin.entries import EMERGENCY, LETTER, note_refusal
from portal.signin.queries import LinkState, known_by, link_state, reaches
from portal.talents.models import Talent
from portal.talents.proving import prove_by_link
from portal.timeline.actions import record
from portal.timeline.who import Person, Role, System

HOUR = timedelta(hours=1)
PER_ADDRESS = Limit(5, HOUR)
PER_NETWORK = Limit(30, HOUR)
OVERALL = Limit(2000, HOUR)
CODES_PER_NETWORK = Limit(60, HOUR)
CODE_TRIES = 5
_EMERGENCY = "emergency"

_TOO_OFTEN = N_("Too many sign-in letters were asked for. Wait an hour, or use the last one you received.")
_NOT_THE_CODE = N_("This is not the code in the last letter we sent you. Check the digits and try again.")
_NO_MORE_TRIES = N_(
    "This code is of no use any more, or not in this browser: type it where you asked for it, or ask for a new letter."
)
WHY_NOT = {
    LinkState.USED: N_("This link has already been used. Ask for a new one."),
    LinkState.EXPIRED: N_("This link has expired. Ask for a new one."),
    LinkState.FORGED: N_("This link is not one of ours, or it was cut in two by the mail. Ask for a new one."),
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The cookie's value, for whom, and how long it is worth keeping."""

    token: str
    role: Role
    locale: str
    stays: timedelta
    # They had asked us to stop: what they may come back to is what they came for.
    stopped: bool = False


def request(
    session: Session, email: str, *, browser_token: str, network: str, now: datetime, staff_links: bool = True
) -> None:
    """Send a sign-in letter if the address is known; leave the same row if it is not.

    Without `staff_links`, the address of staff is as good as unknown: they come in through their identity provider.

    `browser_token` is the cookie of the browser that asks: only there can the code be typed. `network` is the
    caller's address, truncated (`access.rules.network_of`). What the browser is told must not depend on who is known.
    """
    address = access.clean_address(email)
    within = [
        throttle(session, f"sign-in of {address}", PER_ADDRESS, now=now),
        throttle(session, f"sign-in from {network}", PER_NETWORK, now=now),
        throttle(session, "sign-in", OVERALL, now=now),
    ]
    if not all(within):
        raise Refused(_TOO_OFTEN)
    known = known_by(session, address, staff_too=staff_links)
    letter_id = None
    if known is not None:
        draft = letters.sign_in(
            locale=known.locale,
            house=house(session).name,
            first_name=known.first_name,
            now=now,
            staff_id=known.staff_id,
            talent_id=known.talent_id,
        )
        letter_id = put(session, System("sign-in"), [draft], now=now)[0].letter_id
    _remember_browser(session, browser_token, letter_id, now)


def consume_link(
    session: Session, token: str, *, now: datetime, replacing: str | None = None, staff_links: bool = True
) -> SignedIn:
    """Come in by the link: once, in time, or one sentence says why not (then call `note_refused_link`)."""
    mine = (col(LetterLink.token_hash) == token_hash(token),)
    taken = _take(session, mine, now)
    if taken is None:
        state, _ = link_state(session, token, now=now)
        # Someone else pressed it between our two looks: used.
        raise Refused(WHY_NOT[LinkState.USED if state is LinkState.READY else state])
    return _come_in(session, taken, now, replacing, staff_links)


def consume_code(
    session: Session,
    browser_token: str,
    code: str,
    *,
    network: str,
    now: datetime,
    replacing: str | None = None,
    staff_links: bool = True,
) -> SignedIn | Refused:
    """Come in by the digits, typed in the browser that asked; five tries, whoever the address belongs to.

    A wrong code is returned, not raised: the try must be counted, so this act has to be committed.
    """
    if not throttle(session, f"code from {network}", CODES_PER_NETWORK, now=now):
        return Refused(_NO_MORE_TRIES)
    counted = _one_try_more(session, browser_token, now)
    if counted is None:
        return Refused(_NO_MORE_TRIES)
    digits = "".join(digit for digit in code if digit in "0123456789")
    by_code = (
        # No letter was sent: look for one that cannot exist, never for the links that came with none.
        col(LetterLink.letter_id) == (counted.letter_id or uuid.UUID(int=0)),
        col(LetterLink.code_hash) == keyed_hash(digits, links.CODE),
    )
    taken = _take(session, by_code, now)
    letter = session.get(Letter, counted.letter_id) if counted.letter_id else None
    if taken is None:
        _note_staff(session, letter, Refusal.WRONG_CODE, now)
        return Refused(_NOT_THE_CODE if counted.tries < CODE_TRIES else _NO_MORE_TRIES)
    try:
        return _come_in(session, taken, now, replacing, staff_links)
    except Refused as refused:
        _note_staff(session, letter, Refusal.BY_LETTER, now)
        return refused


def note_refused_link(session: Session, token: str, *, now: datetime) -> None:
    """Write down that a link let a member of staff in no more, or not any more."""
    link = links.find(session, token, LinkPurpose.SIGN_IN)
    state, _ = link_state(session, token, now=now)
    why = {LinkState.USED: Refusal.USED, LinkState.EXPIRED: Refusal.TOO_LATE}.get(state, Refusal.BY_LETTER)
    _note_staff(session, link, why, now)


def ready_link(
    session: Session,
    *,
    staff_id: int | None = None,
    talent_id: int | None = None,
    now: datetime,
    hours: int = 24,
    emergency: bool = False,
) -> str:
    """Return the path of a sign-in link to hand over by other means than a letter (the command line prints it)."""
    until = now + timedelta(hours=hours)
    act = {_EMERGENCY: True} if emergency else {}
    document = NamedLink("sign_in", LinkPurpose.SIGN_IN, until, act).as_document()
    minted = links.mint(document, letter_id=None, talent_id=talent_id, staff_id=staff_id, now=now)
    # No letter carries its code: nobody may guess one.
    minted.row["code_hash"] = None
    links.store(session, [minted])
    return f"/s/{minted.token}"


def choose_language(session: Session, who: Person, locale: str) -> None:
    """Remember the language someone signed in chose: letters come in it too."""
    if locale not in LOCALES:
        raise NotFound
    if who.is_staff:
        access.speak(session, who, locale)
        return
    session.execute(sa.update(Talent).where(col(Talent.id) == who.id).values(locale=locale))


def _remember_browser(session: Session, browser_token: str, letter_id: uuid.UUID | None, now: datetime) -> None:
    """Bind the code to the browser that asked; one that asks again can only use the code of its last letter."""
    row = {"letter_id": letter_id, "asked_at": now, "expires_at": now + letters.LINK_LIVES, "tries": 0}
    insert = pg.insert(SignInRequest).values(browser_hash=token_hash(browser_token), **row)
    session.execute(insert.on_conflict_do_update(index_elements=["browser_hash"], set_=row))


def _one_try_more(session: Session, browser_token: str, now: datetime) -> Any:  # noqa: ANN401 - a row of two values
    """Count a try of the browser's code; None when it has none left."""
    return session.execute(
        sa.update(SignInRequest)
        .where(
            col(SignInRequest.browser_hash) == token_hash(browser_token),
            col(SignInRequest.tries) < CODE_TRIES,
            col(SignInRequest.expires_at) > now,
        )
        .values(tries=SignInRequest.tries + 1)
        .returning(col(SignInRequest.letter_id), col(SignInRequest.tries))
    ).first()


def _take(session: Session, which: tuple[Any, ...], now: datetime) -> Any:  # noqa: ANN401 - a row of three ids and the act
    """Use a sign-in link up, if nobody has and its time has not passed: one statement, one winner."""
    return session.execute(
        sa.update(LetterLink)
        .where(
            *which,
            col(LetterLink.purpose) == LinkPurpose.SIGN_IN,
            col(LetterLink.consumed_at).is_(None),
            col(LetterLink.expires_at) > now,
        )
        .values(consumed_at=now)
        .returning(col(LetterLink.id), col(LetterLink.staff_id), col(LetterLink.talent_id), col(LetterLink.act))
    ).first()


def _come_in(
    session: Session,
    taken: Any,  # noqa: ANN401
    now: datetime,
    replacing: str | None,
    staff_links: bool,
) -> SignedIn:
    who = _person(session, taken, now)
    emergency = bool(taken.act.get(_EMERGENCY))
    if who.is_staff and not staff_links and not emergency:
        raise Refused(sentence(Refusal.BY_LETTER))
    token = open_session(session, staff_id=taken.staff_id, talent_id=taken.talent_id, now=now, replacing=replacing)
    talent_id = None if who.is_staff else who.id
    by: dict[str, Any] = {"way": EMERGENCY if emergency else LETTER} if who.is_staff else {}
    record(session, who, "signed_in", talent_id, now=now, **by)
    if talent_id is not None:
        # A sign-in is an act of the candidate: the retention clock starts again.
        acted(session, who, talent_id, now=now)
    return SignedIn(token, who.role, who.locale, _stays(who), stopped=_stopped(session, talent_id))


def _stopped(session: Session, talent_id: int | None) -> bool:
    theirs = consents_of(session, talent_id) if talent_id is not None else []
    return any(one.purpose is Purpose.POOL and one.standing is Standing.WITHDRAWN for one in theirs)


def _note_staff(session: Session, way: LetterLink | Letter | None, why: Refusal, now: datetime) -> None:
    staff = session.get(Staff, way.staff_id) if way is not None and way.staff_id is not None else None
    if staff is not None:
        refusal = Refusal.CLOSED if staff.disabled_at is not None else why
        note_refusal(session, refusal, LETTER, staff_id=staff.id, now=now)


def _stays(who: Person) -> timedelta:
    """Return how long a sign-in lasts for this kind of person."""
    return STAFF_STAYS if who.is_staff else CANDIDATE_STAYS


def _person(session: Session, taken: Any, now: datetime) -> Person:  # noqa: ANN401
    if taken.staff_id is not None:
        staff = session.get(Staff, taken.staff_id)
        if staff is None or staff.disabled_at is not None:
            raise Refused(WHY_NOT[LinkState.EXPIRED])
        return Person(staff.id or 0, staff.role, staff.name, staff.locale, staff.zone, fresh=True)
    talent = session.get(Talent, taken.talent_id)
    if talent is None or talent.erased_at is not None or not reaches(session, taken.id, talent):
        raise Refused(WHY_NOT[LinkState.EXPIRED])
    prove_by_link(session, taken.id, taken.talent_id, now=now)
    return Person(talent.id or 0, Role.CANDIDATE, talent.first_name, talent.locale, talent.zone, fresh=True)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete what signing in leaves behind: requests and counts of days past, sessions long over."""
    yesterday = now - timedelta(days=1)
    session.execute(sa.delete(SignInRequest).where(col(SignInRequest.expires_at) < yesterday))
    session.execute(sa.delete(UsedAttempt).where(col(UsedAttempt.used_at) < yesterday))
    session.execute(sa.delete(WebSession).where(col(WebSession.expires_at) < now - timedelta(days=30)))
    forget_counts(session, yesterday)
    forget_unproven(session, System("nightly"), now=now)
