"""The step of the columns: where the people come from, on what ground, and which column says what."""

from typing import Any

import reflex as rx

from portal.consent.rules import Basis
from portal.ui.components import (
    badge,
    block,
    button,
    callout,
    check,
    form,
    group,
    more,
    problem,
    select_field,
    stack,
    table,
    text_field,
)
from portal.ui.recruiter.imports.run.reading import COLUMN, SampleRow
from portal.ui.recruiter.imports.run.state import Import
from portal.ui.recruiter.imports.words import BASES, BECOMES, KINDS
from portal.ui.words import word

# What stands in their file is no word of ours: a browser that translates leaves it alone.
AS_WRITTEN = {"translate": "no"}


def asking() -> rx.Component:
    """Draw the form, or only why there is none."""
    whole = form(
        rx.el.p(rx.el.strong(Import.asked_for.file_name), " · ", Import.asked_for.told),
        _file(),
        _stop_list(),
        _origin(),
        _basis(),
        _columns(),
        problem(Import.problem),
        rx.el.div(
            button(word("See what will happen"), kind="primary", type="submit"),
            button(word("Forget this file"), on_click=Import.give_up),
            class_name="buttons",
        ),
        on_submit=Import.foresee,
        no_validate=True,
        class_name="form wide",
    )
    return rx.cond(Import.asked_for.file_name != "", whole, problem(Import.problem))


def _file() -> rx.Component:
    """Draw which sheet of a workbook is read, and what to know of the whole file."""
    sheets = rx.el.label(
        rx.el.span(word("Sheet of the workbook"), class_name="label"),
        rx.el.select(
            rx.foreach(Import.asked_for.sheets, lambda name: rx.el.option(name, value=name)),
            value=Import.asked_for.sheet,
            on_change=Import.choose_sheet,
            class_name="input",
        ),
        rx.el.small(word("The one whose header says most is read first."), class_name="quiet-text"),
        class_name="field",
    )
    notes = callout(rx.el.ul(rx.foreach(Import.asked_for.notes, rx.el.li), class_name="plain-list"))
    return rx.fragment(
        rx.cond(Import.asked_for.sheets.length() > 0, sheets),
        rx.cond(Import.asked_for.notes.length() > 0, notes),
    )


def _stop_list() -> rx.Component:
    return check(
        "stop_list",
        word("Everybody in this file asked not to be written to"),
        hint=word("Nobody comes in: whom the pool knows is left in peace, and no file brings the others in."),
        default_checked=Import.asked_for.stop_list,
    )


def _origin() -> rx.Component:
    return rx.el.div(
        select_field(
            "source_kind",
            word("Where these people come from"),
            [(kind.value, word(told)) for kind, told in KINDS.items()],
            hint=word("It decides what they are owed: the law asks more for those who did not come to us themselves."),
            default_value=Import.asked_for.source_kind,
            on_change=Import.choose_kind,
        ),
        text_field(
            "source_text",
            word("The source, in your words"),
            hint=word("They will read it in their first letter: “export of our recruiting software, spring 2026”."),
            default_value=Import.asked_for.source_text,
            on_blur=Import.recall,
            max_length=200,
            auto_complete="off",
        ),
        text_field(
            "collected_on",
            word("Day of collection"),
            type="date",
            hint=word("For lines without a day of their own. Their month to be informed runs from it."),
            default_value=Import.asked_for.collected_on,
        ),
        class_name="form",
    )


def _basis() -> rx.Component:
    shut = ~Import.asked_for.allowed.contains(Import.kind)
    return rx.el.fieldset(
        rx.el.legend(word("On what ground may we write to them"), class_name="label"),
        rx.el.div(*(_one_basis(basis, shut) for basis in BASES), class_name="choices"),
        class_name="field",
    )


