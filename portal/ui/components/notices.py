"""What is said to a person: in passing at the bottom of the window, or in its place on the page."""

from typing import Any, Literal

import reflex as rx

from portal.ui.components.buttons import Words, button, icon_button
from portal.ui.session import Notices
from portal.ui.words import word

Tone = Literal["calm", "todo", "problem"]


def notices() -> rx.Component:
    """Draw the place where `portal.ui.session.notice` speaks; the frame has it already."""
    undo = rx.cond(Notices.undo != "", button(word("Undo"), kind="link", on_click=Notices.take_back))
    said = rx.el.div(
        rx.el.span(Notices.text, class_name="grow"),
        undo,
        icon_button("close", word("Close"), on_click=Notices.dismiss),
        class_name="notice " + Notices.tone,
    )
    return rx.el.div(rx.cond(Notices.text != "", said), class_name="notices", role="status", aria_live="polite")


def callout(*inside: Any, tone: Tone = "calm", **props: Any) -> rx.Component:
    """Draw a sentence in its place on the page, with its button beside it; `todo` is what a person must do now."""
    return rx.el.div(*inside, class_name=f"callout {tone}", **props)


def problem(text: Words) -> rx.Component:
    """Draw an error above a form; nothing while `text` is empty."""
    told = rx.el.p(text, class_name="callout problem")
    return rx.el.div(rx.cond(rx.Var.create(text) != "", told), role="alert")
