"""A chain while it is being written: one draft, drawn anew after each change."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.chains import actions, editing, queries
from portal.chains.templates import TEMPLATES
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, moment, say, say_n
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.chain.drawing import BranchRow, CheckRow, StepRow, drawn
from portal.ui.session import notice

NAMES = {
    "still_looking": N_("Still looking?"),
    "similar_opportunity": N_("Similar opportunity"),
    "thank_you": N_("Thank-you letter"),
}
SAVED = N_("Version {number} is saved. People on the way keep theirs.")
RENAMED = N_("The chain has its new name.")
UNCHANGED = N_("Nothing has changed since version {number}.")
PUT_AWAY = N_("{name} is put away. What was launched goes on.")
_LONGEST_TEXT = 8_000
_MOST_STEPS = 60


@dataclass
class VersionRow:
    """One version in words."""

    number: int
    told: str
    when: str
    exactly: str
    people: str
    now: bool


class Editor(Room):
    """The draft, the step that is open, and what is to be mended."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    name: str = ""
    here: str = ""  # the chain's own id in addresses; empty while it is not saved
    version: str = ""
    archived: bool = False
    changed: bool = False
    turn: int = 0  # fields are drawn afresh when it changes
    language: str = "fr"
    problem: str = ""
    steps: list[StepRow] = []
    checks: list[CheckRow] = []
    checks_told: str = ""
    versions: list[VersionRow] = []
    surveys: list[list[str]] = []
    open_step: str = ""
    kind: str = ""
    kind_told: str = ""
    question: str = ""
    subject_fr: str = ""
    body_fr: str = ""
    subject_en: str = ""
    body_en: str = ""
    days: str = ""
    silence_days: str = ""
    survey: str = ""
    branches: list[BranchRow] = []
    targets: list[list[str]] = []
    letter: str = ""
    letter_subject: str = ""
    letter_problem: str = ""
    _draft: str = ""
    _kept: str = ""
    _kept_name: str = ""
    _template: str = ""

    @rx.event
    async def load(self) -> None:
        """Open a chain; a draft that was left in the middle is still there."""
        asked = str(self.number("chain_id"))
        if self.loaded and self.here == asked and self.changed:
            return
        self._take(await self.inside(lambda door: _chain(door, int(asked))))
        self._open(first=True)
        await self._show()

    @rx.event
    async def begin(self) -> None:
        """Begin a chain, from a template or from nothing."""
        template = self.asked("template")
        if self.loaded and not self.here and self.changed and self._template == template:
            return
        self._template = template
        self._take(await self.inside(lambda door: _new(door, template)))
        self._open(first=True)
        await self._show()

    @rx.event
    async def open(self, key: str) -> None:
        """Open a step, or close it if it is open."""
        self.open_step = "" if key == self.open_step else key[:60]
        await self._show()

    @rx.event
    async def mend(self, key: str) -> None:
        """Open the step a check speaks of."""
        self.open_step = key[:60]
        await self._show()

    @rx.event
    async def choose_language(self, language: str) -> None:
        """Show the letter in French or in English."""
        self.language = "en" if language == "en" else "fr"
        await self._show()

    @rx.event
    async def wrote(self, language: str, part: str, text: str) -> None:
        """Take in what is being written."""
        await self._change(lambda draft: editing.write(draft, self.open_step, language, part, text[:_LONGEST_TEXT]))

    @rx.event
    async def counted(self, name: str, text: str) -> None:
        """Take in a number of days."""
        await self._change(lambda draft: editing.number(draft, self.open_step, name, text))

    @rx.event
    async def choose_survey(self, survey: str) -> None:
        """Take in which survey is sent."""
        await self._change(lambda draft: editing.number(draft, self.open_step, "survey_id", survey))

    @rx.event
    async def choose_question(self, question: str) -> None:
        """Take in what is asked."""
        await self._change(lambda draft: editing.ask(draft, self.open_step, question[:40]))

    @rx.event
    async def lead(self, branch: str, target: str) -> None:
        """Say where a branch leads."""
        await self._change(lambda draft: editing.link(draft, self.open_step, branch, target[:60]))

    @rx.event
    async def add(self, kind: str) -> None:
        """Add a step after the open one, or at the end of the way."""
        await self._change(lambda draft: _add(draft, kind, self.open_step))

    @rx.event
    async def remove(self, key: str) -> None:
        """Take a step out."""
        await self._change(lambda draft: editing.remove(draft, key))

    @rx.event
    async def move(self, key: str, by: int) -> None:
        """Move a step up or down."""
        await self._change(lambda draft: editing.move(draft, key, 1 if by > 0 else -1))

    @rx.event
    async def call(self, name: str) -> None:
        """Take in the chain's name."""
        self.name = name[:200]
        self._compare()

    @rx.event
    async def look_back(self, number: int) -> None:
        """Take an earlier version as the draft."""
        here = int(self.here or 0)
        draft = await self.inside(lambda door: _version(door, here, number))
        self._draft = json.dumps(draft)
        self._open(first=True)
        self.turn += 1
        self._compare()
        await self._show()

    @rx.event
    async def discard(self) -> None:
        """Go back to what is saved."""
        self._draft, self.name = self._kept, self._kept_name
        self._open(first=True)
        self.turn += 1
        self._compare()
        await self._show()

    @rx.event
    async def save(self) -> EventSpec | list[EventSpec] | None:
        """Save a new version, or say what is to be mended first."""
        draft, name, here = json.loads(self._draft), self.name, int(self.here or 0)
        try:
            chain, told = await self.inside(lambda door: _save(door, here, name, draft))
        except Told as refused:
            self.problem = str(refused)
            return None
        self.changed = False
        if not here:
            return [rx.redirect(f"/chains/{chain}", replace=True), notice(told)]
        opened = self.open_step
        self._take(await self.inside(lambda door: _chain(door, here)))
        self.open_step = opened
        await self._show()
        return notice(told)

    @rx.event
    async def archive(self) -> EventSpec:
        """Put the chain away."""
        here = int(self.here or 0)
        told = await self.inside(lambda door: _archive(door, here))
        self.archived = True
        return notice(told, undo=Editor.bring_back)

    @rx.event
    async def bring_back(self) -> None:
        """Undo `archive`."""
        here = int(self.here or 0)
        await self.inside(lambda door: actions.bring_back(door.session, door.who, here, now=door.now))
        self.archived = False

    async def _change(self, act: Callable[[dict[str, Any]], str | None]) -> None:
        draft = json.loads(self._draft or "{}") or editing.blank()
        opened = act(draft)
        if opened:
            self.open_step = opened
        self._draft = json.dumps(draft)
        self._compare()
        await self._show()

    def _compare(self) -> None:
        self.changed = self._draft != self._kept or self.name.strip() != self._kept_name
        self.problem = ""

    def _open(self, *, first: bool) -> None:
        steps = json.loads(self._draft)["steps"]
        self.open_step = steps[0]["key"] if first and steps[0]["type"] != "end" else ""

    def _take(self, seen: dict[str, Any]) -> None:
        for name, value in seen.items():
            setattr(self, name, value)
        self.changed, self.problem = False, ""
        self.turn += 1

    async def _show(self) -> None:
        draft, opened, language = json.loads(self._draft or "{}") or editing.blank(), self.open_step, self.language
        shown = await self.inside(lambda door: drawn(door, draft, opened, language))
        for name, value in shown.items():
            setattr(self, name, value)
        self.loaded = True


