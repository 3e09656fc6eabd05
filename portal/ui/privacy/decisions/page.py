"""Decisions of the gate: which letter to whom, whether it could leave, and why."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import badge, empty, moment, table, when_loaded
from portal.ui.desk import tabs
from portal.ui.doors import DPOS
from portal.ui.pages import Place, page
from portal.ui.privacy import desk
from portal.ui.privacy.decisions.cleared import ClearedNames, cleared_names
from portal.ui.privacy.decisions.state import Decisions
from portal.ui.privacy.words import KINDS, VERDICTS
from portal.ui.words import word


@page(
    "/privacy/decisions",
    Place.PRIVACY,
    N_("Decisions of the gate"),
    audience=DPOS,
    on_load=[Decisions.load, ClearedNames.load],
    in_rail=False,
)
def decisions() -> rx.Component:
    """Draw the filters and the list, the newest first."""
    return rx.el.div(
        tabs("/privacy/decisions"),
        rx.el.p(
            word("No letter leaves without one of these answers. They can be added to and read, never changed."),
            class_name="quiet-text",
        ),
        _filters(),
        when_loaded(Decisions.loaded, _listed(), desk.turns(Decisions), cleared_names()),
        class_name="stack",
    )


def _filters() -> rx.Component:
    return desk.filters(
        Decisions,
        desk.choice(Decisions, "verdict", N_("Verdict"), VERDICTS),
        desk.choice(Decisions, "kind", N_("Kind of letter"), KINDS),
    )


def _listed() -> rx.Component:
    columns = [
        (word("When"), lambda row: moment(row.when, row.exactly)),
        (word("To whom"), lambda row: desk.who(row.who, row.pseudonym)),
        (word("Kind of letter"), lambda row: row.kind),
        (word("Verdict"), lambda row: badge(row.verdict, shade=row.shade)),
        (word("Why"), lambda row: rx.el.span(row.why, class_name="why-cell")),
        (word("Asked by"), lambda row: row.by),
    ]
    nothing = empty(
        word("No decision fits"),
        rx.el.p(word("Widen the period, or empty the search. Every letter asked for leaves its answer here.")),
    )
    return rx.cond(
        Decisions.lines.length() > 0, table(word("Decisions of the gate"), columns, Decisions.lines), nothing
    )
