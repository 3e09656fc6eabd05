"""A job that is closed: what still sells it ends, what was promised about it is said to be off, talks are kept or cancelled."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.booking import holding
from portal.booking.models import Booking, Hold, Slot
from portal.chains.actions import pause, stop, take_up
from portal.chains.models import Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState, Outcome
from portal.conversations.models import Ask
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.opportunities import actions as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import opportunity_for
from portal.postbox import actions as postbox
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.replies import closing_letters
from portal.replies.calling_off import tell_called_off
from portal.replies.letters import PURPOSE
from portal.timeline.who import Person

_AGREED = (Answer.YES, Answer.MORE_INFO)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a job has on the way: how many launches go on, people in them, letters that wait, people times are held for,
    talks to come; and how many people said yes, or asked, and wait for us.
    """

    launches: int
    on_the_way: int
    letters: int
    holding: int
    talks: int
    waiting: int

    @property
    def anything(self) -> bool:
        """Tell whether there is anything to decide."""
        return bool(self.launches or self.talks)


def standing(session: Session, who: Person, opportunity_id: int, *, now: datetime) -> Standing:
    """Return what closing this job would end; NotFound for anyone but recruiters."""
    opportunity_for(session, who, opportunity_id)
    ways = _on_the_way(session, opportunity_id)
    waits = among(col(Letter.enrolment_id), [saved(way.id) for way in ways]) & (col(Letter.state) == LetterState.QUEUED)
    held = holding.of([way.talent_id for way in ways], [saved(way.id) for way in ways])
    return Standing(
        launches=len(_launches(session, opportunity_id)),
        on_the_way=len(ways),
        letters=session.execute(sa.select(sa.func.count()).select_from(Letter).where(waits)).scalar_one(),
        holding=session.execute(
            sa.select(sa.func.count(sa.distinct(col(Hold.talent_id)))).where(held, col(Hold.until) > now)
        ).scalar_one(),
        talks=len(_talks(session, opportunity_id, now)),
        waiting=len(_waiting(session, opportunity_id, now)),
    )


def close(
    session: Session,
    who: Person,
    opportunity_id: int,
    *,
    rest: bool = False,
    cancel_talks: bool = False,
    tell: bool = False,
    now: datetime,
) -> None:
    """Take a job off the table, and end what still sells it; pressing twice changes nothing.

    Its launches stop for everybody, or `rest`: nothing leaves, and they may go on should the job open again. Those who
    said yes and wait for us are told, if wanted; talks to come are kept unless they are to be cancelled.
    """
    job = _held(session, who, opportunity_id)
    if job.closed_at is not None:
        return
    waiting = _waiting(session, opportunity_id, now) if tell else []
    opportunities.close(session, who, opportunity_id, now=now)
    session.flush()
    for launch in _launches(session, opportunity_id):
        if not rest:
            stop(session, who, saved(launch.id), outcome=Outcome.CLOSED, now=now)
        elif launch.state is not LaunchState.PAUSED:
            pause(session, who, saved(launch.id), now=now)
    _end_what_is_offered(session, opportunity_id, rest=rest, now=now)
    talks = _talks(session, opportunity_id, now) if cancel_talks else []
    for talk in talks:
        holding.cancel(session, who, talk, by="staff", now=now)
    session.flush()
    tell_called_off(session, who, talks, None, now=now)
    told = {talk.talent_id for talk in talks}
    _tell(session, who, job, [ask for ask in waiting if ask.talent_id not in told], now=now)


def open_again(
    session: Session, who: Person, opportunity_id: int, *, take_up_again: bool = False, now: datetime
) -> int:
    """Open a job again: what was not sent of the news that it was closed is called back. Return how many launches rest.

    `take_up_again` undoes the closing: the launches it stopped go on where everybody stood.
    """
    job = _held(session, who, opportunity_id)
    closed_at = job.closed_at
    if closed_at is not None:
        postbox.cancel_about(session, opportunity_id, closing_letters.TEMPLATE, why="opened_again")
        opportunities.open_again(session, who, opportunity_id, now=now)
        session.flush()
        if take_up_again:
            by_closing = (col(Launch.opportunity_id) == opportunity_id) & (col(Launch.ended_at) == closed_at)
            for launch_id in session.exec(
                select(Launch.id).where(by_closing, col(Launch.state) == LaunchState.STOPPED)
            ):
                take_up(session, who, saved(launch_id), now=now)
    return sum(launch.state is LaunchState.PAUSED for launch in _launches(session, opportunity_id))


