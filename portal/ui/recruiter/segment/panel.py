"""Beside the rule: how many, whom one may write to now, what stops the others; below it, the people."""

from typing import Any

import reflex as rx

from portal.gate.law import LAW
from portal.gate.law.reason import Act
from portal.ui.components import (
    badge,
    button,
    callout,
    empty,
    filter_bar,
    go,
    link,
    loading,
    paging,
    row,
    row_link,
    rows,
    search_box,
    stack,
    state_dialog,
)
from portal.ui.recruiter.segment.acting import Acting
from portal.ui.recruiter.segment.reach import Reach
from portal.ui.recruiter.segment.state import Builder
from portal.ui.words import word

_PRESSES = {Act.INFORM: word("Send the first information"), Act.TAKE_OVER: word("Take these conversations over")}
_BASE = rx.cond(Builder.segment_id == 0, "/segments/new", "/segments/" + Builder.segment_id.to_string())


def panel() -> rx.Component:
    """Draw the numbers and the split."""
    numbers = rx.fragment(
        rx.el.p(
            rx.el.span(Reach.matches, class_name="figure-big"),
            rx.cond(Reach.told != "", rx.el.span(Reach.told, class_name="reach-told")),
            class_name="reach",
        ),
        rx.el.ul(rx.foreach(Reach.buckets, _bucket), class_name="split", aria_label=word("Whom one may write to now")),
    )
    to_come = rx.cond(
        (Builder.open_id == 0) & (Builder.adding_to == 0),
        word("Mend the rule first: the count follows."),
        word("The count follows as you choose."),
    )
    counted = rx.cond(Reach.stale, rx.el.p(to_come, class_name="quiet-text small"), numbers)
    shown = rx.el.div(rx.cond(Reach.counted, counted, loading(4)), aria_live="polite")
    return rx.fragment(shown, _confirmation(), _launch())


def _bucket(one: Any) -> rx.Component:
    words = link(
        one.words,
        to=_BASE + "?bucket=" + one.key,
        class_name="split-link",
        aria_current=rx.cond(one.chosen, "true", "false"),
        replace=True,
    )
    return rx.el.li(
        words,
        rx.el.span(one.count, class_name="split-count"),
        rx.el.span(
            rx.cond(
                one.count != "0", rx.el.span(class_name="split-fill", style={"width": one.share.to_string() + "%"})
            ),
            class_name="split-track",
            aria_hidden="true",
        ),
        rx.cond(one.note != "", rx.el.span(one.note, class_name="split-note")),
        rx.match(
            one.key,
            *[
                (
                    each.code,
                    button(_PRESSES[each.act], kind="link", class_name="split-act", on_click=Acting.ask(each.code)),
                )
                for each in LAW.values()
                if each.act is not None
            ],
            rx.fragment(),
        ),
        class_name="split-item " + one.kind,
    )


def _confirmation() -> rx.Component:
    """Draw what a press would do and to how many, before it does."""
    held = rx.el.ul(rx.foreach(Acting.held, rx.el.li), class_name="plain-list")
    asked = state_dialog(
        "act",
        Acting.title,
        rx.el.p(Acting.means, class_name="measure"),
        rx.el.div(
            button(Acting.press, kind="primary", on_click=Acting.do, disabled=Acting.busy),
            button(word("Not now"), on_click=Acting.forget),
            class_name="buttons",
        ),
        shown=Acting.asking,
        on_close=Acting.forget,
    )
    came_of_it = callout(stack(rx.el.p(Acting.told), rx.cond(Acting.held.length() > 0, held), kind="tight"))
    return rx.fragment(asked, rx.el.div(rx.cond(Acting.told != "", came_of_it), aria_live="polite"))


def _launch() -> rx.Component:
    to = "/chains/launch?segment=" + Builder.segment_id.to_string()
    first = rx.el.p(word("Save the segment, then launch a chain on it."), class_name="quiet-text small")
    changed = rx.el.p(word("A launch takes the rule as it was last saved."), class_name="quiet-text small")
    return rx.cond(
        Builder.segment_id == 0,
        first,
        rx.el.div(
            rx.el.div(
                go(word("Launch a chain on it"), to=to),
                link(word("Its portrait"), to=_BASE + "/portrait", class_name="button"),
                class_name="buttons",
            ),
            rx.cond(Builder.unsaved, changed),
            class_name="stack tight",
        ),
    )


def people() -> rx.Component:
    """Draw who is in it, each with the reason on demand."""
    all_of_them = link(word("Show everyone in it"), to=_BASE, replace=True)
    turning = paging(
        Reach.place_in_list,
        has_before=Reach.has_before,
        has_after=Reach.has_after,
        before=Reach.turn(-1),
        after=Reach.turn(1),
    )
    listed = rx.fragment(
        rows(Reach.people, _person, word("People in the segment")),
        rx.cond(Reach.has_before | Reach.has_after, turning),
    )
    nobody = empty(
        word("Nobody matches yet"),
        rx.el.p(word("Widen a distance, take a criterion out, or make two of them alternatives with “Or…”.")),
    )
    heading = rx.el.div(
        rx.el.h2(Reach.heading), rx.cond(Reach.bucket != "", all_of_them), class_name="line apart", id="people"
    )
    none = rx.cond(Reach.stale, rx.fragment(), rx.fragment(heading, nobody))
    shown = rx.cond(Reach.people.length() > 0, rx.fragment(heading, listed), none)
    asked = rx.cond(Reach.stale, rx.fragment(), _anyone())
    whole = rx.fragment(asked, rx.cond(Reach.counted, shown, loading(5)))
    blank = Builder.empty & (Builder.segment_id == 0)
    return rx.el.section(rx.cond(blank, rx.fragment(), whole), class_name="stack tight")


def _anyone() -> rx.Component:
    """Draw the box that says of anyone in the pool whether they are in, and why."""
    nobody = rx.el.p(word("Nobody in the pool is found by these words."), class_name="quiet-text")
    found = rx.cond(
        Reach.verdicts.length() > 0, rows(Reach.verdicts, _verdict, word("Whether they are in, and why")), nobody
    )
    return rx.el.div(
        filter_bar(
            search_box(
                word("Is someone in it? Type a name"), value=Reach.wanted, on_change=Reach.look_for, name="anyone"
            )
        ),
        rx.el.div(rx.cond(Reach.wanted != "", found), aria_live="polite"),
        class_name="stack tight",
    )


def _verdict(one: Any) -> rx.Component:
    return row(
        row_link(one.name, to="/pool/" + one.id.to_string()),
        rx.el.p(one.work, class_name="quiet-text"),
        rx.el.p(one.because, class_name="because"),
        side=[badge(one.reach, shade=one.kind)],
    )


def _person(one: Any) -> rx.Component:
    why = button(
        rx.cond(one.because == "", word("Why?"), word("Hide why")),
        kind="link",
        on_click=Reach.explain(one.id),
        aria_expanded=rx.cond(one.because == "", "false", "true"),
        data_edit="",
    )
    return row(
        row_link(one.name, to="/pool/" + one.id.to_string()),
        rx.el.p(one.work, class_name="quiet-text"),
        rx.cond(one.because != "", rx.el.p(one.because, class_name="because")),
        side=[badge(one.reach, shade=one.kind), why],
    )
