"""The questions that wait for an answer: the same words and the same consequences as behind the link of a letter."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.actions import ask_for
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say, short_day
from portal.kit.typed import typed
from portal.replies import actions as replies
from portal.replies import mine
from portal.replies.becoming import check_open
from portal.replies.mine import Waiting
from portal.replies.promising import promised
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import focus_on, notice

TITLES = {
    Question.STILL_LOOKING: N_("Are you open to an offer at the moment?"),
    Question.OPPORTUNITY: N_("Would this job interest you?"),
    Question.DIGEST: N_("Shall we talk about it?"),
    Question.SLOTS: N_("Which time suits you?"),
}
ANSWERS = {
    Answer.YES: N_("Yes"),
    Answer.MORE_INFO: N_("Tell me more"),
    Answer.LATER: N_("Later"),
    Answer.NO: N_("No, thank you"),
}
ON_DIGEST = {Answer.YES: N_("OK, let us talk"), Answer.NO: N_("Not for me")}
REASONS = {
    Reason.TOO_FAR: N_("Too far"),
    Reason.SALARY: N_("The salary"),
    Reason.TIMING: N_("Not the right time"),
    Reason.PROJECT: N_("I have another project"),
    Reason.CONTRACT: N_("The contract"),
    Reason.OTHER: N_("Something else"),
}
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass
class Fact:
    """A line about the job."""

    name: str
    value: str
    source: str = ""


@dataclass
class Pressed:
    """One thing to press."""

    value: str
    label: str
    after: str = ""
    kind: str = ""
    chosen: bool = False


@dataclass
class Card:
    """One question in words; `address` leads to its own page instead of buttons."""

    id: int
    title: str
    intro: str
    facts: list[Fact] = field(default_factory=list)
    text: str = ""
    answered: str = ""
    answers: list[Pressed] = field(default_factory=list)
    reasons: list[Pressed] = field(default_factory=list)
    address: str = ""
    to_label: str = ""


class MyQuestions(Room):
    """What they are asked."""

    audience: ClassVar[Audience] = CANDIDATES
    cards: list[Card] = []
    problem: str = ""
    wrong: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what waits."""
        self.cards, self.problem, self.wrong = await self.inside(_cards), "", ""

    @rx.event
    async def answer(self, ask_id: int, answer: str) -> EventSpec | None:
        """Answer by one click."""
        return await self._given({"ask": str(ask_id), "answer": answer})

    @rx.event
    async def answer_with(self, form: dict[str, Any]) -> EventSpec | None:
        """Answer with a day, or with a question of theirs."""
        return await self._given(form)

    @rx.event
    async def say_why(self, ask_id: int, reason: str) -> EventSpec:
        """Say why it is a no."""
        self.cards, told = await self.inside(lambda door: _why(door, ask_id, reason))
        return notice(told)

    async def _given(self, form: dict[str, Any]) -> EventSpec | None:
        try:
            self.cards, told = await self.inside(lambda door: _answer(door, form))
        except Told as told_why:
            self.problem = str(told_why)
            field = next((name for name in ("later", "words") if name in form), "")
            self.wrong = f"{field}-{form.get('ask')}"[:40] if field else ""
            return focus_on(self.wrong) if field else None
        self.problem = self.wrong = ""
        return notice(told)


def _cards(door: Door) -> list[Card]:
    return [_card(door, one) for one in mine.waiting(door.session, door.who, now=door.now)]


def _card(door: Door, one: Waiting) -> Card:
    asked, locale = one.asked, door.locale
    intro = say(
        locale,
        "{author}, {house}, asks you. You can answer {until}.",
        author=asked.author,
        house=asked.house,
        until=asked.open_until,
    )
    if one.question is Question.SURVEY:
        title = one.survey_fr if locale == "fr" else one.survey_en
        answered = say(locale, "You answered. You can correct your answers.") if one.answered_at else ""
        label = say(locale, "Answer")
        return Card(one.ask_id, title, intro, answered=answered, address=f"/me/survey/{one.ask_id}", to_label=label)
    title = say(locale, TITLES[one.question])
    if one.question is Question.SLOTS:
        return Card(one.ask_id, title, intro, address="/me/meetings", to_label=say(locale, "See the times"))
    facts = [Fact(name, value) for name, value in asked.facts]
    return Card(
        one.ask_id,
        title,
        intro,
        facts,
        asked.text,
        _answered(one, locale),
        _answers(one, locale),
        _reasons(one, locale),
    )


def _labels(question: Question) -> dict[Answer, str]:
    if question is Question.DIGEST:
        return ON_DIGEST
    return ANSWERS


def _answers(one: Waiting, locale: str) -> list[Pressed]:
    told_of = one.asked.promises
    return [
        Pressed(answer.value, say(locale, told), told_of[answer.value].before, answer.value, answer is one.answer)
        for answer, told in _labels(one.question).items()
    ]


def _answered(one: Waiting, locale: str) -> str:
    if one.answer is None:
        return ""
    label = say(locale, _labels(one.question).get(one.answer, ANSWERS[one.answer]))
    return say(locale, "You answered “{answer}”. You can change your mind.", answer=label)


def _reasons(one: Waiting, locale: str) -> list[Pressed]:
    if one.answer is not Answer.NO:
        return []
    return [Pressed(reason.value, say(locale, told), chosen=reason is one.reason) for reason, told in REASONS.items()]


def _answer(door: Door, form: dict[str, Any]) -> tuple[list[Card], str]:
    ask = _mine(door, form.get("ask"))
    answer = _choice(Answer, form.get("answer"))
    if answer not in _labels(ask.question) or ask.question in {Question.SLOTS, Question.SURVEY}:
        raise NotFound
    check_open(door.session, ask, now=door.now)
    later = _day(form.get("later")) if answer is Answer.LATER else None
    words = typed(form.get("words")) if answer is Answer.MORE_INFO else ""
    promise = promised(door.session, ask, locale=door.locale, zone=door.zone, now=door.now)[answer.value]
    replies.record(door.session, door.who, ask, answer, via="portal", later_on=later, words=words, now=door.now)
    door.session.flush()
    return _cards(door), _thanks(door, ask, promise.after)


def _thanks(door: Door, ask: Ask, follows: str) -> str:
    thanks = say(door.locale, "Thank you, it is noted.")
    if ask.answer is Answer.LATER and ask.later_on:
        day = short_day(door.locale, ask.later_on)
        thanks = say(door.locale, "It is noted. We write to you no sooner than {day}.", day=day)
    return f"{thanks} {follows}".strip()


def _why(door: Door, ask_id: object, reason: object) -> tuple[list[Card], str]:
    ask = _mine(door, ask_id)
    replies.give_reason(door.session, door.who, ask, _choice(Reason, reason), via="portal", now=door.now)
    door.session.flush()
    return _cards(door), say(door.locale, "Thank you: the next offer will be a better one.")


def _mine(door: Door, ask_id: object) -> Ask:
    """Fetch a question that is theirs, or nothing."""
    text = str(ask_id)
    if not text.isdecimal() or len(text) > 18:
        raise NotFound
    return ask_for(door.session, door.who, int(text))


def _choice(kind: type[Choice], value: object) -> Choice:
    try:
        return kind(str(value))
    except ValueError as unknown:
        raise NotFound from unknown


def _day(typed: object) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(str(typed))
    except ValueError as wrong:
        raise Refused("Choose a day after today.") from wrong
