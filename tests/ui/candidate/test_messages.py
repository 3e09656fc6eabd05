"""The thread tells what a letter offered and what was answered: the job, the times, which one was picked, that none suited."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.embedded import Urls
from portal.replies import picking
from portal.surveys.models import Survey
from portal.talents.pay import Per, perhaps
from portal.timeline.who import Person
from portal.ui.candidate.messages import state as messages
from portal.ui.candidate.messages.state import Line
from portal.ui.candidate.wishes import state as wishes
from portal.ui.doors import Door
from portal.ui.recruiter.talent import exchange
from tests.scenes import answer, launched, pick_first
from tests.ui.candidate.people import member, person
from tests.world import World, living


@pytest.fixture(scope="module")
def world(module_database: Urls) -> Iterator[World]:
    """Zoé and Luc said yes twice, and have two times before them each."""
    with living(module_database) as here:
        launched(here, "Zoe", "Luc", slots=9)
        for _ in range(2):
            for name in ("zoe", "luc"):
                answer(here, name, Answer.YES)
            here.work()
        yield here


def thread(session: Session, world: World, who: Person) -> list[Line]:
    return messages._read(Door(session, who, world.now))[0]


def test_the_job_and_the_times_stand_in_the_thread_with_a_way_to_answer(world: World) -> None:
    with world.database.work() as session:
        lines = thread(session, world, person(session, "Zoe"))
    slots = next(one for one in lines if one.subject == "Deux créneaux gardés pour vous")
    digest = next(one for one in lines if one.subject.startswith("En bref"))
    assert len(slots.choices) == 3
    assert "Aucun" in slots.choices[-1]
    assert slots.way == "/me/meetings"
    assert any("32" in fact.value for fact in digest.facts), "the pay stands among the facts"


def test_what_was_picked_or_refused_is_told_to_both(world: World) -> None:
    pick_first(world, "zoe")
    with world.database.work() as session:
        luc = person(session, "Luc")
        ask = session.exec(select(Ask).where(col(Ask.talent_id) == luc.id, col(Ask.question) == Question.SLOTS)).one()
        picking.neither(session, luc, ask, now=world.now)
    with world.database.work() as session:
        hers = thread(session, world, person(session, "Zoe"))
        his = thread(session, world, person(session, "Luc"))
        assert any(one.text.startswith("Vous avez choisi\u00a0: samedi 28 novembre") for one in hers)
        assert all(one.way != "/me/meetings" for one in hers), "what is settled is not asked again"
        assert any(one.text == "Aucun des deux créneaux ne vous convenait." for one in his)
        for name in ("Zoe", "Luc"):
            read = exchange.thread(session, member(session, "Claire"), person(session, name).id)
            told = [exchange._bubble(Door(session, member(session, "Claire"), world.now), one) for one in read]
            assert all(one.text for one in told if one.side == "theirs")


def test_an_answered_survey_is_told(world: World) -> None:
    with world.database.work() as session:
        zoe, claire = person(session, "Zoe"), member(session, "Claire")
        survey = Survey(owner_id=claire.id, title_fr="Avis", questions=[], created_at=world.now)
        session.add(survey)
        session.flush()
        known = {"talent_id": zoe.id, "owner_id": claire.id, "survey_id": survey.id, "question": Question.SURVEY}
        session.add(Ask(**known, asked_at=world.now, answered_at=world.now, deadline=world.now + timedelta(days=9)))
        session.flush()
        assert any(one.text == "Vous avez répondu à l’enquête." for one in thread(session, world, zoe))


@pytest.mark.parametrize(
    ("floor", "meant"),
    [(1_500, (Per.MONTH, 18_000)), (12, (Per.HOUR, 21_840)), (24_000, None), (10_000, None), (0, None), (None, None)],
)
def test_an_amount_nobody_is_paid_a_year_is_asked_about(floor: int | None, meant: tuple[Per, int] | None) -> None:
    assert perhaps(floor) == meant


def test_one_press_makes_it_a_year_s_and_a_second_one_changes_nothing(world: World) -> None:
    with world.database.work() as session:
        door = Door(session, person(session, "Zoe"), world.now)
        shown = wishes._keep(door, "salary_floor", "1500")
        assert shown.pay_meant == "C’est par mois\u00a0: 18\u202f000 € par an"
        assert [wishes._mean_a_year(door).held["salary_floor"] for _ in range(2)] == ["18000", "18000"]
        assert wishes._mean_a_year(door).pay_asked == ""
