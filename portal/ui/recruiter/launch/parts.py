"""The parts of a launch's board."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    badge,
    button,
    callout,
    group,
    line,
    link,
    moment,
    paging,
    river,
    row,
    row_link,
    rows,
    stack,
    state_dialog,
)
from portal.ui.recruiter.launch.drawing import AnswerRow, CountRow, PersonLine
from portal.ui.recruiter.launch.state import Board
from portal.ui.words import word


def presses() -> rx.Component:
    """Draw what can be done with the launch."""
    runs = (Board.state == "running") | (Board.state == "planned")
    rests = Board.state == "paused"
    return rx.cond(
        Board.loaded,
        rx.fragment(
            rx.cond(runs, button(word("Pause"), on_click=Board.pause)),
            rx.cond(rests, button(word("Go on"), kind="primary", on_click=Board.resume)),
            rx.cond(runs | rests, button(word("Stop"), kind="danger", on_click=Board.ask_to_stop)),
            rx.cond(Board.state == "stopped", button(word("Undo the stop"), on_click=Board.take_up)),
        ),
    )


def heading() -> rx.Component:
    """Draw the name with its state beside it."""
    return rx.fragment(Board.name, " ", badge(Board.state_told, shade=Board.state_shade))


def about() -> rx.Component:
    """Draw what was launched, on whom, for what, by whom; and whose words let it run once more."""
    confirmed = rx.el.p(
        Board.confirmed,
        rx.cond(Board.beside_to != "", rx.fragment(" · ", link(Board.beside, to=Board.beside_to))),
        class_name="quiet-text",
    )
    return stack(_about(), rx.cond(Board.confirmed != "", confirmed), kind="tight")


def _about() -> rx.Component:
    return line(
        rx.cond(Board.segment_to != "", link(Board.segment, to=Board.segment_to), rx.el.span(Board.segment)),
        rx.cond(Board.job != "", link(Board.job, to=Board.job_to)),
        link(Board.chain_told, to=Board.chain_to),
        rx.el.span(Board.owner, " · ", Board.begun, class_name="quiet-text"),
    )


def funnel() -> rx.Component:
    """Draw the river, and what the numbers say."""
    planned = callout(rx.el.span(Board.planned, class_name="grow"))
    newer = callout(
        rx.el.span(Board.newer, class_name="grow"), button(Board.newer_press, on_click=Board.correct), tone="todo"
    )
    return stack(
        rx.cond(Board.planned != "", planned),
        rx.cond(Board.newer != "", newer),
        river(Board.river, word("From the segment to the talk")),
        rx.el.p(Board.rates, class_name="quiet-text board-rates"),
        aria_live="off",
    )


def people() -> rx.Component:
    """Draw the people behind the number that is open."""
    nobody = rx.el.p(word("Nobody here."), class_name="quiet-text")
    listed = stack(
        rx.cond(Board.people.length() > 0, rows(Board.people, _person, Board.stage_told), nobody),
        rx.cond(
            Board.has_after | (Board.page > 1),
            paging(
                Board.paged,
                has_before=Board.page > 1,
                has_after=Board.has_after,
                before=Board.turn_page(-1),
                after=Board.turn_page(1),
            ),
        ),
    )
    return rx.el.div(group(Board.stage_told, Board.stage_count, listed), id="people")


def _person(one: PersonLine) -> rx.Component:
    return row(
        row_link(one.name, to=one.href),
        rx.el.p(one.work, class_name="quiet-text small"),
        side=[rx.el.div(rx.el.p(one.told), moment(one.when, one.exactly), class_name="standing")],
    )


def beside() -> tuple[rx.Component, ...]:
    """Draw what comes in, and the numbers that are not the river's."""
    return (
        _counts(N_("Answers"), Board.answers),
        _counts(N_("Why not"), Board.reasons),
        _counts(N_("Not written to yet, and why"), Board.held),
        _coming_in(),
    )


def _counts(title: str, found: rx.Var[list[CountRow]]) -> rx.Component:
    drawn = rx.el.ul(rx.foreach(found, _count), class_name="counts", aria_label=word(title))
    return rx.cond(found.length() > 0, rx.el.section(rx.el.h2(word(title), class_name="small-title"), drawn))


def _count(one: CountRow) -> rx.Component:
    return rx.el.li(
        link(one.words, to=one.href, aria_current=rx.cond(one.here, "true", "false")),
        rx.el.span(one.count, class_name="count"),
        class_name=rx.cond(one.todo, "todo", ""),
    )


def _coming_in() -> rx.Component:
    drawn = rx.el.ol(rx.foreach(Board.latest, _answer), class_name="coming-in", aria_label=word("Coming in"))
    nothing = rx.el.p(word("No answer yet. They appear here as they come."), class_name="quiet-text")
    return rx.el.section(
        rx.el.h2(word("Coming in"), class_name="small-title"), rx.cond(Board.latest.length() > 0, drawn, nothing)
    )


def _answer(one: AnswerRow) -> rx.Component:
    return rx.el.li(link(one.name, to=one.href), " ", rx.el.span(one.told), " ", moment(one.when, one.exactly))


def stop_dialog() -> rx.Component:
    """Ask before everyone on the way is concerned."""
    return state_dialog(
        "stop",
        word("Stop this launch?"),
        stack(
            rx.el.p(
                word(
                    "It ends for everyone still on the way: letters not sent are cancelled, held times are let go, open "
                    "questions close. You can take it up again: everyone then goes on where they stood, with other times. "
                    "To hold it for a while, pause it."
                )
            ),
            rx.el.div(
                button(word("Stop it"), kind="danger", on_click=Board.stop),
                button(word("Keep it going"), on_click=Board.keep_going),
                class_name="buttons",
            ),
        ),
        shown=Board.stopping,
        on_close=Board.keep_going,
    )
