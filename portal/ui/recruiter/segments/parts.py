"""The parts of the list of segments."""

from typing import Any

import reflex as rx

from portal.ui.components import button, empty, go, link, moment, row_link, table
from portal.ui.recruiter.segments.state import SegmentList
from portal.ui.words import word


def actions() -> rx.Component:
    """Draw the page's one primary button."""
    return go(word("New segment"), to="/segments/new", kind="primary")


def listed() -> rx.Component:
    """Draw the segments, or what a segment is for."""
    columns = [
        (word("Segment"), _named),
        (word("Match"), lambda one: one.size),
        (word("Reachable now"), lambda one: rx.el.strong(one.reachable)),
        (word("Owner"), lambda one: one.owner),
        (word("Last changed"), lambda one: moment(one.changed, one.exactly)),
        ("", _put_away),
    ]
    shown = table(word("Saved segments"), columns, SegmentList.rows)
    return rx.fragment(rx.cond(SegmentList.rows.length() > 0, shown, _nothing()), _other())


def _named(one: Any) -> rx.Component:
    return rx.el.div(
        row_link(one.name, to="/segments/" + one.id.to_string()),
        rx.el.p(one.sentence, class_name="quiet-text small row-sentence"),
    )


def _put_away(one: Any) -> rx.Component:
    return rx.cond(
        SegmentList.away,
        button(word("Bring back"), on_click=SegmentList.bring_back(one.id), data_edit=""),
        button(word("Put it away"), kind="link", on_click=SegmentList.archive(one.id), data_edit=""),
    )


def _nothing() -> rx.Component:
    first = empty(
        word("No segment yet"),
        rx.el.p(
            word("A segment is a saved rule over the pool: “nurses, mobile to Lyon, available in the next 60 days”."),
            " ",
            word("It stays live: whoever fits tomorrow is in it tomorrow."),
            class_name="measure",
        ),
        go(word("Build the first segment"), to="/segments/new"),
    )
    none_away = empty(word("Nothing is put away"), go(word("Segments in use"), to="/segments"))
    return rx.cond(SegmentList.away, none_away, first)


def _other() -> rx.Component:
    """Draw the way to those put away, and back."""
    here = link(word("Segments in use"), to="/segments")
    there = rx.cond(SegmentList.any_away, link(word("Segments put away"), to="/segments?show=put-away"))
    return rx.el.p(rx.cond(SegmentList.away, here, there), class_name="below")
