"""Decisions of the gate: which letter to whom, whether it could leave, and why."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    badge,
    empty,
    filter_bar,
    moment,
    paging,
    search_box,
    select_field,
    table,
    text_field,
    when_loaded,
)
from portal.ui.doors import DPOS
from portal.ui.pages import Place, page
from portal.ui.privacy.decisions.state import Decisions, Line
from portal.ui.privacy.ledger.page import tabs
from portal.ui.privacy.words import EVERY, KINDS, VERDICTS
from portal.ui.words import word

SETTLED = 500


@page(
    "/privacy/decisions",
    Place.PRIVACY,
    N_("Decisions of the gate"),
    audience=DPOS,
    on_load=Decisions.load,
    in_rail=False,
)
def decisions() -> rx.Component:
    """Draw the filters and the list, the newest first."""
    turns = paging(
        Decisions.told,
        has_before=Decisions.page > 1,
        has_after=Decisions.more,
        before=Decisions.turn(-1),
        after=Decisions.turn(1),
    )
    return rx.el.div(
        rx.el.div(tabs("/privacy/decisions"), class_name="unprinted"),
        rx.el.p(
            word("No letter leaves without one of these answers. They can be added to and read, never changed."),
            class_name="quiet-text",
        ),
        _filters(),
        when_loaded(Decisions.loaded, _listed(), turns),
        class_name="stack",
    )


class _Search:
    """What the search box calls once the fingers rest."""

    def debounce(self, rest: int) -> object:
        return lambda text: Decisions.narrow("text", text).debounce(rest)


def _filters() -> rx.Component:
    return rx.el.div(
        filter_bar(
            search_box(word("Name, address or pseudonym"), value=Decisions.text, on_change=_Search()),
            _choice("verdict", N_("Verdict"), {each.value: told for each, told in VERDICTS.items()}, Decisions.verdict),
            _choice("kind", N_("Kind of letter"), {each.value: told for each, told in KINDS.items()}, Decisions.kind),
            _day("since", N_("From the day"), Decisions.since),
            _day("until", N_("To the day"), Decisions.until),
        ),
        class_name="unprinted",
    )


def _choice(name: str, label: str, words: dict[str, str], chosen: rx.Var[str]) -> rx.Component:
    choices = [("", word(EVERY)), *((value, word(told)) for value, told in words.items())]
    return select_field(name, word(label), choices, value=chosen, on_change=lambda value: Decisions.narrow(name, value))


def _day(name: str, label: str, value: rx.Var[str]) -> rx.Component:
    keep = {"on_change": lambda day: Decisions.narrow(name, day).debounce(SETTLED)}
    return text_field(name, word(label), type="date", default_value=value, **keep)


def _listed() -> rx.Component:
    columns = [
        (word("When"), lambda row: moment(row.when, row.exactly)),
        (word("To whom"), _who),
        (word("Kind of letter"), lambda row: row.kind),
        (word("Verdict"), lambda row: badge(row.verdict, shade=row.shade)),
        (word("Why"), lambda row: rx.el.span(row.why, class_name="why-cell")),
        (word("Asked by"), lambda row: row.by),
    ]
    nothing = empty(
        word("No decision fits"),
        rx.el.p(word("Widen the period, or empty the search. Every letter asked for leaves its answer here.")),
    )
    return rx.cond(
        Decisions.lines.length() > 0, table(word("Decisions of the gate"), columns, Decisions.lines), nothing
    )


def _who(row: rx.Var[Line]) -> rx.Component:
    return rx.el.div(row.who, rx.el.div(row.pseudonym, class_name="quiet-text small pseudonym"))
