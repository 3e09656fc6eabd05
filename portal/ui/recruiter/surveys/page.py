"""Surveys: what we ask people about how it went."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import empty, go, group, moment, row_link, stack, table, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.surveys.state import SurveyList
from portal.ui.recruiter.surveys.words import FORMULA
from portal.ui.words import word


def _actions() -> rx.Component:
    some = (SurveyList.open.length() > 0) | (SurveyList.closed.length() > 0)
    return rx.cond(some, go(word("New survey"), to="/surveys/new", kind="primary"))


@page("/surveys", Place.SURVEYS, N_("Surveys"), audience=RECRUITERS, on_load=SurveyList.load, actions=_actions)
def surveys() -> rx.Component:
    """Draw both lists, or what a survey is for."""
    some = (SurveyList.open.length() > 0) | (SurveyList.closed.length() > 0)
    return when_loaded(SurveyList.loaded, rx.cond(some, _listed(), _nothing()))


def _listed() -> rx.Component:
    none_open = rx.el.p(word("None takes answers at the moment."), class_name="quiet-text")
    opened = rx.cond(SurveyList.open.length() > 0, _table(word("Take answers"), SurveyList.open), none_open)
    return stack(
        group(word("Take answers"), SurveyList.open.length(), opened),
        rx.cond(
            SurveyList.closed.length() > 0,
            group(word("Closed"), SurveyList.closed.length(), _table(word("Closed"), SurveyList.closed)),
        ),
        rx.el.p(word(FORMULA), class_name="quiet-text small"),
        kind="loose",
    )


def _table(caption: Any, rows: rx.Var) -> rx.Component:
    return table(
        caption,
        [
            (word("Survey"), lambda one: row_link(one.title, to="/surveys/" + one.id.to_string())),
            (word("Questions"), lambda one: one.questions),
            (word("Answers"), lambda one: rx.el.span(one.answers, class_name="number")),
            (word("cNPS"), lambda one: rx.el.strong(one.score, class_name="number")),
            (word("Written"), lambda one: moment(one.when, one.exactly)),
        ],
        rows,
    )


def _nothing() -> rx.Component:
    return empty(
        word("No survey yet"),
        rx.el.p(
            word("Ask candidates how it went, in two languages: one answer a person, from a link in a letter."),
            class_name="measure",
        ),
        go(word("Write the first survey"), to="/surveys/new", kind="primary"),
    )
