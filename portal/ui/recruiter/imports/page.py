"""Imports: what was taken in, by which file, and what waits."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import badge, empty, go, moment, row_link, table, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.imports.state import ImportList
from portal.ui.words import word


def _actions() -> rx.Component:
    return rx.fragment(
        go(word("Pool"), to="/pool"),
        rx.cond(ImportList.rows.length() > 0, go(word("Import people"), to="/imports/new", kind="primary")),
    )


@page(
    "/imports",
    Place.POOL,
    N_("Imports"),
    audience=RECRUITERS,
    on_load=ImportList.load,
    actions=_actions,
    in_rail=False,
)
def imports() -> rx.Component:
    """Draw the list, or what an import is for."""
    return when_loaded(ImportList.loaded, rx.cond(ImportList.rows.length() > 0, _listed(), _nothing()))


def _listed() -> rx.Component:
    columns = [
        (word("File"), _named),
        (word("What it did"), _told),
        (word("Lines left outside"), lambda one: one.rejected),
        (word("When"), lambda one: moment(one.when, one.exactly)),
    ]
    return table(word("Imports"), columns, ImportList.rows)


def _named(one: Any) -> rx.Component:
    return rx.el.div(
        row_link(one.file_name, to="/imports/" + one.id.to_string()),
        rx.cond(one.source != "", rx.el.p(one.source, class_name="quiet-text small")),
    )


def _told(one: Any) -> rx.Component:
    return rx.cond(one.waits, badge(word("waits for you"), shade="todo"), rx.el.span(one.told))


def _nothing() -> rx.Component:
    return empty(
        word("Nobody was imported yet"),
        rx.el.p(
            word(
                "Take an export of your recruiting software, as CSV or Excel. You see what will happen before it does."
            ),
            class_name="measure",
        ),
        go(word("Import people"), to="/imports/new", kind="primary"),
    )
