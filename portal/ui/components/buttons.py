"""Things to press. A button does something here; a link goes somewhere."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink

from portal.ui.components.icons import icon
from portal.ui.words import word


class PlainLink(BaseHTML):
    """A link the browser follows by itself. Reflex's own `a` would look for a page of the app at that address."""

    tag = "a"


Kind = Literal["primary", "quiet", "danger", "link"]
Words = str | rx.Var[str]


def button(*inside: Any, kind: Kind = "quiet", class_name: str = "", **props: Any) -> rx.Component:
    """Draw a button. One `primary` a page; `danger` only for loss; `link` for the least of several."""
    props.setdefault("type", "button")
    return rx.el.button(*inside, class_name=f"button {kind} {class_name}".strip(), **props)


def or_not_now(press: rx.Component, leave: Any) -> rx.Component:
    """Draw the button that does what a form or a question is about, and the one that leaves it all as it is."""
    return rx.el.div(press, button(word("Not now"), on_click=leave), class_name="buttons")


def icon_button(name: str, label: Words, *, class_name: str = "", **props: Any) -> rx.Component:
    """Draw a button that is an icon alone; `label` is what it is called."""
    props.setdefault("type", "button")
    return rx.el.button(
        icon(name), aria_label=label, title=label, class_name=f"button icon {class_name}".strip(), **props
    )


def go(*inside: Any, to: Words, kind: Kind = "quiet", class_name: str = "", **props: Any) -> rx.Component:
    """Draw a link to one of our pages that looks like a button."""
    return ReactRouterLink.create(*inside, to=to, class_name=f"button {kind} {class_name}".strip(), **props)


def link(*inside: Any, to: Words, **props: Any) -> rx.Component:
    """Draw a link to one of our pages, in the middle of words."""
    return ReactRouterLink.create(*inside, to=to, **props)


def leave(*inside: Any, href: Words, kind: Kind = "quiet", class_name: str = "", **props: Any) -> rx.Component:
    """Draw a link that looks like a button, to an address outside the pages: a download, a plain-HTML page."""
    return plain_link(*inside, href=href, class_name=f"button {kind} {class_name}".strip(), **props)


def plain_link(*inside: Any, href: Words, download: bool = False, **props: Any) -> rx.Component:
    """Draw a link to an address outside the pages, to a place on this page (`#main`), or to a file one takes away."""
    given = props.pop("custom_attrs", {})  # a prop the framework does not know would become a rule of style
    file = {"download": ""} if download else {}
    return PlainLink.create(*inside, custom_attrs={"href": href} | file | given, **props)
