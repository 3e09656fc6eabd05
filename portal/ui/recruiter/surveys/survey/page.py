"""One survey: what came back, and its questions."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    badge,
    button,
    figure,
    go,
    line,
    link,
    moment,
    more,
    row,
    rows,
    split,
    stack,
    tabs,
    when_loaded,
)
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.surveys.editor import Editor
from portal.ui.recruiter.surveys.survey.state import Result, SurveyPage, Words
from portal.ui.recruiter.surveys.words import FORMULA
from portal.ui.recruiter.surveys.writing import editor
from portal.ui.words import word

shown = SurveyPage.shown


def _actions() -> rx.Component:
    return rx.cond(
        SurveyPage.loaded,
        rx.cond(
            shown.closed,
            button(word("Open it again"), on_click=SurveyPage.open_again),
            rx.fragment(
                button(word("Close it"), on_click=SurveyPage.close),
                rx.cond(
                    SurveyPage.face == "results",
                    go(word("Send it"), to=shown.send, kind="primary"),
                    go(word("Send it"), to=shown.send),
                ),
            ),
        ),
    )


@page(
    "/surveys/[survey_id]",
    Place.SURVEYS,
    N_("Survey"),
    audience=RECRUITERS,
    on_load=[SurveyPage.load, Editor.load],
    actions=_actions,
    heading=lambda: rx.cond(shown.title != "", shown.title, word("Survey")),
    in_rail=False,
)
def one_survey() -> rx.Component:
    """Draw what came back, or the questions."""
    faces = [
        ("results", word("Results"), _results()),
        ("questions", word("Questions"), editor(shown.copied)),
    ]
    return when_loaded(
        SurveyPage.loaded,
        line(
            rx.el.span(shown.people),
            rx.cond(shown.closed, badge(word("Closed"), shade="outline"), badge(word("Takes answers"), shade="good")),
        ),
        tabs("survey", word("Survey"), SurveyPage.face, SurveyPage.choose, faces),
    )


def _results() -> rx.Component:
    nobody = stack(
        rx.el.p(word("Nobody has answered yet. Answers come in here as people give them."), class_name="measure")
    )
    return rx.cond(shown.answered, stack(rx.foreach(shown.results, _result), kind="loose"), nobody)


def _result(one: Result) -> rx.Component:
    numbers = line(
        rx.cond(one.kind == "nps", figure(one.figure, word("cNPS"))),
        rx.cond((one.kind == "scale") & (one.figure != ""), figure(one.figure, word("on average"))),
        stack(
            rx.el.p(one.n, class_name="quiet-text"),
            rx.cond(one.told != "", rx.el.p(one.told)),
            rx.cond(one.kind == "nps", rx.el.p(word(FORMULA), class_name="quiet-text small")),
            kind="tight",
        ),
    )
    return rx.el.section(
        rx.el.h2(one.text),
        numbers,
        rx.cond(one.bars.length() > 0, rx.el.div(split(one.bars, one.text), class_name="bars")),
        rx.cond(one.said.length() > 0, rows(one.said, _words, one.text)),
        rx.cond(one.rest.length() > 0, more(word("Show the others"), rows(one.rest, _words, one.text))),
        class_name="block stack",
    )


def _words(one: Words) -> rx.Component:
    return row(
        rx.el.blockquote(one.text, class_name="measure"),
        rx.el.p(link(one.name, to=one.talent), " · ", moment(one.when, one.exactly), class_name="quiet-text small"),
    )
