"""Opportunities: the jobs to fill."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import empty, go, link, moment, row_link, table, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.opportunities.state import OpportunityList
from portal.ui.words import word


def _actions() -> rx.Component:
    return rx.fragment(
        go(word("My availability"), to="/availability"),
        go(word("New opportunity"), to="/opportunities/new", kind="primary"),
    )


@page(
    "/opportunities",
    Place.OPPORTUNITIES,
    N_("Opportunities"),
    audience=RECRUITERS,
    on_load=OpportunityList.load,
    actions=_actions,
)
def opportunities() -> rx.Component:
    """Draw the list."""
    columns = [
        (word("Opportunity"), lambda one: row_link(one.title, to="/opportunities/" + one.id.to_string())),
        (word("Place"), lambda one: one.place),
        (word("Contract"), lambda one: one.contract),
        (word("Salary a year"), lambda one: one.salary),
        (word("Start"), lambda one: one.starts),
        (word("Owner"), lambda one: one.owner),
        (word("Opened"), lambda one: moment(one.opened, one.exactly)),
    ]
    shown = table(word("Opportunities"), columns, OpportunityList.rows)
    listed = rx.cond(OpportunityList.rows.length() > 0, shown, _nothing())
    return when_loaded(OpportunityList.loaded, listed, _others())


def _nothing() -> rx.Component:
    none_open = empty(
        word("No opportunity is open"),
        rx.el.p(
            word("An opportunity is a job to fill, with the few lines people get after their yes."),
            class_name="measure",
        ),
        go(word("Open the first one"), to="/opportunities/new"),
    )
    none_closed = empty(word("No opportunity is closed"), go(word("Open opportunities"), to="/opportunities"))
    return rx.cond(OpportunityList.closed, none_closed, none_open)


def _others() -> rx.Component:
    here = link(word("Open opportunities"), to="/opportunities")
    there = link(word("Closed opportunities"), to="/opportunities?show=closed")
    return rx.el.p(rx.cond(OpportunityList.closed, here, there), class_name="below")
