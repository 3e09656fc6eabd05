"""What became of a question: one word for every old link and every card, and the one place that finds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.booking.models import Booking, Slot
from portal.chains.models import Enrolment, Launch
from portal.chains.rules import LaunchState
from portal.consent.models import Consent
from portal.consent.rules import Purpose, Standing
from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.opportunities.models import Opportunity
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.surveys.models import Survey
from portal.talents.models import Talent


class Became(StrEnum):
    """What became of a question that was put to someone."""

    OPEN = "open"
    ANSWERED = "answered"
    REPLACED = "replaced"
    BOOKED = "booked"
    TAKEN_BACK = "taken_back"
    STOPPED = "stopped"
    NO_LONGER_OPEN = "no_longer_open"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it, and since when: the day they stopped us, the hour of the talk.

    `by_them`: it was their own other answer, or cancellation, that took it back; or they stopped us here, and may come back
    here (not if a file said so for them). `renewable`: nothing but its deadline
    stands in the way, and it was not renewed yet.
    """

    became: Became
    at: datetime | None = None
    renewable: bool = False
    by_them: bool = False

    @property
    def open(self) -> bool:
        """Tell whether an answer counts."""
        return self.became is Became.OPEN


WHY_NOT = {
    Became.ANSWERED: N_("You have answered this already."),
    Became.REPLACED: N_("A newer letter has taken the place of this one: answer that one."),
    Became.BOOKED: N_("You have a time already. Move that talk if another time suits you better."),
    Became.TAKEN_BACK: N_("This was taken back: there is nothing to answer any more."),
    Became.STOPPED: N_("You asked us to stop writing: nothing is asked of you any more."),
    Became.NO_LONGER_OPEN: N_("This is no longer open. Thank you all the same."),
    Became.EXPIRED: N_("This question is closed: its deadline has passed."),
}


def check_open(session: Session, ask: Ask, *, now: datetime, besides: Became = Became.OPEN) -> None:
    """Raise Refused, with the sentence for it, unless an answer counts (or `besides` became of it)."""
    fate = what_became(session, ask, now=now)
    if fate.became not in {Became.OPEN, besides}:
        raise Refused(WHY_NOT[fate.became])


def what_became(session: Session, ask: Ask, *, now: datetime) -> Fate:
    """Return what became of a question. What was settled between us comes first, a passed deadline last."""
    for look in _LOOKS:
        found = look(session, ask, now)
        if found is not None:
            return found
    return Fate(Became.EXPIRED, ask.deadline, renewable=not _renewed(session, ask))


def _booked_here(session: Session, ask: Ask, now: datetime) -> Fate | None:
    """The talk they picked a time for stands, whatever else was said since; other times are offered for no second one."""
    return _booked(session, ask, now) if ask.question is Question.SLOTS else None


def _stopped(session: Session, ask: Ask, _now: datetime) -> Fate | None:
    purposes = {Purpose.POOL, Purpose.SURVEY} if ask.question is Question.SURVEY else {Purpose.POOL}
    said = (col(Consent.talent_id) == ask.talent_id) & col(Consent.purpose).in_(purposes)
    stopped = select(Consent.since).where(said, col(Consent.standing) == Standing.WITHDRAWN)
    since = session.exec(stopped.order_by(col(Consent.since).desc())).first()
    if since is not None:
        return Fate(Became.STOPPED, since, by_them=True)
    told = session.get_one(Talent, ask.talent_id).do_not_contact_at
    return Fate(Became.STOPPED, told) if told is not None else None


def _no_longer_open(session: Session, ask: Ask, _now: datetime) -> Fate | None:
    of_a_job = ask.opportunity_id is not None and ask.question is not Question.SURVEY
    job = session.get(Opportunity, ask.opportunity_id) if of_a_job else None
    survey = session.get(Survey, ask.survey_id) if ask.survey_id else None
    closed = [found.closed_at for found in (job, survey) if found is not None and found.closed_at is not None]
    return Fate(Became.NO_LONGER_OPEN, closed[0]) if closed else None


