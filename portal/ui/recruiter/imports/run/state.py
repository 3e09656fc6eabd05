"""One import, step by step: columns and source, what will happen, what happened; and whom it leaves to inform."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.imports import actions
from portal.imports.looking import choices_of, to_inform
from portal.imports.models import Wish
from portal.imports.queries import own_run, report_of
from portal.kit.i18n import N_, say, say_n
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter import informed
from portal.ui.recruiter.imports.run.outcome import Effect, done, foreseen
from portal.ui.recruiter.imports.run.reading import (
    COLUMN,
    Asked,
    choices,
    ordered,
    other_sheet,
    read,
    recalled,
    taken_as,
)
from portal.ui.session import notice

COLUMNS, WHAT_WILL_HAPPEN, DONE = 1, 2, 3
FEW = 2_000  # people that are undone at once
STRICT = N_("Nobody was taken in: some lines are rejected. Mend them in the file and send it again, or allow it below.")
LEFT_IN_PEACE = (
    N_("{count} person asked not to be written to, and is left in peace; the others may be written to."),
    N_("{count} people asked not to be written to, and are left in peace; the others may be written to."),
)
FORGOTTEN = N_("The file is forgotten. Nobody was taken in.")


class Import(Room):
    """The way of one file."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    step: int = COLUMNS
    problem: str = ""
    kind: str = ""
    asked_for: Asked = Asked()
    effect: Effect = Effect()

    @rx.event
    async def load(self) -> None:
        """Read the file as it stands, or what it did."""
        run_id = self.number("import_id")
        self.problem, self.loaded, self.effect = "", False, Effect()
        try:
            self.asked_for = await self.inside(lambda door: read(door, run_id))
        except Told as told:
            self.asked_for, self.problem = Asked(), str(told)
        self.kind, self.step = self.asked_for.source_kind, COLUMNS
        if self.asked_for.taken:
            self.effect, self.step = await self.inside(lambda door: done(door, run_id)), DONE
        self.loaded = True

    @rx.event
    async def arrive(self) -> list[EventSpec]:
        """Show what a worker made of the file."""
        run_id = self.number("import_id")
        self.asked_for, effect, self.problem = await self.inside(lambda door: _made(door, run_id))
        self.step = COLUMNS if effect is None else DONE if self.asked_for.taken else WHAT_WILL_HAPPEN
        self.effect, self.kind, self.loaded = effect or Effect(), self.asked_for.source_kind, True
        return [TO_TOP, *(_first_page() if self.step == WHAT_WILL_HAPPEN else ())]

    @rx.event
    def choose_kind(self, kind: str) -> None:
        """Tell which bases the house allows for people from there."""
        self.kind = str(kind)[:40]

    @rx.event
    async def foresee(self, form: dict[str, Any]) -> list[EventSpec]:
        """Show what would happen; nothing does. A large file is for a worker to look at."""
        run_id = self.number("import_id")
        # What was chosen last stands here before it stands on the page.
        form = form | {f"{COLUMN}{one.place}": one.becomes for one in self.asked_for.columns}
        form["dates"] = self.asked_for.dates
        try:
            if await self.inside(lambda door: _ask_to_look(door, run_id, form)):
                return [TO_TOP, *_watching()]
            self.effect, self.asked_for = await self.inside(lambda door: _foresee(door, run_id, form))
        except Told as told:
            self.problem = str(told)
            return [TO_TOP]
        self.problem, self.step = "", WHAT_WILL_HAPPEN
        return [TO_TOP, *_first_page()]

    @rx.event
    def back(self) -> EventSpec:
        """Return to the columns."""
        self.step, self.problem = COLUMNS, ""
        return TO_TOP

    @rx.event
    async def take(self, form: dict[str, Any]) -> list[EventSpec]:
        """Take the people in; a worker does it where there are many."""
        run_id, strict = self.number("import_id"), bool(form.get("strict"))
        try:
            if await self.inside(lambda door: _ask_to_take(door, run_id, strict=strict)):
                return [TO_TOP, *_watching()]
            effect, self.problem = await self.inside(lambda door: _take(door, run_id, strict=strict))
        except Told as refused:
            self.problem = str(refused)
            return [TO_TOP]
        if effect is not None:
            self.effect, self.step = effect, DONE
        return [TO_TOP]

    @rx.event
    async def explain(self, column: str, means: str) -> EventSpec:
        """Say what a column means of which nobody knew whether it speaks of being written to."""
        run_id = self.number("import_id")
        told, self.effect = await self.inside(lambda door: _explain(door, run_id, str(column), str(means)))
        return notice(told)

    @rx.event
    async def undo(self) -> list[EventSpec]:
        """Undo the import; a worker does it where there are many."""
        run_id = self.number("import_id")
        effect = await self.inside(lambda door: _undo(door, run_id))
        if effect is None:
            return _watching()
        self.effect = effect
        return [TO_TOP]

    @rx.event
    async def give_up(self) -> list[EventSpec]:
        """Forget the file."""
        run_id = self.number("import_id")
        told = await self.inside(lambda door: _give_up(door, run_id))
        return [notice(told), rx.redirect("/imports")]

    @rx.event
    async def refresh(self) -> None:
        """Read again what the import did and whom it leaves to inform."""
        run_id = self.number("import_id")
        self.effect = await self.inside(lambda door: done(door, run_id))

    @rx.event
    async def recall(self, source: str) -> None:
        """Read the columns as the last files of this source were read."""
        run_id, kind, asked = self.number("import_id"), self.kind, self.get_value("asked_for")
        by_hand = {one.name: one.becomes for one in asked.columns if one.by_hand}
        text, dates = str(source)[:200], asked.dates
        self.asked_for = await self.inside(lambda door: recalled(door, run_id, kind, text, by_hand, dates))

    @rx.event
    async def choose_order(self, dates: str) -> None:
        """Read the days of the file in this order, and show what they then are."""
        run_id, asked = self.number("import_id"), self.get_value("asked_for")
        self.asked_for = await self.inside(lambda door: ordered(door, run_id, asked, str(dates)))

    @rx.event
    async def choose_sheet(self, sheet: str) -> EventSpec:
        """Read another sheet of the workbook."""
        run_id = self.number("import_id")
        self.asked_for = await self.inside(lambda door: other_sheet(door, run_id, str(sheet)[:200]))
        return _titles()

    @rx.event
    async def take_as(self, place: str, becomes: str) -> EventSpec:
        """Take one column in as something else, and show what its values then say."""
        asked: Asked = self.get_value("asked_for")
        first = asked.month_first
        columns = await self.inside(
            lambda door: taken_as(door, asked.columns, str(place), str(becomes), month_first=first)
        )
        self.asked_for = replace(asked, columns=columns)
        return _titles()


