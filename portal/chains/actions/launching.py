"""What a recruiter does with a launch: start a chain on a segment or on chosen people, pause it, resume it, stop it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.chains.actions.beginning import begin
from portal.chains.definition import Definition, read_definition
from portal.chains.engine import hear
from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.chains.queries.twins import of_people, of_segment
from portal.chains.rows import Rows
from portal.chains.rules import EnrolmentState, LaunchState, Outcome
from portal.chains.steps.survey import SurveyStep
from portal.chains.turns import Late, NotDelivered, Stopped
from portal.chains.world import Heard
from portal.conversations.models import Ask
from portal.gate.claiming import LATE, TOO_LATE
from portal.kit import jobs
from portal.kit.bulk import among, insert_many
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.opportunities.models import Opportunity
from portal.postbox import actions as postbox
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.segments.actions import refuse_unlawful
from portal.segments.document import Group
from portal.segments.models import Segment
from portal.segments.queries import member_ids
from portal.surveys.models import Survey
from portal.talents.models import Talent
from portal.timeline.actions import record, record_many
from portal.timeline.who import Person, System, Who

ADVANCE = "advance"
# How the way of somebody ends whose question failed at the mail server, or was held back at the last moment.
_NEVER_ARRIVED = {LetterState.FAILED: Outcome.UNDELIVERED, LetterState.CANCELLED: Outcome.BLOCKED}


def launch(
    session: Session,
    who: Person,
    *,
    version_id: int,
    segment_id: int,
    opportunity_id: int | None = None,
    starts_at: datetime | None = None,
    words: str = "",
    now: datetime,
) -> Launch:
    """Start a chain on a segment, now or at a time; Refused when something it needs is missing.

    AlreadyRuns while the same runs on the same people, unless confirmed: `words` say why there shall be another one. They
    are kept, and for that launch the gate lets through what was said once, and asks those who stayed silent.
    """
    recruiter(who)
    version, segment = session.get(ChainVersion, version_id), session.get(Segment, segment_id)
    if version is None or segment is None:
        raise NotFound
    if segment.archived_at is not None:
        raise Refused("This segment was put away: bring it back or choose another.")
    refuse_unlawful(session, Group.model_validate(segment.rule))
    _check_in_use(session, version)
    _check_opportunity(session, read_definition(version.definition), opportunity_id)
    started = Launch(
        version_id=version_id,
        segment_id=segment_id,
        opportunity_id=opportunity_id,
        owner_id=who.id,
        state=LaunchState.PLANNED,
        starts_at=starts_at or now,
        created_at=now,
        whom=of_segment(segment_id),
    )
    started, new = begin(session, started, words, now=now)
    if new:
        record(session, who, "launched", None, now=now, launch=started.id, segment=segment_id, chain=version.chain_id)
        jobs.wake(session, ADVANCE)
    return started


def launch_on(
    session: Session,
    who: Person,
    talent_ids: Sequence[int],
    *,
    version_id: int,
    opportunity_id: int | None = None,
    words: str = "",
    now: datetime,
) -> Launch:
    """Start a chain at once on these people, chosen one by one or by what narrowed a list; those who left are left out.

    `words` confirm it as in `launch`.
    """
    recruiter(who)
    version = session.get(ChainVersion, version_id)
    if version is None:
        raise NotFound
    _check_in_use(session, version)
    definition = read_definition(version.definition)
    _check_opportunity(session, definition, opportunity_id)
    living = _living(session, talent_ids)
    started = Launch(
        version_id=version_id,
        opportunity_id=opportunity_id,
        owner_id=who.id,
        state=LaunchState.RUNNING,
        starts_at=now,
        created_at=now,
        enrolled_at=now,
        whom=of_people(living),
    )
    started, new = begin(session, started, words, now=now)
    if new:
        record(session, who, "launched", None, now=now, launch=started.id, people=len(living), chain=version.chain_id)
        enrol(session, who, started, living, definition.steps[0].key, now=now)
        jobs.wake(session, ADVANCE)
    return started


def _living(session: Session, talent_ids: Sequence[int]) -> list[int]:
    chosen = sa.select(col(Talent.id)).where(among(col(Talent.id), set(talent_ids)), col(Talent.erased_at).is_(None))
    living = [talent for talent in session.scalars(chosen.order_by(col(Talent.id))) if talent is not None]
    if not living:
        raise Refused("Choose at least one person first.")
    return living


def _check_in_use(session: Session, version: ChainVersion) -> None:
    if session.get_one(Chain, version.chain_id).archived_at is not None:
        raise Refused("This chain was put away: bring it back or choose another.")
    _check_surveys(session, read_definition(version.definition))


def _check_surveys(session: Session, definition: Definition) -> None:
    asked = {step.survey_id for step in definition.steps if isinstance(step, SurveyStep)}
    over = session.exec(select(Survey).where(among(col(Survey.id), asked), col(Survey.closed_at).is_not(None))).first()
    if over is not None:
        raise Refused("The survey “{name}” is closed: open it again, or choose another chain.", name=over.title_fr)


def _check_opportunity(session: Session, definition: Definition, opportunity_id: int | None) -> None:
    if definition.needs_opportunity and opportunity_id is None:
        raise Refused("This chain speaks of a job: choose the opportunity it is for.")
    refuse_closed(session, opportunity_id)


def refuse_closed(session: Session, opportunity_id: int | None) -> None:
    """Refuse what would put a closed job to people. The job is held as it is until the act is over."""
    if opportunity_id is None:
        return
    job = session.get(Opportunity, opportunity_id, with_for_update={"read": True}, populate_existing=True)
    if job is None:
        raise NotFound
    if job.closed_at is not None:
        raise Refused("This opportunity is closed: reopen it or choose another.")


def enrol_due(session: Session, *, now: datetime) -> int:
    """Turn the segment of one planned launch whose time has come into enrolments; return how many launches began."""
    closed = sa.exists().where(
        col(Opportunity.id) == col(Launch.opportunity_id), col(Opportunity.closed_at).is_not(None)
    )
    planned = (col(Launch.state) == LaunchState.PLANNED) & (col(Launch.starts_at) <= now) & ~closed
    begun = session.exec(
        select(Launch).where(planned).order_by(col(Launch.id)).limit(1).with_for_update(skip_locked=True)
    ).first()
    if begun is None:
        return 0
    segment = session.get_one(Segment, begun.segment_id)
    version = session.get_one(ChainVersion, begun.version_id)
    first = read_definition(version.definition).steps[0].key
    talents = member_ids(session, segment.rule, now=now)
    enrol(session, System("chain"), begun, talents, first, now=now)
    begun.state, begun.enrolled_at = LaunchState.RUNNING, now
    session.add(begun)
    return 1


def enrol(session: Session, who: Who, begun: Launch, talents: Sequence[int], first_step: str, *, now: datetime) -> None:
    """Put these people at the start of a launch."""
    rows = [
        {
            "launch_id": begun.id,
            "talent_id": talent,
            "step": first_step,
            "state": EnrolmentState.DUE,
            "due_at": now,
            "entered_at": now,
        }
        for talent in talents
    ]
    insert_many(session, Enrolment, rows)
    record_many(session, who, "enrolled", [(talent, {"launch": begun.id}) for talent in talents], now=now)


def pause(session: Session, who: Person, launch_id: int, *, now: datetime) -> None:
    """Let nothing more leave, at once; everyone stays where they are."""
    found = _launch(session, who, launch_id)
    if found.state not in {LaunchState.RUNNING, LaunchState.PLANNED}:
        raise Refused("Only a launch that runs can be paused.")
    found.state = LaunchState.PAUSED
    session.add(found)
    postbox.set_aside(session, _on_the_way(session, launch_id))
    record(session, who, "launch_paused", None, now=now, launch=launch_id)


def resume(session: Session, who: Person, launch_id: int, *, now: datetime) -> None:
    """Go on where everyone stood."""
    found = _launch(session, who, launch_id)
    if found.state is not LaunchState.PAUSED:
        raise Refused("Only a paused launch can be resumed.")
    refuse_closed(session, found.opportunity_id)
    found.state = LaunchState.RUNNING if found.enrolled_at is not None else LaunchState.PLANNED
    session.add(found)
    postbox.take_up_again(session, _on_the_way(session, launch_id), now=now)
    record(session, who, "launch_resumed", None, now=now, launch=launch_id)
    jobs.wake(session, ADVANCE)
    jobs.wake(session, "deliver")


def stop(session: Session, who: Person, launch_id: int, *, outcome: Outcome = Outcome.STOPPED, now: datetime) -> None:
    """End it for everyone, at once: queued letters are cancelled, held slots let go, open questions closed."""
    found = _launch(session, who, launch_id)
    if found.ended_at is not None:
        raise Refused("This launch is over already.")
    end_enrolments(session, who, _on_the_way(session, launch_id), outcome, now=now)
    found.state, found.ended_at = LaunchState.STOPPED, now
    session.add(found)
    record(session, who, "launch_stopped", None, now=now, launch=launch_id)


def end_enrolments(
    session: Session, who: Who, enrolment_ids: Sequence[int], outcome: Outcome, *, now: datetime
) -> None:
    """End these ways through a launch: nothing queued leaves, nothing asked counts, nothing stays held."""
    hear(Rows(session, who), [Heard(way, Stopped(outcome)) for way in enrolment_ids], now)


def end_undelivered(session: Session, letter_ids: Sequence[uuid.UUID] | None = None, *, now: datetime) -> None:
    """Let the engine hear whose question never reached them: nobody should wait for an answer to it.

    Without `letter_ids` of everyone's: a worker may have died before it could say which letters were lost.
    """
    asked = (
        select(Enrolment.id, Letter.state, Letter.why)
        .join(Ask, col(Ask.enrolment_id) == col(Enrolment.id))
        .join(Letter, col(Letter.id) == col(Ask.letter_id))
        .where(col(Enrolment.state) == EnrolmentState.ASKED, col(Ask.closed_at).is_(None))
        .where(col(Letter.state).in_(_NEVER_ARRIVED))
    )
    found = session.exec(asked if letter_ids is None else asked.where(among(col(Letter.id), letter_ids))).all()
    lost = [Heard(saved(way), _fate(LetterState(state), why)) for way, state, why in found]
    hear(Rows(session, System("chain")), lost, now)


def _fate(state: LetterState, why: str | None) -> NotDelivered | Late:
    """Whose letter waited too long is planned anew; whose letter the gate or the server refused is not written to."""
    return Late() if why in {LATE, TOO_LATE} else NotDelivered(_NEVER_ARRIVED[state])


def enrolments_of(session: Session, talent_id: int) -> list[int]:
    """Return the enrolments in which this person is on the way."""
    theirs = (col(Enrolment.talent_id) == talent_id) & (col(Enrolment.state) != EnrolmentState.ENDED)
    return [found for found in session.exec(select(Enrolment.id).where(theirs)).all() if found is not None]


def _launch(session: Session, who: Person, launch_id: int) -> Launch:
    recruiter(who)
    found = session.get(Launch, launch_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def _on_the_way(session: Session, launch_id: int) -> list[int]:
    theirs = (col(Enrolment.launch_id) == launch_id) & (col(Enrolment.state) != EnrolmentState.ENDED)
    return [found for found in session.exec(select(Enrolment.id).where(theirs)).all() if found is not None]
