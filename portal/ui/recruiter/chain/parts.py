"""The parts of the editor: the way, the open step, the letter as it arrives, what is to be mended, the versions."""

from typing import Any

import reflex as rx

from portal.chains.steps import KINDS
from portal.kit.i18n import N_
from portal.ui.components import (
    area_field,
    badge,
    button,
    callout,
    go,
    icon_button,
    number_field,
    problem,
    select_field,
    stack,
    tabs,
    text_field,
)
from portal.ui.recruiter.chain.drawing import BranchRow, SettingRow, StepRow
from portal.ui.recruiter.chain.state import Editor
from portal.ui.words import word

# What a button inserts, and what it is called.
FILL_INS = (
    ("first_name", N_("First name")),
    ("knows", N_("What we know of their work")),
    ("still_true", N_("Whether it is still true, or what they do")),
    ("thanks", N_("Thanks for a talk or an application, if there was one")),
    ("likeness", N_("What the job is like, if there was another before")),
    ("author", N_("Your name")),
    ("house", N_("The name of the house")),
    ("title", N_("Title of the job")),
    ("place", N_("Place of the job")),
)


def top() -> rx.Component:
    """Draw the buttons of the page."""
    launch = go(word("Launch"), to="/chains/launch?chain=" + Editor.here)
    return rx.fragment(
        rx.cond(Editor.changed, rx.fragment(rx.cond(Editor.here != "", _discard()))),
        rx.cond((Editor.here != "") & ~Editor.changed & ~Editor.archived, launch),
        button(rx.cond(Editor.here == "", word("Save the chain"), word("Save a version")), **_save()),
    )


def _save() -> dict[str, Any]:
    return {"kind": "primary", "on_click": Editor.save, "disabled": ~Editor.changed & (Editor.here != "")}


def _discard() -> rx.Component:
    return button(word("Drop the changes"), kind="link", on_click=Editor.discard)


def way() -> rx.Component:
    """Draw the chain's name and its steps, the open one with its settings."""
    return stack(
        problem(Editor.problem),
        rx.cond(Editor.archived, _put_away()),
        text_field(
            "name",
            word("Name of the chain"),
            default_value=Editor.name,
            on_change=lambda typed: Editor.call(typed).debounce(300),
            on_blur=Editor.call,
            max_length=80,
            key=Editor.turn.to_string(),
            auto_complete="off",
        ),
        rx.el.ol(rx.foreach(Editor.steps, _step), class_name="chain", aria_label=word("Steps of the chain")),
        _adding(),
    )


def _put_away() -> rx.Component:
    return callout(
        rx.el.span(word("This chain is put away: it cannot be launched."), class_name="grow"),
        button(word("Bring it back"), on_click=Editor.bring_back),
    )


def _step(step: StepRow) -> rx.Component:
    head = rx.el.button(
        rx.el.span(step.number, class_name="chain-number", aria_hidden="true"),
        rx.el.span(
            rx.el.span(step.kind, class_name="chain-kind"),
            rx.cond(step.title != "", rx.el.span(step.title, class_name="chain-title")),
            class_name="chain-words",
        ),
        rx.cond(step.wrong, badge(word("to mend"), shade="todo")),
        type="button",
        aria_expanded=rx.cond(step.open, "true", "false"),
        on_click=Editor.open(step.key),
        class_name="chain-head",
        data_row="",
    )
    return rx.el.li(
        rx.el.div(head, _moves(step), class_name="chain-top"),
        rx.cond(step.open, rx.el.div(settings(), class_name="chain-body", key=step.key + Editor.turn.to_string())),
        rx.cond(~step.open & (step.ways != ""), rx.el.p(step.ways, class_name="chain-ways")),
        class_name=rx.cond(step.open, "chain-step open", "chain-step"),
    )