def _one_basis(basis: Basis, shut: rx.Var[bool]) -> rx.Component:
    told, explained = BASES[basis]
    more: dict[str, Any] = {}
    sentence: Any = word(explained)
    if basis is Basis.LEGITIMATE_INTEREST:
        more = {"disabled": shut}
        sentence = rx.cond(
            shut, word("The house does not allow it for people from there. An admin may, in the settings."), sentence
        )
    return rx.el.label(
        rx.el.input(
            type="radio",
            id=f"basis-{basis.value}",
            name="basis",
            value=basis.value,
            default_checked=Import.asked_for.basis == basis.value,
            **more,
        ),
        rx.el.span(word(told), rx.el.small(sentence)),
        class_name="choice",
    )


def _columns() -> rx.Component:
    columns = [
        (word("Column"), lambda one: rx.el.strong(one.name, custom_attrs=AS_WRITTEN)),
        (word("Some of its values"), _values),
        (word("Taken in as"), _becomes),
    ]
    known = rx.el.p(Import.asked_for.known, class_name="quiet-text")
    return stack(
        rx.cond(Import.asked_for.known != "", known),
        rx.cond(Import.asked_for.days != "", _days()),
        group(
            word("Columns"),
            Import.asked_for.columns.length(),
            table(word("Columns"), columns, Import.asked_for.columns),
        ),
        dropped(Import.asked_for.dropped),
    )


def _days() -> rx.Component:
    """Draw the choice of which comes first, the day or the month, where it makes a difference."""
    orders = (
        ("", word("As the file shows")),
        ("dmy", word("The day: 31/12/2026")),
        ("mdy", word("The month: 12/31/2026")),
    )
    asked = select_field(
        "dates",
        word("What its days begin with"),
        orders,
        hint=Import.asked_for.days,
        value=Import.asked_for.dates,
        on_change=Import.choose_order,
    )
    return rx.el.div(asked, class_name="form")


def _values(one: Any) -> rx.Component:
    """Draw the first values, and behind them ten with what each is taken for."""

    def sample(value: Any) -> rx.Component:
        read = rx.cond(value.left, badge(word("not understood"), shade="outline"), rx.el.strong(value.told))
        written = rx.el.span(value.written, custom_attrs=AS_WRITTEN)
        return rx.el.li(written, rx.cond((value.told != "") | value.left, rx.fragment(" → ", read)))

    listed = rx.el.ul(rx.foreach(one.samples.to(list[SampleRow]), sample), class_name="plain-list")
    first = rx.el.span(one.first, class_name="quiet-text samples", custom_attrs=AS_WRITTEN)
    return rx.el.div(rx.cond(one.first != "", more(first, listed)), class_name="samples")


def _becomes(one: Any) -> rx.Component:
    chosen = rx.el.select(
        *(rx.el.option(word(told), value=value) for value, told in BECOMES),
        rx.foreach(Import.asked_for.own, lambda own: rx.el.option(own[1], value=own[0])),
        name=rx.Var.create(COLUMN) + one.place,
        aria_label=word("Taken in as") + " – " + one.name,
        value=one.becomes,
        on_change=lambda becomes: Import.take_as(one.place, becomes),
        class_name=rx.cond(one.becomes == "ignore", "input unsure", "input"),
        data_row="",
    )
    return rx.el.div(
        chosen,
        rx.el.small(one.why, rx.cond((one.why != "") & (one.left != ""), " · ", ""), one.left, class_name="quiet-text"),
        class_name="stack tight",
    )


def dropped(columns: rx.Var) -> rx.Component:
    """Draw the columns the law protects, each with its article; nothing where there are none."""

    def one(column: Any) -> rx.Component:
        return rx.el.li(rx.el.strong(column.name), " – ", column.why)

    told = callout(
        stack(
            rx.el.strong(word("Dropped, because the law protects it:")),
            rx.el.ul(rx.foreach(columns, one), class_name="plain-list"),
            kind="tight",
        )
    )
    return rx.cond(columns.length() > 0, block(told))
