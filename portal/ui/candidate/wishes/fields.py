"""Fields that save themselves: what is typed is kept on leaving the field, what is ticked at once.

They show what the fingers did without waiting for the server: on a train, the answer may take a while.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal.ui.candidate.wishes.state import Wishes
from portal.ui.components import icon, number_field, select_field, text_field
from portal.ui.components.buttons import Words
from portal.ui.own_fields import NOW, OwnField, drawn_to_keep
from portal.ui.picking import picker
from portal.ui.words import word

SETTLED = 700  # milliseconds: a date typed digit by digit is several dates on its way
PAUSED = 1200  # and words are kept when the fingers pause, for whoever leaves without leaving the field


def kept(name: str | rx.Var[str]) -> rx.Component:
    """Draw who said the value of a field, or that it was just kept."""
    mark = rx.el.span(icon("check", 16), word("Saved."), class_name="kept")
    return rx.el.p(
        rx.cond(Wishes.saved == name, mark),
        Wishes.seen.said[name],
        class_name="quiet-text small line",
        aria_live="polite",
    )


def typed(name: str, label: Words, **props: Any) -> rx.Component:
    """Draw a line of text."""
    return _with(name, text_field(name, label, **kept_as_typed(name), **(_plain(name) | props)))


def kept_as_typed(name: str) -> dict[str, Any]:
    """Keep what is typed on leaving the field, and before that whenever the fingers pause: the page may be closed from there."""
    return {
        "on_blur": lambda text: Wishes.keep(name, text, NOW),
        "on_change": lambda text: Wishes.keep_meanwhile(name, text, NOW).debounce(PAUSED),
    }


def counted(name: str, label: Words, *, unit: Words, **props: Any) -> rx.Component:
    """Draw a whole number."""
    return _with(name, number_field(name, label, unit=unit, **kept_as_typed(name), **(_plain(name) | props)))


def dated(name: str, label: Words, **props: Any) -> rx.Component:
    """Draw a day."""
    keep = {"on_change": lambda day: Wishes.keep(name, day, NOW).debounce(SETTLED)}
    return _with(name, text_field(name, label, type="date", **keep, **_plain(name), **props))


def one_of(
    name: str, label: Words, choices: Sequence[tuple[str, Words]], hint: Words = "", *, across: bool = False
) -> rx.Component:
    """Draw a choice of one."""
    each = [_dot(name, value, told) for value, told in choices]
    return _several(name, label, rx.fragment(*each), hint, across=across)


def listed(name: str, label: Words, choices: rx.Var, **props: Any) -> rx.Component:
    """Draw a choice of one in a list."""
    closed = select_field(
        name,
        label,
        choices,
        default_value=Wishes.seen.held[name],
        error=Wishes.wrong[name],
        on_change=lambda value: Wishes.keep(name, value, NOW),
        **props,
    )
    return _with(name, closed)


def some_of(
    name: str, label: Words, choices: Sequence[tuple[str, Words]], chosen: rx.Var, hint: Words = ""
) -> rx.Component:
    """Draw a choice of several."""
    ticks = [_tick(name, value, told, chosen) for value, told in choices]
    return _several(name, label, rx.fragment(*ticks), hint)


def some_of_these(name: str, label: Words, choices: rx.Var, chosen: rx.Var, hint: Words = "") -> rx.Component:
    """Draw a choice of several, known only on load: pairs of value and words."""
    return _several(name, label, rx.foreach(choices, lambda one: _tick(name, one[0], one[1], chosen)), hint)


def picked(name: str, label: Words, hint: Words) -> rx.Component:
    """Draw a list one fills by typing."""
    filled = picker(
        name,
        label,
        hint=hint,
        chosen=Wishes.seen.picks[name],
        results=Wishes.results[name],
        on_type=Wishes.look_for(name),
        on_pick=lambda value: Wishes.pick(name, value),
        on_leave=lambda value: Wishes.unpick(name, value),
        typed=Wishes.typed,
    )
    wrong = rx.cond(Wishes.wrong[name] != "", rx.el.p(Wishes.wrong[name], class_name="error", role="alert"))
    return _with(name, rx.fragment(filled, wrong))


def own(one: rx.Var[OwnField]) -> rx.Component:
    """Draw a field of the house's own: theirs to fill, or to read."""
    wrong = rx.cond(Wishes.wrong[one.column] != "", rx.el.p(Wishes.wrong[one.column], class_name="error", role="alert"))
    told = rx.el.div(
        rx.el.p(one.name, class_name="label"),
        rx.el.p(rx.cond(one.words != "", one.words, word("Nothing yet."))),
        class_name="field",
    )
    filled = rx.fragment(
        drawn_to_keep(one, keep=Wishes.keep, choose=Wishes.choose, meanwhile=Wishes.keep_meanwhile), wrong
    )
    return rx.el.div(rx.cond(one.locked, told, filled), kept(one.column), class_name="stack tight")


def _tick(name: str, value: Words, told: Words, chosen: rx.Var) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        name=f"{name}." + rx.Var.create(value).to(str),
        default_checked=chosen.contains(value),
        on_change=lambda ticked: Wishes.choose(name, value, ticked),
    )
    return rx.el.label(box, rx.el.span(told), class_name="choice")


def _dot(name: str, value: str, told: Words) -> rx.Component:
    dot = rx.el.input(
        type="radio",
        name=name,
        value=value,
        default_checked=Wishes.seen.held[name] == value,
        on_change=lambda chosen: Wishes.keep(name, chosen, NOW),
    )
    return rx.el.label(dot, rx.el.span(told), class_name="choice")


def _several(name: str, label: Words, ticks: rx.Component, hint: Words, *, across: bool = True) -> rx.Component:
    hinted = isinstance(hint, rx.Var) or bool(hint)
    told = [rx.el.p(hint, class_name="hint", id=f"{name}-hint")] if hinted else []
    group = rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        *told,
        rx.el.div(ticks, class_name="choices across" if across else "choices"),
        rx.cond(Wishes.wrong[name] != "", rx.el.p(Wishes.wrong[name], class_name="error", role="alert")),
        class_name="field",
        **({"aria_describedby": f"{name}-hint"} if hinted else {}),
    )
    return _with(name, group)


def _plain(name: str) -> dict[str, Any]:
    return {"default_value": Wishes.seen.held[name], "error": Wishes.wrong[name], "auto_complete": "off"}


def _with(name: str, field: rx.Component) -> rx.Component:
    return rx.el.div(field, kept(name), class_name="stack tight")
