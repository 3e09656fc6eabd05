"""One experience survey: its questions, the answers given so far, and sending them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.actions import ask_for
from portal.kit.errors import NotFound
from portal.kit.i18n import say
from portal.replies.becoming import WHY_NOT
from portal.replies.queries import asked
from portal.replies.responding import respond
from portal.surveys.document import Choice, Nps, Question, Scale
from portal.surveys.queries import to_answer
from portal.surveys.rules import WrongAnswers
from portal.ui.doors import CANDIDATES, Audience, Door, Room, Told
from portal.ui.session import focus_on

# A form field is never called like one of the page's own.
FIELD = "q_"


@dataclass
class Option:
    """One thing to tick."""

    value: str
    label: str


@dataclass
class Asked:
    """One question: `text` for free words, `pick` for one of the options."""

    key: str
    kind: str
    text: str
    required: bool
    given: str
    hint: str = ""
    options: list[Option] = field(default_factory=list)


@dataclass
class Sheet:
    """The survey in words."""

    title: str = ""
    intro: str = ""
    until: str = ""
    why_closed: str = ""
    questions: list[Asked] = field(default_factory=list)


class MySurvey(Room):
    """The survey the address names."""

    audience: ClassVar[Audience] = CANDIDATES
    loaded: bool = False
    sheet: Sheet = Sheet()
    thanked: bool = False
    problem: str = ""
    wrong: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        """Read it."""
        ask_id = self.number("ask_id")
        self.loaded = False
        self.sheet = await self.inside(lambda door: _sheet(door, ask_id))
        self.thanked, self.problem, self.wrong, self.loaded = False, "", {}, True

    @rx.event
    async def send(self, form: dict[str, Any]) -> EventSpec | None:
        """Keep their answers."""
        ask_id = self.number("ask_id")
        try:
            sheet, self.wrong = await self.inside(lambda door: _try(door, ask_id, form))
        except Told as told:
            self.problem, self.wrong = str(told), {}
            return rx.scroll_to("problem")
        if self.wrong:
            self.problem = next(iter(self.wrong.values()))
            return focus_on(FIELD + next(iter(self.wrong)))
        self.sheet, self.thanked, self.problem = sheet, True, ""
        return None


def _sheet(door: Door, ask_id: int) -> Sheet:
    ask = ask_for(door.session, door.who, ask_id)
    if ask.survey_id is None:
        raise NotFound
    survey = to_answer(door.session, door.who, ask.survey_id, ask.talent_id)
    told = asked(door.session, ask, locale=door.locale, zone=door.zone, now=door.now)
    intro = say(
        door.locale,
        "{author}, {house}, would like to know how it went. Your recruiters read your answers with your name.",
        author=told.author,
        house=told.house,
    )
    until = say(door.locale, "You can correct your answers {until}.", until=told.open_until)
    return Sheet(
        title=survey.title_fr if door.locale == "fr" else survey.title_en or survey.title_fr,
        intro=intro,
        until=until,
        why_closed="" if told.fate.open else say(door.locale, WHY_NOT[told.fate.became]),
        questions=[_question(door, one, survey.answers.get(one.key)) for one in survey.questionnaire.questions],
    )


def _question(door: Door, one: Question, given: object) -> Asked:
    language = "fr" if door.locale == "fr" else "en"
    told = Asked(one.key, "pick", one.text(language), one.required, "" if given is None else str(given))
    match one:
        case Choice():
            told.options = [Option(option.key, option.text(language)) for option in one.options]
            told.hint = say(door.locale, "Choose one.")
        case Nps():
            told.options = [Option(str(score), str(score)) for score in range(11)]
            told.hint = say(door.locale, "0: not at all likely · 10: extremely likely")
        case Scale():
            told.options = [Option(str(step), str(step)) for step in range(1, 6)]
            told.hint = say(door.locale, "1: not at all · 5: very much")
        case _:
            told.kind = "text"
    return told


def _try(door: Door, ask_id: int, form: dict[str, Any]) -> tuple[Sheet, dict[str, str]]:
    """Send them, or say of each answer that cannot be kept why not; what was typed stands where it is."""
    try:
        return _send(door, ask_id, form), {}
    except WrongAnswers as refused:
        return Sheet(), {key: say(door.locale, one.sentence, **one.params) for key, one in refused.wrong.items()}


def _send(door: Door, ask_id: int, form: dict[str, Any]) -> Sheet:
    ask = ask_for(door.session, door.who, ask_id)
    given = {name.removeprefix(FIELD): str(value) for name, value in form.items() if name.startswith(FIELD)}
    respond(door.session, door.who, ask, given, now=door.now)
    door.session.flush()
    return _sheet(door, ask_id)
