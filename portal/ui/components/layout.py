"""How a page is laid out inside its frame."""

from typing import Any

import reflex as rx


def stack(*inside: Any, kind: str = "", **props: Any) -> rx.Component:
    """Draw one thing below the other; `kind` is `tight` or `loose`."""
    return rx.el.div(*inside, class_name=f"stack {kind}".strip(), **props)


def line(*inside: Any, apart: bool = False, **props: Any) -> rx.Component:
    """Draw things beside each other; they wrap."""
    return rx.el.div(*inside, class_name="line apart" if apart else "line", **props)


def card(*inside: Any, todo: bool = False, **props: Any) -> rx.Component:
    """Draw a box; use few, space separates better. `todo` is warm: a person must do something."""
    return rx.el.section(*inside, class_name="card todo" if todo else "card", **props)


def block(*inside: Any, **props: Any) -> rx.Component:
    """Draw a part of a page, a hairline above it."""
    return rx.el.section(*inside, class_name="block", **props)


def with_side(main: Any, *side: Any, label: Any) -> rx.Component:
    """Draw a page with a panel at its right that stays in sight (below it on a phone)."""
    return rx.el.div(
        rx.el.div(main, class_name="stack loose"),
        rx.el.aside(*side, class_name="side", aria_label=label),
        class_name="with-side",
    )


def thirds(left: Any, middle: Any, right: Any) -> rx.Component:
    """Draw three columns: who, what happened, what is next. The outer two go under each other on a phone."""
    columns = (rx.el.div(part, class_name="stack loose") for part in (left, middle, right))
    return rx.el.div(*columns, class_name="thirds")
