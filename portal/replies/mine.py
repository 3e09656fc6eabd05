"""What waits for one candidate, for their own eyes: questions, times, meetings. Whoever is no candidate finds nothing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.booking import openings
from portal.booking.models import Booking, Slot
from portal.booking.words import call
from portal.conversations.models import Ask, Conversation
from portal.conversations.queries import open_conversation_of, said_no
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import NotFound
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import is_closed, open_jobs
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.replies.becoming import what_became
from portal.replies.picking import call_told, to_pick
from portal.replies.queries import Asked, asked
from portal.surveys.models import Survey, SurveyResponse
from portal.talents.models import Talent
from portal.timeline.who import Person

FREE_TIMES = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that still takes an answer; `answered_at` when one was given that may yet change."""

    ask_id: int
    question: Question
    asked: Asked
    answer: Answer | None
    reason: Reason | None
    answered_at: datetime | None
    survey_id: int | None
    survey_fr: str
    survey_en: str


def waiting(session: Session, who: Person, *, now: datetime) -> list[Waiting]:
    """Return what they may answer now: what was never answered first, the nearest deadline first."""
    open_ = col(Ask.closed_at).is_(None) & (col(Ask.deadline) > now)
    found = session.exec(
        select(Ask, Survey)
        .outerjoin(Survey, col(Survey.id) == col(Ask.survey_id))
        .where(col(Ask.talent_id) == _me(who), open_, col(Survey.closed_at).is_(None))
        .order_by(col(Ask.answered_at).is_not(None), col(Ask.deadline))
    )
    cards = [_waiting(session, who, ask, survey, now) for ask, survey in found]
    return [card for card in cards if card.asked.fate.open]


def _waiting(session: Session, who: Person, ask: Ask, survey: Survey | None, now: datetime) -> Waiting:
    return Waiting(
        ask_id=ask.id or 0,
        question=ask.question,
        asked=asked(session, ask, locale=who.locale, zone=who.zone, now=now),
        answer=ask.answer,
        reason=ask.reason,
        answered_at=ask.answered_at,
        survey_id=ask.survey_id,
        survey_fr=survey.title_fr if survey else "",
        survey_en=(survey.title_en or survey.title_fr) if survey else "",
    )


@dataclass(frozen=True, slots=True)
class Time:
    """A time they may pick."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """Times put to them: `held` for them alone until `until`, or free ones of who asks, who lives by the clock of `zone`."""

    ask_id: int
    author: str
    job: str
    until: datetime
    times: tuple[Time, ...]
    held: bool
    zone: str
    call: str


def offered(session: Session, who: Person, *, now: datetime) -> list[Offered]:
    """Return the times they were asked to pick from."""
    asks = select(Ask, Opportunity.title).outerjoin(Opportunity, col(Opportunity.id) == col(Ask.opportunity_id))
    mine = (col(Ask.talent_id) == _me(who)) & (col(Ask.question) == Question.SLOTS)
    open_ = col(Ask.closed_at).is_(None) & (col(Ask.deadline) > now) & open_jobs()
    found = session.exec(asks.where(mine, open_)).all()
    return [
        _offered(session, who, ask, job or "", now) for ask, job in found if what_became(session, ask, now=now).open
    ]


def _offered(session: Session, who: Person, ask: Ask, job: str, now: datetime) -> Offered:
    it = to_pick(session, ask, now=now)
    told = call_told(it, who.locale)
    return Offered(ask.id or 0, it.author, job, ask.deadline, _times(it.slots), it.held, it.zone, told)


@dataclass(frozen=True, slots=True)
class MyMeeting:
    """A talk that is settled, and the times it could be moved to; `zone` is the recruiter's."""

    booking_id: int
    starts_at: datetime
    ends_at: datetime
    recruiter: str
    job: str
    zone: str
    call: str
    others: tuple[Time, ...]
    number_missing: bool


def meetings(session: Session, who: Person, *, now: datetime) -> list[MyMeeting]:
    """Return their talks that have not ended, soonest first."""
    query = (
        sa.select(Booking, Slot, Staff, col(Opportunity.title), col(Talent.phone))
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Staff, col(Staff.id) == col(Booking.staff_id))
        .join(Talent, col(Talent.id) == col(Booking.talent_id))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Booking.opportunity_id))
        .where(col(Booking.talent_id) == _me(who), col(Booking.cancelled_at).is_(None), col(Slot.ends_at) > now)
        .order_by(col(Slot.starts_at))
    )
    return [
        MyMeeting(
            booking_id=booked.id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            recruiter=staff.name,
            job=job or "",
            zone=staff.zone,
            call=call(who.locale, staff.name, slot, phone or ""),
            others=_times(openings.free_for(session, staff.id, who.id, now=now)[:FREE_TIMES]),
            number_missing=not phone,
        )
        for booked, slot, staff, job, phone in session.execute(query)
    ]


def picked(session: Session, who: Person) -> dict[int, tuple[datetime, str]]:
    """Return the times they picked with the recruiter's zone, by what asked for them; also of talks called off since."""
    query = sa.select(col(Booking.ask_id), col(Slot.starts_at), col(Staff.zone))
    query = query.join(Slot, col(Slot.id) == col(Booking.slot_id)).join(Staff, col(Staff.id) == col(Booking.staff_id))
    mine = (col(Booking.talent_id) == _me(who)) & col(Booking.ask_id).is_not(None)
    return {row[0]: (row[1], row[2]) for row in session.execute(query.where(mine).order_by(col(Booking.id)))}


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """What the recruiter they are talking with still has free; `zone` is the recruiter's."""

    recruiter: str
    zone: str
    times: tuple[Time, ...]


def free_times(session: Session, who: Person, *, now: datetime) -> FreeTimes | None:
    """Return the free times of their recruiter; None while no conversation is open, after a no, or once its job is closed."""
    conversation = open_conversation_of(session, _me(who))
    if conversation is None or said_no(session, conversation) or is_closed(session, conversation.opportunity_id):
        return None
    staff = session.get_one(Staff, conversation.owner_id)
    free = openings.free_for(session, conversation.owner_id, who.id, now=now)[:FREE_TIMES]
    return FreeTimes(staff.name, staff.zone, _times(free))


def responded(session: Session, who: Person, survey_id: int) -> bool:
    """Tell whether they answered this survey already."""
    mine = (col(SurveyResponse.survey_id) == survey_id) & (col(SurveyResponse.talent_id) == _me(who))
    return session.exec(select(SurveyResponse.id).where(mine)).first() is not None


def whom_to_ask(session: Session, who: Person) -> int | None:
    """Return the recruiter a question of theirs goes to: whom they talk with, else who last talked with or wrote to them."""
    spoken = select(Conversation.owner_id).where(col(Conversation.talent_id) == _me(who))
    last = session.exec(
        spoken.order_by(col(Conversation.closed_at).is_not(None), col(Conversation.opened_at).desc()).limit(1)
    ).first()
    if last is not None:
        return last
    written = (col(Letter.talent_id) == who.id) & (col(Letter.kind) != LetterKind.SECURITY)
    return session.exec(
        select(Letter.author_id)
        .where(written, col(Letter.author_id).is_not(None))
        .order_by(col(Letter.queued_at).desc())
        .limit(1)
    ).first()


def _times(slots: list[Slot]) -> tuple[Time, ...]:
    return tuple(Time(slot.id or 0, slot.starts_at, slot.ends_at) for slot in slots)


def _me(who: Person) -> int:
    """Let the candidate see what is theirs."""
    if who.is_staff:
        raise NotFound
    return who.id
