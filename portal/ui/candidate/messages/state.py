"""All that was said between someone and us, and a question of theirs."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.labels import answer_label, reason_label
from portal.conversations.queries import Said, conversation_of, thread
from portal.conversations.rules import Answer, Question
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, moment, say, short_day
from portal.kit.zones import moment_in
from portal.postbox.rules import LetterState
from portal.privacy.why import why_this_letter
from portal.replies.asking import ask
from portal.replies.mine import picked, whom_to_ask
from portal.ui.candidate.home.questions import Fact
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import focus_on, notice

_STATES = {
    LetterState.QUEUED: N_("on its way"),
    LetterState.SENDING: N_("on its way"),
    LetterState.FAILED: N_("could not be delivered"),
    LetterState.UNKNOWN: N_("perhaps not delivered"),
    LetterState.CANCELLED: N_("cancelled before it left"),
}
_QUESTIONS = {
    Question.STILL_LOOKING: N_("Are you open to an offer at the moment?"),
    Question.OPPORTUNITY: N_("Would this job interest you?"),
    Question.DIGEST: N_("Shall we talk about it?"),
    Question.SLOTS: N_("Which time suits you?"),
    Question.SURVEY: N_("How did it go?"),
}


@dataclass
class Line:
    """One thing said; `letter` names ours, for the question why; `way` leads to where what it asks can still be answered."""

    who: str
    when: str
    exactly: str
    side: str
    subject: str
    text: str
    letter: str
    note: str
    facts: list[Fact] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    way: str = ""


class Messages(Room):
    """The thread."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    lines: list[Line] = []
    whom: str = ""
    can_ask: bool = False
    problem: str = ""
    asked: int = 0
    why_of: str = ""
    why: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Read it."""
        self._show(await self.inside(_read))
        self.problem, self.why_of, self.why, self.loaded = "", "", [], True

    @rx.event
    async def ask(self, form: dict[str, Any]) -> EventSpec | None:
        """Send their question."""
        try:
            read, told = await self.inside(lambda door: _ask(door, form))
        except Told as why_not:
            self.problem = str(why_not)
            return focus_on("question")
        self._show(read)
        self.problem, self.asked = "", self.asked + 1
        return notice(told)

    @rx.event
    async def explain(self, letter: str) -> None:
        """Tell why they got a letter; a second press puts it away."""
        if self.why_of == letter:
            self.why_of, self.why = "", []
            return
        self.why = await self.inside(lambda door: _why(door, letter))
        self.why_of = letter

    def _show(self, read: tuple[list[Line], str, bool]) -> None:
        self.lines, self.whom, self.can_ask = read


# The times they picked, each with the zone of whose time it is.
_Times = dict[int, tuple[datetime, str]]


def _read(door: Door) -> tuple[list[Line], str, bool]:
    said = thread(door.session, door.who, door.who.id)
    talking = conversation_of(door.session, door.who, door.who.id)
    whom = say(door.locale, "{recruiter} reads it and answers you.", recruiter=talking.owner) if talking else ""
    whom = whom or say(door.locale, "The recruiter who last wrote to you reads it and answers you.")
    times = picked(door.session, door.who)
    return [_line(door, one, times) for one in reversed(said)], whom, whom_to_ask(door.session, door.who) is not None


def _line(door: Door, one: Said, times: _Times) -> Line:
    when, exactly = ago(door.locale, one.at, door.zone, door.now), moment(door.locale, one.at, door.zone, door.now)
    if one.theirs:
        text = _answered(door, one, times) if one.question else one.text
        return Line(say(door.locale, "You"), when, exactly, "theirs", "", text, "", "")
    state = _STATES.get(one.state) if one.state else None
    return Line(
        who=one.by or say(door.locale, "The house"),
        when=when,
        exactly=exactly,
        side="ours",
        subject=one.subject,
        text=one.text,
        letter=str(one.letter_id or ""),
        note=say(door.locale, state) if state else "",
        facts=[Fact(name, value) for name, value in one.facts],
        choices=list(one.choices),
        way=_way(door, one),
    )


_WAYS = {Question.SLOTS: "/me/meetings"}


def _way(door: Door, one: Said) -> str:
    """Return where they may still answer what a letter asked; nothing once its deadline has passed or it is settled."""
    if (
        one.open_until is None
        or one.question is None
        or one.open_until <= door.now
        or one.state is not LetterState.SENT
    ):
        return ""
    return _WAYS.get(one.question, "/me")


def _answered(door: Door, one: Said, times: _Times) -> str:
    if one.question is Question.SURVEY and one.answer is None:
        return say(door.locale, "You answered the survey.")
    if one.question is Question.SLOTS and one.answer is not None:
        taken = times.get(one.ask_id or 0)
        if one.answer is not Answer.YES or taken is None:
            return say(door.locale, "Neither time suited you.")
        when = moment_in(door.locale, taken[0], door.zone, taken[1], door.now)
        return say(door.locale, "You picked: {when}.", when=when)
    question = say(door.locale, _QUESTIONS[one.question]) if one.question else ""
    answer = answer_label(door.locale, one.answer) if one.answer else ""
    if one.reason:
        answer = f"{answer} ({reason_label(door.locale, one.reason)})"
    elif one.later_on:
        answer = say(door.locale, "{answer}, not before {day}", answer=answer, day=short_day(door.locale, one.later_on))
    return say(door.locale, "“{question}” You answered: {answer}.", question=question, answer=answer)


def _ask(door: Door, form: dict[str, Any]) -> tuple[tuple[list[Line], str, bool], str]:
    ask(door.session, door.who, str(form.get("question", "")), now=door.now)
    door.session.flush()
    return _read(door), say(door.locale, "It is sent: a person reads it, no machine answers.")


def _why(door: Door, letter: object) -> list[str]:
    try:
        letter_id = uuid.UUID(str(letter))
    except ValueError as wrong:
        raise NotFound from wrong
    return why_this_letter(door.session, door.who, letter_id, now=door.now)
