"""A chain while it is being written: one draft, drawn anew after each change."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.chains import actions, editing
from portal.ui.doors import RECRUITERS, Audience, Room, Told
from portal.ui.recruiter.chain import acts
from portal.ui.recruiter.chain.acts import VersionRow
from portal.ui.recruiter.chain.drawing import BranchRow, CheckRow, SettingRow, StepRow, drawn
from portal.ui.session import notice

_LONGEST_TEXT = 8_000


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
    open_step: str = ""
    kind_told: str = ""
    has_text: bool = False
    settings: list[SettingRow] = []
    subject_fr: str = ""
    body_fr: str = ""
    subject_en: str = ""
    body_en: str = ""
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
        self._take(await self.inside(lambda door: acts.read(door, int(asked))))
        self._open(first=True)
        await self._show()

    @rx.event
    async def begin(self) -> None:
        """Begin a chain, from a template or from nothing."""
        template = self.asked("template")
        if self.loaded and not self.here and self.changed and self._template == template:
            return
        self._template = template
        self._take(await self.inside(lambda door: acts.begun(door, template)))
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
    async def choose(self, name: str, value: str | int) -> None:
        """Take in a number of days (a browser sends those as numbers), or what was chosen."""
        await self._change(lambda draft: editing.choose(draft, self.open_step, name, str(value)))

    @rx.event
    async def lead(self, branch: str, target: str) -> None:
        """Say where a branch leads."""
        await self._change(lambda draft: editing.link(draft, self.open_step, branch, target[:60]))

    @rx.event
    async def add(self, kind: str) -> None:
        """Add a step after the open one, or at the end of the way."""
        await self._change(lambda draft: acts.put_in(draft, kind, self.open_step))

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
        draft = await self.inside(lambda door: acts.earlier(door, here, number))
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
            chain, told = await self.inside(lambda door: acts.save(door, here, name, draft))
        except Told as refused:
            self.problem = str(refused)
            return None
        self.changed = False
        if not here:
            return [rx.redirect(f"/chains/{chain}", replace=True), notice(told)]
        opened = self.open_step
        self._take(await self.inside(lambda door: acts.read(door, here)))
        self.open_step = opened
        await self._show()
        return notice(told)

    @rx.event
    async def archive(self) -> EventSpec:
        """Put the chain away."""
        here = int(self.here or 0)
        told = await self.inside(lambda door: acts.put_away(door, here))
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
        self.open_step = steps[0]["key"] if first and not editing.ends(steps[0]) else ""

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