def _launch_stopped(session: Session, ask: Ask, _now: datetime) -> Fate | None:
    enrolment = session.get(Enrolment, ask.enrolment_id) if ask.enrolment_id else None
    launch = session.get(Launch, enrolment.launch_id) if enrolment else None
    stopped = launch is not None and launch.state is LaunchState.STOPPED
    return Fate(Became.TAKEN_BACK) if stopped else None


def _open(_session: Session, ask: Ask, now: datetime) -> Fate | None:
    return Fate(Became.OPEN, ask.deadline) if ask.closed_at is None and ask.deadline > now else None


def _booked(session: Session, ask: Ask, now: datetime) -> Fate | None:
    """A talk to come that followed from the same way, or is about the same job."""
    if ask.question is Question.SURVEY:
        return None
    same = sa.select(col(Ask.id)).where(col(Ask.enrolment_id) == ask.enrolment_id) if ask.enrolment_id else None
    about = (col(Booking.ask_id) == ask.id) if same is None else col(Booking.ask_id).in_(same)
    if ask.opportunity_id is not None:
        about |= (col(Booking.opportunity_id) == ask.opportunity_id) & (col(Booking.staff_id) == ask.owner_id)
    living = (col(Booking.talent_id) == ask.talent_id) & col(Booking.cancelled_at).is_(None) & (col(Slot.ends_at) > now)
    starts = select(Slot.starts_at).join(Booking, col(Booking.slot_id) == col(Slot.id)).where(living, about)
    at = session.exec(starts.order_by(col(Slot.starts_at))).first()
    return Fate(Became.BOOKED, at) if at is not None else None


def _replaced(session: Session, ask: Ask, _now: datetime) -> Fate | None:
    """Another letter asks the same now, or is on its way to."""
    if ask.question is Question.SLOTS and ask.renewed_at is not None:
        return Fate(Became.REPLACED)
    if ask.enrolment_id is None:
        return None
    newer = (col(Ask.enrolment_id) == ask.enrolment_id) & (col(Ask.id) > ask.id) & (col(Ask.step) == ask.step)
    lost = col(Letter.state).in_([LetterState.CANCELLED, LetterState.FAILED])
    asked = select(Ask.asked_at).outerjoin(Letter, col(Letter.id) == col(Ask.letter_id))
    at = session.exec(asked.where(newer, lost.is_not(True)).order_by(col(Ask.id).desc())).first()
    return Fate(Became.REPLACED, at) if at is not None else None


def _answered(session: Session, ask: Ask, _now: datetime) -> Fate | None:
    """An answer stands unless another, given to an earlier question of the way, took back what it led to."""
    cancelled = (col(Booking.ask_id) == ask.id) & col(Booking.cancelled_at).is_not(None)
    off = session.exec(select(Booking.cancelled_by).where(cancelled).order_by(col(Booking.id).desc())).first()
    if off is not None or _undone(session, ask):
        return Fate(Became.TAKEN_BACK, ask.closed_at, by_them=off != "staff")
    return Fate(Became.ANSWERED, ask.answered_at) if ask.answered_at is not None else None


def _undone(session: Session, ask: Ask) -> bool:
    if ask.closed_at is None:
        return False
    earlier = (
        (col(Ask.enrolment_id) == ask.enrolment_id) & (col(Ask.id) < ask.id) & (col(Ask.answered_at) >= ask.closed_at)
    )
    return session.exec(select(Ask.id).where(earlier)).first() is not None


def _taken_back(_session: Session, ask: Ask, _now: datetime) -> Fate | None:
    return Fate(Became.TAKEN_BACK, ask.closed_at) if ask.closed_at is not None else None


def _renewed(session: Session, ask: Ask) -> bool:
    """Tell whether a new link was sent already, for this question or one that asked the same on the same way."""
    if ask.renewed_at is not None or ask.enrolment_id is None:
        return ask.renewed_at is not None
    same = (col(Ask.enrolment_id) == ask.enrolment_id) & (col(Ask.step) == ask.step)
    return session.exec(select(Ask.id).where(same, col(Ask.renewed_at).is_not(None))).first() is not None


_Look = Callable[[Session, Ask, datetime], Fate | None]
_LOOKS: tuple[_Look, ...] = (
    _booked_here,
    _stopped,
    _no_longer_open,
    _launch_stopped,
    _open,
    _booked,
    _replaced,
    _answered,
    _taken_back,
)
