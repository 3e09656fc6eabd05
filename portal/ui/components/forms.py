"""Fields. Each has its label above, its hint below the label, and its error where the eye and the screen reader are.

A form is `form(…, on_submit=State.save)`: the handler gets a dict of the fields by `name`. Values are given with
`default_value` (the browser keeps what is typed) and read at submit, so typing costs no round trip. Two fields of the
same name on one page need an `id` each.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from portal.ui.components.buttons import Words
from portal.ui.components.icons import icon
from portal.ui.words import word

Choice = tuple[str, Words]


class PlainForm(BaseHTML):
    """A form the browser sends itself, as a POST to one of our routes (Reflex's own form never leaves the page)."""

    tag = "form"


def post_form(*inside: Any, action: Words, **props: Any) -> rx.Component:
    """Draw a form that is sent to an HTTP route: sign out, change language, upload."""
    return PlainForm.create(
        *inside, custom_attrs={"action": action, "method": "post"} | props.pop("custom_attrs", {}), **props
    )


def form(*inside: Any, on_submit: Any, class_name: str = "form", **props: Any) -> rx.Component:
    """Draw a form whose fields arrive as a dict in a State's handler."""
    return rx.el.form(*inside, on_submit=on_submit, class_name=class_name, **props)


def field(
    key: str, label: Words, control: rx.Component, *, hint: Words | None = None, error: Words | None = None
) -> rx.Component:
    """Draw a control (whose id is `key`) with its words. `error` is a Var that is empty while all is well."""
    return rx.el.div(
        rx.el.label(label, html_for=key, class_name="label"),
        _hint(key, hint),
        control,
        _error(key, error),
        class_name="field",
    )


def text_field(
    name: str, label: Words, *, hint: Words | None = None, error: Words | None = None, **props: Any
) -> rx.Component:
    """Draw one line of text; `type="email"`, `"date"`, `"time"`, `"tel"`, `"number"`… as in HTML."""
    classes = f"input {props.pop('class_name', '')}".strip()
    key = props.pop("id", name)
    control = rx.el.input(id=key, name=name, class_name=classes, **_said(key, hint, error), **props)
    return field(key, label, control, hint=hint, error=error)


def number_field(
    name: str, label: Words, *, unit: Words, hint: Words | None = None, error: Words | None = None, **props: Any
) -> rx.Component:
    """Draw a whole number with its unit beside it."""
    props = {"type": "number", "input_mode": "numeric", "step": "1", "min": "0"} | props
    key = props.pop("id", name)
    control = rx.el.input(id=key, name=name, class_name="input short", **_said(key, hint, error), **props)
    return field(key, label, rx.el.div(control, rx.el.span(unit), class_name="unit"), hint=hint, error=error)


def area_field(
    name: str, label: Words, *, most: int = 2000, hint: Words | None = None, error: Words | None = None, **props: Any
) -> rx.Component:
    """Draw several lines of text, with what is used of the room for it."""
    key = props.pop("id", name)
    control = rx.el.textarea(
        id=key, name=name, class_name="input", data_count=str(most), **_said(key, hint, error), **props
    )
    counted = rx.fragment(control, rx.el.span(f"0 / {most}", class_name="counter", aria_hidden="true"))
    return field(key, label, counted, hint=hint, error=error)


def select_field(
    name: str,
    label: Words,
    choices: Sequence[Choice] | rx.Var[list[list[str]]],
    *,
    hint: Words | None = None,
    error: Words | None = None,
    **props: Any,
) -> rx.Component:
    """Draw a closed list. `choices` are (value, words), or a Var of such pairs."""
    if isinstance(choices, rx.Var):
        options = [rx.foreach(choices, lambda choice: rx.el.option(choice[1], value=choice[0]))]
    else:
        options = [rx.el.option(told, value=value) for value, told in choices]
    key = props.pop("id", name)
    control = rx.el.select(*options, id=key, name=name, class_name="input", **_said(key, hint, error), **props)
    return field(key, label, control, hint=hint, error=error)


def radios(
    name: str,
    label: Words,
    choices: Sequence[Choice],
    *,
    chosen: Words = "",
    hint: Words | None = None,
    error: Words | None = None,
    across: bool = False,
    **props: Any,
) -> rx.Component:
    """Draw a choice of one, all in sight."""
    return _group("radio", name, label, choices, lambda value: chosen == value, hint, error, across, props)


def checks(
    name: str,
    label: Words,
    choices: Sequence[Choice],
    *,
    chosen: rx.Var[list[str]] | Sequence[str] = (),
    hint: Words | None = None,
    error: Words | None = None,
    across: bool = False,
    **props: Any,
) -> rx.Component:
    """Draw a choice of several; each field arrives as `name.value` set to "on"."""

    def ticked(value: str) -> Any:
        return chosen.contains(value) if isinstance(chosen, rx.Var) else value in chosen

    return _group("checkbox", name, label, choices, ticked, hint, error, across, props)


def check(name: str, label: Words, *, hint: Words | None = None, **props: Any) -> rx.Component:
    """Draw one thing to tick."""
    told = rx.el.span(label, *([rx.el.small(hint)] if hint is not None else []))
    return rx.el.label(rx.el.input(type="checkbox", id=name, name=name, **props), told, class_name="choice")


def _group(
    type_: str,
    name: str,
    label: Words,
    choices: Sequence[Choice],
    ticked: Any,
    hint: Words | None,
    error: Words | None,
    across: bool,
    props: dict[str, Any],
) -> rx.Component:
    def one(value: str, told: Words) -> rx.Component:
        called = name if type_ == "radio" else f"{name}.{value}"
        start = {} if "on_change" in props else {"default_checked": ticked(value)}
        shown = {"checked": ticked(value)} if "on_change" in props else start
        return rx.el.label(
            rx.el.input(type=type_, id=f"{name}-{value}", name=called, value=value, **shown, **props),
            rx.el.span(told),
            class_name="choice",
        )

    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        _hint(name, hint),
        rx.el.div(*(one(*choice) for choice in choices), class_name="choices across" if across else "choices"),
        _error(name, error),
        class_name="field",
        **{key: value for key, value in _said(name, hint, error).items() if key == "aria_describedby"},
    )


