"""The ways of looking at the pool that a recruiter keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, say
from portal.talents.views import ViewRow, change_view, delete_view, keep_view, open_first, views
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.pool.narrowing import address, clean
from portal.ui.recruiter.pool.opening import to_keep
from portal.ui.recruiter.pool.state import PoolList
from portal.ui.session import notice

KEPT = N_("The view “{name}” is kept.")
DELETED = N_("The view “{name}” is deleted.")


@dataclass
class ViewLine:
    """One view: where it leads, whose it is, and what it is."""

    id: int
    name: str
    href: str
    mine: bool
    shared: bool
    first: bool


class PoolViews(Room):
    """The views in sight, and the form that keeps one."""

    audience: ClassVar[Audience] = RECRUITERS
    views: list[ViewLine] = []
    keeping: bool = False
    managing: bool = False
    renaming: int = 0
    problem: str = ""
    _deleted: dict[str, Any] = {}

    @rx.event
    async def load(self) -> None:
        """Read the views."""
        self.views = await self.inside(_views)
        self.keeping = self.managing = False

    @rx.event
    def begin(self) -> None:
        """Open the form that keeps what the list shows."""
        self.keeping, self.problem = True, ""

    @rx.event
    def manage(self) -> None:
        """Open the list of views."""
        self.managing, self.renaming, self.problem = True, 0, ""

    @rx.event
    def rename(self, view_id: int) -> None:
        """Open the name of one view."""
        self.renaming, self.problem = view_id, ""

    @rx.event
    def leave(self) -> None:
        """Put the dialogs away."""
        self.keeping, self.managing, self.renaming = False, False, 0

    @rx.event
    async def keep(self, form: dict[str, Any]) -> EventSpec | None:
        """Keep the list as it is narrowed and ordered now."""
        filters = to_keep((await self.get_state(PoolList)).asked_for)
        name, shared, first = str(form.get("name", "")), bool(form.get("shared")), bool(form.get("opens_first"))
        if not await self._act(lambda door: _keep(door, name, filters, shared=shared, first=first)):
            return None
        self.keeping = False
        return notice(await self.inside(lambda door: say(door.locale, KEPT, name=name.strip())))

    @rx.event
    async def save_name(self, form: dict[str, Any]) -> None:
        """Give one's own view another name."""
        view_id, name = self.renaming, str(form.get("name", ""))
        if await self._act(lambda door: _change(door, view_id, name=name)):
            self.renaming = 0

    @rx.event
    async def share(self, view_id: int, shared: bool) -> None:
        """Share one's own view, or keep it to oneself."""
        await self._act(lambda door: _change(door, view_id, shared=bool(shared)))

    @rx.event
    async def open_first(self, view_id: int, first: bool) -> None:
        """Let the pool open with one's own view, or with everyone again."""
        await self._act(lambda door: open_first(door.session, door.who, view_id if first else None))

    @rx.event
    async def delete(self, view_id: int) -> EventSpec:
        """Forget one's own view; one press brings it back."""
        self._deleted, told = await self.inside(lambda door: _delete(door, view_id))
        self.views = await self.inside(_views)
        return notice(told, undo=PoolViews.undo_delete)

    @rx.event
    async def undo_delete(self) -> None:
        """Keep again the view that was deleted last."""
        if kept := self._deleted:
            await self._act(lambda door: _keep(door, **kept))
        self._deleted = {}

    async def _act(self, act: Callable[[Door], object]) -> bool:
        try:
            self.views = await self.inside(lambda door: (act(door), _views(door))[1])
        except Told as told:
            self.problem = str(told)
            return False
        self.problem = ""
        return True


def _views(door: Door) -> list[ViewLine]:
    return [_line(one) for one in views(door.session, door.who)]


def _line(one: ViewRow) -> ViewLine:
    href = address(clean(one.filters))
    name = one.name if one.mine else f"{one.name} ({one.owner})"
    return ViewLine(one.id, name, href if "?" in href else "/pool?sort=name", one.mine, one.shared, one.opens_first)


def _keep(door: Door, name: str, filters: dict[str, str], *, shared: bool, first: bool) -> None:
    view = keep_view(door.session, door.who, name, filters, shared=shared, now=door.now)
    if first:
        open_first(door.session, door.who, view.id)


def _change(door: Door, view_id: int, *, name: str | None = None, shared: bool | None = None) -> None:
    stands = next((one for one in views(door.session, door.who) if one.id == view_id), None)
    change_view(
        door.session,
        door.who,
        view_id,
        name=stands.name if stands and name is None else name or "",
        shared=stands.shared if stands and shared is None else bool(shared),
    )


def _delete(door: Door, view_id: int) -> tuple[dict[str, Any], str]:
    view = delete_view(door.session, door.who, view_id)
    kept = {"name": view.name, "filters": view.filters, "shared": view.shared, "first": view.opens_first}
    return kept, say(door.locale, DELETED, name=view.name)
