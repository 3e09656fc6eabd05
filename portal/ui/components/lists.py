"""Many of something: a table that becomes cards on a phone, rows, paging, search and filters."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from portal.ui.components.buttons import Words, button
from portal.ui.components.icons import icon
from portal.ui.words import word

Column = tuple[Words, Callable[[Any], Any]]


def table(caption: Words, columns: Sequence[Column], rows: rx.Var, *, class_name: str = "cards") -> rx.Component:
    """Draw one line a row of `rows`; each column is (heading, what to draw of the row).

    Let the first column hold the row's `row_link`, so that `j`, `k` and Enter work. `caption` is for screen readers.
    """

    def line(row: Any) -> rx.Component:
        return rx.el.tr(*(rx.el.td(draw(row), data_label=heading) for heading, draw in columns))

    # A column without a heading holds what can be done with its row: an empty `th` would be a heading that says nothing.
    headings = rx.el.tr(*(rx.el.th(heading, scope="col") if str(heading) else rx.el.td() for heading, _ in columns))
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="unseen"),
            rx.el.thead(headings),
            rx.el.tbody(rx.foreach(rows, line)),
            class_name=f"table {class_name}",
        ),
        class_name="table-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def row_link(*inside: Any, to: Words) -> rx.Component:
    """Draw the link of a row: the whole row opens it, and the keyboard stops on it."""
    return ReactRouterLink.create(*inside, to=to, class_name="row-title", data_row="")


def rows(items: rx.Var, draw: Callable[[Any], rx.Component], label: Words) -> rx.Component:
    """Draw a list whose items are `row`s."""
    return rx.el.ul(rx.foreach(items, draw), class_name="rows", aria_label=label)


def row(title: rx.Component, *below: Any, side: Sequence[Any] = (), todo: bool = False) -> rx.Component:
    """Draw one item: its title (a `row_link`, or a span of class `row-title`), what is below, what is beside.

    Give `data_edit=""` to the button that the key `e` presses.
    """
    return rx.el.li(
        rx.el.div(title, *below, class_name="row-main"),
        *([rx.el.div(*side, class_name="row-side")] if side else []),
        class_name="row todo" if todo else "row",
    )


def group(title: Words, count: Any, *inside: Any, todo: bool = False) -> rx.Component:
    """Draw a titled part of a list, with how many there are."""
    many = rx.el.span(count, class_name="count todo" if todo else "count")
    return rx.el.section(rx.el.h2(rx.el.span(title), many, class_name="group-title"), *inside)


def paging(told: Words, *, has_before: Any, has_after: Any, before: Any, after: Any) -> rx.Component:
    """Draw where we are ("1–50 of 2,000", made in Python) and the two ways on."""
    return rx.el.nav(
        rx.el.span(told, aria_live="polite"),
        rx.el.div(
            button(icon("left", 18), word("Before"), on_click=before, disabled=~rx.Var.create(has_before)),
            button(word("Next"), icon("right", 18), on_click=after, disabled=~rx.Var.create(has_after)),
            class_name="buttons",
        ),
        class_name="paging",
        aria_label=word("Pages of the list"),
    )


def search_box(label: Words, *, value: rx.Var[str], on_change: Any, name: str = "search") -> rx.Component:
    """Draw the page's search: `/` goes there; what is typed arrives once the fingers rest (300 ms)."""
    field = rx.el.input(
        type="search",
        id=name,
        name=name,
        default_value=value,
        placeholder=label,
        aria_label=label,
        on_change=on_change.debounce(300),
        auto_complete="off",
        class_name="input",
        data_search="",
    )
    return rx.el.div(icon("search", 18), field, rx.el.kbd("/", aria_hidden="true"), class_name="search", role="search")


def filter_bar(*fields: Any) -> rx.Component:
    """Draw a search box and selects in one line that wraps."""
    return rx.el.div(*fields, class_name="filters")


def empty(title: Words, *inside: Any) -> rx.Component:
    """Draw a list with nothing in it: what that means, what to do next, and one button."""
    return rx.el.div(rx.el.h2(title), *inside, class_name="empty")


def loading(lines: int = 6) -> rx.Component:
    """Draw rows that are not there yet, as high as those that come."""
    return rx.el.div(
        rx.el.span(word("Loading…"), class_name="unseen"),
        *(rx.el.div(class_name="skeleton row-high", aria_hidden="true") for _ in range(lines)),
        class_name="rows",
        aria_busy="true",
    )


def when_loaded(loaded: rx.Var[bool], *inside: Any, lines: int = 6) -> rx.Component:
    """Draw rows that load until the State has its data."""
    return rx.cond(loaded, rx.fragment(*inside), loading(lines))
