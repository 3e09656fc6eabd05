"""The engine is one: a chain of every kind of step, with every answer, lived in the database and in memory, goes the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Slot
from portal.chains import actions as chains
from portal.chains import acts, engine
from portal.chains.memory import Memory
from portal.chains.models import Enrolment
from portal.chains.rows import Rows
from portal.chains.rules import Outcome, WaitsFor
from portal.chains.snapshot import snapshot
from portal.chains.steps import KINDS
from portal.chains.world import Done
from portal.conversations.actions import ask_for
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.db import saved
from portal.replies import actions as replies
from portal.replies import picking, responding
from portal.surveys import actions as surveys
from portal.talents.models import Talent
from tests.cast import NOW, as_candidate
from tests.scenes import launch, people_and_job
from tests.surveys.test_surveys import QUESTIONS
from tests.world import World

WORDS = {"subject": "Des nouvelles de {house}", "body": "Bonjour {first_name}, {knows}"}
TEXT = {"fr": WORDS, "en": WORDS}
LIVED = timedelta(days=110)
MORE_TIMES = timedelta(days=50)
LATER = date(2026, 12, 20)


@dataclass(frozen=True)
class Changed:
    """Another answer to what they answered already."""

    answer: Answer
    to: Question | None = None


# What each of them says, to whatever they were asked last; `None` lets half a day go by, ever after they are silent.
SCRIPTS: dict[str, tuple[object, ...]] = {
    "Zoe": (Answer.YES, Answer.YES, "pick", "filled in"),
    "Luc": (Answer.MORE_INFO, Answer.YES, "neither", "neither"),
    "Ines": (Answer.NO,),
    "Lea": (Answer.LATER,),
    "Mia": (),
    "Ali": (Answer.YES, Answer.NO),
    "Eva": (Answer.YES,),
    "Tom": (None, None, Answer.YES, None, Answer.YES),
    "Noa": (Answer.YES, Answer.YES, "neither", "pick"),
    "Sam": (Answer.NO, Changed(Answer.YES), Answer.YES, "pick"),
    "Bea": (Answer.YES, Answer.YES, "pick", Changed(Answer.NO, Question.DIGEST)),
    "Leo": (Answer.YES, Changed(Answer.LATER, Question.STILL_LOOKING)),
    "Ana": (Answer.YES, Answer.YES),
    "Max": (Answer.YES, "stop"),
    "Kim": ("stop",),
}


def every_kind(survey: int) -> dict[str, Any]:
    return {
        "steps": [
            {
                "type": "question",
                "key": "asked",
                "question": "still_looking",
                "text": TEXT,
                "on_yes": "offer",
                "on_more_info": "news",
                "on_no": "end",
                "on_later": "again",
                "on_silence": "opinion",
                "silence_days": 5,
            },
            {"type": "info", "key": "news", "text": TEXT, "next": "offer"},
            {
                "type": "digest",
                "key": "offer",
                "on_yes": "times",
                "on_no": "end",
                "on_silence": "end",
                "silence_days": 4,
            },
            {"type": "slots", "key": "times", "on_picked": "rest", "on_neither": "rest", "on_silence": "end"},
            {"type": "wait", "key": "rest", "days": 3, "next": "opinion"},
            {"type": "survey", "key": "opinion", "survey_id": survey, "text": TEXT, "next": "end", "silence_days": 6},
            {"type": "wait", "key": "again", "days": 2, "next": "offer"},
            {"type": "end", "key": "end"},
        ]
    }


def _told(one: Done, now: datetime) -> tuple[object, ...]:
    """The move, the letter (to whom, at which step, for which hour) or what held it, and the effects; no number of a row."""
    letter = one.sent and (
        one.sent.content.template,
        one.sent.draft.request.kind,
        one.sent.decision.until,
        one.sent.until,
    )
    held = one.held and (one.held[1].verdict, one.held[1].because, one.held[1].until)
    effects = tuple(type(effect).__name__ for effect in one.effects)
    return now, one.way.here.talent_id, one.way.here.step, one.move, letter, held, effects


class Journal:
    """What an engine had its world carry out, whatever the world."""

    def __init__(self, patch: pytest.MonkeyPatch, world: type[Rows] | type[Memory]) -> None:
        self.told: list[tuple[object, ...]] = []
        plain = world.carry_out

        def noted(which: Any, done: Sequence[Done], now: datetime) -> None:
            self.told += [_told(one, now) for one in done if one.move or one.effects]
            plain(which, done, now)

        patch.setattr(world, "carry_out", noted)

    def at(self, now: datetime) -> list[tuple[object, ...]]:
        return sorted((one for one in self.told if one[0] == now), key=repr)


@dataclass
class Actor:
    """One person of both worlds, with what they still have to say."""

    talent: int
    way: int
    script: list[object]

    def next_act(self, session: Session, now: datetime) -> object:
        """Return what they say now, if they were asked something it answers."""
        return self.script.pop(0) if self.has_something_to_say(session, now) else None

    def has_something_to_say(self, session: Session, now: datetime) -> bool:
        return bool(self.script) and _fits(self.script[0], _asked(session, self.talent, self.script[0]), now)


def _asked(session: Session, talent_id: int, said: object) -> Ask | None:
    """What it answers: what they were asked last, or the question whose answer they change."""
    theirs = select(Ask).where(col(Ask.talent_id) == talent_id)
    if isinstance(said, Changed) and said.to is not None:
        theirs = theirs.where(col(Ask.question) == said.to)
    return session.exec(theirs.order_by(col(Ask.id).desc())).first()


def _fits(said: object, ask: Ask | None, now: datetime) -> bool:
    if said in {"stop", None}:
        return True
    if ask is None or ask.closed_at is not None or ask.deadline <= now:
        return False
    match said:
        case Changed(_):
            return ask.answer is not None
        case Answer():
            return ask.answer is None and ask.question in {Question.STILL_LOOKING, Question.DIGEST}
        case "filled in":
            return ask.question is Question.SURVEY
        case _:
            return ask.answer is None and ask.question is Question.SLOTS


def in_rows(world: World, one: Actor, said: object) -> None:
    with world.database.work() as session:
        them, now = as_candidate(session.get_one(Talent, one.talent)), world.now
        if said == "stop":
            ways = chains.enrolments_of(session, one.talent)
            chains.end_enrolments(session, them, ways, Outcome.UNSUBSCRIBED, now=now)
            return
        asked = _asked(session, one.talent, said)
        assert asked is not None
        ask = ask_for(session, them, saved(asked.id))
        match said.answer if isinstance(said, Changed) else said:
            case Answer() as answer:
                later = LATER if answer is Answer.LATER else None
                replies.record(session, them, ask, answer, via="portal", later_on=later, now=now)
            case "filled in":
                responding.respond(session, them, ask, {"nps": 9}, now=now)
            case "neither":
                picking.neither(session, them, ask, now=now)
            case "pick":
                picking.pick(session, them, ask, _held(session, one.talent, now), now=now)


def _held(session: Session, talent_id: int, now: datetime) -> int:
    return saved(holding.held_for(session, talent_id, now=now)[0].id)


def in_memory(memory: Memory, one: Actor, said: object, now: datetime) -> None:
    match said.answer if isinstance(said, Changed) else said:
        case Answer() as answer:
            to = said.to if isinstance(said, Changed) else None
            acts.answer(memory, one.way, answer, to=to, later_on=LATER if answer is Answer.LATER else None, now=now)
        case "filled in":
            acts.respond(memory, one.way, now=now)
        case "neither":
            acts.neither(memory, one.way, now=now)
        case "pick":
            acts.pick(memory, one.way, memory.diary.held_for(one.talent, now=now)[0], now=now)
        case "stop":
            acts.stop(memory, one.way, Outcome.UNSUBSCRIBED, now=now)


def begin(world: World) -> tuple[list[Actor], Memory]:
    """Claire launches the chain of every kind; what stands then is what memory begins with."""
    with world.database.work() as session:
        scene = people_and_job(session, *SCRIPTS, slots=7)
        claire = scene.people.claire
        survey = surveys.create(session, claire, "Votre avis", "Your view", QUESTIONS, now=NOW)
        scene.version = saved(chains.save(session, claire, scene.chain, every_kind(saved(survey.id)), now=NOW).id)
        launched = launch(session, scene, claire, now=NOW)
    with world.database.work() as session:
        assert chains.enrol_due(session, now=NOW) == 1
    with world.database.work() as session:
        ways = {way.talent_id: saved(way.id) for way in session.exec(select(Enrolment))}
        memory = snapshot(session, [launched], now=NOW)
    actors = [Actor(scene.ids[name], ways[scene.ids[name]], list(script)) for name, script in SCRIPTS.items()]
    return actors, memory


def _next(world: World, memory: Memory, actors: Sequence[Actor]) -> datetime:
    """Return when to look again: half a day on while somebody has something to say (at night too), else when more is due."""
    with world.database.work() as session:
        if any(one.has_something_to_say(session, world.now) for one in actors):
            return world.now + timedelta(hours=12)
    due = [one.due_at for one in memory.standings.values() if one.due_at] + [one.not_before for one in memory.outbox]
    return min((at for at in due if at > world.now), default=max(world.now + timedelta(hours=12), NOW + MORE_TIMES))


def offer(world: World, memory: Memory) -> None:
    """Claire offers times again: whoever waited for some is woken."""
    waiting = [one for one in memory.standings.values() if one.waits_for is WaitsFor.TIMES]
    assert waiting
    owner, begins = waiting[0].here.owner_id, world.now + timedelta(days=5)
    with world.database.work() as session:
        more = [
            Slot(staff_id=owner, starts_at=begins + timedelta(hours=n), ends_at=begins + timedelta(hours=n + 1))
            for n in range(6)
        ]
        session.add_all(more)
    memory.diary.slots[owner] += more


def test_a_chain_of_every_kind_goes_the_same_way_in_the_database_and_in_memory(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, remembered = Journal(monkeypatch, Rows), Journal(monkeypatch, Memory)
    actors, memory = begin(world)
    assert {step["type"] for step in every_kind(1)["steps"]} == set(KINDS)
    offered = False
    while world.now < NOW + LIVED:
        with world.database.work() as session:
            acts = [(one, said) for one in actors if (said := one.next_act(session, world.now)) is not None]
        for one, said in acts:
            in_rows(world, one, said)
            in_memory(memory, one, said, world.now)
        for _ in range(2):
            world.work()
        while engine.wake(memory, world.now) + engine.advance(memory, world.now):
            pass
        assert remembered.at(world.now) == rows.at(world.now)
        if not offered and world.now >= NOW + MORE_TIMES:
            offer(world, memory)
            offered = True
        world.now = _next(world, memory, actors)
    assert [one.script for one in actors if one.script] == []
    with world.database.work() as session:
        stand = {
            way.id: (way.step, way.state, way.outcome, way.due_at, way.waits_for)
            for way in session.exec(select(Enrolment))
        }
    assert stand == {
        way: (one.here.step, one.here.state, one.here.outcome, one.due_at, one.waits_for)
        for way, one in memory.standings.items()
    }
    effects = {name for one in rows.told for name in cast("tuple[str, ...]", one[6])}
    assert effects == {
        "OpenConversation",
        "EndTheTalking",
        "LetGoOfTimes",
        "CallOffTheTalk",
        "ThankForNo",
        "Task",
        "CloseTheWay",
        "TakeBack",
    }
