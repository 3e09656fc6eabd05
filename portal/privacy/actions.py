"""Erasing one person (GDPR 17): everything that names them goes in one transaction, the proofs stay whole.

What is kept: a row without a name, so that counts and the ledger's pseudonym lead nowhere; and a keyed hash of the address
and the number, so that the next import does not bring them back.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.rules import require_fresh, require_self
from portal.access.sessions import revoke_all
from portal.booking import holding
from portal.booking.models import Booking, Slot
from portal.chains.actions import end_enrolments, enrolments_of
from portal.chains.rules import Outcome
from portal.consent.actions import erase_evidence
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.readers import author
from portal.gate.actions import lock_people, put
from portal.gate.addresses import to_both
from portal.gate.requests import Draft, Request
from portal.kit.errors import NotFound
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Letter, LetterLink, Suppression
from portal.postbox.rules import LetterKind, LetterState
from portal.privacy import letters
from portal.surveys.document import Text
from portal.surveys.models import Survey, SurveyResponse
from portal.surveys.rules import read
from portal.talents.identity import beside_of, rows_of
from portal.talents.leaving import empty
from portal.talents.models import Talent
from portal.timeline.actions import record
from portal.timeline.models import TimelineEvent, TimelineWords
from portal.timeline.who import Person, Who

ERASED = "erased"


def erase(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Erase this person: their own to do, by a sign-in of less than 15 minutes. It cannot be undone.

    One last letter confirms it; its address is the only thing that stays, until it was handed over (see
    `forget_last_addresses`).
    """
    require_self(who, talent_id)
    require_fresh(who)
    talent = _locked(session, talent_id)
    _say_goodbye(session, who, talent, now=now)
    _keep_out(session, rows_of(session, [talent_id]), now=now)
    clear(session, who, talent_id, now=now)
    erase_evidence(session, who, [talent_id], interface="portal" if isinstance(who, Person) else "system", now=now)
    if isinstance(who, Person):
        revoke_all(session, who, talent_id=talent_id, now=now)
    empty(session, [talent_id], now=now)
    record(session, who, "erased", talent_id, now=now)
    session.expire_all()


def clear(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """End what was on its way for this person, and empty what was said on either side, in every row that is theirs."""
    for row_id in rows_of(session, [talent_id]):
        _let_go(session, who, row_id, now=now)
        _empty_letters(session, row_id)
        _empty_words(session, row_id)


def _locked(session: Session, talent_id: int) -> Talent:
    lock_people(session, [talent_id])
    living = select(Talent).where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None)).with_for_update()
    found = session.exec(living).first()
    if found is None:
        raise NotFound
    return found


def _say_goodbye(session: Session, who: Who, talent: Talent, *, now: datetime) -> None:
    """Queue the confirmation while there is somebody to write to; it names nobody."""
    if talent.email:
        request = Request(kind=LetterKind.SECURITY, talent_id=talent.id)
        put(session, who, to_both(session, Draft(request, letters.farewell(session, talent.locale)), now=now), now=now)


def _let_go(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """End whatever was on its way: launches, letters, held times, meetings, the conversation, open questions."""
    end_enrolments(session, who, enrolments_of(session, talent_id), Outcome.UNSUBSCRIBED, now=now)
    holding.release(session, talent_id, now=now)
    _call_off(session, who, talent_id, now=now)
    theirs = col(Letter.talent_id) == talent_id
    queued = theirs & (col(Letter.state) == LetterState.QUEUED) & (col(Letter.template) != letters.FAREWELL)
    session.execute(sa.update(Letter).where(queued).values(state=LetterState.CANCELLED, why=ERASED))
    open_ = (col(Conversation.talent_id) == talent_id) & col(Conversation.closed_at).is_(None)
    session.execute(sa.update(Conversation).where(open_).values(closed_at=now, waiting_since=None))
    asked = (col(Ask.talent_id) == talent_id) & col(Ask.closed_at).is_(None)
    session.execute(sa.update(Ask).where(asked).values(closed_at=now))
    session.execute(sa.delete(LetterLink).where(col(LetterLink.talent_id) == talent_id))


def _call_off(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Cancel the meetings to come and tell each recruiter, without a name: there is none any more."""
    coming = (
        select(Booking, Slot)
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .where(col(Booking.talent_id) == talent_id, col(Booking.cancelled_at).is_(None), col(Slot.ends_at) > now)
        .with_for_update(of=Booking)
    )
    for booking, slot in session.exec(coming).all():
        holding.cancel(session, who, booking, by="talent", now=now)
        session.flush()
        content = letters.called_off(author(session, booking.staff_id), booking, slot, now=now)
        put(session, who, [Draft(Request(kind=LetterKind.SECURITY, staff_id=booking.staff_id), content)], now=now)


def _keep_out(session: Session, row_ids: Sequence[int], *, now: datetime) -> None:
    """Remember, as keyed hashes only, whom no import may bring back."""
    theirs = session.exec(select(Talent.email, Talent.phone).where(col(Talent.id).in_(row_ids)))
    before = beside_of(session, row_ids)
    contacts = sorted({contact for both in theirs for contact in both if contact} | before)
    rows = [{"address_hash": keyed_hash(contact, "address"), "why": ERASED, "at": now} for contact in contacts]
    if rows:
        insert = pg.insert(Suppression).values(rows)
        # Whatever a file said of them before, no undoing of it brings them back.
        kept = {"why": ERASED, "import_id": None}
        session.execute(insert.on_conflict_do_update(index_elements=["address_hash"], set_=kept))


def _empty_letters(session: Session, talent_id: int) -> None:
    """Empty every letter to them, and those to recruiters about their meetings (an invitation names both sides)."""
    empty: dict[str, object] = {"subject": "", "blocks": [], "links": [], "calendar": None}
    to_them = (col(Letter.talent_id) == talent_id) & (col(Letter.template) != letters.FAREWELL)
    session.execute(sa.update(Letter).where(to_them).values(address="", **empty))
    # The server's words about a refused letter may quote the address.
    refused = to_them & col(Letter.state).in_([LetterState.FAILED, LetterState.UNKNOWN, LetterState.SENT])
    session.execute(sa.update(Letter).where(refused).values(why=None, refusal=None, refused_at=None))
    uids = session.exec(select(Booking.calendar_uid).where(col(Booking.talent_id) == talent_id)).all()
    for uid in uids:
        about = col(Letter.staff_id).is_not(None) & col(Letter.calendar).contains(uid)
        mine = about & (col(Letter.template) != letters.CALLED_OFF)
        session.execute(sa.update(Letter).where(mine & (col(Letter.state) == LetterState.QUEUED)).values(_cancelled()))
        session.execute(sa.update(Letter).where(mine).values(**empty))


def _cancelled() -> dict[str, object]:
    return {"state": LetterState.CANCELLED, "why": ERASED}


def _empty_words(session: Session, talent_id: int) -> None:
    """Remove what they wrote and what was written to them."""
    session.execute(sa.update(Message).where(col(Message.talent_id) == talent_id).values(text=""))
    events = sa.select(col(TimelineEvent.id)).where(col(TimelineEvent.talent_id) == talent_id)
    session.execute(sa.delete(TimelineWords).where(col(TimelineWords.event_id).in_(events)))
    answered = select(SurveyResponse, Survey).join(Survey, col(Survey.id) == col(SurveyResponse.survey_id))
    for response, survey in session.exec(answered.where(col(SurveyResponse.talent_id) == talent_id)).all():
        free = {question.key for question in read(survey.questions).questions if isinstance(question, Text)}
        response.answers = {key: value for key, value in response.answers.items() if key not in free}
        session.add(response)
