"""Messages: ask, and read all that was said."""

import reflex as rx

from portal.kit.i18n import N_
from portal.kit.typed import LONGEST
from portal.ui.candidate.messages.state import Line, Messages
from portal.ui.components import area_field, button, empty, facts_of, form, go, when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page("/me/messages", Place.MY_MESSAGES, N_("Messages"), audience=CANDIDATES, on_load=Messages.load)
def messages() -> rx.Component:
    """Draw the way to ask, then the thread, the newest first."""
    told = rx.el.ol(rx.foreach(Messages.lines, _line), class_name="talk", aria_label=word("Messages, the newest first"))
    nothing = empty(
        word("Nothing was said yet"),
        rx.el.p(word("Every letter we write to you stands here, with the reason why you got it.")),
    )
    return when_loaded(
        Messages.loaded,
        rx.el.div(
            rx.cond(Messages.can_ask, _ask()),
            rx.cond(Messages.lines.length() > 0, told, nothing),
            class_name="stack loose",
        ),
    )


def _ask() -> rx.Component:
    return form(
        area_field(
            "question",
            word("A question? Write to your recruiter"),
            error=Messages.problem,
            most=LONGEST,
            hint=Messages.whom,
            # A new key for each question sent: the field comes back empty.
            key=Messages.asked.to_string(),
        ),
        rx.el.div(button(word("Send"), kind="primary", type="submit"), class_name="buttons"),
        on_submit=Messages.ask,
        no_validate=True,
    )


def _line(one: rx.Var[Line]) -> rx.Component:
    shown = Messages.why_of == one.letter
    why = rx.el.ul(
        rx.foreach(Messages.why, rx.el.li),
        class_name="stack tight small why",
        aria_live="polite",
        id="why-" + one.letter,
    )
    asks = rx.el.button(
        word("Why did I get this?"),
        type="button",
        on_click=Messages.explain(one.letter),
        aria_expanded=rx.cond(shown, "true", "false"),
        class_name="button link",
    )
    return rx.el.li(
        rx.cond(one.subject != "", rx.el.p(rx.el.strong(one.subject))),
        rx.el.p(one.text, class_name="said"),
        rx.cond(one.facts.length() > 0, facts_of(one.facts)),
        rx.cond(
            one.choices.length() > 0,
            rx.el.ul(
                rx.foreach(one.choices, rx.el.li), class_name="offered", aria_label=word("What could be answered")
            ),
        ),
        rx.cond(one.way != "", rx.el.p(go(word("Answer here"), to=one.way))),
        rx.el.span(
            one.who,
            " · ",
            one.when,
            rx.cond(one.note != "", " · " + one.note, ""),
            title=one.exactly,
            class_name="when",
        ),
        rx.cond(one.letter != "", rx.fragment(asks, rx.cond(shown, why))),
        # Here the reader is at the right: what is theirs stands on their side.
        class_name="bubble " + rx.cond(one.side == "theirs", "ours", "theirs"),
    )
