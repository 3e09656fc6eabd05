"""How many a rule under way holds, whom one may write to now, what stops the others, and who they are."""

import json
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.ui.doors import RECRUITERS, Audience, Room
from portal.ui.recruiter.segment import asking, counting, tree
from portal.ui.recruiter.segment.counting import BucketRow, Counted, PersonRow
from portal.ui.recruiter.segment.tree import Node


class Reach(Room):
    """The panel beside the rule. It asks in the background, so that writing never waits for counting."""

    audience: ClassVar[Audience] = RECRUITERS
    counted: bool = False
    stale: bool = False
    matches: str = ""
    told: str = ""
    buckets: list[BucketRow] = []
    bucket: str = ""
    heading: str = ""
    people: list[PersonRow] = []
    place_in_list: str = ""
    has_before: bool = False
    has_after: bool = False
    wanted: str = ""
    verdicts: list[PersonRow] = []
    _page: int = 1
    _asked: int = 0
    _rule: str = ""
    _opportunity_id: int = 0

    @rx.event
    async def open(self, bucket: str) -> EventSpec:
        """Show everyone, or one bucket."""
        self.bucket, self._page = str(bucket)[:40], 1
        return Reach.ask

    @rx.event
    async def turn(self, by: int) -> EventSpec:
        """Go one page on (1) or back (-1)."""
        self._page = max(1, self._page + (1 if by == 1 else -1))
        return Reach.ask

    @rx.event(background=True)
    async def ask(self) -> None:
        """Count anew; an answer that comes after the rule has changed again is left aside."""
        async with self:
            self._asked += 1
            mine, rule, asked = self._asked, self._tree(), (self._opportunity_id, self.bucket, self._page)
            wanted = self.wanted
        seen, verdicts = await self.inside(
            lambda door: (counting.counted(door, rule, *asked), asking.verdicts(door, rule, wanted))
        )
        async with self:
            if mine == self._asked:
                self._show(seen)
                self.verdicts = verdicts if wanted == self.wanted else self.verdicts

    @rx.event
    async def look_for(self, text: str) -> None:
        """Say of anyone in the pool whether they are in, and why."""
        self.wanted = wanted = str(text)[:200].strip()
        rule = self._tree()
        self.verdicts = await self.inside(lambda door: asking.verdicts(door, rule, wanted))

    @rx.event
    async def explain(self, talent_id: int) -> None:
        """Say why someone is in, or put the sentence away."""
        rule = self._tree()
        shown = next((row.because for row in self.people if row.id == talent_id), None)
        if shown is None:
            return
        because = "" if shown else await self.inside(lambda door: counting.because(door, rule, talent_id))
        self.people = [
            PersonRow(row.id, row.name, row.work, row.reach, row.kind, because) if row.id == talent_id else row
            for row in self.people
        ]

    def _take(self, rule: str, opportunity_id: int, *, afresh: bool) -> None:
        """Keep the rule to count, as the builder wrote it; what was counted of another rule goes."""
        if afresh or (rule, opportunity_id) != (self._rule, self._opportunity_id):
            self.counted, self.people, self.buckets, self.verdicts = False, [], [], []
        self._rule, self._opportunity_id = rule, opportunity_id
        self.wanted = "" if afresh else self.wanted

    def _aim(self) -> tuple[Node, int]:
        """Return the rule that is counted, and the job it is for (0: none)."""
        return self._tree(), self._opportunity_id

    def _tree(self) -> Node:
        return json.loads(self._rule) if self._rule else tree.blank()

    def _show(self, seen: Counted) -> None:
        self.counted, self.stale = True, seen.stale
        self.matches, self.told, self.buckets = seen.matches, seen.told, seen.buckets
        self.heading, self.people, self.place_in_list = seen.heading, seen.people, seen.place_in_list
        self.has_before, self.has_after, self._page = seen.has_before, seen.has_after, seen.page
