"""What I agreed to: each purpose, word for word."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.candidate.consents.state import Agreement, MyConsents
from portal.ui.components import badge, button, go, leave, more, problem, when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word

# A text stands in the language it was agreed in, whatever the page speaks.
AS_AGREED = {"translate": "no"}


@page(
    "/me/consents",
    Place.MY_DATA,
    N_("What I agreed to"),
    audience=CANDIDATES,
    on_load=MyConsents.load,
    in_rail=False,
)
def consents() -> rx.Component:
    """Draw one card a purpose, and the way out of all of them."""
    return when_loaded(
        MyConsents.loaded,
        rx.el.div(
            rx.el.p(word("Saying stop takes one click. Agreeing asks you to sign in again, so that it is surely you.")),
            _trouble(),
            rx.foreach(MyConsents.rows, _agreement),
            _stop(),
            rx.el.p(go(word("Everything we hold about you"), to="/me/data")),
            class_name="stack loose",
        ),
    )


def _trouble() -> rx.Component:
    again = rx.el.div(leave(word("Sign in again"), href="/signin", kind="primary"), class_name="buttons")
    told = rx.el.div(problem(MyConsents.problem), rx.cond(MyConsents.stale, again), class_name="stack tight")
    return rx.cond(MyConsents.problem != "", told)


def _agreement(one: rx.Var[Agreement]) -> rx.Component:
    shade = rx.cond(one.good, "good", "outline")
    return rx.el.section(
        rx.el.h2(one.title),
        rx.el.p(badge(one.standing, shade=shade)),
        rx.el.p(one.detail),
        more(word("The exact text"), rx.el.p(one.text, class_name="notice-text", custom_attrs=AS_AGREED)),
        rx.cond(
            one.shown != "",
            more(
                word("The text you were shown then"),
                rx.el.p(one.shown, class_name="notice-text", custom_attrs=AS_AGREED),
            ),
        ),
        rx.el.div(
            rx.cond(
                one.can_give,
                button(
                    rx.cond(one.again, word("I agree again to this text"), word("I agree to this text")),
                    on_click=MyConsents.give(one.purpose, one.version, one.language),
                ),
            ),
            rx.cond(one.can_withdraw, button(word("Take it back"), on_click=MyConsents.withdraw(one.purpose))),
            rx.cond(one.can_object, button(word("I object"), on_click=MyConsents.object_to(one.purpose))),
            class_name="buttons",
        ),
        class_name="card stack tight",
        aria_label=one.title,
    )


def _stop() -> rx.Component:
    return rx.cond(
        MyConsents.any_letters,
        rx.el.section(
            rx.el.h2(word("Stop everything")),
            rx.el.p(word("No more letters of any kind, at once. What you hear from us is then only what you ask for.")),
            rx.el.div(
                button(word("Stop writing to me"), kind="danger", on_click=MyConsents.stop_everything),
                class_name="buttons",
            ),
            class_name="block stack tight",
        ),
    )
