"""The two frames a page stands in: the back-office with its rooms, and the candidate's single column."""

from collections.abc import Callable, Sequence

import reflex as rx
from reflex.style import set_color_mode
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_too_many_connection_errors
from reflex_components_core.react_router.dom import ReactRouterLink

from portal.kit.errors import NotFound
from portal.kit.i18n import N_
from portal.ui import pages
from portal.ui.components.buttons import button, go, plain_link
from portal.ui.components.dialogs import dialog
from portal.ui.components.forms import post_form
from portal.ui.components.icons import icon, mark
from portal.ui.components.lists import empty
from portal.ui.components.notices import notices
from portal.ui.links.information import PATH as INFORMATION
from portal.ui.pages import Page, Place
from portal.ui.session import Language, Shell
from portal.ui.words import word

BELOW = (Place.PRIVACY, Place.SETTINGS)
IN_THE_BAR = 4
KEYS = (
    (("/",), N_("Search")),
    (("?",), N_("These shortcuts")),
    (("j", "k"), N_("Next, previous in the list")),
    ((N_("Enter"),), N_("Open")),
    (("e",), N_("Do what the first button of the line does")),
    ((N_("Esc"),), N_("Close, leave the field")),
)


def frame(one: Page, everything: Sequence[Page]) -> rx.Component:
    """Draw a page in the frame of those it is for."""
    return porch(one, everything) if pages.is_for_candidates(one) else back_office(one, everything)


def wraps() -> dict[tuple[int, str], Callable[[bool], rx.Component | None]]:
    """Return what stands around every page: only what is shown when a page cannot be drawn at all."""
    told = rx.el.main(
        rx.el.h1("Cette page n’a pas pu s’afficher."),
        rx.el.p("Rechargez-la ; rien n’est perdu.", lang="fr"),
        rx.el.p("This page could not be drawn. Load it again; nothing is lost.", lang="en"),
        plain_link("Recharger · Reload", href="", class_name="button primary"),
        class_name="porch-main stack",
    )
    # The State behind Reflex's own report is no room of ours; the browser's console has it.
    return {
        (55, "ErrorBoundary"): lambda _: ErrorBoundary.create(fallback_render=rx.Var.create(told), on_error=rx.noop())
    }


def head() -> list[rx.Component]:
    """Return what stands in the head of every page."""
    return [
        rx.el.link(rel="icon", href="/vivier.svg", type="image/svg+xml"),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.meta(name="robots", content="noindex"),
        rx.el.script(src="/vivier.js", defer=True),
    ]


def back_office(one: Page, everything: Sequence[Page]) -> rx.Component:
    """Draw the rail (a bar on a phone), the title with its actions, and the page."""
    rooms = [other for other in everything if not pages.is_for_candidates(other)]
    return rx.el.div(
        _skip(),
        rx.el.nav(_brand(), *_rail(one, rooms), _me(), class_name="rail", aria_label=word("Rooms")),
        rx.el.main(_top(one), rx.el.div(_found(one), class_name="content"), class_name="main", id="main", tab_index=-1),
        _bar(one, rooms),
        _shortcuts(rooms),
        notices(),
        _offline(),
        class_name="frame",
        data_locale=Language.locale,
        data_alive=rx.cond(rx.State.is_hydrated, "true", "false"),
        data_title=word(one.title) + " · Vivier",
    )


def porch(one: Page, everything: Sequence[Page]) -> rx.Component:
    """Draw one column that a thumb reaches."""
    rooms = [other for other in everything if pages.is_for_candidates(other)]
    links = [rx.el.li(_link(other, other.route == one.route, rx.el.span(word(other.place.label)))) for other in rooms]
    several = [rx.el.nav(rx.el.ul(*links), class_name="porch-nav", aria_label=word("My pages"))] if links[1:] else []
    return rx.el.div(
        _skip(),
        rx.el.header(_house(), _menu(word("Menu")), class_name="porch-top"),
        *several,
        rx.el.main(_heading(one), _found(one), class_name="porch-main", id="main", tab_index=-1),
        rx.el.footer(plain_link(word("What we do with your data"), href=INFORMATION), class_name="porch-foot"),
        notices(),
        _offline(),
        class_name="porch",
        data_locale=Language.locale,
        data_alive=rx.cond(rx.State.is_hydrated, "true", "false"),
        data_title=rx.cond(Shell.house != "", word(one.title) + " · " + Shell.house, word(one.title)),
    )