def _chain(door: Door, chain_id: int) -> dict[str, Any]:
    chain = queries.chain_for(door.session, door.who, chain_id)
    newest = chain.versions[0]
    draft = json.dumps(newest.definition)
    return {
        "name": chain.name,
        "here": str(chain.id),
        "version": say(door.locale, N_("Version {number}"), number=newest.number),
        "archived": chain.archived,
        "versions": [_version_row(door, one, newest.number) for one in chain.versions],
        "_draft": draft,
        "_kept": draft,
        "_kept_name": chain.name,
    }


def _version_row(door: Door, one: queries.VersionRow, newest: int) -> VersionRow:
    people = say_n(door.locale, "{count} person on the way", "{count} people on the way", one.on_the_way)
    launched = say_n(door.locale, "{count} launch", "{count} launches", one.launches)
    return VersionRow(
        number=one.number,
        told=say(door.locale, N_("Version {number}, by {author}"), number=one.number, author=one.author),
        when=ago(door.locale, one.created_at, door.zone, door.now),
        exactly=moment(door.locale, one.created_at, door.zone),
        people=f"{launched} · {people}" if one.launches else say(door.locale, N_("never launched")),
        now=one.number == newest,
    )


def _version(door: Door, chain_id: int, number: int) -> dict[str, Any]:
    for one in queries.chain_for(door.session, door.who, chain_id).versions:
        if one.number == number:
            return editing.kept(one.definition)
    raise NotFound


def _new(door: Door, template: str) -> dict[str, Any]:
    name = say(door.locale, NAMES[template]) if template in NAMES else ""
    draft = json.dumps(TEMPLATES.get(template) or editing.blank())
    nothing = {"here": "", "version": "", "archived": False, "versions": []}
    return nothing | {"name": name, "_draft": draft, "_kept": draft, "_kept_name": name}


def _add(draft: dict[str, Any], kind: str, after: str) -> str | None:
    if kind not in editing.KINDS or len(draft["steps"]) >= _MOST_STEPS:
        return None
    step = editing.find(draft, after)
    if step is None or step["type"] == "end":
        others = [one["key"] for one in draft["steps"] if one["type"] != "end"]
        after = others[-1] if others else ""
    return editing.add(draft, kind, after)


def _save(door: Door, chain_id: int, name: str, draft: dict[str, Any]) -> tuple[int, str]:
    if not chain_id:
        version = actions.create(door.session, door.who, name, draft, now=door.now)
        return version.chain_id, say(door.locale, SAVED, number=version.number)
    before = queries.chain_for(door.session, door.who, chain_id)
    actions.rename(door.session, door.who, chain_id, name, now=door.now)
    version = actions.save(door.session, door.who, chain_id, draft, now=door.now)
    if version.number != before.versions[0].number:
        return chain_id, say(door.locale, SAVED, number=version.number)
    return chain_id, say(door.locale, UNCHANGED if before.name == name.strip() else RENAMED, number=version.number)


def _archive(door: Door, chain_id: int) -> str:
    actions.archive(door.session, door.who, chain_id, now=door.now)
    return say(door.locale, PUT_AWAY, name=queries.chain_for(door.session, door.who, chain_id).name)
