"""The steps after: what will happen, then what happened. Both read alike, for they are the same plan."""

from typing import Any

import reflex as rx

from portal.ui.components import (
    block,
    button,
    callout,
    check,
    dialog,
    facts,
    figure,
    form,
    go,
    leave,
    line,
    link,
    more,
    problem,
    stack,
    table,
)
from portal.ui.recruiter.imports.run.asking import dropped
from portal.ui.recruiter.imports.run.looking import Browsing, browsed
from portal.ui.recruiter.imports.run.outcome import PersonLine, Unexplained
from portal.ui.recruiter.imports.run.running import Running
from portal.ui.recruiter.imports.run.state import Import, Informing
from portal.ui.words import word


def what_will_happen() -> rx.Component:
    """Draw the preview, and the press."""
    strict = check(
        "strict",
        word("Take nobody in if something is wrong with a line"),
        hint=word("Otherwise the lines below stay outside, and you can download them, mend them and send them again."),
        default_checked=Import.asked_for.strict,
    )
    return stack(
        problem(Import.problem),
        _figures(),
        rx.foreach(Import.effect.notes, _note),
        form(
            rx.cond(Import.effect.faulty, strict),
            rx.el.div(
                button(Import.effect.press, kind="primary", type="submit", disabled=Import.effect.nobody),
                button(word("Back to the columns"), on_click=Import.back),
                class_name="buttons",
            ),
            on_submit=Import.take,
        ),
        browsed(_table_of_people()),
        *_beside(),
        kind="loose",
    )


def what_happened() -> rx.Component:
    """Draw the report that stays."""
    download = leave(word("Download the rejected lines"), href=Import.effect.download, download=True)
    return stack(
        rx.cond(Import.effect.undone != "", callout(Import.effect.undone)),
        facts(
            [
                (word("File"), Import.asked_for.file_name),
                (word("Source"), Import.effect.origin),
                (word("Taken in"), Import.effect.when),
            ]
        ),
        _figures(),
        *_of_writing(),
        line(
            go(word("See them in the pool"), to=Import.effect.pool, kind="primary"),
            rx.cond(Import.effect.any_rejected, download),
        ),
        _informing(),
        rx.cond(Import.effect.doubtful != "", go(word("Decide who may be one person"), to=Import.effect.decide)),
        *_lines(),
        rx.cond(Import.effect.undo != "", _undoing()),
        kind="loose",
    )


def _of_writing() -> list[rx.Component]:
    """Ask what a column means that may say who asked not to be written to: until then it holds its people back."""
    return [
        rx.foreach(Import.effect.unexplained, _unexplained),
        rx.foreach(Import.effect.notes, _note),
    ]


def _note(note: rx.Var) -> rx.Component:
    return callout(note)


def _unexplained(one: Unexplained) -> rx.Component:
    return block(
        rx.el.h2(one.asks),
        rx.el.p(one.holds),
        rx.el.div(
            button(word("Yes: a yes there means: do not write"), on_click=Import.explain(one.column, "opted_out")),
            button(
                word("They were asked whether we may: a no means: do not write"),
                on_click=Import.explain(one.column, "consent"),
            ),
            button(word("It speaks of something else"), on_click=Import.explain(one.column, "ignore")),
            class_name="buttons",
        ),
    )


def being_done() -> rx.Component:
    """Draw how far a worker is, and the way to end it."""
    return stack(
        rx.el.p(Running.far.told, aria_live="polite"),
        rx.el.progress(value=Running.far.percent, max=100, aria_label=word("How far it is"), class_name="progress"),
        rx.el.p(word("You may leave this page: the work goes on."), class_name="quiet-text"),
        rx.el.div(button(word("Cancel"), on_click=Running.cancel), class_name="buttons"),
    )


def _undoing() -> rx.Component:
    asks = dialog(
        "undo-import",
        word("Undo this import"),
        rx.el.p(Import.effect.undo_asks, class_name="measure"),
        rx.el.div(button(word("Undo it"), kind="danger", on_click=Import.undo, data_close=""), class_name="buttons"),
    )
    return block(button(Import.effect.undo, kind="danger", data_open="undo-import"), asks)


