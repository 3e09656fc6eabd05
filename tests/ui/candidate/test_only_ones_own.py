"""One candidate cannot touch another's anything: whatever id a browser sends, it is hers or it does not exist."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.consent.rules import Purpose
from portal.kit.embedded import Urls
from portal.kit.errors import NotFound
from portal.privacy.mirror import document
from portal.privacy.queries import Wanted, deadlines, decisions
from portal.replies import mine
from portal.replies.asking import ask
from portal.replies.saying import say_of_oneself, still_true
from portal.ui.candidate.consents import state as consents
from portal.ui.candidate.data import state as data
from portal.ui.candidate.data.shown import shown as data_shown
from portal.ui.candidate.home import questions
from portal.ui.candidate.home import state as home
from portal.ui.candidate.meetings import state as meetings
from portal.ui.candidate.messages import state as messages
from portal.ui.candidate.survey import state as survey
from portal.ui.candidate.wishes import state as wishes
from portal.ui.doors import CANDIDATES, Door
from tests.trust import contents_of
from tests.ui.candidate.people import Life, door, lives, member
from tests.world import World, living

Touch = Callable[[Door, Life], Any]

# Every act of her space that takes an id.
TOUCHES: dict[str, Touch] = {
    "answer her question": lambda d, her: questions._answer(d, {"ask": str(her.question), "answer": "no"}),
    "say why she refused": lambda d, her: questions._why(d, her.question, "salary"),
    "pick her time": lambda d, her: meetings._pick(d, her.slots_ask, her.slot),
    "refuse her times": lambda d, her: meetings._neither(d, her.slots_ask),
    "cancel her talk": lambda d, her: meetings._cancel(d, her.booking),
    "read her survey": lambda d, her: survey._sheet(d, her.survey_ask),
    "answer her survey": lambda d, her: survey._send(d, her.survey_ask, {"q_why": "parce que"}),
    "learn why she was written to": lambda d, her: messages._why(d, str(her.letter)),
}
NONSENSE = ["-1", "0", "x", "9" * 30, "1; DROP TABLE talent", None, "\x00"]


@pytest.fixture(scope="module")
def world(module_database: Urls) -> Iterator[World]:
    with living(module_database) as living_world:
        yield living_world


@pytest.fixture(scope="module")
def both(world: World) -> tuple[Life, Life]:
    return lives(world)


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES.keys())
def test_she_does_it_to_what_is_hers_and_to_nothing_of_another(
    world: World, both: tuple[Life, Life], touch: Touch
) -> None:
    camille, zoe = both
    before = contents_of(world.database)
    with world.database.work() as session, pytest.raises(NotFound):
        touch(door(session, world, camille.who), zoe)
    assert contents_of(world.database) == before


def test_the_states_of_her_space_let_no_staff_in() -> None:
    rooms = (home.MyHome, questions.MyQuestions, meetings.MyMeetings, messages.Messages, survey.MySurvey)
    rooms += (wishes.Wishes, consents.MyConsents, data.MyData)
    assert {room.audience for room in rooms} == {CANDIDATES}


def test_what_she_sees_holds_nothing_of_another(world: World, both: tuple[Life, Life]) -> None:
    camille, _ = both
    with world.database.work() as session:
        d = door(session, world, camille.who)
        pages = [home._home(d), questions._cards(d), meetings._seen(d), messages._read(d), data_shown(d)]
        pages += [consents._agreements(d), wishes.shown(d), document(session, camille.who, now=world.now)]
    told = repr(pages)
    assert "Camille" in told
    assert "Zoé" not in told
    assert "zoe@" not in told


@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
def test_nonsense_instead_of_an_id_is_no_page(world: World, both: tuple[Life, Life], nonsense: object) -> None:
    with world.database.work() as session:
        d = door(session, world, both[0].who)
        for touch in (
            lambda: questions._answer(d, {"ask": nonsense, "answer": "yes"}),
            lambda: meetings._cancel(d, nonsense),
            lambda: meetings._book(d, nonsense),
            lambda: messages._why(d, nonsense),
            lambda: consents._withdraw(d, nonsense),
            lambda: wishes._keep(d, "erased_at", nonsense),
            lambda: wishes._keep(d, "email", "hers@now.example"),
            lambda: wishes._choose(d, "said", "x", ticked=True),
        ):
            with pytest.raises(NotFound):
                touch()


def test_nobody_of_the_staff_has_a_space_of_their_own_in_there(world: World, both: tuple[Life, Life]) -> None:
    with world.database.work() as session:
        claire = member(session, "Claire")
        for read in (mine.waiting, mine.offered, mine.meetings, mine.free_times, still_true):
            with pytest.raises(NotFound):
                read(session, claire, now=world.now)
        with pytest.raises(NotFound):
            document(session, claire, now=world.now)
        with pytest.raises(NotFound):
            ask(session, claire, "Bonjour ?", now=world.now)
        with pytest.raises(NotFound):
            say_of_oneself(session, claire, {"does": "x"}, now=world.now)


def test_only_the_officer_reads_decisions_and_deadlines(world: World, both: tuple[Life, Life]) -> None:
    with world.database.work() as session:
        others = [both[0].who, member(session, "Claire"), member(session, "Ada")]
        for other in others:
            with pytest.raises(NotFound):
                decisions(session, other, Wanted())
            with pytest.raises(NotFound):
                deadlines(session, other, today=world.now.date())
        dora = member(session, "Dora")
        assert decisions(session, dora, Wanted(text="camille")).total > 0
        assert {row.name for row in decisions(session, dora, Wanted(text="camille@")).rows} == {"Camille Martin"}
        assert deadlines(session, dora, today=world.now.date()).owed == []


def test_the_officer_can_stop_nobody_and_agree_for_nobody(world: World, both: tuple[Life, Life]) -> None:
    camille, _ = both
    before = contents_of(world.database)
    with world.database.work() as session:
        d = door(session, world, member(session, "Dora"))
        acts = [
            lambda: consents.stopping.withdraw(session, d.who, camille.who.id, interface="portal", now=d.now),
            lambda: consents.stopping.object_to(
                session, d.who, camille.who.id, Purpose.POOL, interface="portal", now=d.now
            ),
            lambda: wishes._keep(d, "does", "x"),
        ]
        for act in acts:
            with pytest.raises(NotFound):
                act()
        session.rollback()
    assert contents_of(world.database) == before
