"""Two who may be one, side by side: one person, or two. J and K walk, M makes one, T keeps two."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    button,
    empty,
    filter_bar,
    go,
    group,
    leave,
    link,
    moment,
    paging,
    row,
    rows,
    search_box,
    select_field,
    stack,
    when_loaded,
)
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.doubts.shown import Decided, Fact, Meant, Waiting
from portal.ui.recruiter.doubts.state import FIND, IMPORT, ROW, Doubts
from portal.ui.words import word


@page(
    "/doubts",
    Place.POOL,
    N_("Who may be one person"),
    audience=RECRUITERS,
    on_load=Doubts.load,
    actions=lambda: go(word("Past imports"), to="/imports"),
    in_rail=False,
)
def doubts() -> rx.Component:
    """Draw what waits, then what was decided."""
    nobody = rx.cond(Doubts.narrowed, _nobody_found(), _nothing())
    waits = rx.cond(Doubts.seen.rows.length() > 0, _listed(), nobody)
    some = Doubts.narrowed | (Doubts.seen.rows.length() > 0)
    return when_loaded(
        Doubts.loaded,
        stack(rx.cond(some, _narrowing()), waits, rx.cond(Doubts.seen.decided.length() > 0, _decided()), kind="loose"),
    )


def _nothing() -> rx.Component:
    return empty(
        word("Nobody waits to be told apart"),
        rx.el.p(word("When two of the pool, or a line of a file and someone you know, may be one, they wait here.")),
        go(word("Look at the pool"), to="/pool"),
    )


def _nobody_found() -> rx.Component:
    return empty(
        word("Nobody found among those who wait"), leave(word("Show everyone who waits"), href="/doubts", kind="link")
    )


def _narrowing() -> rx.Component:
    """Draw the search, and the imports of which somebody waits."""
    search = search_box(
        word("Search a name, an address, a number"), value=Doubts.asked_for[FIND], on_change=Doubts.search
    )
    files = select_field(
        "import", word("Of the import"), Doubts.seen.imports, value=Doubts.asked_for[IMPORT], on_change=Doubts.choose
    )
    return filter_bar(
        search,
        rx.cond(Doubts.seen.imports.length() > 1, files),
        rx.cond(
            Doubts.narrowed & (Doubts.seen.rows.length() > 0),
            leave(word("Show everyone who waits"), href="/doubts", kind="link"),
        ),
    )


def _listed() -> rx.Component:
    keys = word("J and K walk through the list, M makes one person of both, T keeps them two.")
    return stack(
        rx.el.p(keys, class_name="quiet-text"),
        group(
            word("They may be one person"),
            Doubts.seen.count,
            rows(Doubts.seen.rows, _one, word("They may be one person")),
            todo=True,
        ),
        paging(
            Doubts.seen.told,
            has_before=Doubts.seen.page > 1,
            has_after=Doubts.seen.has_after,
            before=Doubts.turn(-1),
            after=Doubts.turn(1),
        ),
    )


def _one(one: Waiting) -> rx.Component:
    title = rx.el.span(one.name, id=f"{ROW}{one.place}", class_name="row-title", data_row="", tab_index=0)
    return row(
        title,
        rx.el.p(one.why),
        rx.el.p(one.origin, " · ", moment(one.when, one.exactly), class_name="quiet-text"),
        _beside(one, one.first, first=True),
        rx.cond(one.has_second, _beside(one, one.second, first=False)),
        todo=True,
    )


def _beside(one: Waiting, other: Meant, *, first: bool) -> rx.Component:
    letter = {"data_key": "m", "data_edit": ""} if first else {}
    two = button(word("Two people"), on_click=Doubts.two(one.id), data_key="t")
    return rx.cond(
        other.id > 0,
        stack(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.td(),
                        rx.el.th(rx.cond(one.at != "", link(one.name, to=one.at), word("The line")), scope="col"),
                        rx.el.th(link(other.name, to=other.at), scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(other.facts, _fact)),
                class_name="table beside",
            ),
            rx.cond(other.alike != "", rx.el.p(other.alike, class_name="quiet-text")),
            rx.el.div(
                button(word("The same person"), on_click=Doubts.same(one.id, other.id), **letter),
                rx.cond(one.has_second, rx.fragment(), two) if first else two,
                class_name="buttons",
            ),
            kind="tight",
        ),
    )


def _fact(one: Fact) -> rx.Component:
    return rx.el.tr(rx.el.th(one.name, scope="row"), rx.el.td(one.one), rx.el.td(one.other))


def _decided() -> rx.Component:
    return group(
        word("Decided lately"),
        Doubts.seen.decided.length(),
        rows(Doubts.seen.decided, _made, word("Decided lately")),
    )


def _made(one: Decided) -> rx.Component:
    return row(
        rx.el.span(one.told, class_name="row-title"),
        moment(one.when, one.exactly),
        side=[button(word("Decide again"), kind="link", on_click=Doubts.take_back(one.id))],
    )
