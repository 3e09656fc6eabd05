"""A survey answered: kept once, and the chain goes on."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from portal.chains.engine import hear
from portal.chains.models import Enrolment
from portal.chains.rows import Rows
from portal.chains.turns import Responded
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.replies.becoming import check_open
from portal.surveys import actions as surveys
from portal.timeline.who import Who


def respond(session: Session, who: Who, ask: Ask, answers: Mapping[str, object], *, now: datetime) -> None:
    """Keep their answers to the survey this ask carried; the first time, their way through the launch goes on."""
    if ask.survey_id is None:
        raise NotFound
    check_open(session, ask, now=now)
    enrolment = session.get(Enrolment, ask.enrolment_id, with_for_update=True) if ask.enrolment_id else None
    launch_id = enrolment.launch_id if enrolment else None
    surveys.respond(session, who, ask.survey_id, ask.talent_id, answers, launch_id=launch_id, now=now)
    acted(session, who, ask.talent_id, now=now)
    if ask.answered_at is None and enrolment is not None:
        hear(Rows(session, who), [Heard(saved(enrolment.id), Responded(), ask.step)], now)
    ask.answered_at = ask.answered_at or now
    session.add(ask)
