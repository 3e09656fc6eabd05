"""The parts of the ledger's page."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import badge, button, empty, icon, moment, table
from portal.ui.privacy import desk
from portal.ui.privacy.ledger.state import Ledger, Line
from portal.ui.privacy.words import ACTS, INTERFACES, PURPOSES
from portal.ui.words import word


def filters() -> rx.Component:
    """Draw what narrows the list."""
    return desk.filters(
        Ledger,
        desk.choice(Ledger, "act", N_("What"), ACTS),
        desk.choice(Ledger, "purpose", N_("Purpose"), PURPOSES),
        desk.choice(Ledger, "interface", N_("By what way"), INTERFACES),
    )


def listed() -> rx.Component:
    """Draw the entries, the newest first."""
    columns = [
        (word("When"), lambda row: moment(row.when, row.exactly)),
        (word("Who"), _who),
        (word("What"), lambda row: rx.el.div(row.act, rx.el.div(row.purpose, class_name="quiet-text small"))),
        (word("Which text"), _text),
        (word("By what way"), lambda row: rx.el.span(row.how, title=row.by)),
        (word("Proof"), _proof),
    ]
    nothing = empty(
        word("No entry fits"),
        rx.el.p(word("Widen the period, or empty the search. The ledger fills by itself with every consent event.")),
    )
    return rx.cond(Ledger.lines.length() > 0, table(word("Entries of the ledger"), columns, Ledger.lines), nothing)


def _who(row: rx.Var[Line]) -> rx.Component:
    name = rx.cond(row.erased, badge(row.who, shade="outline"), rx.el.span(row.who))
    return desk.who(name, row.pseudonym)


def _text(row: rx.Var[Line]) -> rx.Component:
    """Draw the version; a hover or a press shows the exact words."""
    shown = Ledger.opened == row.seq
    press = button(
        row.text,
        kind="link",
        title=row.notice,
        on_click=Ledger.open(row.seq),
        aria_expanded=rx.cond(shown, "true", "false"),
    )
    told = rx.el.div(rx.el.p(row.notice, class_name="notice-text"), class_name="card notice-card")
    return rx.cond(
        row.notice != "",
        rx.el.div(press, rx.cond(shown, told)),
        rx.el.span(rx.cond(row.text != "", row.text, "–"), class_name="quiet-text"),
    )


def _proof(row: rx.Var[Line]) -> rx.Component:
    mark = rx.el.span(icon("check", 16), row.seq, class_name="line")
    return rx.el.span(mark, rx.el.code(row.hash[0:8], class_name="small quiet-text"), title=row.hash)
