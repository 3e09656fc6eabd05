"""A closed job is closed: what still sold it ends, whoever answers after it is told so, and nobody gets what was off."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Booking, Hold, Slot
from portal.chains import actions as chains
from portal.chains.models import Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState, Outcome
from portal.conversations.models import Ask, Conversation
from portal.conversations.rules import Answer, Question
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.opportunities import actions as opportunities
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.replies import actions as replies
from portal.replies import closing, mine, picking
from portal.replies.renewing import renew
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launch, launched, people_and_job, pick_first, press
from tests.sink import link_to
from tests.world import World

pytestmark = pytest.mark.own_database


def close(world: World, scene: Scene, **how: Any) -> None:
    with world.database.work() as session:
        closing.close(session, scene.people.claire, scene.job, now=world.now, **how)


def letters_to(world: World, name: str) -> list[str]:
    return [str(letter["Subject"]) for letter in world.sink.to(f"{name}@candidat.example")]


def press_again(world: World, name: str, said: Answer) -> None:
    """Answer by the first letter they had."""
    link = link_to(world.sink.to(f"{name}@candidat.example")[0], "yes")
    with world.database.work() as session:
        grant, ask = press(session, link)
        replies.record(session, grant, ask, said, via="link", now=world.now)
    world.work()


def _says_yes(session: Session, grant: LinkGrant, ask: Ask, *, now: datetime) -> None:
    replies.record(session, grant, ask, Answer.YES, via="link", now=now)


def on_the_way(world: World) -> Scene:
    """Zoé has two times to choose from, Noa a talk, Luc got the offer, Mia was asked; Ines said no."""
    scene = launched(world, "Zoe", "Noa", "Luc", "Mia", "Ines", slots=8)
    for name in ("zoe", "noa"):
        answer(world, name, Answer.YES)
        answer(world, name, Answer.YES)
    pick_first(world, "noa")
    answer(world, "luc", Answer.YES)
    answer(world, "ines", Answer.NO)
    return scene


def test_closing_asks_with_true_numbers(world: World) -> None:
    scene = on_the_way(world)
    with world.database.work() as session:
        found = closing.standing(session, scene.people.claire, scene.job, now=world.now)
        assert (found.launches, found.on_the_way, found.holding, found.talks, found.waiting) == (1, 3, 1, 1, 2)
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        for stranger in (zoe, scene.people.dora):
            with pytest.raises(NotFound):
                closing.standing(session, stranger, scene.job, now=world.now)
            with pytest.raises(NotFound):
                closing.close(session, stranger, scene.job, now=world.now)


def test_after_the_closing_a_yes_brings_neither_the_offer_nor_times_nor_a_conversation(world: World) -> None:
    scene = on_the_way(world)
    close(world, scene)
    before = {name: len(letters_to(world, name)) for name in ("mia", "luc", "zoe")}
    for name in before:
        link = link_to(world.sink.to(f"{name}@candidat.example")[-1], "neither" if name == "zoe" else "yes")
        with world.database.work() as session:
            grant, ask = press(session, link)
            told = picking.neither if name == "zoe" else _says_yes
            with pytest.raises(Refused, match="no longer open"):
                told(session, grant, ask, now=world.now)
            assert not renew(session, grant, ask, now=world.now)
    world.later(days=20)
    world.work()
    assert {name: len(letters_to(world, name)) for name in before} == before
    with world.database.work() as session:
        mia = col(Conversation.talent_id) == scene.ids["Mia"]
        assert session.exec(select(Conversation).where(mia)).all() == []
        ways = session.exec(select(Enrolment)).all()
        assert {way.state for way in ways} == {EnrolmentState.ENDED}
        assert [way.outcome for way in ways].count(Outcome.CLOSED) == 3
        assert session.exec(select(Launch.state)).all() == [LaunchState.STOPPED]
        assert session.exec(select(Hold.id).where(col(Hold.released_at).is_(None))).all() == []


def test_those_who_wait_are_told_once_and_nobody_else(world: World) -> None:
    scene = on_the_way(world)
    before = {name: letters_to(world, name) for name in ("zoe", "noa", "luc", "mia", "ines")}
    close(world, scene, tell=True)
    close(world, scene, tell=True)
    world.work()
    told = {name: letters_to(world, name)[len(had) :] for name, had in before.items()}
    assert told == {
        "zoe": ["Ce poste n’est plus ouvert"],
        "luc": ["Ce poste n’est plus ouvert"],
        "noa": [],
        "mia": [],
        "ines": [],
    }
    said = world.sink.to("zoe@candidat.example")[-1].get_body(("plain",)).get_content()
    assert "créneaux" in said
    assert "créneaux" not in world.sink.to("luc@candidat.example")[-1].get_body(("plain",)).get_content()


def test_talks_are_kept_unless_they_are_to_be_cancelled(world: World) -> None:
    scene = on_the_way(world)
    close(world, scene)
    with world.database.work() as session:
        assert session.exec(select(Booking.cancelled_at)).all() == [None]
        closing.open_again(session, scene.people.claire, scene.job, now=world.now)
    close(world, scene, cancel_talks=True)
    world.work()
    with world.database.work() as session:
        assert session.exec(select(Booking.cancelled_at)).all() == [world.now]
    assert letters_to(world, "noa")[-1].startswith("Annulé")
    said = world.sink.to("noa@candidat.example")[-1].get_body(("plain",)).get_content()
    assert "Ce poste n’est plus ouvert" in said
    assert "autre créneau" not in said


def test_what_was_queued_never_leaves(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        world.now = world.now.replace(hour=22)
        chains.launch(
            session,
            scene.people.claire,
            version_id=scene.version,
            segment_id=scene.segment,
            opportunity_id=scene.job,
            now=world.now,
        )
    world.worker.plan()
    close(world, scene)
    world.later(days=1)
    world.work()
    assert letters_to(world, "mia") == []
    with world.database.work() as session:
        assert session.exec(select(Letter.state)).all() == [LetterState.CANCELLED]


def test_a_job_closed_by_any_way_is_not_sold_by_what_waits_in_the_outbox(world: World) -> None:
    """The gate holds it at dispatch, whoever wrote the closing down."""
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        world.now = world.now.replace(hour=22)
        chains.launch(
            session,
            scene.people.claire,
            version_id=scene.version,
            segment_id=scene.segment,
            opportunity_id=scene.job,
            now=world.now,
        )
    world.worker.plan()
    with world.database.work() as session:
        opportunities.close(session, scene.people.claire, scene.job, now=world.now)
    world.later(days=3)
    world.work()
    assert letters_to(world, "mia") == []


def test_nothing_new_is_begun_for_a_closed_job(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        planned = saved(
            chains.launch(
                session, scene.people.claire, version_id=scene.version, segment_id=scene.segment,
                opportunity_id=scene.job, starts_at=world.now + timedelta(days=1), now=world.now,
            ).id
        )  # fmt: skip
    close(world, scene, rest=True)
    world.later(days=2)
    world.work()
    with world.database.work() as session:
        assert session.exec(select(Enrolment)).all() == []
        for verb in (chains.resume, chains.take_up):
            with pytest.raises(Refused):
                verb(session, scene.people.claire, planned, now=world.now)
        with pytest.raises(Refused, match="closed"):
            chains.launch_on(
                session, scene.people.claire, list(scene.ids.values()), version_id=scene.version,
                opportunity_id=scene.job, now=world.now,
            )  # fmt: skip


def test_the_portal_shows_no_card_and_no_time_of_a_closed_job(world: World) -> None:
    scene = on_the_way(world)
    close(world, scene, rest=True)
    with world.database.work() as session:
        for name in ("Mia", "Luc", "Zoe"):
            me = as_candidate(session.get_one(Talent, scene.ids[name]))
            assert mine.waiting(session, me, now=world.now) == []
            assert mine.offered(session, me, now=world.now) == []
            assert mine.free_times(session, me, now=world.now) is None


def test_launches_that_rest_go_on_where_everyone_stood_when_it_opens_again(world: World) -> None:
    scene = on_the_way(world)
    close(world, scene, rest=True)
    press_again(world, "mia", Answer.YES)
    assert len(letters_to(world, "mia")) == 1
    world.later(days=2)
    with world.database.work() as session:
        assert closing.open_again(session, scene.people.claire, scene.job, now=world.now) == 1
        begun = session.exec(select(Launch.id)).one()
        chains.resume(session, scene.people.claire, saved(begun), now=world.now)
    world.work()
    assert letters_to(world, "mia")[-1].startswith("En bref")


def test_closing_by_mistake_is_undone(world: World) -> None:
    scene = on_the_way(world)
    world.now = world.now.replace(hour=22)
    close(world, scene, tell=True)
    with world.database.work() as session:
        closing.open_again(
            session, scene.people.claire, scene.job, take_up_again=True, now=world.now + timedelta(minutes=1)
        )
    world.later(days=1)
    world.now = world.now.replace(hour=9)
    before = letters_to(world, "luc")
    world.work()
    assert letters_to(world, "luc") == before
    answer(world, "mia", Answer.YES)
    assert letters_to(world, "mia")[-1].startswith("En bref")
    answer(world, "luc", Answer.YES)
    assert "créneaux" in letters_to(world, "luc")[-1]
    with world.database.work() as session:
        open_ = session.exec(select(Ask.id).where(col(Ask.closed_at).is_(None))).all()
        assert open_


def test_whoever_launches_while_it_closes_comes_before_or_after(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")

    def begin() -> None:
        with suppress(Refused), world.database.work() as session:
            launch(session, scene, scene.people.marc, now=world.now)

    with ThreadPoolExecutor(2) as windows:
        for act in (windows.submit(begin), windows.submit(close, world, scene)):
            act.result()
    world.work()
    assert letters_to(world, "mia") == []
    with world.database.work() as session:
        assert set(session.exec(select(Launch.state))) <= {LaunchState.STOPPED}


def test_closing_a_job_leaves_the_times_of_another_ones_offer_alone(world: World) -> None:
    scene = on_the_way(world)
    zoe = scene.ids["Zoe"]
    with world.database.work() as session:
        marc = saved(scene.people.marc.id)
        for hour in range(2):
            begins = world.now + timedelta(days=6, hours=5 * hour)
            session.add(Slot(staff_id=marc, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
        session.flush()
        theirs = holding.hold_two(session, marc, zoe, until=world.now + timedelta(hours=48), now=world.now)
        another = Ask(
            talent_id=zoe,
            owner_id=marc,
            question=Question.SLOTS,
            asked_at=world.now,
            deadline=world.now + timedelta(days=2),
        )
        session.add(another)
        session.flush()
        for held in session.exec(select(Hold).where(col(Hold.slot_id).in_([slot.id for slot in theirs]))):
            held.ask_id = another.id
        before = holding.held_for(session, zoe, now=world.now)
    assert len(before) == 4
    close(world, scene)
    with world.database.work() as session:
        assert {slot.id for slot in holding.held_for(session, zoe, now=world.now)} == {slot.id for slot in theirs}
