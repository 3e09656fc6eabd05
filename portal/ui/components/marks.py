"""Small things that inform: badges, facts, tabs, steps."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from portal.ui.components.buttons import Words

Shade = Literal["", "good", "todo", "loss", "outline"]


def badge(*inside: Any, shade: Shade | rx.Var[str] = "", **props: Any) -> rx.Component:
    """Draw a word that says a state; the colour only repeats it."""
    return rx.el.span(*inside, class_name=rx.Var.create("badge ") + rx.Var.create(shade), **props)


def facts(items: Sequence[tuple[Words, Any]]) -> rx.Component:
    """Draw names and values."""
    parts = [part for name, value in items for part in (rx.el.dt(name), rx.el.dd(value))]
    return rx.el.dl(*parts, class_name="facts")


def facts_of(items: rx.Var) -> rx.Component:
    """Draw a Var of dicts or rows with `name`, `value` and `source` ("said by them on…", may be empty)."""

    def one(item: Any) -> rx.Component:
        source = rx.cond(item.source != "", rx.el.span(item.source, class_name="source"))
        return rx.fragment(rx.el.dt(item.name), rx.el.dd(item.value, source))

    return rx.el.dl(rx.foreach(items, one), class_name="facts")


def figure(value: Any, label: Words) -> rx.Component:
    """Draw one number people look at, and what it counts."""
    return rx.el.div(
        rx.el.div(value, class_name="figure-big"), rx.el.div(label, class_name="quiet-text small"), class_name="figure"
    )


def link_tabs(label: Words, tabs: Sequence[tuple[Words, str, bool]]) -> rx.Component:
    """Draw tabs that are addresses: (words, where, whether we are there)."""
    links = [
        ReactRouterLink.create(words, to=to, class_name="tab", **({"aria_current": "page"} if here else {}))
        for words, to, here in tabs
    ]
    return rx.el.nav(*links, class_name="tabs", aria_label=label)


def tabs(
    name: str, label: Words, chosen: rx.Var[str], on_choose: Any, parts: Sequence[tuple[str, Words, Any]]
) -> rx.Component:
    """Draw faces of one thing: (value, words, what to draw). `on_choose(value)` is a State's handler."""

    def tab(value: str, words: Words) -> rx.Component:
        return rx.el.button(
            words,
            type="button",
            role="tab",
            id=f"{name}-{value}",
            aria_selected=rx.cond(chosen == value, "true", "false"),
            aria_controls=f"{name}-body",
            on_click=on_choose(value),
            class_name="tab",
        )

    faces = rx.match(chosen, *((value, rx.fragment(part)) for value, _, part in parts), rx.fragment())
    return rx.el.div(
        rx.el.div(
            *(tab(value, words) for value, words, _ in parts), role="tablist", aria_label=label, class_name="tabs"
        ),
        rx.el.div(faces, role="tabpanel", id=f"{name}-body", aria_label=label, class_name="tab-body"),
    )


def steps(label: Words, names: Sequence[Words], now: int | rx.Var[int]) -> rx.Component:
    """Draw where one is on a short way; `now` counts from 0."""

    def one(index: int, words: Words) -> rx.Component:
        at = rx.Var.create(now)
        return rx.el.li(
            words,
            class_name=rx.cond(at > index, "step past", "step"),
            aria_current=rx.cond(at == index, "step", "false"),
        )

    return rx.el.ol(*(one(index, words) for index, words in enumerate(names)), class_name="steps", aria_label=label)
