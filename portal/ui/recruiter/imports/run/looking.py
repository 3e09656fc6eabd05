"""Everybody a file is about, by what would become of them, page by page; and the lines left outside."""

from typing import ClassVar

import reflex as rx

from portal.imports.browsing import MERGED, PAGE, foreseen_people
from portal.imports.queries import report_of
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, number, say
from portal.talents.rules import Outcome
from portal.ui.components import paging, stack, tabs
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.imports.run.outcome import PersonLine, person
from portal.ui.words import word

DOUBTFUL, REJECTED = "doubtful", "rejected"
FACES: dict[str, str] = {
    Outcome.CREATED.value: N_("Created"),
    Outcome.UPDATED.value: N_("Updated"),
    Outcome.UNCHANGED.value: N_("Unchanged"),
    MERGED: N_("Several lines, one person"),
    DOUBTFUL: N_("Doubtful doubles"),
    REJECTED: N_("Rejected"),
}
SHOWN = N_("{first}–{last} of {count}")
NOBODY = N_("Nobody in this case.")


class Browsing(Room):
    """One face of a preview."""

    audience: ClassVar[Audience] = RECRUITERS
    face: str = Outcome.CREATED.value
    page: int = 1
    rows: list[PersonLine] = []
    told: str = ""
    has_after: bool = False

    @rx.event
    async def choose(self, face: str) -> None:
        """Show another outcome, from its first page."""
        await self._show(face, 1)

    @rx.event
    async def turn(self, by: int) -> None:
        """Show the page before or after."""
        await self._show(self.face, self.page + (1 if by > 0 else -1))

    async def _show(self, face: str, page: int) -> None:
        run_id, page = self.number("import_id"), max(1, page)
        rows, self.told, self.has_after = await self.inside(lambda door: shown(door, run_id, face, page))
        self.face, self.page, self.rows = face, page, rows


def shown(door: Door, run_id: int, face: str, page: int) -> tuple[list[PersonLine], str, bool]:
    """Return one page of a face, what part of it that is, and whether there is more."""
    if face not in FACES:
        raise NotFound
    if face in {DOUBTFUL, REJECTED}:
        rows, count = _lines(door, run_id, face, page)
    else:
        found = foreseen_people(door.session, door.who, run_id, face, page)
        rows, count = [person(one, door) for one in found.rows], found.count
    first = PAGE * (page - 1)
    if not rows:
        return [], say(door.locale, NOBODY), False
    told = say(
        door.locale,
        SHOWN,
        first=number(door.locale, first + 1),
        last=number(door.locale, first + len(rows)),
        count=number(door.locale, count),
    )
    return rows, told, first + len(rows) < count


def _lines(door: Door, run_id: int, face: str, page: int) -> tuple[list[PersonLine], int]:
    report = report_of(door.session, door.who, run_id)
    if report is None:
        return [], 0
    found = report.doubtful if face == DOUBTFUL else report.refused
    rows = [
        PersonLine(number(door.locale, told.line), report.name_of(told), "", "", told.why(door.locale), "")
        for told in found[PAGE * (page - 1) : PAGE * page]
    ]
    return rows, len(found)


def browsed(people: object) -> rx.Component:
    """Draw the faces; `people` is the table of one page."""
    faces = [(value, word(told), people) for value, told in FACES.items()]
    return stack(
        tabs("outcome", word("Who is in the file"), Browsing.face, Browsing.choose, faces),
        paging(
            Browsing.told,
            has_before=Browsing.page > 1,
            has_after=Browsing.has_after,
            before=Browsing.turn(-1),
            after=Browsing.turn(1),
        ),
    )
