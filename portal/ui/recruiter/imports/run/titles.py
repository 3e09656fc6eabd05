"""Titles whose job nobody can tell: asked one after the other, those of most lines first, and remembered."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.imports.job_values import forget_job, tell_job, unread_titles
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, say_n
from portal.talents import jobs
from portal.ui.components import block, button, finder
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.imports.run.state import Import
from portal.ui.session import notice
from portal.ui.words import word

FOUND_AT_ONCE = 6
LINES = N_("{count} line"), N_("{count} lines")
READ_AS, AS_WORDS = N_("“{title}” is read as “{job}” from now on."), N_("“{title}” stays as words from now on.")
MORE = N_("{count} more title after it."), N_("{count} more titles after it.")


@dataclass
class TitleRow:
    """One title, and how many lines hold it."""

    text: str
    lines: str


@dataclass
class Choice:
    """A job to choose."""

    value: str
    words: str


class Titles(Room):
    """The titles of a file that nobody can tell the job of."""

    audience: ClassVar[Audience] = RECRUITERS
    asked: TitleRow = TitleRow("", "")
    more: str = ""
    found: list[Choice] = []
    turn: int = 0
    _told_last: str = ""

    @rx.event
    async def load(self) -> None:
        """Begin with the title of most lines."""
        await self._ask()

    @rx.event
    async def find(self, text: str) -> None:
        """Find jobs by what was typed."""
        self.found = await self.inside(lambda door: found_jobs(door, str(text)))

    @rx.event
    async def pick(self, title: str, code: str) -> EventSpec | None:
        """Say which job this title is; "" for none that is known. The next title is asked: a second press is not about that."""
        if title != self.asked.text:
            return None
        told = await self.inside(lambda door: tell(door, title, str(code)))
        self._told_last = title
        await self._ask()
        return notice(told, undo=Titles.undo)

    @rx.event
    async def undo(self) -> None:
        """Ask again about the title told last."""
        title, self._told_last = self._told_last, ""
        await self.inside(lambda door: forget_job(door.session, door.who, title))
        await self._ask()

    async def _ask(self) -> None:
        run_id = self.number("import_id")
        asked_for = (await self.get_state(Import)).asked_for
        columns = {one.name: one.becomes for one in asked_for.columns}
        self.asked, self.more = await self.inside(lambda door: next_title(door, run_id, columns))
        self.found, self.turn = [], self.turn + 1


def next_title(door: Door, run_id: int, columns: dict[str, str]) -> tuple[TitleRow, str]:
    """Return the next title to ask about, and how many come after it; an empty one when there is none."""
    try:
        titles = unread_titles(door.session, door.who, run_id, columns or None)
    except Refused:  # taken in, or given up
        titles = []
    if not titles:
        return TitleRow("", ""), ""
    first, after = titles[0], len(titles) - 1
    row = TitleRow(first.text, say_n(door.locale, *LINES, first.lines))
    return row, say_n(door.locale, *MORE, after) if after else ""


def tell(door: Door, title: str, code: str) -> str:
    """Say which job a title is; return what that means."""
    tell_job(door.session, door.who, title, code, now=door.now)
    if not code:
        return say(door.locale, AS_WORDS, title=title)
    return say(door.locale, READ_AS, title=title, job=jobs.label(code, door.locale))


def found_jobs(door: Door, text: str) -> list[Choice]:
    """Return the jobs found by what was typed."""
    return [Choice(job.code, jobs.label(job.code, door.locale)) for job in jobs.search(text[:80], FOUND_AT_ONCE)]


def titles() -> rx.Component:
    """Draw the question about one title; nothing where every job is known."""
    asked = rx.el.div(
        rx.el.h2(word("Which job is this?")),
        rx.el.p(
            rx.el.strong(Titles.asked.text, custom_attrs={"translate": "no"}),
            " · ",
            Titles.asked.lines,
            aria_live="polite",
        ),
        finder(
            "find_title",
            word("Find the job"),
            Titles.found,
            on_change=Titles.find,
            on_pick=lambda code: Titles.pick(Titles.asked.text, code),
            hint=word("Asked once: the title is read so in every file from now on."),
            key=Titles.turn.to_string(),
        ),
        rx.el.div(
            button(word("No job of the list: it stays as words"), on_click=Titles.pick(Titles.asked.text, "")),
            class_name="buttons",
        ),
        rx.el.p(Titles.more, class_name="quiet-text"),
        class_name="form",
    )
    return rx.cond(Titles.asked.text != "", block(asked))
