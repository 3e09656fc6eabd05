"""Camille and Zoé, each with a life of her own in the house, and the doors they and others open."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.booking.models import Booking, Slot
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.db import saved
from portal.postbox.models import Letter
from portal.replies import actions as replies
from portal.replies import mine
from portal.surveys.models import Survey
from portal.talents.models import Talent
from portal.timeline.who import Person
from portal.ui.doors import Door
from tests.cast import as_candidate
from tests.scenes import launched
from tests.world import World


@dataclass(frozen=True)
class Life:
    """What belongs to one candidate: every id another might send."""

    who: Person
    question: int
    slots_ask: int
    slot: int
    booking: int
    survey_ask: int
    letter: UUID


def lives(world: World) -> tuple[Life, Life]:
    """Both said yes twice; each has times to pick, a booked talk, a survey, letters."""
    launched(world, "Camille", "Zoé", slots=9)
    world.later(hours=2)
    for question in (Question.STILL_LOOKING, Question.DIGEST):
        with world.database.work() as session:
            for name in ("Camille", "Zoé"):
                ask = _ask(session, person(session, name), question)
                replies.record(session, person(session, name), ask, Answer.YES, via="portal", now=world.now)
        world.work()
    with world.database.work() as session:
        return life(session, world, "Camille"), life(session, world, "Zoé")


def life(session: Session, world: World, name: str) -> Life:
    who = person(session, name)
    claire = session.exec(select(Staff).where(col(Staff.name) == "Claire")).one()
    offered = mine.offered(session, who, now=world.now)[0]
    begins = world.now + timedelta(days=20, hours=who.id)
    slot = Slot(staff_id=saved(claire.id), starts_at=begins, ends_at=begins + timedelta(minutes=30))
    questions = [{"kind": "text", "key": "why", "fr": "Pourquoi ?", "en": "Why?", "required": True}]
    survey = Survey(owner_id=saved(claire.id), title_fr="Avis", questions=questions, created_at=world.now)
    session.add_all([slot, survey])
    session.flush()
    booking = Booking(
        slot_id=saved(slot.id),
        talent_id=who.id,
        staff_id=saved(claire.id),
        booked_at=world.now,
        calendar_uid=f"talk-{who.id}",
    )
    asked = Ask(
        talent_id=who.id,
        owner_id=saved(claire.id),
        survey_id=survey.id,
        question=Question.SURVEY,
        asked_at=world.now,
        deadline=world.now + timedelta(days=9),
    )
    session.add_all([booking, asked])
    session.flush()
    letter = session.exec(select(Letter.id).where(col(Letter.talent_id) == who.id)).first()
    assert letter is not None
    question = saved(_ask(session, who, Question.STILL_LOOKING).id)
    return Life(who, question, offered.ask_id, offered.times[0].slot_id, saved(booking.id), saved(asked.id), letter)


def person(session: Session, name: str) -> Person:
    return as_candidate(session.exec(select(Talent).where(col(Talent.first_name) == name)).one())


def member(session: Session, name: str) -> Person:
    row = session.exec(select(Staff).where(col(Staff.name) == name)).one()
    return Person(saved(row.id), row.role, row.name, "fr", row.zone, fresh=True)


def door(session: Session, world: World, who: Person) -> Door:
    return Door(session, who, world.now)


def _ask(session: Session, who: Person, question: Question) -> Ask:
    return session.exec(select(Ask).where(col(Ask.talent_id) == who.id, col(Ask.question) == question)).one()
