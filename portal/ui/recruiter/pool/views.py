"""The kept views above the pool's list, and the dialogs that keep and mend them."""

import reflex as rx

from portal.ui.components import (
    badge,
    button,
    check,
    form,
    leave,
    line,
    or_not_now,
    problem,
    row,
    rows,
    state_dialog,
    text_field,
)
from portal.ui.recruiter.pool.viewing import PoolViews, ViewLine
from portal.ui.words import word


def kept_views() -> rx.Component:
    """Draw the views as links, and what keeps or mends one."""
    links = rx.el.ul(rx.foreach(PoolViews.views, _link), class_name="line", aria_label=word("Kept views"))
    return line(
        rx.cond(PoolViews.views.length() > 0, links),
        button(word("Keep this view"), kind="link", on_click=PoolViews.begin),
        rx.cond(PoolViews.views.length() > 0, button(word("Mend the views"), kind="link", on_click=PoolViews.manage)),
    )


def _link(one: ViewLine) -> rx.Component:
    return rx.el.li(leave(one.name, href=one.href, kind="link"))


def dialogs() -> rx.Component:
    """Draw both dialogs, when they are asked for."""
    return rx.fragment(_keeping(), _managing())


def _keeping() -> rx.Component:
    return state_dialog(
        "keep-view",
        word("Keep this view"),
        form(
            rx.cond(PoolViews.keeping, problem(PoolViews.problem)),
            text_field(
                "name",
                word("Name of the view"),
                id="view-name",
                hint=word("The filters and the order are kept; the words searched are not, for they may name someone."),
                max_length=60,
                auto_complete="off",
            ),
            check("shared", word("My colleagues see it too")),
            check("opens_first", word("The pool opens with it, for me")),
            or_not_now(button(word("Keep the view"), kind="primary", type="submit"), PoolViews.leave),
            on_submit=PoolViews.keep,
            no_validate=True,
        ),
        shown=PoolViews.keeping,
        on_close=PoolViews.leave,
    )


def _managing() -> rx.Component:
    return state_dialog(
        "views",
        word("Kept views"),
        problem(PoolViews.problem),
        rows(PoolViews.views, _row, word("Kept views")),
        shown=PoolViews.managing,
        on_close=PoolViews.leave,
    )


def _row(one: ViewLine) -> rx.Component:
    naming = form(
        line(
            text_field("name", word("Name of the view"), id="view-renamed", default_value=one.name, max_length=60),
            button(word("Save the name"), type="submit"),
        ),
        on_submit=PoolViews.save_name,
        no_validate=True,
    )
    marks = line(
        rx.el.span(one.name, class_name="row-title"),
        rx.cond(one.shared, badge(word("shared"), shade="outline")),
        rx.cond(one.first, badge(word("opens first"))),
    )
    mine = line(
        button(word("Rename"), kind="link", on_click=PoolViews.rename(one.id)),
        rx.cond(
            one.shared,
            button(word("Keep to myself"), kind="link", on_click=PoolViews.share(one.id, False)),
            button(word("Share"), kind="link", on_click=PoolViews.share(one.id, True)),
        ),
        rx.cond(
            one.first,
            button(word("Open with everyone"), kind="link", on_click=PoolViews.open_first(one.id, False)),
            button(word("Open with it"), kind="link", on_click=PoolViews.open_first(one.id, True)),
        ),
        button(word("Delete"), kind="link", on_click=PoolViews.delete(one.id)),
    )
    return row(rx.cond(PoolViews.renaming == one.id, naming, marks), rx.cond(one.mine, mine))
