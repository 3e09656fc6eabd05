"""Entries: every sign-in of staff and every refusal, to read and never to change."""

import reflex as rx

from portal.kit.i18n import N_
from portal.timeline.who import Role
from portal.ui.admin.entries.state import READERS, Entries, Line
from portal.ui.components import badge, button, empty, moment, table, when_loaded
from portal.ui.desk import tabs
from portal.ui.pages import Place, page
from portal.ui.session import Shell
from portal.ui.words import word


@page(
    "/entries",
    Place.SETTINGS,
    N_("Entries"),
    audience=READERS,
    on_load=Entries.load,
    in_rail=False,
    also=Place.PRIVACY,
)
def entries() -> rx.Component:
    """Draw the list, the newest first."""
    return rx.el.div(
        rx.cond(Shell.role == Role.DPO.value, tabs("/entries")),
        rx.el.p(
            word("Each sign-in of staff and each refusal leaves a line here. It can be read, never changed."),
            class_name="quiet-text",
        ),
        when_loaded(Entries.loaded, _listed(), _more()),
        class_name="stack",
    )


def _listed() -> rx.Component:
    columns = [
        (word("When"), lambda row: moment(row.when, row.exactly)),
        (word("Who"), lambda row: row.who),
        (word("What"), _what),
        (word("Way in"), lambda row: row.way),
        (word("Why"), lambda row: row.why),
    ]
    nothing = empty(word("Nobody came in yet"), rx.el.p(word("The next sign-in of a colleague is written here.")))
    return rx.cond(Entries.lines.length() > 0, table(word("Entries"), columns, Entries.lines), nothing)


def _what(row: rx.Var[Line]) -> rx.Component:
    return badge(row.what, shade=row.shade)


def _more() -> rx.Component:
    return rx.cond(Entries.more, button(word("Show older ones"), on_click=Entries.older))