def _held(session: Session, who: Person, opportunity_id: int) -> Opportunity:
    """Return the job, held: whoever launches it at this instant comes before or after."""
    recruiter(who)
    opportunity_for(session, who, opportunity_id)
    return session.get_one(Opportunity, opportunity_id, with_for_update=True, populate_existing=True)


def _launches(session: Session, opportunity_id: int) -> list[Launch]:
    """Return its launches that are planned, run or rest."""
    its = (col(Launch.opportunity_id) == opportunity_id) & col(Launch.ended_at).is_(None)
    return list(session.exec(select(Launch).where(its).order_by(col(Launch.id))))


def _on_the_way(session: Session, opportunity_id: int) -> list[Enrolment]:
    its = (col(Launch.opportunity_id) == opportunity_id) & col(Launch.ended_at).is_(None)
    ways = select(Enrolment).join(Launch, col(Launch.id) == col(Enrolment.launch_id))
    return list(session.exec(ways.where(its, col(Enrolment.state) != EnrolmentState.ENDED)))


def _talks(session: Session, opportunity_id: int, now: datetime) -> list[Booking]:
    """Return the talks about it that are still to come."""
    its = (col(Booking.opportunity_id) == opportunity_id) & col(Booking.cancelled_at).is_(None)
    booked = select(Booking).join(Slot, col(Slot.id) == col(Booking.slot_id))
    return list(session.exec(booked.where(its, col(Slot.starts_at) > now).order_by(col(Slot.starts_at))))


def _waiting(session: Session, opportunity_id: int, now: datetime) -> list[Ask]:
    """Return the last answer of those who said yes, or wanted to know more, and wait for what follows or for a person."""
    talking = {talk.talent_id for talk in _talks(session, opportunity_id, now)}
    waits = (col(Enrolment.state) != EnrolmentState.ENDED) | (col(Enrolment.outcome) == Outcome.NEITHER_SLOT)
    asks = select(Ask).join(Enrolment, col(Enrolment.id) == col(Ask.enrolment_id))
    its = (col(Ask.opportunity_id) == opportunity_id) & col(Ask.answered_at).is_not(None)
    last: dict[int, Ask] = {}
    for ask in session.exec(asks.where(its, waits).order_by(col(Ask.answered_at), col(Ask.id))):
        neither = ask.question is Question.SLOTS and ask.answer is Answer.NO
        if not neither:
            last[ask.talent_id] = ask
    return [ask for talent, ask in last.items() if ask.answer in _AGREED and talent not in talking]


def _end_what_is_offered(session: Session, opportunity_id: int, *, rest: bool, now: datetime) -> None:
    """Times held for it are free again; unless its launches rest, no question about it takes an answer any more."""
    its = (col(Ask.opportunity_id) == opportunity_id) & col(Ask.closed_at).is_(None) & col(Ask.survey_id).is_(None)
    offered = its & (col(Ask.question) == Question.SLOTS)
    found = session.exec(select(Ask).where(offered)).all()
    ways = [ask.enrolment_id for ask in found if ask.enrolment_id is not None]
    holding.release_all(session, [ask.talent_id for ask in found], ways, now=now)
    if not rest:
        session.execute(sa.update(Ask).where(its).values(closed_at=now))


def _tell(session: Session, who: Person, job: Opportunity, waiting: list[Ask], *, now: datetime) -> None:
    """Write one honest letter to each: it follows their own answer, and leaves only while that is the one in force."""
    people = readers(session, [ask.talent_id for ask in waiting])
    times = {ask.talent_id for ask in waiting if _were_offered_times(session, ask)}
    drafts = [
        Draft(
            Request(
                kind=LetterKind.FOLLOW_UP,
                talent_id=ask.talent_id,
                purpose=PURPOSE,
                opportunity_id=saved(job.id),
                author_id=ask.owner_id,
                follows=ask.id,
                on=ask.answer,
            ),
            closing_letters.job_closed(
                people[ask.talent_id], author(session, ask.owner_id), job, times=ask.talent_id in times
            ),
        )
        for ask in waiting
        if ask.talent_id in people
    ]
    put(session, who, drafts, now=now)


def _were_offered_times(session: Session, ask: Ask) -> bool:
    offered = (col(Ask.enrolment_id) == ask.enrolment_id) & (col(Ask.question) == Question.SLOTS)
    return session.exec(select(Ask.id).where(offered)).first() is not None
