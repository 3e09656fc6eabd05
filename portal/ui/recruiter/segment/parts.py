"""The rule as groups of sentences, each line with what one can do to it."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import button, callout, form, icon, icon_button, problem
from portal.ui.recruiter.segment.editor import editor
from portal.ui.recruiter.segment.reach import Reach
from portal.ui.recruiter.segment.state import Builder
from portal.ui.words import word

_GROUPS = (
    ("all", N_("All of these hold")),
    ("any", N_("At least one of these holds")),
    ("none", N_("None of these holds")),
)


def whole() -> rx.Component:
    """Draw the name, the sentence and the rule."""
    return rx.el.div(
        _name(),
        _sentence(),
        _count_line(),
        rx.el.section(
            rx.el.h2(word("The rule"), class_name="unseen"),
            rx.el.ol(rx.foreach(Builder.lines, _line), class_name="rule", aria_label=word("The rule")),
        ),
        class_name="stack",
    )


def _name() -> rx.Component:
    return form(
        rx.el.div(
            rx.el.label(word("Name of the segment"), html_for="segment-name", class_name="label"),
            rx.el.div(
                rx.el.input(
                    id="segment-name",
                    name="name",
                    default_value=Builder.name,
                    key=Builder.segment_id.to_string() + Builder.loaded.to_string(),
                    placeholder=word("Nurses mobile to Lyon"),
                    max_length=80,
                    auto_complete="off",
                    on_change=Builder.call.debounce(300),
                    class_name="input",
                ),
                button(word("Save"), kind="primary", type="submit"),
                class_name="name-line",
            ),
            class_name="field",
        ),
        problem(Builder.trouble),
        on_submit=Builder.save,
        class_name="stack tight",
        no_validate=True,
    )


def _sentence() -> rx.Component:
    return rx.el.div(
        rx.el.p(Builder.told, class_name="sentence", aria_live="polite"),
        rx.foreach(Builder.warnings, lambda proxy: callout(proxy, tone="todo")),
        rx.el.div(
            rx.cond((Builder.problem != "") & (Builder.open_id == 0), callout(Builder.problem, tone="problem")),
            role="alert",
        ),
        rx.el.div(
            rx.cond(Builder.unsaved, rx.el.span(word("Not saved yet"), class_name="quiet-text small", data_unsaved="")),
            rx.cond(Builder.can_step_back, button(word("Undo"), kind="link", on_click=Builder.step_back)),
            rx.cond(Builder.unsaved, button(word("Start again"), kind="link", on_click=Builder.start_again)),
            class_name="line sentence-acts",
        ),
        class_name="stack tight",
    )


def _count_line() -> rx.Component:
    """Draw the numbers once more, in sight on a phone while the rule is written."""
    both = Reach.counted & ~Reach.stale
    told = rx.el.p(Reach.matches, " · ", Reach.told, class_name="count-line", aria_hidden="true")
    return rx.cond(both, told)


def _line(line: Any) -> rx.Component:
    drawn = rx.match(line.shape, ("group", _group(line)), ("criterion", _criterion(line)), _foot(line))
    return rx.el.li(drawn, key=line.key, class_name="rule-line " + line.shape + " " + line.depth)


def _joined(line: Any) -> rx.Component:
    return rx.cond(line.joined != "", rx.el.span(line.joined, class_name="rule-joined"))


def _group(line: Any) -> rx.Component:
    select = rx.el.select(
        *(rx.el.option(word(told), value=value) for value, told in _GROUPS),
        id="part-" + line.id.to_string(),
        name="part-" + line.id.to_string(),
        default_value=line.kind,
        key=Builder.taken_back.to_string(),
        on_change=lambda kind: Builder.regroup(line.id, kind),
        aria_label=word("What the group asks"),
        class_name="input",
        data_row="",
    )
    apart = button(word("Take the group apart"), kind="link", on_click=Builder.unwrap(line.id))
    return rx.el.div(
        _joined(line),
        rx.cond(line.root, rx.el.span(word("People for whom"), class_name="rule-joined")),
        select,
        rx.cond(line.root, rx.fragment(), rx.el.div(apart, *_moves(line), class_name="rule-acts")),
        _problem(line),
        class_name="rule-head",
    )


def _criterion(line: Any) -> rx.Component:
    is_open = Builder.open_id == line.id
    words = rx.el.button(
        line.words,
        type="button",
        id="part-" + line.id.to_string(),
        on_click=Builder.open_part(line.id),
        aria_expanded=rx.cond(is_open, "true", "false"),
        class_name="rule-words",
        data_row="",
        data_edit="",
    )
    either = button(
        line.aside, kind="link", on_click=Builder.wrap(line.id), title=word("Put it into a group of its own")
    )
    return rx.fragment(
        rx.el.div(
            _joined(line), words, rx.el.div(either, *_moves(line), class_name="rule-acts"), class_name="rule-head"
        ),
        _problem(line),
        rx.cond(is_open, rx.el.div(rx.el.h3(line.title), editor(line.title), class_name="criterion-open")),
    )


def _problem(line: Any) -> rx.Component:
    """Nothing is said of what is being filled; left so, it is something to mend."""
    filling = (Builder.open_id == line.id) | (Builder.adding_to == line.id)
    return rx.cond(
        (line.problem != "") & ~filling, rx.el.p(icon("warn", 18), line.problem, class_name="error"), rx.fragment()
    )


def _moves(line: Any) -> list[rx.Component]:
    part = line.id.to_string()
    return [
        icon_button("up", word("Move up"), id="up-" + part, on_click=Builder.move(line.id, -1), disabled=line.first),
        icon_button(
            "down", word("Move down"), id="down-" + part, on_click=Builder.move(line.id, 1), disabled=line.last
        ),
        icon_button("close", word("Take out"), on_click=Builder.remove(line.id)),
    ]


def _foot(line: Any) -> rx.Component:
    adding = Builder.adding_to == line.id
    return rx.fragment(
        rx.el.div(
            button(
                icon("plus", 18),
                word("Add a criterion"),
                id="add-" + line.id.to_string(),
                on_click=Builder.choose(line.id),
                aria_expanded=rx.cond(adding, "true", "false"),
                data_add="",
            ),
            button(word("Add a group"), kind="link", on_click=Builder.add(line.id, "any")),
            class_name="buttons",
        ),
        rx.cond(adding, _kinds(line)),
    )


def _kinds(line: Any) -> rx.Component:
    def one(kind: Any) -> rx.Component:
        return button(kind.words, on_click=Builder.add(line.id, kind.value))

    def some(kinds: Any) -> rx.Component:
        return rx.el.div(
            rx.el.h3(kinds.title, class_name="small quiet-text"),
            rx.el.div(rx.foreach(kinds.options, one), class_name="buttons"),
        )

    search = rx.el.input(
        type="search",
        id="kind",
        name="kind",
        on_change=Builder.seek.debounce(150),
        auto_complete="off",
        max_length=80,
        class_name="input",
        placeholder=word("distance, CDI, consent…"),
        aria_label=word("Find a criterion"),
    )
    nothing = rx.el.p(word("No criterion is called so."), class_name="quiet-text")
    return form(
        search,
        rx.el.div(rx.cond(Builder.kinds.length() == 0, nothing), role="status"),
        rx.foreach(Builder.kinds, some),
        on_submit=Builder.add_first,
        no_validate=True,
        class_name="criterion-open stack tight",
        data_kinds="",
        data_walk="submits",
        aria_label=word("Which criterion?"),
    )
