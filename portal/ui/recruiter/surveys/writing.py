"""The list editor of a questionnaire, and beside it what a phone will show."""

from typing import Any

import reflex as rx

from portal.ui.components import (
    button,
    callout,
    go,
    icon_button,
    line,
    problem,
    stack,
    text_field,
    when_loaded,
    with_side,
)
from portal.ui.recruiter.surveys.editor import Editor
from portal.ui.recruiter.surveys.words import KINDS
from portal.ui.words import word


def editor(copy: Any = None) -> rx.Component:
    """Draw the editor; `copy` is where a copy of an answered survey is begun."""
    whole = stack(
        _answered(copy) if copy is not None else rx.fragment(),
        _titles(),
        rx.el.ol(rx.foreach(Editor.questions, _question), class_name="questions", aria_label=word("Questions")),
        rx.cond(Editor.answered, rx.fragment(), _adding()),
        problem(Editor.problem),
        rx.el.div(button(word("Save the survey"), kind="primary", on_click=Editor.save), class_name="buttons"),
        kind="loose",
    )
    return when_loaded(Editor.loaded, with_side(whole, _preview(), label=word("As on a phone")), lines=8)


def _answered(copy: Any) -> rx.Component:
    told = callout(
        rx.el.p(
            word("Someone has answered. Words may still change; questions and options stay, or answers would lie."),
            class_name="grow",
        ),
        go(word("Copy it to ask otherwise"), to=copy),
    )
    return rx.cond(Editor.answered, told)


def _titles() -> rx.Component:
    return rx.el.div(*(_title(language) for language in ("fr", "en")), class_name="pair")


def _title(language: str) -> rx.Component:
    label, value = {
        "fr": (word("Title in French"), Editor.title_fr),
        "en": (word("Title in English"), Editor.title_en),
    }[language]
    return text_field(
        f"title_{language}",
        label,
        default_value=value,
        max_length=120,
        lang=language,
        on_blur=lambda text: Editor.title(language, text),
    )


def _question(one: Any, index: Any) -> rx.Component:
    kind = rx.match(one.kind, *((kind, word(told)) for kind, told in KINDS.items()), "")
    tools = line(
        icon_button("up", word("Move up"), on_click=Editor.move(one.code, -1), disabled=index == 0),
        icon_button("down", word("Move down"), on_click=Editor.move(one.code, 1)),
        icon_button("close", word("Take this question out"), on_click=Editor.remove(one.code)),
    )
    return rx.el.li(
        line(
            rx.el.h2(word("Question"), " ", index + 1, " · ", rx.el.span(kind, class_name="quiet-text")),
            rx.cond(Editor.answered, rx.fragment(), tools),
            apart=True,
        ),
        problem(one.problem),
        rx.el.div(_words(one, "fr"), _words(one, "en"), class_name="pair"),
        rx.cond(one.kind == "choice", _options(one)),
        rx.el.label(
            rx.el.input(type="checkbox", checked=one.required, on_change=lambda value: Editor.demand(one.code, value)),
            rx.el.span(word("An answer is required")),
            class_name="choice",
        ),
        key=one.code,
        tab_index=-1,
        class_name="card question",
    )


def _words(one: Any, language: str) -> rx.Component:
    label, value = {"fr": (word("In French"), one.fr), "en": (word("In English"), one.en)}[language]
    name = rx.Var.create(f"{language}-") + one.code
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label"),
        rx.el.textarea(
            id=name,
            rows="2",
            lang=language,
            default_value=value,
            max_length=300,
            on_blur=lambda text: Editor.tell(one.code, language, text),
            class_name="input",
        ),
        class_name="field",
    )


def _options(one: Any) -> rx.Component:
    def option(each: Any) -> rx.Component:
        return rx.el.li(
            _option_words(one, each, "fr"),
            _option_words(one, each, "en"),
            rx.cond(
                Editor.answered,
                rx.fragment(),
                icon_button("close", word("Take this option out"), on_click=Editor.remove_option(one.code, each.code)),
            ),
            key=each.code,
            class_name="option",
        )

    return stack(
        rx.el.ul(rx.foreach(one.options, option), class_name="plain-list", aria_label=word("Options")),
        rx.cond(
            Editor.answered,
            rx.fragment(),
            line(button(word("Add an option"), on_click=Editor.add_option(one.code))),
        ),
        kind="tight",
    )


def _option_words(one: Any, each: Any, language: str) -> rx.Component:
    label = {"fr": word("Option in French"), "en": word("Option in English")}[language]
    return rx.el.input(
        default_value={"fr": each.fr, "en": each.en}[language],
        placeholder=label,
        aria_label=label,
        lang=language,
        max_length=120,
        on_blur=lambda text: Editor.tell_option(one.code, each.code, language, text),
        class_name="input",
    )


def _adding() -> rx.Component:
    presses = [button(word(told), on_click=Editor.add(kind)) for kind, told in KINDS.items()]
    return rx.el.div(
        rx.el.h2(word("Add a question"), id="add-question"),
        rx.el.div(*presses, class_name="buttons"),
        role="group",
        aria_labelledby="add-question",
        class_name="stack tight",
    )


def _preview() -> rx.Component:
    """Draw the questions as the link page does."""
    faces = [
        button(
            name,
            on_click=Editor.look(language),
            aria_pressed=rx.cond(Editor.face == language, "true", "false"),
            class_name=rx.cond(Editor.face == language, "pressed", ""),
            lang=language,
        )
        for language, name in (("fr", "Français"), ("en", "English"))
    ]
    french = Editor.face == "fr"
    sheet = rx.el.div(
        rx.el.p(rx.cond(french, Editor.title_fr, Editor.title_en), class_name="preview-title"),
        rx.foreach(Editor.questions, lambda one: _as_seen(one, french)),
        class_name="phone stack",
        lang=Editor.face,
    )
    return stack(rx.el.h2(word("As on a phone")), rx.el.div(*faces, class_name="buttons"), sheet)


def _as_seen(one: Any, french: Any) -> rx.Component:
    def boxes(numbers: range) -> rx.Component:
        return rx.el.div(*(rx.el.span(str(n), class_name="preview-box") for n in numbers), class_name="preview-steps")

    options = rx.foreach(
        one.options,
        lambda each: rx.el.span(rx.cond(french, each.fr, each.en), class_name="preview-box wide"),
    )
    return rx.el.div(
        rx.el.p(
            rx.el.strong(rx.cond(french, one.fr, one.en)),
            rx.cond(one.required, rx.el.span(" *", class_name="quiet-text")),
        ),
        rx.match(
            one.kind,
            ("nps", boxes(range(11))),
            ("scale", boxes(range(1, 6))),
            ("choice", rx.el.div(options, class_name="stack tight")),
            rx.el.div(class_name="preview-box tall"),
        ),
        class_name="stack tight",
    )
