"""My meetings: pick a time, see what is settled, cancel."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.candidate.clock import MyClock
from portal.ui.candidate.meetings.state import MyMeetings, Offer, Slot, Talk
from portal.ui.components import button, card, empty, go, link, problem, state_dialog, when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page("/me/meetings", Place.MY_MEETINGS, N_("My meetings"), audience=CANDIDATES, on_load=[MyClock.ask, MyMeetings.load])
def meetings() -> rx.Component:
    """Draw what waits for a choice first, then what is settled."""
    return when_loaded(
        MyMeetings.loaded,
        rx.el.div(
            problem(MyMeetings.problem),
            rx.foreach(MyMeetings.seen.offers, _offer),
            rx.foreach(MyMeetings.seen.talks, _talk),
            rx.cond(MyMeetings.seen.free_told != "", _free()),
            _nothing(),
            class_name="stack loose",
        ),
        _leaving(),
        lines=3,
    )


def _offer(one: rx.Var[Offer]) -> rx.Component:
    return card(
        rx.el.h2(word("Which time suits you?")),
        rx.cond(one.job != "", rx.el.p(one.job)),
        rx.el.p(one.told, class_name="quiet-text"),
        rx.el.div(
            rx.foreach(one.slots, lambda slot: _time(slot, MyMeetings.pick(one.ask, slot.id))),
            button(word("Neither suits me"), class_name="wide", on_click=MyMeetings.neither(one.ask)),
            class_name="stack tight card-end",
        ),
        rx.el.p(one.until, class_name="hint card-end"),
        todo=True,
    )


def _time(slot: rx.Var[Slot], press: rx.event.EventSpec) -> rx.Component:
    return button(slot.when, class_name="wide big", on_click=press)


def _talk(one: rx.Var[Talk]) -> rx.Component:
    return card(
        rx.el.h2(one.when),
        rx.el.p(one.told),
        rx.cond(one.number_missing, rx.el.p(link(word("Give your number"), to="/me/wishes"))),
        rx.cond(one.job != "", rx.el.p(one.job, class_name="quiet-text")),
        rx.el.div(
            button(
                word("Choose another time"),
                on_click=MyMeetings.ask_to_move(one.id),
                aria_expanded=rx.cond(MyMeetings.moving == one.id, "true", "false"),
            ),
            button(word("Cancel this talk"), on_click=MyMeetings.ask_to_cancel(one.id, one.when)),
            class_name="buttons card-end",
        ),
        rx.cond(MyMeetings.moving == one.id, _others(one)),
    )


def _others(one: rx.Var[Talk]) -> rx.Component:
    none = rx.el.p(word("No other time is free at the moment. Your talk stays as it is."), class_name="card-end")
    some = rx.el.div(
        rx.el.p(word("The talk moves at once; your time of now is yours until then."), class_name="hint"),
        rx.foreach(one.slots, lambda slot: _time(slot, MyMeetings.move(one.id, slot.id))),
        class_name="stack tight card-end",
    )
    return rx.cond(one.slots.length() > 0, some, none)


def _free() -> rx.Component:
    times = rx.foreach(MyMeetings.seen.free, lambda slot: _time(slot, MyMeetings.book(slot.id)))
    none = rx.fragment(
        rx.el.p(word("No time is free at the moment. Ask for one: your recruiter answers you.")),
        rx.el.div(go(word("Write to my recruiter"), to="/me/messages", kind="primary"), class_name="buttons"),
    )
    some = rx.fragment(rx.el.p(MyMeetings.seen.free_told), rx.el.div(times, class_name="stack tight"))
    return rx.el.section(
        rx.el.h2(word("Pick a time")),
        rx.cond(MyMeetings.seen.free.length() > 0, some, none),
        class_name="stack tight",
    )


def _nothing() -> rx.Component:
    seen = MyMeetings.seen
    bare = (seen.offers.length() == 0) & (seen.talks.length() == 0) & (seen.free_told == "")
    return rx.cond(
        bare,
        empty(
            word("No meeting for now"),
            rx.el.p(
                word("When a recruiter offers you times to talk, they stand here. Tell us meanwhile what you want.")
            ),
            go(word("My wishes"), to="/me/wishes"),
        ),
    )


def _leaving() -> rx.Component:
    return state_dialog(
        "leaving",
        word("Cancel this talk?"),
        rx.el.p(MyMeetings.leaving_when),
        rx.el.p(
            word(
                "Your recruiter is told at once and the time goes to someone else. You can pick another one right after."
            )
        ),
        rx.el.div(
            button(word("Cancel it"), kind="danger", on_click=MyMeetings.cancel),
            button(word("Keep it"), on_click=MyMeetings.keep),
            class_name="buttons",
        ),
        shown=MyMeetings.leaving > 0,
        on_close=MyMeetings.keep,
    )
