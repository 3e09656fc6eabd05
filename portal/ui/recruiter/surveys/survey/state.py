"""One survey: whether it takes answers, and what came back."""

from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, ago, moment, number, say, say_n
from portal.surveys import actions
from portal.surveys.queries import QuestionResult, Said, results, survey_for, title
from portal.surveys.rules import Cnps
from portal.ui.components.pictures import Bar
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.surveys.state import signed
from portal.ui.session import notice

CLOSED = N_("The survey is closed: it takes no more answers, those given stay.")
OPEN_AGAIN = N_("The survey takes answers again.")
BALANCE = N_("{promoters}% say 9 or 10, {detractors}% say 0 to 6")
MOST_WORDS = 100
FIRST_WORDS = 10


@dataclass
class Words:
    """What someone wrote."""

    talent: str
    name: str
    text: str
    when: str
    exactly: str


@dataclass
class Result:
    """What came back to one question."""

    text: str
    kind: str
    n: str
    figure: str = ""
    told: str = ""
    bars: list[Bar] = field(default_factory=list)
    said: list[Words] = field(default_factory=list)
    rest: list[Words] = field(default_factory=list)


@dataclass
class Shown:
    """A survey with its results."""

    title: str = ""
    people: str = ""
    answered: bool = False
    closed: bool = False
    send: str = ""
    copied: str = ""
    results: list[Result] = field(default_factory=list)


class SurveyPage(Room):
    """One survey."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    face: str = "results"
    shown: Shown = Shown()
    _last: int = 0

    @rx.event
    async def load(self) -> None:
        """Read what came back; before anyone answered, the questions are what one comes for."""
        survey_id = self.number("survey_id")
        self.shown = await self.inside(lambda door: read(door, survey_id))
        self.face = "results" if self.shown.answered else "questions"
        self.loaded = True

    @rx.event
    def choose(self, face: str) -> None:
        """Show the results or the questions."""
        self.face = face if face in {"results", "questions"} else "results"

    @rx.event
    async def close(self) -> EventSpec:
        """Take no more answers; one press takes them again."""
        self._last = self.number("survey_id")
        self.shown, told = await self.inside(lambda door: _close(door, self._last))
        return notice(told, undo=SurveyPage.undo_close)

    @rx.event
    async def open_again(self) -> EventSpec:
        """Take answers again; one press closes it."""
        self._last = self.number("survey_id")
        self.shown, told = await self.inside(lambda door: _open_again(door, self._last))
        return notice(told, undo=SurveyPage.undo_open)

    @rx.event
    async def undo_close(self) -> EventSpec:
        """Open what was last closed."""
        self.shown, told = await self.inside(lambda door: _open_again(door, self._last))
        return notice(told)

    @rx.event
    async def undo_open(self) -> EventSpec:
        """Close what was last opened."""
        self.shown, told = await self.inside(lambda door: _close(door, self._last))
        return notice(told)


def read(door: Door, survey_id: int) -> Shown:
    """Return the survey with its results, in words."""
    survey = survey_for(door.session, door.who, survey_id)
    found = results(door.session, door.who, survey_id, locale=door.locale)
    return Shown(
        title(survey, door.locale),
        say_n(door.locale, N_("{count} person answered"), N_("{count} people answered"), found.n),
        found.n > 0,
        survey.closed_at is not None,
        f"/chains/new?template=survey&survey={survey_id}",
        f"/surveys/new?copy={survey_id}",
        [_result(door, one) for one in found.questions],
    )


def _close(door: Door, survey_id: int) -> tuple[Shown, str]:
    actions.close(door.session, door.who, survey_id, now=door.now)
    return read(door, survey_id), say(door.locale, CLOSED)


def _open_again(door: Door, survey_id: int) -> tuple[Shown, str]:
    actions.open_again(door.session, door.who, survey_id, now=door.now)
    return read(door, survey_id), say(door.locale, OPEN_AGAIN)


def _result(door: Door, one: QuestionResult) -> Result:
    shown = Result(one.text, one.kind, say_n(door.locale, N_("{count} answer"), N_("{count} answers"), one.n))
    most = max((count for _, count in one.counts), default=0) or 1
    shown.bars = [
        Bar(label, _count(door.locale, count, one.n), round(100 * count / most), _kind(one, label))
        for label, count in one.counts
    ]
    said = [_words(door, one_said) for one_said in one.texts[:MOST_WORDS]]
    shown.said, shown.rest = said[:FIRST_WORDS], said[FIRST_WORDS:]
    if one.cnps is not None:
        shown.figure, shown.told = signed(one.cnps.score), _balance(door.locale, one.cnps)
    if one.mean is not None:
        shown.figure = f"{one.mean:.1f}".replace(".", "," if door.locale == "fr" else ".") + " / 5"
    return shown


def _kind(one: QuestionResult, label: str) -> str:
    """Tell apart, for a recommendation, those who count for and against: the words beside the score say it too."""
    if one.kind != "nps":
        return "reachable"
    return "reachable" if int(label) >= 9 else "waits" if int(label) >= 7 else ""


def _count(locale: str, count: int, n: int) -> str:
    percent = str(round(100 * count / n)) if count else ""
    return say(locale, N_("{count} · {percent}%"), count=number(locale, count), percent=percent) if count else "0"


def _balance(locale: str, score: Cnps) -> str:
    if not score.n:
        return ""
    shares = {
        "promoters": round(100 * score.promoters / score.n),
        "detractors": round(100 * score.detractors / score.n),
    }
    return say(locale, BALANCE, **shares)


def _words(door: Door, said: Said) -> Words:
    at, zone = said.at, door.zone
    when = ago(door.locale, at, zone, door.now)
    return Words(f"/pool/{said.talent_id}", said.name, said.text, when, moment(door.locale, at, zone))
