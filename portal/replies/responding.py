"""A survey answered: kept once, and the chain goes on."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from portal.chains.definition import SurveyStep, read_definition
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.rules import EnrolmentState
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.kit import jobs
from portal.kit.errors import NotFound, Refused
from portal.surveys import actions as surveys
from portal.timeline.who import Who


def respond(session: Session, who: Who, ask: Ask, answers: Mapping[str, object], *, now: datetime) -> None:
    """Keep their answers to the survey this ask carried; the first time, their way through the launch goes on."""
    if ask.survey_id is None:
        raise NotFound
    if ask.deadline <= now:
        raise Refused("This survey is closed. Thank you for wanting to answer.")
    enrolment = session.get(Enrolment, ask.enrolment_id, with_for_update=True) if ask.enrolment_id else None
    launch_id = enrolment.launch_id if enrolment else None
    surveys.respond(session, who, ask.survey_id, ask.talent_id, answers, launch_id=launch_id, now=now)
    acted(session, who, ask.talent_id, now=now)
    if ask.answered_at is None and enrolment is not None:
        _go_on(session, ask, enrolment, now=now)
    ask.answered_at = ask.answered_at or now
    session.add(ask)


def _go_on(session: Session, ask: Ask, enrolment: Enrolment, *, now: datetime) -> None:
    if enrolment.state is not EnrolmentState.ASKED or enrolment.step != ask.step:
        return
    version = session.get_one(ChainVersion, session.get_one(Launch, enrolment.launch_id).version_id)
    step = read_definition(version.definition).step(enrolment.step)
    if isinstance(step, SurveyStep):
        enrolment.step, enrolment.state, enrolment.due_at = step.next, EnrolmentState.DUE, now
        session.add(enrolment)
        jobs.wake(session, "advance")