def _house() -> rx.Component:
    """Draw whose house a candidate is in."""
    return ReactRouterLink.create(mark(), Shell.house, to="/", class_name="brand", aria_label=word("Home"))


def _skip() -> rx.Component:
    return plain_link(word("Go to the content"), href="#main", class_name="skip")


def _brand() -> rx.Component:
    return ReactRouterLink.create(mark(), "Vivier", to="/", class_name="brand")


def _top(one: Page) -> rx.Component:
    actions = [rx.cond(Shell.astray, "", rx.el.div(one.actions(), class_name="actions"))] if one.actions else []
    return rx.el.header(_heading(one), *actions, class_name="top")


def _heading(one: Page) -> rx.Component:
    called = word(one.title)
    return rx.el.h1(rx.cond(Shell.astray, called, one.heading()) if one.heading else called)


def _found(one: Page) -> rx.Component:
    """Draw the page; of an address that names nothing only that, never what was opened before it."""
    back = go(word("Home"), to="/", kind="primary")
    return rx.cond(Shell.astray, empty(word(str(NotFound())), back), one.draw())


def _rail(one: Page, rooms: Sequence[Page]) -> list[rx.Component]:
    above = [other for other in rooms if other.place not in BELOW]
    below = [other for other in rooms if other.place in BELOW]
    return [
        rx.el.ul(*(_for_whom(other, one, _rail_item(other, one)) for other in above), class_name="rail-list"),
        rx.el.ul(*(_for_whom(other, one, _rail_item(other, one)) for other in below), class_name="rail-list below"),
    ]


def _rail_item(other: Page, one: Page) -> rx.Component:
    inside = (icon(other.place.icon), rx.el.span(word(other.place.label)))
    return rx.el.li(_link(other, _stands_in(one, other), *inside, class_name="rail-link", data_go=other.place.letter))


def _stands_in(one: Page, room: Page) -> bool:
    return room.place in {one.place, one.also}


def _for_whom(other: Page, one: Page, link: rx.Component) -> rx.Component:
    """Draw a link at once if everyone who may see this page may follow it; else once we know who is here."""
    if other.audience >= one.audience:
        return link
    allowed = [Shell.role == role.value for role in sorted(other.audience & one.audience)]
    if not allowed:
        return rx.fragment()
    anyone = allowed[0]
    for other_one in allowed[1:]:
        anyone = anyone | other_one
    return rx.cond(anyone, link, rx.fragment())


def _link(other: Page, here: bool, *inside: rx.Component, **more: object) -> rx.Component:
    current = {"aria_current": "page"} if here else {}
    return ReactRouterLink.create(*inside, to=other.route, **current, **more)


def _bar(one: Page, rooms: Sequence[Page]) -> rx.Component:
    """On a phone: four rooms and the rest behind "More"."""
    main = [other for other in rooms if other.place not in BELOW and other.audience >= one.audience]
    shown = main or [other for other in rooms if _stands_in(one, other)]
    links = [_for_whom(other, one, _bar_item(other, one)) for other in shown[:IN_THE_BAR]]
    more = rx.el.button(
        icon("more", 22), rx.el.span(word("More")), type="button", class_name="bar-link", data_open="more-rooms"
    )
    everywhere = [
        rx.el.ul(*(_for_whom(other, one, _rail_item_plain(other, one)) for other in rooms), class_name="rail-list")
    ]
    return rx.fragment(
        rx.el.nav(*links, more, class_name="bar", aria_label=word("Rooms, at the bottom")),
        dialog("more-rooms", word("Everything"), *everywhere, rx.el.hr(), *_wishes("sheet"), class_name="sheet"),
    )


