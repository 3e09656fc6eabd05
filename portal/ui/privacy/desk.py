"""What the lists of the desk draw alike: what narrows them, whom a line is about, the pages they turn.

`of` is the State of a list: `told`, `page`, `more`, `turn(by)`, `narrow(name, value)` and a var for each filter.
"""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import filter_bar, paging, search_box, select_field, text_field
from portal.ui.privacy.words import EVERY
from portal.ui.words import word

# A day is typed in parts: what is written is read once the fingers rest.
SETTLED = 500


def filters(of: Any, *choices: rx.Component) -> rx.Component:
    """Draw what narrows a list: whom, the `choice`s of its own, and a period."""
    whom = search_box(word("Name, address or pseudonym"), value=of.text, on_change=of.narrow("text"))
    period = _day(of, "since", N_("From the day")), _day(of, "until", N_("To the day"))
    return rx.el.div(filter_bar(whom, *choices, *period), class_name="unprinted")


def choice(of: Any, name: str, label: str, words: Mapping[str, str]) -> rx.Component:
    """Draw one filter by words; nothing chosen is everything."""
    choices = [("", word(EVERY)), *((str(value), word(told)) for value, told in words.items())]
    return select_field(name, word(label), choices, value=getattr(of, name), on_change=of.narrow(name))


def _day(of: Any, name: str, label: str) -> rx.Component:
    keep = {"on_change": of.narrow(name).debounce(SETTLED)}
    return text_field(name, word(label), type="date", default_value=getattr(of, name), **keep)


def who(name: Any, pseudonym: Any) -> rx.Component:
    """Draw whom a line is about."""
    return rx.el.div(name, rx.el.div(pseudonym, class_name="quiet-text small pseudonym"))


def turns(of: Any) -> rx.Component:
    """Draw where we are in a list and the ways on."""
    return paging(of.told, has_before=of.page > 1, has_after=of.more, before=of.turn(-1), after=of.turn(1))