def _figures() -> rx.Component:
    return rx.el.div(
        figure(Import.effect.created, word("created")),
        figure(Import.effect.updated, word("updated")),
        figure(Import.effect.unchanged, word("unchanged")),
        rx.cond(Import.effect.doubtful != "", figure(Import.effect.doubtful, word("lines in doubt"))),
        figure(Import.effect.rejected, word("lines rejected")),
        class_name="figures",
        role="group",
        aria_label=Import.effect.read,
    )


def _table_of_people() -> rx.Component:
    columns = [
        (word("Person"), _named),
        (word("How to reach them"), lambda one: rx.el.span(one.contact, class_name="samples")),
        (word("Work"), lambda one: one.work),
        (word("Collected on"), lambda one: one.day),
        (word("What changes"), lambda one: one.changes),
        (word("Line"), lambda one: rx.el.span(one.line, class_name="number")),
    ]
    return rx.cond(Browsing.rows.length() > 0, table(word("Who is in the file"), columns, Browsing.rows))


def _named(one: PersonLine) -> rx.Component:
    return rx.cond(one.at != "", link(one.name, to=one.at), rx.el.strong(one.name))


def _lines() -> list[rx.Component]:
    effect = Import.effect
    doubts = _said(word("Lines in doubt"), effect.doubts, effect.doubts_told, effect.doubtful)
    lines = _said(word("Lines rejected"), effect.lines, effect.lines_told, effect.rejected)
    return [rx.cond(effect.doubts.length() > 0, doubts), rx.cond(effect.lines.length() > 0, lines), *_beside()]


def _beside() -> list[rx.Component]:
    effect = Import.effect
    return [
        rx.cond(
            effect.remarks.length() > 0,
            more(
                word("To know about lines that are taken in"),
                _table(word("To know about lines that are taken in"), effect.remarks, effect.remarks_told, named=False),
            ),
        ),
        dropped(effect.dropped),
        rx.cond(
            effect.ignored != "",
            rx.el.p(rx.el.strong(word("Columns not taken in:")), " ", effect.ignored, class_name="measure"),
        ),
    ]


def _said(title: Any, lines: rx.Var, told: Any, count: Any) -> rx.Component:
    return block(
        rx.el.h2(rx.el.span(title), rx.el.span(count, class_name="count"), class_name="group-title"),
        _table(title, lines, told),
    )


def _table(title: Any, lines: rx.Var, told: Any, *, named: bool = True) -> rx.Component:
    columns = [
        (word("Line"), lambda one: rx.el.strong(one.line)),
        *([(word("Person"), lambda one: one.name)] if named else []),
        (word("Reason"), lambda one: one.why),
    ]
    return rx.fragment(
        table(title, columns, lines, class_name="plain"),
        rx.cond(told != "", rx.el.p(told, class_name="quiet-text small")),
    )


def _informing() -> rx.Component:
    """Draw the one thing a person must do now, and what came of it."""
    ask = callout(
        rx.el.div(
            rx.el.p(word("They have not been told yet that we hold their data, and nothing else may go before that.")),
            rx.el.p(Import.effect.left, class_name="quiet-text"),
            class_name="grow",
        ),
        button(Import.effect.inform, on_click=Informing.send, disabled=Informing.busy),
        tone="todo",
    )
    held = rx.el.ul(rx.foreach(Informing.held, rx.el.li), class_name="plain-list")
    told = callout(stack(rx.el.p(Informing.told), rx.cond(Informing.held.length() > 0, held), kind="tight"))
    return rx.el.div(
        rx.cond(Informing.told != "", told),
        rx.cond((Import.effect.waiting > 0) & (Informing.told == ""), ask),
        aria_live="polite",
    )


def _note(told: rx.Var[str]) -> rx.Component:
    return callout(told)
