"""What stands beside the steps: what is to be mended, the letter as it arrives, the versions."""

import reflex as rx

from portal.ui.components import badge, button, line, moment, more, row, rows
from portal.ui.recruiter.chain.acts import VersionRow
from portal.ui.recruiter.chain.drawing import CheckRow
from portal.ui.recruiter.chain.state import Editor
from portal.ui.words import word


def beside() -> tuple[rx.Component, ...]:
    """Draw what is to be mended, and the open step's letter as a phone shows it."""
    return (_checks(), _phone(), rx.cond(Editor.here != "", _versions()))


def _checks() -> rx.Component:
    listed = rx.el.ul(rx.foreach(Editor.checks, _check), class_name="checks")
    return rx.el.section(
        rx.cond(
            Editor.checks.length() > 0,
            rx.el.div(
                rx.el.h2(Editor.checks_told, class_name="small-title"), listed, class_name="callout todo checked"
            ),
            rx.el.p(word("Nothing to mend: this chain can be launched."), class_name="callout"),
        ),
        aria_live="polite",
    )


def _check(one: CheckRow) -> rx.Component:
    told = button(one.told, kind="link", on_click=Editor.mend(one.key))
    return rx.el.li(rx.cond(one.key != "", told, rx.el.span(one.told)))


def _phone() -> rx.Component:
    shown = rx.fragment(
        rx.el.p(Editor.letter_subject, class_name="phone-subject"),
        rx.el.iframe(
            src_doc=Editor.letter,
            sandbox="",
            title=word("The letter as it arrives"),
            class_name="phone-letter",
        ),
    )
    waiting = rx.el.p(
        rx.cond(Editor.letter_problem != "", Editor.letter_problem, word("This step sends no letter.")),
        class_name="quiet-text phone-empty",
    )
    return rx.el.section(
        rx.el.h2(word("As it arrives"), class_name="small-title"),
        rx.el.p(word("For an invented nurse. A launch shows real people."), class_name="hint"),
        rx.el.div(rx.cond(Editor.letter != "", shown, waiting), class_name="phone device"),
        class_name="stack tight",
    )


def _versions() -> rx.Component:
    return more(
        word("Versions"),
        rows(Editor.versions, _version, word("Versions")),
        line(
            rx.cond(
                Editor.archived,
                rx.fragment(),
                button(word("Put this chain away"), kind="link", on_click=Editor.archive),
            )
        ),
    )


def _version(one: VersionRow) -> rx.Component:
    back = button(word("Start from it again"), on_click=Editor.look_back(one.number), data_edit="")
    return row(
        rx.el.span(one.told, class_name="row-title"),
        rx.el.p(moment(one.when, one.exactly), " · ", one.people, class_name="quiet-text small"),
        side=[rx.cond(one.now, badge(word("newest")), back)],
    )
