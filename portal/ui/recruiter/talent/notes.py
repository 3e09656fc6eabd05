"""The notes and the tags on a talent's page."""

import reflex as rx

from portal.talents.notes import LONGEST
from portal.ui.components import (
    area_field,
    block,
    button,
    callout,
    chips,
    form,
    line,
    or_not_now,
    problem,
    stack,
    text_field,
)
from portal.ui.recruiter.talent.noting import NoteLine, TalentNotes, TalentTags
from portal.ui.words import word

_KNOWN = "known-tags"


def tags() -> rx.Component:
    """Draw the tags, each with a way off, and a field that puts one on."""
    worn = chips(TalentTags.tags, word("Tags"), on_leave=TalentTags.take, leave=word("Take off"))
    known = rx.el.datalist(rx.foreach(TalentTags.known, lambda one: rx.el.option(value=one.words)), id=_KNOWN)
    return block(
        rx.el.h2(word("Tags")),
        stack(
            rx.cond(TalentTags.tags.length() > 0, worn),
            form(
                problem(TalentTags.problem),
                line(
                    text_field("tag", word("Add a tag"), list=_KNOWN, max_length=40, auto_complete="off"),
                    button(word("Add"), type="submit"),
                ),
                known,
                on_submit=TalentTags.put,
                no_validate=True,
                key=TalentTags.typed.to_string(),
            ),
            kind="tight",
        ),
    )


def notes() -> rx.Component:
    """Draw the notes, newest first, and the field for another."""
    listed = rx.el.ul(rx.foreach(TalentNotes.notes, _note), class_name="stack", aria_label=word("Notes"))
    return block(
        rx.el.h2(word("Notes")),
        stack(
            form(
                rx.cond(TalentNotes.mending == 0, problem(TalentNotes.problem)),
                area_field(
                    "note",
                    word("A note"),
                    most=LONGEST,
                    hint=word(
                        "Facts about the work only: no age, family, origin, health or opinion (Labour Code L.1221-6). "
                        "The person may read it."
                    ),
                    on_blur=TalentNotes.consider,
                    rows="3",
                ),
                rx.el.div(button(word("Keep the note"), type="submit"), class_name="buttons"),
                rx.cond(TalentNotes.mending == 0, _hint()),
                on_submit=TalentNotes.write,
                no_validate=True,
                key=TalentNotes.written.to_string(),
            ),
            rx.cond(TalentNotes.notes.length() > 0, listed),
        ),
    )


def _hint() -> rx.Component:
    """Draw what to think of, below the button: it comes and goes as one leaves the field, and a press must not fall beside."""
    told = rx.cond(TalentNotes.hint != "", callout(rx.el.p(TalentNotes.hint), tone="todo"))
    return rx.el.div(told, aria_live="polite")


def _note(one: NoteLine) -> rx.Component:
    mending = form(
        problem(TalentNotes.problem),
        area_field(
            "mended", word("Correct the note"), most=LONGEST, default_value=one.text, on_blur=TalentNotes.consider
        ),
        or_not_now(button(word("Save the note"), type="submit"), TalentNotes.leave),
        _hint(),
        on_submit=TalentNotes.save,
        no_validate=True,
    )
    standing = rx.fragment(
        rx.el.p(one.text, class_name="said"),
        line(
            rx.el.span(one.by, " · ", one.when, title=one.exactly, class_name="when"),
            rx.cond(one.mendable, button(word("Correct"), kind="link", on_click=TalentNotes.mend(one.id))),
            rx.cond(one.deletable, button(word("Delete"), kind="link", on_click=TalentNotes.delete(one.id))),
        ),
    )
    return rx.el.li(rx.cond(TalentNotes.mending == one.id, mending, standing), class_name="stack tight")
