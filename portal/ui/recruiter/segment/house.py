"""The parts of the open criterion about what the house made itself: a field, a survey, a segment; and a language."""

from typing import Any

import reflex as rx

from portal.segments.document import Cefr
from portal.ui.recruiter.segment.state import Builder
from portal.ui.words import word

_OWN = Builder.fields.house


def pick(name: str, label: Any) -> rx.Component:
    """Draw a choice among what the house has."""
    options = rx.foreach(_OWN.picks, lambda one: rx.el.option(one.words, value=one.value, key=one.value))
    return _field(name, label, rx.el.select(options, value=_OWN.picked, **_writes(name)))


def spoken() -> rx.Component:
    """Draw a language and how well it is spoken."""
    levels = [rx.el.option(word("whatever the level"), value=""), *(rx.el.option(level, value=level) for level in Cefr)]
    return rx.fragment(
        pick("language", word("Language")),
        _field("at_least", word("At least"), rx.el.select(*levels, value=_OWN.level, **_writes("at_least"))),
    )


def own_field(choices: rx.Component) -> rx.Component:
    """Draw a field of the house, what it is asked, and with what."""
    tests = rx.foreach(_OWN.tests, lambda one: rx.el.option(one.words, value=one.value, key=one.value))
    text = _input("text", word("Text"), _OWN.text)
    return rx.fragment(
        pick("field", word("Field")),
        rx.cond(
            _OWN.picked != "0",
            _field("test", word("What it holds"), rx.el.select(tests, value=_OWN.test, **_writes("test"))),
        ),
        rx.match(
            _OWN.test,
            ("holds", text),
            ("is", text),
            ("one_of", choices),
            (
                "number",
                rx.fragment(
                    _input("least", word("From"), _OWN.least, input_mode="numeric"),
                    _input("most", word("To"), _OWN.most, input_mode="numeric"),
                ),
            ),
            (
                "day",
                rx.fragment(
                    _input("since", word("From"), _OWN.since, type="date"),
                    _input("until", word("To"), _OWN.until, type="date"),
                ),
            ),
            rx.fragment(),
        ),
    )


def _input(name: str, label: Any, shown: Any, type: str = "text", **more: str) -> rx.Component:  # noqa: A002 - HTML's own word
    writes = _writes(name) | more
    if type == "text":
        writes["on_change"] = lambda text: Builder.write(Builder.open_id, name, text).debounce(350)
        writes["on_blur"] = lambda text: Builder.write(Builder.open_id, name, text)
    return _field(
        name, label, rx.el.input(type=type, default_value=shown, max_length=80, auto_complete="off", **writes)
    )


def _writes(name: str) -> dict[str, Any]:
    return {
        "id": f"field-{name}",
        "name": f"field-{name}",
        "on_change": lambda text: Builder.write(Builder.open_id, name, text),
        "class_name": "input short",
    }


def _field(name: str, label: Any, control: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=f"field-{name}", class_name="label"), control, class_name="field")
