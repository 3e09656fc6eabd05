"""The builder: a rule edited by small acts, each told back at once in plain words."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.ui.doors import RECRUITERS, Audience, Room, Told
from portal.ui.recruiter.segment import drafts, fields, tree
from portal.ui.recruiter.segment.drafts import Draft
from portal.ui.recruiter.segment.fields import Fields, Option
from portal.ui.recruiter.segment.focus import focus
from portal.ui.recruiter.segment.kinds import Kinds
from portal.ui.recruiter.segment.lines import Line
from portal.ui.recruiter.segment.reach import Reach
from portal.ui.recruiter.segment.tree import Node
from portal.ui.session import notice

_MOST_STEPS_BACK = 50
_FIRST_FIELD = "[data-editor] input, [data-editor] select"


class Builder(Room):
    """The rule under way. Its parts are named by ids that any browser may invent: the tree ignores unknown ones."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    segment_id: int = 0
    opportunity_id: int = 0
    name: str = ""
    lines: list[Line] = []
    told: str = ""
    problem: str = ""
    warnings: list[str] = []
    trouble: str = ""
    unsaved: bool = False
    can_step_back: bool = False
    empty: bool = True
    open_id: int = 0
    adding_to: int = 0
    kinds: list[Kinds] = []
    fields: Fields = Fields()
    found: list[Option] = []
    typed: int = 0
    taken_back: int = 0
    _rule: str = ""
    _before: list[str] = []
    _entered: str = ""

    @rx.event
    async def load_new(self) -> list[EventSpec]:
        """Begin a segment: blank, from an opportunity, or where it was left unsaved."""
        for_opportunity = self.asked("opportunity")
        fresh = not (self.unsaved and self.segment_id == 0) or bool(for_opportunity)
        if fresh:
            self.loaded = False
            self._take(await self.inside(lambda door: drafts.begun(door, for_opportunity)))
        await self._hand_over()
        self.loaded = True
        return [Reach.open(self.asked("bucket")), *([focus("[data-add]")] if self.empty else [])]

    @rx.event
    async def load(self) -> EventSpec:
        """Open a saved segment, or go on with what was changed and not saved."""
        segment_id = self.number("segment_id")
        if not (self.unsaved and self.segment_id == segment_id):
            self.loaded = False
            self._take(await self.inside(lambda door: drafts.opened(door, segment_id)))
        await self._hand_over()
        self.loaded = True
        return Reach.open(self.asked("bucket"))

    @rx.event
    async def start_again(self) -> EventSpec:
        """Go back to what is saved, or to a blank rule; one press undoes it."""
        kept, segment_id = self._rule, self.segment_id
        fresh = await self.inside(
            lambda door: drafts.opened(door, segment_id) if segment_id else drafts.begun(door, "")
        )
        self._take(fresh)
        self._before, self.can_step_back = [kept], True
        return await self._hand_over()

    # ---- parts

    @rx.event
    async def choose(self, group_id: int) -> EventSpec:
        """Show what can be added to a group, or no longer."""
        self.adding_to = 0 if self.adding_to == group_id else group_id
        self.open_id = 0
        self.kinds = await self.inside(lambda door: drafts.kinds_found(door, ""))
        await self._show()
        return focus("[data-kinds] input") if self.adding_to else focus(f"#add-{int(group_id)}")

    @rx.event
    async def seek(self, text: str) -> None:
        """Look for a criterion as one types."""
        self.kinds = await self.inside(lambda door: drafts.kinds_found(door, str(text)))

    @rx.event
    async def add_first(self, form: dict[str, Any]) -> EventSpec | None:
        """Enter in the search of criteria: add the first it finds."""
        text = str(form.get("kind", "")).strip()
        found = await self.inside(lambda door: drafts.kinds_found(door, text)) if text else []
        return Builder.add(self.adding_to, found[0].options[0].value) if found else None

    @rx.event
    async def add(self, group_id: int, kind: str) -> list[EventSpec]:
        """Add a criterion or a group, and open it."""
        made: list[int] = []
        events = await self._edit(lambda rule: made.append(tree.add(rule, group_id, kind)))
        if not made or not made[0]:
            return events
        if kind in tree.GROUPS:
            return [*events, Builder.choose(made[0])]
        return [*events, Builder.open_part(made[0])]

    @rx.event
    async def open_part(self, part_id: int) -> EventSpec:
        """Open a criterion to change it, or close it again."""
        self.adding_to = 0
        self.open_id = 0 if self.open_id == part_id else part_id
        await self._show()
        return focus(_FIRST_FIELD) if self.open_id else focus(f"#part-{int(part_id)}")

    @rx.event
    async def shut(self) -> EventSpec:
        """Close the open criterion."""
        last, self.open_id, self.adding_to = self.open_id, 0, 0
        await self._show()
        return focus(f"#part-{last}")

    @rx.event
    async def move(self, part_id: int, by: int) -> list[EventSpec]:
        """Move a part one place up (-1) or down (1)."""
        direction = "up" if by == -1 else "down"
        return [*await self._edit(lambda rule: tree.move(rule, part_id, by)), focus(f"#{direction}-{int(part_id)}")]

    @rx.event
    async def regroup(self, part_id: int, kind: str) -> list[EventSpec]:
        """Make a group ask for all, any or none."""
        return await self._edit(lambda rule: tree.regroup(rule, part_id, kind))

    @rx.event
    async def wrap(self, part_id: int) -> list[EventSpec]:
        """Put a part into a group of its own."""
        return [*await self._edit(lambda rule: tree.wrap(rule, part_id)), focus(f"#part-{int(part_id)}")]

    @rx.event
    async def unwrap(self, part_id: int) -> list[EventSpec]:
        """Take a group away and leave its criteria."""
        return await self._edit(lambda rule: tree.unwrap(rule, part_id))

    @rx.event
    async def remove(self, part_id: int) -> list[EventSpec]:
        """Take a part out; one press brings it back."""
        group = tree.above(self._tree(), part_id)
        if group is None:
            return []
        events = await self._edit(lambda rule: tree.remove(rule, part_id))
        self.open_id = 0 if self.open_id == part_id else self.open_id
        said = await self.inside(drafts.told_removed)
        return [*events, notice(said, undo=Builder.step_back), focus(f"#add-{group['id']}")]

    @rx.event
    async def step_back(self) -> EventSpec | None:
        """Take the last change back."""
        if not self._before:
            return None
        *self._before, self._rule = self._before
        self.can_step_back, self.unsaved, self.taken_back = bool(self._before), True, self.taken_back + 1
        await self._show()
        return await self._hand_over()

    # ---- the open criterion

    @rx.event
    async def tick(self, name: str, value: str) -> list[EventSpec]:
        """Choose a word, or no longer."""
        return await self._change(lambda node: fields.tick(node, name, value))

    @rx.event
    async def write(self, part_id: int, name: str, text: str | bool) -> list[EventSpec]:
        """Change one field of the criterion it was typed in: what is typed may arrive once that is closed."""
        return await self._change(lambda node: fields.write(node, name, text), part_id)

    @rx.event
    async def search(self, text: str) -> None:
        """Look for a job or a place as one types."""
        text, entered, self._entered = str(text), self._entered, ""
        if text.strip() == entered != "":
            return  # Enter was faster than the fingers' rest: it is taken already
        node = tree.find(self._tree(), self.open_id)
        self.found = await self.inside(lambda door: fields.found(node, text, door.locale)) if node else []

    @rx.event
    async def pick(self, code: str) -> list[EventSpec]:
        """Take what the search found."""
        self.found, self.typed = [], self.typed + 1
        events = await self._change(lambda node: fields.pick(node, code))
        return [*events, focus("#field-km" if self.fields.kind == "near" else "#find")]

    @rx.event
    async def unpick(self, code: str) -> list[EventSpec]:
        """Leave a job out again."""
        return [*await self._change(lambda node: fields.unpick(node, code)), focus("#find")]

    @rx.event
    async def enter(self, form: dict[str, Any]) -> EventSpec:
        """Enter in the open criterion: take the first thing the search finds, or close it."""
        text, node = str(form.get("find", "")).strip(), tree.find(self._tree(), self.open_id)
        first = await self.inside(lambda door: fields.found(node, text, door.locale)[:1]) if text and node else []
        self._entered = text if first else ""
        return Builder.pick(first[0].value) if first else Builder.shut()

    # ---- the whole

    @rx.event
    def call(self, name: str) -> None:
        """Keep the name as it is typed."""
        if name != self.name:
            self.name, self.unsaved, self.trouble = str(name)[:200], True, ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Save the rule and its name; what makes no sense is said beside it and nothing is lost."""
        self.name = str(form.get("name", ""))[:200]
        try:
            saved = await self.inside(lambda door: drafts.save(door, self.segment_id, self.name, self._tree()))
        except Told as told:
            self.trouble = str(told)
            return [focus("#segment-name")] if not self.name.strip() else None
        is_new, self.trouble, self.unsaved = self.segment_id == 0, "", False
        self.segment_id, self.name = saved.segment_id, saved.name
        self._before, self.can_step_back = [], False
        arrive = [rx.redirect(f"/segments/{saved.segment_id}", replace=True)] if is_new else []
        return [notice(saved.told), *arrive]

    def _tree(self) -> Node:
        return json.loads(self._rule) if self._rule else tree.blank()

    def _take(self, draft: Draft) -> None:
        self.segment_id, self.opportunity_id, self.name = draft.segment_id, draft.opportunity_id, draft.name
        self._rule, self._before = json.dumps(draft.rule), []
        self.unsaved, self.can_step_back, self.trouble = draft.unsaved, False, ""
        self.open_id, self.adding_to, self.taken_back = 0, 0, self.taken_back + 1
        self._tell(draft.told)

    def _tell(self, told: drafts.Said) -> None:
        self.lines, self.told, self.problem, self.empty = told.lines, told.sentence, told.problem, told.empty
        self.warnings = told.warnings

    async def _edit(self, act: Callable[[Node], object]) -> list[EventSpec]:
        """Change the rule by one act that can be taken back, and tell it anew."""
        before, rule = self._rule, self._tree()
        await self.inside(lambda _: act(rule))  # behind the door, so that a refusal is told in their language
        after = json.dumps(rule)
        if after == before:
            return []
        self._before = [*self._before, before][-_MOST_STEPS_BACK:]
        self._rule, self.unsaved, self.can_step_back, self.trouble = after, True, True, ""
        await self._show()
        return [await self._hand_over()]

    async def _change(self, act: Callable[[Node], object], part_id: int = 0) -> list[EventSpec]:
        """Change a criterion, the open one unless another is named."""
        node_id = part_id or self.open_id
        return await self._edit(lambda rule: act(node) if (node := tree.find(rule, node_id)) else None)

    async def _show(self) -> None:
        rule, open_id, adding_to = self._tree(), self.open_id, self.adding_to
        told, self.open_id, self.fields = await self.inside(lambda door: drafts.shown(door, rule, open_id, adding_to))
        self._tell(told)
        if not self.open_id:
            self.found = []

    async def _hand_over(self) -> EventSpec:
        """Let the panel count what the rule now asks."""
        reach = await self.get_state(Reach)
        reach._take(self._rule, self.opportunity_id, afresh=not self.loaded)  # noqa: SLF001 - a public method would be a handler
        return Reach.ask()
