"""Writes a questionnaire: the State behind both the new survey and the saved one."""

from collections.abc import Sequence
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.surveys import actions
from portal.surveys.queries import answers_to, survey_for
from portal.surveys.rules import MOST_QUESTIONS, OPTIONS, read
from portal.surveys.starter import STARTER, TITLE_EN, TITLE_FR
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.surveys import drafting
from portal.ui.recruiter.surveys.drafting import QuestionDraft
from portal.ui.session import notice

SAVED = N_("The survey is saved.")
COPY_FR, COPY_EN = " (copie)", " (copy)"
Draft = tuple[str, str, list[QuestionDraft], bool]


class Editor(Room):
    """What is being written."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    title_fr: str = ""
    title_en: str = ""
    questions: list[QuestionDraft] = []
    answered: bool = False
    problem: str = ""
    face: str = "fr"
    _survey_id: int = 0

    @rx.event
    async def begin(self) -> None:
        """Begin a new survey, or a copy of another."""
        copied = self.asked("copy")
        survey_id = int(copied) if copied.isdecimal() and len(copied) < 19 else 0
        self._open(0, await self.inside(lambda door: start(door, survey_id)))

    @rx.event
    async def load(self) -> None:
        """Open the saved survey of this page."""
        survey_id = self.number("survey_id")
        self._open(survey_id, await self.inside(lambda door: opened(door, survey_id)))

    @rx.event
    def title(self, language: str, text: str) -> None:
        """Write the title in one language."""
        if language in {"fr", "en"}:
            setattr(self, f"title_{language}", str(text)[:200])

    @rx.event
    def tell(self, code: str, language: str, text: str) -> None:
        """Write a question in one language."""
        self.questions = drafting.told(self.questions, code, language, text)

    @rx.event
    def demand(self, code: str, required: bool) -> None:
        """Require an answer, or not."""
        self.questions = drafting.demanded(self.questions, code, required=bool(required))

    @rx.event
    def add(self, kind: str) -> EventSpec | None:
        """Add a question at the end."""
        if len(self.questions) >= MOST_QUESTIONS or self.answered:
            return None
        self.questions = drafting.added(self.questions, kind)
        return rx.call_script(
            "requestAnimationFrame(() => [...document.querySelectorAll('.question')].at(-1)?.focus())"
        )

    @rx.event
    def remove(self, code: str) -> None:
        """Take a question out."""
        self.questions = self.questions if self.answered else drafting.removed(self.questions, code)

    @rx.event
    def move(self, code: str, by: int) -> None:
        """Move a question up or down."""
        self.questions = self.questions if self.answered else drafting.moved(self.questions, code, by)

    @rx.event
    def add_option(self, code: str) -> None:
        """Add something to choose."""
        full = any(one.code == code and len(one.options) >= OPTIONS[1] for one in self.questions)
        self.questions = self.questions if full or self.answered else drafting.with_option(self.questions, code)

    @rx.event
    def remove_option(self, code: str, option: str) -> None:
        """Take something to choose out."""
        self.questions = self.questions if self.answered else drafting.without_option(self.questions, code, option)

    @rx.event
    def tell_option(self, code: str, option: str, language: str, text: str) -> None:
        """Write something to choose in one language."""
        self.questions = drafting.option_told(self.questions, code, option, language, text)

    @rx.event
    def look(self, language: str) -> None:
        """Show the preview in this language."""
        self.face = language if language in {"fr", "en"} else "fr"

    @rx.event
    async def save(self) -> EventSpec | list[EventSpec] | None:
        """Keep the survey, or say where it must be mended."""
        draft, survey_id = (self.title_fr, self.title_en, self.questions, self.answered), self._survey_id
        saved, number, told = await self.inside(lambda door: keep(door, survey_id, draft))
        self.questions = drafting.marked(self.questions, number, told if number else "")
        self.problem = "" if saved or number else told
        if not saved:
            return rx.call_script("document.querySelector('.question [role=alert]:not(:empty)')?.scrollIntoView()")
        return notice(told) if survey_id else [notice(told), rx.redirect(f"/surveys/{saved}")]

    def _open(self, survey_id: int, draft: Draft) -> None:
        self.title_fr, self.title_en, self.questions, self.answered = draft
        self._survey_id, self.problem, self.loaded = survey_id, "", True


def start(door: Door, copied: int) -> Draft:
    """Return what a new survey begins with."""
    if not copied:
        return TITLE_FR, TITLE_EN, drafting.drafted(STARTER), False
    title_fr, title_en, questions, _ = opened(door, copied)
    return title_fr + COPY_FR, title_en + COPY_EN, questions, False


def opened(door: Door, survey_id: int) -> Draft:
    """Return a saved survey to write on, and whether anyone answered."""
    survey = survey_for(door.session, door.who, survey_id)
    answered = answers_to(door.session, door.who, survey_id) > 0
    return survey.title_fr, survey.title_en, drafting.drafted(read(survey.questions)), answered


def keep(door: Door, survey_id: int, draft: Draft) -> tuple[int, int | None, str]:
    """Return the survey's id (0 if it was not kept), the number of the question to mend, and what to say."""
    title_fr, title_en, questions, _ = draft
    try:
        saved = _keep(door, survey_id, title_fr, title_en, questions)
    except Refused as refused:
        number = refused.params.get("number")
        told = say(door.locale, refused.sentence, **refused.params)
        return 0, number if isinstance(number, int) else None, told
    return saved, None, say(door.locale, SAVED)


def _keep(door: Door, survey_id: int, title_fr: str, title_en: str, questions: Sequence[QuestionDraft]) -> int:
    written = drafting.document(questions)
    if survey_id:
        actions.edit(door.session, door.who, survey_id, title_fr, title_en, written, now=door.now)
        return survey_id
    return actions.create(door.session, door.who, title_fr, title_en, written, now=door.now).id or 0
