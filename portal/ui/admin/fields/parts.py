"""The parts of the page of the house's own fields."""

import reflex as rx

from portal.ui.admin.fields.state import KINDS, MAY, ChoiceRow, FieldRow, Fields
from portal.ui.components import (
    area_field,
    badge,
    button,
    check,
    empty,
    form,
    group,
    line,
    more,
    or_not_now,
    problem,
    radios,
    row,
    rows,
    select_field,
    stack,
    state_dialog,
    text_field,
)
from portal.ui.words import word

_HELD = Fields.held


def add_button() -> rx.Component:
    """Draw the page's one primary button."""
    return button(word("Add a field"), kind="primary", on_click=Fields.begin)


def listed() -> rx.Component:
    """Draw the fields in use in their order, and those put away."""
    used = group(word("In use"), Fields.rows.length(), rows(Fields.rows, _used, word("In use")))
    away = more(word("Put away"), rows(Fields.away, _away, word("Put away")))
    return stack(
        rx.el.p(
            word(
                "A field of yours shows by itself on profiles, in people’s own space, in imports, segments and exports."
            ),
            class_name="quiet-text",
        ),
        rx.cond(Fields.rows.length() > 0, used, _nothing()),
        rx.cond(Fields.away.length() > 0, away),
        kind="loose",
    )


def _nothing() -> rx.Component:
    return empty(
        word("No field of your own yet"),
        rx.el.p(word("For instance: a licence, a shift, a sector they know, the day a training ends.")),
        button(word("Add a field"), on_click=Fields.begin),
    )


def _told(one: FieldRow) -> list[rx.Component]:
    return [
        rx.el.p(one.other, " · ", one.kind, class_name="quiet-text"),
        rx.cond(one.choices != "", rx.el.p(one.choices)),
        rx.el.p(one.who, class_name="when"),
    ]


def _used(one: FieldRow) -> rx.Component:
    def moving(label: str, by: int, stuck: rx.Var) -> rx.Component:
        return button(
            word(label),
            on_click=Fields.move(one.id, by),
            disabled=stuck,
            aria_label=rx.Var.create(word(label)) + " " + one.name,
        )

    return row(
        rx.el.span(one.name, class_name="row-title"),
        *_told(one),
        side=[
            moving("Up", -1, one.first),
            moving("Down", 1, one.last),
            button(word("Change"), on_click=Fields.open(one.id), data_edit="", data_row=""),
            button(word("Put away"), on_click=Fields.archive(one.id)),
        ],
    )


def _away(one: FieldRow) -> rx.Component:
    return row(
        rx.el.span(one.name, class_name="row-title"),
        *_told(one),
        side=[badge(word("put away"), shade="outline"), button(word("Bring back"), on_click=Fields.bring_back(one.id))],
    )


def editing() -> rx.Component:
    """Draw the form of one field, when it is asked for."""
    return state_dialog(
        "field",
        rx.cond(Fields.field_id > 0, word("Change the field"), word("Add a field")),
        form(
            text_field(
                "name_fr", word("Name in French"), default_value=_HELD["name_fr"], max_length=60, auto_complete="off"
            ),
            text_field(
                "name_en", word("Name in English"), default_value=_HELD["name_en"], max_length=60, auto_complete="off"
            ),
            rx.el.p(
                word(
                    "Never what the law protects: age, sex, origin, family, health, beliefs… Such a name is refused "
                    "(penal code, art. 225-1)."
                ),
                class_name="hint",
            ),
            rx.cond(Fields.field_id > 0, rx.fragment(), _kind()),
            rx.cond((Fields.kind == "choice") | (Fields.kind == "choices"), _choices()),
            *_who(),
            problem(Fields.problem),
            or_not_now(button(word("Save the field"), kind="primary", type="submit"), Fields.leave),
            on_submit=Fields.save,
            no_validate=True,
        ),
        shown=Fields.editing,
        on_close=Fields.leave,
    )


def _who() -> list[rx.Component]:
    return [
        radios(
            "talent_may",
            word("The person themself"),
            [(may.value, word(told)) for may, told in MAY.items()],
            chosen=_HELD["talent_may"],
            hint=word("Whatever you choose, it is in the data they may read and take away (GDPR 15)."),
        ),
        check("recruiters_edit", word("Recruiters may fill it"), default_checked=_HELD["recruiters_edit"] != ""),
    ]


def _kind() -> rx.Component:
    return select_field(
        "kind",
        word("What it holds"),
        [("", word("Choose…")), *((kind.value, word(told)) for kind, told in KINDS.items())],
        value=Fields.kind,
        on_change=Fields.choose_kind,
    )


def _choices() -> rx.Component:
    def one(choice: ChoiceRow) -> rx.Component:
        return line(
            text_field("fr." + choice.code, word("In French"), default_value=choice.fr, max_length=60),
            text_field("en." + choice.code, word("In English"), default_value=choice.en, max_length=60),
        )

    standing = rx.el.fieldset(
        rx.el.legend(word("Choices"), class_name="label"),
        rx.el.p(word("Empty both to take a choice away that nobody holds."), class_name="hint"),
        rx.foreach(Fields.choices, one),
        class_name="field stack tight",
    )
    return rx.fragment(
        rx.cond(Fields.choices.length() > 0, standing),
        area_field(
            "new_choices",
            rx.cond(Fields.choices.length() > 0, word("More choices"), word("Choices")),
            hint=word("One a line, in both languages: “Nuit | Night”."),
            most=4000,
        ),
    )