class Informing(Room):
    """The first information to those an import brought."""

    audience: ClassVar[Audience] = RECRUITERS
    busy: bool = False
    told: str = ""
    held: list[str] = []

    @rx.event
    def load(self) -> None:
        """Begin with nothing told."""
        self.busy, self.told, self.held = False, "", []

    @rx.event(background=True)
    async def send(self) -> EventSpec:
        """Write to everyone it may go to, some hundreds at a time, and say what holds the others back."""
        async with self:
            run_id, self.busy = self.number("import_id"), True
        ids = await self.inside(lambda door: to_inform(door.session, door.who, run_id))
        going, held = 0, Counter[str]()
        for start in range(0, len(ids), informed.AT_ONCE):
            gone, back = await self.inside(
                lambda door, some=ids[start : start + informed.AT_ONCE]: _inform(door, run_id, some)
            )
            going, held = going + gone, held + back
        told, lines = await self.inside(lambda door: informed.tell(door, going, held))
        async with self:
            self.busy, self.told, self.held = False, told, lines
        return Import.refresh


TO_TOP = rx.call_script("window.scrollTo({ top: 0 })")


def _watching() -> list[EventSpec]:
    from portal.ui.recruiter.imports.run.running import Running

    return [Running.load]


def _titles() -> EventSpec:
    from portal.ui.recruiter.imports.run.titles import Titles

    return Titles.load


def _first_page() -> list[EventSpec]:
    from portal.ui.recruiter.imports.run.looking import Browsing

    return [Browsing.choose("created")]  # type: ignore[call-arg,func-returns-value,list-item]


def _ask_to_look(door: Door, run_id: int, form: dict[str, Any]) -> bool:
    """Have a worker look at a large file; False for a small one."""
    if not actions.is_large(door.session, door.who, run_id):
        return False
    actions.ask(door.session, door.who, run_id, choices(door, run_id, form), Wish.LOOK, now=door.now)
    return True


def _ask_to_take(door: Door, run_id: int, *, strict: bool) -> bool:
    if not actions.is_large(door.session, door.who, run_id):
        return False
    chosen = replace(choices_of(own_run(door.session, door.who, run_id)), strict=strict)
    actions.ask(door.session, door.who, run_id, chosen, Wish.TAKE, now=door.now)
    return True


def _made(door: Door, run_id: int) -> tuple[Asked, Effect | None, str]:
    """Return the file, what will happen or happened (None: nothing to show), and what went wrong."""
    asked, run = read(door, run_id), own_run(door.session, door.who, run_id)
    if asked.taken:
        return asked, done(door, run_id), ""
    report = report_of(door.session, door.who, run_id)
    if run.problem:
        return asked, None, say(door.locale, run.problem["sentence"], **run.problem["params"])
    if report is None:
        return asked, None, ""
    return asked, foreseen(door, report), say(door.locale, STRICT) if run.strict and report.faulty else ""


def _explain(door: Door, run_id: int, column: str, means: str) -> tuple[str, Effect]:
    count = actions.explain_column(door.session, door.who, run_id, column, means, now=door.now)
    return say_n(door.locale, *LEFT_IN_PEACE, count), done(door, run_id)


def _undo(door: Door, run_id: int) -> Effect | None:
    """Undo at once where few are concerned; None when a worker was asked to."""
    if sum(actions.undoable(door.session, door.who, run_id)) > FEW:
        actions.ask_undo(door.session, door.who, run_id)
        return None
    actions.undo(door.session, door.who, run_id, now=door.now)
    return done(door, run_id)


def _foresee(door: Door, run_id: int, form: dict[str, Any]) -> tuple[Effect, Asked]:
    chosen = choices(door, run_id, form)
    preview = actions.preview(door.session, door.who, run_id, chosen, now=door.now)
    return foreseen(door, preview.report), read(door, run_id)


def _take(door: Door, run_id: int, *, strict: bool) -> tuple[Effect | None, str]:
    """Return what happened; or nothing, and why nothing did."""
    chosen = replace(choices_of(own_run(door.session, door.who, run_id)), strict=strict)
    report = actions.take(door.session, door.who, run_id, chosen, now=door.now)
    if not report.taken:
        return None, say(door.locale, STRICT)
    return done(door, run_id), ""


def _give_up(door: Door, run_id: int) -> str:
    actions.give_up(door.session, door.who, run_id)
    return say(door.locale, FORGOTTEN)


def _inform(door: Door, run_id: int, ids: Sequence[int]) -> tuple[int, Counter[str]]:
    """Write to those of `ids` who are still to inform: someone else may have pressed meanwhile."""
    still = set(to_inform(door.session, door.who, run_id))
    return informed.write(door, [id_ for id_ in ids if id_ in still])
