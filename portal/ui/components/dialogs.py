"""What stands above the page (a native `<dialog>`: the browser keeps the focus inside), or opens within it."""

from typing import Any

import reflex as rx

from portal.ui.components.buttons import Words, icon_button
from portal.ui.words import word


def dialog(name: str, title: Words, *inside: Any, class_name: str = "") -> rx.Component:
    """Draw a dialog that any button with `data_open=name` opens, without asking the server."""
    return rx.el.dialog(
        _top(name, title, icon_button("close", word("Close"), data_close="")),
        *inside,
        id=name,
        aria_labelledby=f"{name}-title",
        class_name=f"dialog {class_name}".strip(),
    )


def state_dialog(
    name: str, title: Words, *inside: Any, shown: rx.Var[bool], on_close: Any, class_name: str = ""
) -> rx.Component:
    """Draw a dialog that opens and closes by a State's word; Escape and a press outside call `on_close` too."""
    drawn = rx.el.dialog(
        _top(name, title, icon_button("close", word("Close"), data_close="", on_click=on_close)),
        *inside,
        id=name,
        aria_labelledby=f"{name}-title",
        data_modal="",
        class_name=f"dialog {class_name}".strip(),
    )
    return rx.cond(shown, drawn)


def more(summary: Words, *inside: Any, **props: Any) -> rx.Component:
    """Draw something that opens within the page."""
    return rx.el.details(rx.el.summary(summary), rx.el.div(*inside, class_name="more-body"), class_name="more", **props)


def _top(name: str, title: Words, close: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.h2(title, id=f"{name}-title"), close, class_name="dialog-top")