def _bar_item(other: Page, one: Page) -> rx.Component:
    inside = (icon(other.place.icon, 22), rx.el.span(word(other.place.label)))
    return _link(other, _stands_in(one, other), *inside, class_name="bar-link")


def _rail_item_plain(other: Page, one: Page) -> rx.Component:
    inside = (icon(other.place.icon), rx.el.span(word(other.place.label)))
    return rx.el.li(_link(other, _stands_in(one, other), *inside, class_name="rail-link"))


def _me() -> rx.Component:
    keyboard = button(word("Keyboard shortcuts"), data_open="shortcuts")
    return rx.el.div(_menu(rx.el.span(Shell.name, class_name="clip"), keyboard), class_name="me")


def _menu(label: rx.Component | rx.Var[str], *more: rx.Component) -> rx.Component:
    initial = rx.el.span(Shell.name[0:1], class_name="initial", aria_hidden="true")
    return rx.el.details(
        rx.el.summary(initial, label), rx.el.div(*_wishes("menu"), *more, class_name="menu-list"), class_name="menu"
    )


def _wishes(where: str) -> list[rx.Component]:
    """Draw what a person sets for themself: light, language, and the way out."""
    return [
        rx.el.p(word("Language"), class_name="menu-title", id=f"{where}-language"),
        post_form(
            _language("fr", "Français"),
            _language("en", "English"),
            action="/language",
            class_name="buttons",
            aria_labelledby=f"{where}-language",
        ),
        rx.el.p(word("Light"), class_name="menu-title", id=f"{where}-light"),
        rx.el.div(
            _light("light", word("Day")),
            _light("dark", word("Night")),
            _light("system", word("As my device")),
            class_name="buttons",
            role="group",
            aria_labelledby=f"{where}-light",
        ),
        post_form(button(word("Sign out"), type="submit", class_name="wide"), action="/signout"),
        post_form(
            rx.el.input(type="hidden", name="everywhere", value="yes"),
            button(word("Sign out on all devices"), type="submit", kind="link", class_name="wide"),
            action="/signout",
        ),
    ]


def _language(locale: str, name: str) -> rx.Component:
    here = Language.locale == locale
    return rx.el.button(
        name,
        type="submit",
        name="locale",
        value=locale,
        lang=locale,
        aria_pressed=rx.cond(here, "true", "false"),
        class_name=rx.cond(here, "button pressed", "button"),
    )


def _light(mode: str, label: rx.Var[str]) -> rx.Component:
    chosen = rx.color_mode == mode
    return rx.el.button(
        label,
        type="button",
        on_click=set_color_mode(mode),
        aria_pressed=rx.cond(chosen, "true", "false"),
        class_name=rx.cond(chosen, "button pressed", "button"),
    )


def _shortcuts(rooms: Sequence[Page]) -> rx.Component:
    told = [(keys, word(label)) for keys, label in KEYS]
    told += [(("g", room.place.letter), word(room.place.label)) for room in rooms]
    lines = [
        part
        for keys, label in told
        for part in (
            rx.el.dt(*(rx.el.kbd(key if len(key) == 1 else word(key)) for key in keys), class_name="line"),
            rx.el.dd(label),
        )
    ]
    return dialog("shortcuts", word("Keyboard shortcuts"), rx.el.dl(*lines, class_name="facts"))


def _offline() -> rx.Component:
    """Say that what is typed now would not arrive."""
    return rx.cond(
        has_too_many_connection_errors,
        rx.el.p(
            icon("warn"),
            word("The connection is lost. We are trying again; nothing you sent is lost."),
            class_name="callout problem offline",
            role="alert",
        ),
    )