def _moves(step: StepRow) -> rx.Component:
    return rx.el.div(
        icon_button("up", word("Move up"), on_click=Editor.move(step.key, -1), disabled=~step.can_rise),
        icon_button("down", word("Move down"), on_click=Editor.move(step.key, 1), disabled=~step.can_sink),
        icon_button("close", word("Remove this step"), on_click=Editor.remove(step.key), disabled=~step.can_go),
        class_name="chain-moves",
    )


def settings() -> rx.Component:
    """Draw what can be set of the open step."""
    return rx.el.div(
        rx.el.p(Editor.kind_told, class_name="hint"),
        rx.foreach(Editor.settings, _setting),
        rx.cond(Editor.has_text, _texts()),
        rx.cond(Editor.branches.length() > 0, _branches()),
        class_name="form",
    )


def _setting(setting: SettingRow) -> rx.Component:
    number = number_field(
        setting.name,
        setting.told,
        unit=setting.unit,
        default_value=setting.value,
        on_change=lambda typed: Editor.choose(setting.name, typed).debounce(300),
        on_blur=lambda typed: Editor.choose(setting.name, typed),
    )
    chosen = rx.cond(setting.hint != "", _choice(setting, hint=setting.hint), _choice(setting))
    return rx.cond(setting.options.length() > 0, chosen, number)


def _choice(setting: SettingRow, **hint: rx.Var[str]) -> rx.Component:
    return select_field(
        setting.name,
        setting.told,
        setting.options,
        value=setting.value,
        on_change=lambda value: Editor.choose(setting.name, value),
        **hint,
    )


def _texts() -> rx.Component:
    faces = [
        ("fr", word("In French"), _text("fr", Editor.subject_fr, Editor.body_fr)),
        ("en", word("In English"), _text("en", Editor.subject_en, Editor.body_en)),
    ]
    return tabs("letter", word("Language of the letter"), Editor.language, Editor.choose_language, faces)


def _text(language: str, subject: rx.Var[str], body: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        text_field(
            f"subject-{language}",
            word("Subject"),
            hint=word("Under 50 characters reads best on a phone."),
            default_value=subject,
            lang=language,
            **_typed(language, "subject"),
        ),
        area_field(
            f"body-{language}",
            word("Letter"),
            most=4000,
            default_value=body,
            lang=language,
            rows="12",
            **_typed(language, "body"),
        ),
        rx.el.div(
            rx.el.span(word("Insert:"), class_name="hint"),
            *(
                button(word(told), data_insert=f"{{{name}}}", data_into=f"body-{language}", class_name="small")
                for name, told in FILL_INS
            ),
            class_name="buttons",
        ),
        class_name="stack",
    )


def _typed(language: str, part: str) -> dict[str, Any]:
    return {
        "on_change": lambda typed: Editor.wrote(language, part, typed).debounce(400),
        "on_blur": lambda typed: Editor.wrote(language, part, typed),
    }


def _branches() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(word("And then"), class_name="label"),
        rx.el.div(rx.foreach(Editor.branches, _branch), class_name="branches"),
        class_name="field",
    )


def _branch(branch: BranchRow) -> rx.Component:
    key = "branch-" + branch.name
    return rx.el.div(
        rx.el.label(branch.told, html_for=key),
        rx.el.select(
            rx.foreach(Editor.targets, lambda choice: rx.el.option(choice[1], value=choice[0])),
            id=key,
            value=branch.target,
            on_change=lambda target: Editor.lead(branch.name, target),
            class_name="input",
        ),
        rx.cond(branch.hint != "", rx.el.p(branch.hint, class_name="hint")),
        class_name="branch",
    )


def _adding() -> rx.Component:
    # Where nothing follows comes last.
    offered = sorted(KINDS.items(), key=lambda known: known[1].ENDS)
    adds = [button("+ ", word(kind.NAME), on_click=Editor.add(name)) for name, kind in offered]
    return rx.el.div(
        rx.el.p(word("Add a step after the open one"), class_name="label"),
        rx.el.div(*adds, class_name="buttons"),
        class_name="stack tight",
    )