def _said(name: str, hint: Words | None, error: Words | None) -> dict[str, Any]:
    """Tie a control to its hint and its error."""
    by = " ".join(part for part, given in ((f"{name}-hint", hint), (f"{name}-error", error)) if given is not None)
    wrong = {} if error is None else {"aria_invalid": rx.cond(rx.Var.create(error) != "", "true", "false")}
    return wrong | ({"aria_describedby": by} if by else {})


def _hint(name: str, hint: Words | None) -> rx.Component:
    return rx.fragment() if hint is None else rx.el.p(hint, id=f"{name}-hint", class_name="hint")


def _error(name: str, error: Words | None) -> rx.Component:
    if error is None:
        return rx.fragment()
    told = rx.cond(rx.Var.create(error) != "", rx.fragment(icon("warn", 18), error), rx.fragment())
    return rx.el.p(told, id=f"{name}-error", class_name="error", aria_live="polite")


def file_drop(
    name: str,
    label: Words,
    *,
    action: Words,
    accept: str,
    hint: Words,
    send: Words,
    most: int | None = None,
    too_large: Words = "",
) -> rx.Component:
    """Draw a place to drop a file, sent as a plain multipart POST to an authorised HTTP route of ours.

    A file of more than `most` bytes is told `too_large` before it is sent; the route refuses it all the same.
    """
    bounded = {} if most is None else {"data_most": str(most), "data_too_large": too_large}
    return post_form(
        rx.el.label(label, html_for=name, class_name="label"),
        rx.el.p(hint, id=f"{name}-hint", class_name="hint"),
        rx.el.input(
            type="file", id=name, name=name, accept=accept, required=True, aria_describedby=f"{name}-hint", **bounded
        ),
        rx.el.button(send, type="submit", class_name="button primary"),
        rx.el.span(word("You can also drop the file here."), class_name="hint"),
        action=action,
        class_name="drop",
        custom_attrs={"encType": "multipart/form-data"},
    )
