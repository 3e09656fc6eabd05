"""A field that finds as one types: jobs, places. Enter takes the first; arrows walk through what was found.

How many were found is heard too, and the focus comes back to the field when what was pressed goes away (`data-home`).
"""

from collections.abc import Callable
from typing import Any

import reflex as rx

from portal.ui.components.buttons import Words, button
from portal.ui.components.forms import field
from portal.ui.words import word


def finder(
    name: str,
    label: Words,
    found: rx.Var,
    *,
    on_change: Any,
    on_pick: Callable[[Any], Any],
    hint: Words | None = None,
    error: Words | None = None,
    submits: bool = False,
    **props: Any,
) -> rx.Component:
    """Draw a search whose results are pressed; `found` holds rows with `value` and `words`.

    `on_change` takes what was typed (once the fingers rest), `on_pick(value)` a result. Enter takes the first; `submits`: it
    sends the form instead, with the text under `name`, whose handler does.
    """
    results = rx.foreach(found, lambda option: rx.el.li(button(option.words, on_click=on_pick(option.value))))
    control = rx.el.div(
        rx.el.input(
            type="search",
            id=name,
            name=name,
            on_change=on_change.debounce(200),
            auto_complete="off",
            class_name="input",
            aria_controls=f"{name}-found",
            **({"placeholder": " "} | ({"aria_describedby": f"{name}-hint"} if hint is not None else {}) | props),
        ),
        _how_many(found),
        rx.el.ul(results, id=f"{name}-found", class_name="found", aria_label=word("What was found")),
        _none_found(),
        class_name="finder",
        data_walk="submits" if submits else "takes",
        data_home=name,
    )
    return field(name, label, control, hint=hint, error=error)


def _none_found() -> rx.Component:
    # Shown by the style sheet beside an empty list once something was typed, and the answer had time to come.
    return rx.el.p(word("Nothing is called so. Try fewer letters."), class_name="found-nothing", role="status")


def _how_many(found: rx.Var) -> rx.Component:
    """Say to the ear how many were found."""
    told = found.length().to_string() + " " + word("found: arrow down, then press yours.")
    return rx.el.p(rx.cond(found.length() > 0, told, ""), class_name="heard", aria_live="polite")


def chips(chosen: rx.Var, label: Words, *, on_leave: Callable[[Any], Any], leave: Words) -> rx.Component:
    """Draw what is chosen, each with a way out; `leave` says what pressing does."""

    def one(option: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(option.words),
            rx.el.button(
                "×",
                type="button",
                aria_label=rx.Var.create(leave) + " " + option.words,
                on_click=on_leave(option.value),
            ),
            class_name="chip",
        )

    return rx.el.ul(rx.foreach(chosen, one), class_name="chips", aria_label=label)
