"""The list of pages: where each stands, who it is for, and how a module adds one."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec
from reflex_components_core.react_router.dom import ReactRouterLink

from portal import ui
from portal.kit.i18n import LOCALES, N_, say
from portal.timeline.who import Role
from portal.ui.doors import CANDIDATES, EVERYONE_SIGNED_IN, Audience, Room
from portal.ui.session import Shell

FOLDERS = ("recruiter", "candidate", "privacy", "admin")
Part = Callable[[], rx.Component]


class Place(Enum):
    """The rooms of the house: what the link says, its icon, and the letter that goes there after `g`."""

    TODAY = (N_("Today"), "today", "t")
    POOL = (N_("Pool"), "pool", "p")
    SEGMENTS = (N_("Segments"), "segments", "s")
    CHAINS = (N_("Chains"), "chains", "c")
    OPPORTUNITIES = (N_("Opportunities"), "opportunities", "o")
    SURVEYS = (N_("Surveys"), "surveys", "q")
    NUMBERS = (N_("Numbers"), "numbers", "n")
    PRIVACY = (N_("Privacy"), "privacy", "d")
    SETTINGS = (N_("Settings"), "settings", "r")
    MY_HOME = (N_("Home"), "home", "h")
    MY_WISHES = (N_("Wishes"), "wishes", "w")
    MY_MEETINGS = (N_("Meetings"), "meetings", "m")
    MY_MESSAGES = (N_("Messages"), "messages", "e")
    MY_DATA = (N_("Data"), "privacy", "d")

    @property
    def label(self) -> str:
        """Return the msgid of the link."""
        return self.value[0]

    @property
    def icon(self) -> str:
        """Return the name of the icon."""
        return self.value[1]

    @property
    def letter(self) -> str:
        """Return the letter to press after `g`."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    `in_rail`: it is the door of its room; a page deeper in the room is reached from there. `also`: the room it stands in
    for those who may not enter the first.
    """

    route: str
    place: Place
    title: str
    audience: Audience
    draw: Part
    on_load: Any = None
    actions: Part | None = None
    heading: Part | None = None
    in_rail: bool = True
    also: Place | None = None

    def answers(self, path: str) -> bool:
        """Tell whether a path of the site opens this page."""
        parts, asked = self.route.split("/"), path.split("/")
        return len(parts) == len(asked) and all(
            there if part.startswith("[") else part == there for part, there in zip(parts, asked, strict=True)
        )


_pages: dict[str, Page] = {}


def page(
    route: str,
    place: Place,
    title: str,
    *,
    audience: Audience,
    on_load: Any = None,
    actions: Part | None = None,
    heading: Part | None = None,
    in_rail: bool = True,
    also: Place | None = None,
) -> Callable[[Part], Part]:
    """Add a page: decorate the function that draws what stands inside the frame.

    `title` is a msgid. `actions` draws the buttons at the top right; `heading` replaces the title on the page itself
    where it is data (the name of a talent).
    """

    def add(draw: Part) -> Part:
        if route in _pages:
            raise ValueError(f"Two pages at {route}.")
        _pages[route] = Page(route, place, title, audience, draw, on_load, actions, heading, in_rail, also)
        return draw

    return add


def load() -> None:
    """Import every page there is: adding one is adding its module `portal/ui/<audience>/<name>/page.py`."""
    for folder in FOLDERS:
        for found in pkgutil.walk_packages([f"{ui.__path__[0]}/{folder}"], f"portal.ui.{folder}."):
            if found.name.rsplit(".", 1)[-1] == "page":
                importlib.import_module(found.name)


def add_to(app: rx.App, frame: Callable[[Page, Sequence[Page]], rx.Component]) -> None:
    """Give every page to Reflex, drawn in its frame."""
    everything = rail()
    app.add_page(_gate, route="/", title="…", on_load=Threshold.cross)
    app.add_page(_nowhere, route="404", title="404")
    for one in _pages.values():
        app.add_page(
            _framed(one, everything, frame),
            route=one.route,
            title=say(LOCALES[0], one.title) + ("" if is_for_candidates(one) else " · Vivier"),
            on_load=[Shell.enter, *_as_list(one.on_load)],
        )


def every() -> dict[str, Page]:
    """Return all pages by their route."""
    return dict(_pages)


def rail() -> list[Page]:
    """Return the pages that have a link, in the order of the rooms."""
    order = list(Place)
    return sorted((one for one in _pages.values() if one.in_rail), key=lambda one: order.index(one.place))


def home(role: Role) -> str:
    """Return the first page of this role."""
    return next((one.route for one in rail() if role in one.audience and one.route != "/"), "/")


def audience(path: str) -> Audience | None:
    """Return who may load this path, or None if it is no page of ours."""
    if path == "/":
        return EVERYONE_SIGNED_IN
    clean = path.rstrip("/")
    if clean in _pages:
        return _pages[clean].audience
    return next((one.audience for one in _pages.values() if one.answers(clean)), None)


def is_built(path: str) -> bool:
    """Tell whether the page of this path has a file of its own (one with a name in its address has not)."""
    return (path.rstrip("/") or "/") in _pages


def is_for_candidates(one: Page) -> bool:
    """Tell which of the two frames a page stands in."""
    return one.audience == CANDIDATES


class Threshold(Room):
    """The page without a page: it leads on. The front does it by HTTP; this is for links followed inside the app."""

    audience: ClassVar[Audience] = EVERYONE_SIGNED_IN

    @rx.event
    async def cross(self) -> EventSpec:
        """Go to the first page of whoever is here."""
        who = await self.inside(lambda door: door.who)
        return rx.redirect(home(who.role), replace=True)


def _gate() -> rx.Component:
    return rx.el.main(rx.el.h1("…"), class_name="porch-main")


def _nowhere() -> rx.Component:
    """Draw what an address that leads nowhere shows; whoever reads it may be a stranger, so in both languages."""
    return rx.el.main(
        rx.el.h1("Cette page n’existe pas."),
        rx.el.p("Elle n’existe pas, ou elle n’est pas à vous."),
        rx.el.p("This page does not exist, or it is not yours to see.", lang="en"),
        rx.el.p(ReactRouterLink.create("Retour à l’accueil · Home", to="/", class_name="button primary")),
        class_name="porch-main stack",
    )


def _framed(one: Page, everything: Sequence[Page], frame: Callable[[Page, Sequence[Page]], rx.Component]) -> Part:
    # Reflex splits the scripts by the module of this function: it must look like the page's own.
    @wraps(one.draw)
    def drawn() -> rx.Component:
        return frame(one, everything)

    return drawn


def _as_list(events: Any) -> list[Any]:
    if events is None:
        return []
    return list(events) if isinstance(events, (list, tuple)) else [events]
