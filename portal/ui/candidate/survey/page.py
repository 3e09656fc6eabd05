"""An experience survey: one form, no hurry."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.surveys.rules import LONGEST_TEXT
from portal.ui.candidate.survey.state import FIELD, Asked, MySurvey, Option
from portal.ui.components import button, form, go, icon, problem, when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page(
    "/me/survey/[ask_id]",
    Place.MY_HOME,
    N_("Your opinion"),
    audience=CANDIDATES,
    on_load=MySurvey.load,
    heading=lambda: rx.cond(MySurvey.sheet.title != "", MySurvey.sheet.title, word("Your opinion")),
    in_rail=False,
)
def survey() -> rx.Component:
    """Draw the questions, or thanks."""
    thanks = rx.el.div(
        rx.el.p(word("Thank you: your answers are kept.")),
        rx.el.p(MySurvey.sheet.until, class_name="quiet-text"),
        rx.el.div(go(word("Home"), to="/me", kind="primary"), class_name="buttons"),
        class_name="stack",
    )
    closed = rx.el.p(MySurvey.sheet.why_closed)
    return when_loaded(
        MySurvey.loaded, rx.cond(MySurvey.sheet.why_closed != "", closed, rx.cond(MySurvey.thanked, thanks, _form()))
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(problem(MySurvey.problem), id="problem"),
        rx.el.p(MySurvey.sheet.intro),
        rx.foreach(MySurvey.sheet.questions, _question),
        button(word("Send my answers"), kind="primary", type="submit", class_name="wide big"),
        rx.el.p(MySurvey.sheet.until, class_name="hint"),
        on_submit=MySurvey.send,
        no_validate=True,
    )


def _question(one: rx.Var[Asked]) -> rx.Component:
    return rx.cond(one.kind == "text", _words(one), _pick(one))


def _words(one: rx.Var[Asked]) -> rx.Component:
    name = FIELD + one.key
    area = rx.el.textarea(
        id=name,
        name=name,
        default_value=one.given,
        class_name="input",
        data_count=str(LONGEST_TEXT),
        aria_required=rx.cond(one.required, "true", "false"),
        **_said(one),
    )
    return rx.el.div(
        rx.el.label(one.text, _needed(one), html_for=name, class_name="label"),
        _wrong(one),
        area,
        rx.el.span(f"0 / {LONGEST_TEXT}", class_name="counter", id=_named(one, "hint")),
        class_name="field",
    )


def _pick(one: rx.Var[Asked]) -> rx.Component:
    def option(each: rx.Var[Option]) -> rx.Component:
        ticked = one.given == each.value
        box = rx.el.input(type="radio", name=FIELD + one.key, value=each.value, default_checked=ticked)
        return rx.el.label(box, rx.el.span(each.label), class_name="choice")

    return rx.el.fieldset(
        rx.el.legend(one.text, _needed(one), class_name="label"),
        rx.el.p(one.hint, class_name="hint", id=_named(one, "hint")),
        _wrong(one),
        rx.el.div(rx.foreach(one.options, option), class_name="choices across"),
        class_name="field",
        **_said(one),
    )


def _needed(one: rx.Var[Asked]) -> rx.Component:
    return rx.cond(one.required, rx.el.span(" (", word("required"), ")", class_name="quiet-text"))


def _wrong(one: rx.Var[Asked]) -> rx.Component:
    """Draw beside the question what to mend."""
    return rx.cond(
        MySurvey.wrong.contains(one.key),
        rx.el.p(icon("warn", 18), MySurvey.wrong[one.key], class_name="error", id=_named(one, "error")),
    )


def _said(one: rx.Var[Asked]) -> dict[str, Any]:
    """Tie a question to its hint and to what is wrong with its answer."""
    return {
        "aria_invalid": rx.cond(MySurvey.wrong.contains(one.key), "true", "false"),
        "aria_describedby": _named(one, "hint") + " " + _named(one, "error"),
    }


def _named(one: rx.Var[Asked], what: str) -> rx.Var[str]:
    return rx.Var.create(FIELD).to(str) + one.key + f"-{what}"
