"""My data: everything we hold, to read, to take away, to erase."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.candidate.data.shown import Item, Part
from portal.ui.candidate.data.state import MyData
from portal.ui.components import button, go, leave, more, problem, state_dialog, when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page("/me/data", Place.MY_DATA, N_("What you know about me"), audience=CANDIDATES, on_load=MyData.load)
def data() -> rx.Component:
    """Draw until when we keep it, each part closed until opened, and the two ways to leave with it or without."""
    return when_loaded(
        MyData.loaded,
        rx.el.div(
            rx.el.div(
                rx.el.p(MyData.until),
                rx.cond(MyData.informed != "", rx.el.p(MyData.informed, class_name="quiet-text")),
                rx.el.div(go(word("What I agreed to"), to="/me/consents"), go(word("Correct it"), to="/me/wishes"), class_name="buttons"),
                class_name="stack tight",
            ),
            rx.el.div(rx.foreach(MyData.parts, _part)),
            _take_away(),
            _erase(),
            class_name="stack loose",
        ),
        _erasing(),
    )


def _part(one: rx.Var[Part]) -> rx.Component:
    title = rx.fragment(rx.el.span(one.title), rx.el.span(one.lines.length(), class_name="count"))
    return more(
        title,
        rx.el.p(one.why, class_name="quiet-text small"),
        rx.cond(
            one.lines.length() > 0,
            rx.el.ul(rx.foreach(one.lines, _item), class_name="held"),
            rx.el.p(one.none, class_name="quiet-text"),
        ),
    )


def _item(one: rx.Var[Item]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(one.name),
        rx.cond(one.value != "", rx.el.p(one.value, class_name="said")),
        rx.cond(one.source != "", rx.el.p(one.source, class_name="when")),
        class_name="held-item",
    )


def _take_away() -> rx.Component:
    return rx.el.section(
        rx.el.h2(word("Take it away")),
        rx.el.p(word("One file with all of the above, for you or for another service (GDPR 20).")),
        rx.el.div(leave(word("Download my data"), href="/me/data.json", download=True), class_name="buttons"),
        class_name="block stack tight",
    )


def _erase() -> rx.Component:
    return rx.el.section(
        rx.el.h2(word("Erase everything")),
        rx.el.p(word("Your name, your address, your wishes, our letters and yours: all of it, for good.")),
        rx.el.div(button(word("Erase everything…"), kind="danger", on_click=MyData.ask_to_erase), class_name="buttons"),
        class_name="block stack tight",
    )


def _erasing() -> rx.Component:
    surely = rx.fragment(
        rx.el.p(word("It is done at once and cannot be undone. Meetings to come are cancelled; nobody writes to you any more.")),
        rx.el.p(
            word("Two things stay that name nobody: a fingerprint of your address, so that no import brings you back, and the pseudonym of your consents."),
            class_name="quiet-text small",
        ),
        problem(MyData.problem),
        rx.el.div(
            button(word("Erase everything, for good"), kind="danger", on_click=MyData.erase),
            button(word("Keep everything"), on_click=MyData.stay),
            class_name="buttons",
        ),
    )
    first = rx.fragment(
        rx.el.p(word("So that nobody else can do it in your name, sign in again first: it takes one letter and one click.")),
        rx.el.div(
            leave(word("Sign in again"), href="/signin", kind="primary"),
            button(word("Keep everything"), on_click=MyData.stay),
            class_name="buttons",
        ),
    )
    return state_dialog(
        "erasing",
        word("Erase everything?"),
        rx.el.div(rx.cond(MyData.fresh, surely, first), class_name="stack"),
        shown=MyData.erasing,
        on_close=MyData.stay,
    )
