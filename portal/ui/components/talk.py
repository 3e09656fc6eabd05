"""What happened and what was said, in the order of time."""

from typing import Any

import reflex as rx

from portal.ui.components.buttons import Words


def timeline(events: rx.Var, label: Words) -> rx.Component:
    """Draw what happened: rows with `told` (a sentence), `when`, `exactly` (the day and time), `kind`.

    `kind`: `theirs` for an act of the talent, `todo` for what a person must still do, or empty.
    """

    def one(event: Any) -> rx.Component:
        return rx.el.li(
            rx.el.p(event.told),
            rx.el.span(event.when, title=event.exactly, class_name="when"),
            class_name="event " + event.kind,
        )

    return rx.el.ol(rx.foreach(events, one), class_name="timeline", aria_label=label)


def talk(messages: rx.Var, label: Words) -> rx.Component:
    """Draw a conversation: rows with `who`, `text`, `when`, `exactly` and `side` (`ours` or `theirs`)."""

    def one(message: Any) -> rx.Component:
        return rx.el.li(
            rx.el.p(message.text, class_name="said"),
            rx.el.span(message.who, " · ", message.when, title=message.exactly, class_name="when"),
            class_name="bubble " + message.side,
        )

    return rx.el.ol(rx.foreach(messages, one), class_name="talk", aria_label=label)


def moment(told: Words, exactly: Words) -> rx.Component:
    """Draw a time as people say it, the exact one on hover."""
    return rx.el.span(told, title=exactly, class_name="when")
