"""A launch put right: taken up again after a stop by mistake, or its letters written anew from a corrected chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.chains.actions.launching import ADVANCE, refuse_closed
from portal.chains.definition import read_definition
from portal.chains.engine import hear
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.queries.newer import newest_of, same_steps
from portal.chains.queries.twins import running
from portal.chains.rows import Rows
from portal.chains.rules import EnrolmentState, LaunchState, Outcome, WaitsFor
from portal.chains.turns import Corrected, TakenUp
from portal.chains.world import Heard
from portal.conversations.actions import wait_since_no_more
from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.kit import jobs
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.timeline.actions import record
from portal.timeline.who import Person, Who

_BY_US = (Outcome.STOPPED, Outcome.CLOSED)
_NEVER_CAME = (LetterState.CANCELLED, LetterState.FAILED)


def take_up(session: Session, who: Person, launch_id: int, *, now: datetime) -> None:
    """Undo `stop`: everyone it ended goes on where they stood, and may answer for as long as they still could."""
    found = _locked(session, who, launch_id)
    if found.state is not LaunchState.STOPPED or found.ended_at is None:
        raise Refused("Only a launch that was stopped can be taken up again.")
    refuse_closed(session, found.opportunity_id)
    stopped_at = found.ended_at
    with _alone(session, found, found.version_id):
        found.state = LaunchState.RUNNING if found.enrolled_at is not None else LaunchState.PLANNED
        found.ended_at = None
    ended = (col(Enrolment.state) == EnrolmentState.ENDED) & (col(Enrolment.ended_at) == stopped_at)
    theirs = (col(Enrolment.launch_id) == launch_id) & ended & col(Enrolment.outcome).in_(_BY_US)
    ways = session.exec(select(Enrolment).where(theirs)).all()
    wait_since_no_more(session, [way.talent_id for way in ways], found.owner_id, stopped_at)
    open_again = _ask_again(session, [saved(way.id) for way in ways], stopped_at, now)
    hear(Rows(session, who), [Heard(saved(way.id), _goes_on(way, open_again, now)) for way in ways], now)
    record(session, who, "launch_taken_up", None, now=now, launch=launch_id)
    jobs.wake(session, ADVANCE)


def _ask_again(session: Session, way_ids: list[int], stopped_at: datetime, now: datetime) -> dict[tuple[int, str], Ask]:
    """Open the questions the stop closed, for as long as was left; return those nobody had answered, by way and step.

    Times that were held went to others, and what had not left was called back: those stay closed, and are asked anew.
    """
    lost = select(Letter.id).where(col(Letter.id) == col(Ask.letter_id), col(Letter.state).in_(_NEVER_CAME)).exists()
    closed = among(col(Ask.enrolment_id), way_ids) & (col(Ask.closed_at) == stopped_at)
    waiting: dict[tuple[int, str], Ask] = {}
    for ask, never_came in session.exec(select(Ask, lost).where(closed)).all():
        if ask.question is not Question.SLOTS and not never_came:
            ask.closed_at, ask.deadline = None, ask.deadline + max(now - stopped_at, timedelta(0))
            session.add(ask)
        if ask.answered_at is None:
            waiting[ask.enrolment_id or 0, ask.step or ""] = ask
    session.flush()
    return waiting


def _goes_on(way: Enrolment, asked: dict[tuple[int, str], Ask], now: datetime) -> TakenUp:
    ask = asked.get((saved(way.id), way.step))
    if ask is not None:
        return TakenUp(until=ask.deadline) if ask.closed_at is None else TakenUp(at=now)
    # What it waited for in the outbox was called back: it is written anew.
    if way.waits_for is not None and way.waits_for is not WaitsFor.LETTER:
        return TakenUp(waits_for=way.waits_for)
    return TakenUp(at=max(way.due_at, now) if way.due_at and way.waits_for is None else now)


def correct(session: Session, who: Person, launch_id: int, *, now: datetime) -> int:
    """Let a launch go on with the newest version of its chain; return how many letters that wait are written anew.

    Only words and days may differ: everyone must find the step they stand at.
    """
    found = _locked(session, who, launch_id)
    if found.ended_at is not None:
        raise Refused("This launch is over already.")
    version = session.get_one(ChainVersion, found.version_id)
    newest = newest_of(session, version.chain_id)
    if newest.id == version.id:
        raise Refused("This launch has the newest version already: correct the chain and save it first.")
    if not same_steps(read_definition(version.definition), read_definition(newest.definition)):
        raise Refused(
            "The newest version has other steps: launch it anew. Whoever was written to is not written to again."
        )
    with _alone(session, found, saved(newest.id)):
        found.version_id = saved(newest.id)
    ways = write_anew(session, who, col(Enrolment.launch_id) == launch_id, now=now)
    record(session, who, "launch_corrected", None, now=now, launch=launch_id, version=newest.number)
    jobs.wake(session, ADVANCE)
    return ways


def write_anew(session: Session, who: Who, whose: ColumnElement[bool], *, now: datetime) -> int:
    """Have the letters of these ways written anew that no worker has in hand yet; return how many ways."""
    waits = (col(Letter.state) == LetterState.QUEUED) & col(Letter.chain_id).is_not(None)
    its = whose & (col(Enrolment.state) != EnrolmentState.ENDED)
    letters = select(Letter.enrolment_id).join(Enrolment, col(Enrolment.id) == col(Letter.enrolment_id))
    held = session.exec(letters.where(waits, its).with_for_update(of=Letter, skip_locked=True)).all()
    ways = sorted({way for way in held if way is not None})
    hear(Rows(session, who), [Heard(way, Corrected()) for way in ways], now)
    return len(ways)


@contextmanager
def _alone(session: Session, launch: Launch, version_id: int) -> Iterator[None]:
    """Write down what is changed of a launch; refuse what would run beside another one that nobody confirmed.

    The database holds it, whoever pressed at once.
    """
    whom, job = launch.whom, launch.opportunity_id
    try:
        with session.begin_nested():
            yield
            session.add(launch)
    except IntegrityError:
        twin = running(session, version_id, whom, job)
        if twin is None:  # it was not that index
            raise
        raise Refused(
            "The same runs on these people meanwhile: launch no. {launch}. Stop that one first.", launch=twin.id
        ) from None


def _locked(session: Session, who: Person, launch_id: int) -> Launch:
    recruiter(who)
    found = session.get(Launch, launch_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found
