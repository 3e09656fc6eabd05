"""What follows each answer to a question that was put to someone: what the chain they go through does next, and no more."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from portal.access.house import house
from portal.access.models import Staff
from portal.booking.models import Slot
from portal.chains.definition import read_definition
from portal.chains.effects import talks_of
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.onward import Onward, Promise, Telling, promises
from portal.chains.steps import Step
from portal.conversations.models import Ask
from portal.conversations.queries import open_conversation_of
from portal.conversations.readers import author
from portal.conversations.rules import Answer
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_in

PRESSED_TWICE = timedelta(minutes=1)
_ALONE = {answer: Onward() for answer in Answer}


def promised(session: Session, ask: Ask, *, locale: str, zone: str, now: datetime) -> Mapping[str, Promise]:
    """Return what follows each answer, by its value; nothing does where no chain asked."""
    enrolment = session.get(Enrolment, ask.enrolment_id) if ask.enrolment_id else None
    telling = Telling(
        locale, _who_answers(session, ask), house(session).later_days, _talk(session, ask, locale, zone, now)
    )
    if enrolment is None:
        return promises(_ALONE, telling)
    version = session.get_one(ChainVersion, session.get_one(Launch, enrolment.launch_id).version_id)
    chain = read_definition(version.definition)
    step = chain.step(ask.step or enrolment.step)
    first = step.promises(chain.onward, telling)
    just = ask.answered_at is not None and now - ask.answered_at < PRESSED_TWICE
    again = first[ask.answer.value].after if ask.answer and just else ""
    return {**first, **_once_more(step, ask.answer, telling, again)}


def _once_more(step: Step, given: Answer | None, telling: Telling, again: str) -> dict[str, Promise]:
    """What was promised once is not promised again: to the answer they gave, nor to its like that leads to the same step.

    Unless their finger pressed twice: `again` is what they were told the first time.
    """
    if given is None:
        return {}
    told = {given.value: Promise(say(telling.locale, N_("This is your answer now.")), again)}
    like = {Answer.YES: Answer.MORE_INFO, Answer.MORE_INFO: Answer.YES}.get(given)
    ways = step.ANSWERED
    if like is not None and like in ways and step.to(ways[like]) == step.to(ways[given]):
        told[like.value] = step.promises({}, telling)[like.value]
    return told


def _who_answers(session: Session, ask: Ask) -> str:
    """Return who talks with them: a colleague may already."""
    talking = open_conversation_of(session, ask.talent_id)
    return author(session, talking.owner_id if talking else ask.owner_id).name


def _talk(session: Session, ask: Ask, locale: str, zone: str, now: datetime) -> str:
    """Return when the talk is that a no would call off."""
    if ask.enrolment_id is None:
        return ""
    about = (ask.enrolment_id, ask.owner_id, ask.opportunity_id)
    talks = talks_of(session, ask.talent_id, *about, now=now)
    if not talks:
        return ""
    starts_at, theirs = (
        session.get_one(Slot, talks[0].slot_id).starts_at,
        session.get_one(Staff, talks[0].staff_id).zone,
    )
    return moment_in(locale, starts_at, zone, theirs, now)
