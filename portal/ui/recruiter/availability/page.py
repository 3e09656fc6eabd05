"""Availability: the times one offers for a talk, and who took them."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    area_field,
    badge,
    button,
    card,
    checks,
    empty,
    form,
    group,
    icon,
    icon_button,
    line,
    link,
    number_field,
    problem,
    row,
    rows,
    select_field,
    state_dialog,
    text_field,
    when_loaded,
    with_side,
)
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.agreeing import Agreeing, agreeing
from portal.ui.recruiter.availability.state import Availability, Cancelling
from portal.ui.recruiter.talent.time import MOST_WORDS
from portal.ui.words import word

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


@page(
    "/availability",
    Place.OPPORTUNITIES,
    N_("My availability"),
    audience=RECRUITERS,
    on_load=Availability.load,
    in_rail=False,
)
def availability() -> rx.Component:
    """Draw the week, and beside it the way to offer times."""
    drawn = with_side(_week(), _offer(), label=word("Offer times"))
    return rx.fragment(when_loaded(Availability.loaded, drawn, lines=8), _cancelling(), agreeing())


def _week() -> rx.Component:
    turning = rx.el.div(
        icon_button(
            "left", word("Week before"), on_click=Availability.turn(-1), disabled=Availability.number_of_week == 0
        ),
        rx.el.h2(Availability.title, aria_live="polite", class_name="week-title"),
        icon_button("right", word("Week after"), on_click=Availability.turn(1)),
        class_name="week-line",
    )
    listed = rx.foreach(Availability.days, lambda one: group(one.title, one.count, rows(one.slots, _slot, one.title)))
    nothing = rx.cond(
        Availability.any_at_all,
        empty(
            word("Nothing is offered this week"),
            rx.el.p(word("Offer times with the form, or look at the next week.")),
        ),
        empty(
            word("You offer no time yet"),
            rx.el.p(
                word("Without free times a chain cannot offer two of them: the letters wait for you."),
                class_name="measure",
            ),
        ),
    )
    return rx.el.div(
        rx.el.p(Availability.summary, class_name="quiet-text"),
        rx.el.div(button(word("Book a time agreed on the phone"), on_click=Agreeing.with_anyone), class_name="buttons"),
        turning,
        rx.cond(Availability.days.length() > 0, rx.el.div(listed, class_name="stack"), nothing),
        class_name="stack",
    )


def _slot(one: Any) -> rx.Component:
    state = rx.match(
        one.state,
        ("booked", badge(one.told, shade="good")),
        ("held", badge(one.told)),
        badge(one.told, shade="outline"),
    )
    talent = rx.cond(one.talent_id != 0, link(one.talent, to="/pool/" + one.talent_id.to_string()))
    act = rx.match(
        one.state,
        (
            "free",
            button(word("Withdraw"), kind="link", on_click=Availability.withdraw(one.id), data_edit="", data_row=""),
        ),
        (
            "booked",
            rx.fragment(
                button(word("Move"), kind="link", on_click=Agreeing.with_one(one.talent_id), data_row=""),
                button(
                    word("Cancel the talk"),
                    kind="link",
                    on_click=Cancelling.ask(one.booking_id),
                    data_edit="",
                    data_row="",
                ),
            ),
        ),
        rx.fragment(),
    )
    there = rx.cond(one.there != "", rx.el.span(" · ", one.there, class_name="quiet-text"))
    return row(rx.el.span(one.time, class_name="row-title"), rx.el.p(talent, there), side=[state, act])


def _offer() -> rx.Component:
    return card(
        rx.el.h2(word("Offer times")),
        form(
            problem(Availability.problem),
            text_field("day", word("Day"), type="date", default_value=Availability.first_day),
            line(
                text_field("starts", word("Starts at"), type="time", default_value="09:00"),
                text_field("ends", word("Ends at"), type="time", default_value="12:00"),
            ),
            select_field(
                "minutes",
                word("A talk lasts"),
                Availability.lengths,
                default_value="30",
            ),
            checks(
                "on",
                word("Repeat on"),
                [(str(number), word(name)) for number, name in enumerate(_WEEKDAYS)],
                hint=word("Leave empty for that day alone. Public holidays are left out."),
                across=True,
            ),
            number_field("weeks", word("For"), unit=word("weeks"), default_value="1", type="text"),
            rx.el.p(Availability.zone, class_name="quiet-text small"),
            rx.el.div(button(word("Offer"), icon("check", 18), kind="primary", type="submit"), class_name="buttons"),
            on_submit=Availability.offer,
            no_validate=True,
            key=Availability.offered.to_string(),
        ),
    )


def _cancelling() -> rx.Component:
    return state_dialog(
        "cancelling",
        word("Cancel a talk"),
        rx.el.p(Cancelling.question),
        rx.el.p(
            word("They are written to at once and can pick another time; the time becomes free again."),
            class_name="quiet-text",
        ),
        form(
            area_field("words", word("A word to them, if you like"), most=MOST_WORDS),
            rx.el.div(
                button(word("Cancel the talk"), kind="danger", type="submit"),
                button(word("Keep it"), on_click=Cancelling.leave, type="button"),
                class_name="buttons",
            ),
            on_submit=Cancelling.cancel,
            no_validate=True,
        ),
        shown=Cancelling.asking,
        on_close=Cancelling.leave,
    )
