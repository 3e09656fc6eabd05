"""The list of tags, and what mends one."""

import reflex as rx

from portal.ui.components import (
    button,
    empty,
    form,
    go,
    or_not_now,
    problem,
    row,
    rows,
    select_field,
    stack,
    state_dialog,
    text_field,
)
from portal.ui.recruiter.tags.state import TagLine, Tags
from portal.ui.words import word


def listed() -> rx.Component:
    """Draw every tag, with how many people wear it."""
    return rx.cond(
        Tags.tags.length() > 0,
        rows(Tags.tags, _tag, word("Tags")),
        empty(
            word("No tag yet"),
            rx.el.p(word("Put one on people in the pool: it is made as you type it.")),
            go(word("Go to the pool"), to="/pool"),
        ),
    )


def _tag(one: TagLine) -> rx.Component:
    return row(
        rx.el.span(one.name, class_name="row-title"),
        rx.el.p(one.people, class_name="quiet-text"),
        side=[
            button(word("Rename"), on_click=Tags.begin("rename", one.id), data_edit="", data_row=""),
            button(word("Join with another"), on_click=Tags.begin("join", one.id)),
            button(word("Delete"), on_click=Tags.begin("delete", one.id)),
        ],
    )


def dialogs() -> rx.Component:
    """Draw the dialog that is open."""
    title = rx.match(
        Tags.doing,
        ("rename", word("Rename the tag")),
        ("join", word("Join two tags")),
        ("delete", word("Delete the tag")),
        "",
    )
    body = rx.match(Tags.doing, ("rename", _renaming()), ("join", _joining()), ("delete", _deleting()), rx.fragment())
    whose = rx.el.p(rx.el.strong(Tags.name), " · ", Tags.people)
    return state_dialog(
        "tag-dialog", title, stack(whose, problem(Tags.problem), body), shown=Tags.doing != "", on_close=Tags.leave
    )


def _renaming() -> rx.Component:
    return form(
        text_field("tag_name", word("Name of the tag"), default_value=Tags.name, max_length=40, auto_complete="off"),
        or_not_now(button(word("Save the name"), kind="primary", type="submit"), Tags.leave),
        on_submit=Tags.rename,
        no_validate=True,
    )


def _joining() -> rx.Component:
    return form(
        select_field(
            "into",
            word("The tag that replaces it"),
            Tags.others,
            hint=word("This tag is gone afterwards, for good."),
        ),
        or_not_now(button(word("Make them one"), kind="primary", type="submit"), Tags.leave),
        on_submit=Tags.join,
        no_validate=True,
    )


def _deleting() -> rx.Component:
    return rx.fragment(
        rx.el.p(word("It is taken off everyone; you cannot undo this.")),
        or_not_now(button(word("Delete the tag"), kind="danger", on_click=Tags.delete), Tags.leave),
    )
