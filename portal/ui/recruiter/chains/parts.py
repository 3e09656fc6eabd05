"""The parts of the list of chains."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    badge,
    empty,
    go,
    group,
    line,
    link_tabs,
    moment,
    more,
    row,
    row_link,
    rows,
    stack,
)
from portal.ui.recruiter.chain.acts import NAMES
from portal.ui.recruiter.chains.state import ChainLine, ChainList, LaunchLine
from portal.ui.words import word

TOLD = {
    "still_looking": N_("One question to wake up a pool: yes leads to an offer, then to two times to talk."),
    "similar_opportunity": N_("A job much like the one they talked about with us: would they like to know more?"),
    "thank_you": N_("One honest letter after a process that did not end in a job. It asks nothing."),
}


def new() -> rx.Component:
    """Draw the page's one primary button."""
    return go(word("New chain"), to="/chains/new", kind="primary")


def chains() -> rx.Component:
    """Draw the chains in use, or those put away."""
    faces = rx.cond(ChainList.put_away, _faces(put_away=True), _faces(put_away=False))
    nothing = rx.cond(ChainList.put_away, empty(word("Nothing is put away.")), _first())
    return stack(
        faces,
        rx.cond(ChainList.lines.length() > 0, rows(ChainList.lines, _chain, word("Chains")), nothing),
        rx.cond(~ChainList.put_away & (ChainList.lines.length() > 0), _templates()),
    )


def _faces(*, put_away: bool) -> rx.Component:
    return link_tabs(
        word("Chains"),
        [(word("In use"), "/chains", not put_away), (word("Those put away"), "/chains?put_away=1", put_away)],
    )


def _chain(one: ChainLine) -> rx.Component:
    return row(
        row_link(one.name, to=one.href),
        rx.el.p(one.steps, class_name="small"),
        rx.el.p(one.told, " · ", moment(one.when, one.exactly), class_name="quiet-text small"),
        side=[
            rx.cond(one.running != "", badge(one.running, shade="good")),
            rx.cond(ChainList.put_away, rx.fragment(), go(word("Launch"), to=one.launch_to, data_edit="")),
        ],
    )


def _first() -> rx.Component:
    return stack(
        empty(
            word("No chain yet"),
            rx.el.p(
                word("A chain is a few letters in a row, with a branch for each answer. Start from one that is ready:"),
                class_name="measure",
            ),
            _cards(),
        )
    )


def _templates() -> rx.Component:
    return more(word("Start from a template"), _cards())


def _cards() -> rx.Component:
    cards = [
        rx.el.li(
            rx.el.h3(word(NAMES[name])),
            rx.el.p(word(told), class_name="quiet-text"),
            go(word("Start from it"), to=f"/chains/new?template={name}"),
            class_name="card template",
        )
        for name, told in TOLD.items()
    ]
    return rx.el.ul(*cards, class_name="templates")


def launches() -> rx.Component:
    """Draw what runs, and what is over."""
    none = rx.el.p(word("Nothing runs. Choose a chain and press Launch."), class_name="quiet-text")
    running = rx.cond(
        ChainList.going_on.length() > 0, rows(ChainList.going_on, _launch, word("Launches running")), none
    )
    over = rx.cond(ChainList.over.length() > 0, more(word("Over"), rows(ChainList.over, _launch, word("Over"))))
    return stack(group(word("Launches running"), ChainList.going_on.length(), running), over)


def _launch(one: LaunchLine) -> rx.Component:
    return row(
        row_link(one.name, to=one.href),
        rx.el.p(one.told, class_name="small"),
        line(badge(one.state, shade=one.shade), moment(one.when, one.exactly)),
    )
