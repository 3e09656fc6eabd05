"""What one may do with many people at once, above the pool's list, and the dialog that says first what it does."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    button,
    form,
    go,
    line,
    more,
    or_not_now,
    post_form,
    problem,
    select_field,
    split,
    stack,
    state_dialog,
    text_field,
)
from portal.ui.components.buttons import Words
from portal.ui.recruiter.launching.parts import once_more
from portal.ui.recruiter.pool.acting import CHAIN, TAG, TRUST, UNTAG, UPDATE, PoolActs
from portal.ui.recruiter.pool.exporting import ADDRESS
from portal.ui.recruiter.pool.narrowing import NAMES
from portal.ui.recruiter.pool.state import PoolList, PoolRow
from portal.ui.words import word

_KNOWN = "all-tags"
TITLES = (
    (TAG, N_("Put a tag on them")),
    (UNTAG, N_("Take a tag off")),
    (CHAIN, N_("Start a chain")),
    (UPDATE, N_("Ask for an update")),
    (TRUST, N_("Write to their addresses again")),
)


def choosing(one: PoolRow) -> rx.Component:
    """Draw the box that chooses one person: it shows what the fingers did, and is drawn afresh when many change at once."""
    return rx.el.input(
        type="checkbox",
        key=one.id.to_string() + "-" + PoolActs.drawn.to_string(),
        default_checked=PoolActs.chosen.contains(one.id),
        on_change=lambda ticked: PoolActs.choose(one.id, ticked),
        aria_label=rx.Var.create(word("Choose")) + " " + one.name,
        class_name="choosing",
    )


def acts() -> rx.Component:
    """Draw whom an act concerns, and the acts."""
    whom = rx.cond(
        PoolActs.chosen.length() > 0,
        rx.fragment(
            rx.el.strong(PoolActs.many, role="status"),
            button(word("Choose nobody"), kind="link", on_click=PoolActs.choose_nobody),
        ),
        rx.el.span(word("Nobody is chosen: an act concerns everyone found."), class_name="quiet-text small"),
    )
    press = stack(
        line(whom, button(word("Choose this page"), kind="link", on_click=PoolActs.choose_page)),
        line(
            *(button(word(title), on_click=PoolActs.begin(act)) for act, title in TITLES),
            _export(),
            go(word("Tags"), to="/pool/tags", kind="link"),
        ),
        kind="tight",
    )
    return more(word("Act on several people"), press, open=PoolActs.opened)


def _export() -> rx.Component:
    hidden = (rx.el.input(type="hidden", name=name, value=PoolList.asked_for[name]) for name in NAMES)
    return post_form(
        *hidden,
        rx.el.button(word("Export everyone found"), type="submit", class_name="button"),
        action=ADDRESS,
        data_download="",
    )


def dialogs() -> rx.Component:
    """Draw the dialog of the act that is open."""
    title = rx.match(PoolActs.act, *((act, word(title)) for act, title in TITLES), "")
    body = rx.match(
        PoolActs.act,
        (TAG, _tagging()),
        (UNTAG, _untagging()),
        (CHAIN, _starting(word("Start it for them"), _chain())),
        (UPDATE, _starting(word("Ask them"), _update())),
        (TRUST, _trusting()),
        rx.fragment(),
    )
    return state_dialog(
        "act",
        title,
        stack(rx.el.p(rx.el.strong(PoolActs.asked.people)), problem(PoolActs.problem), body),
        shown=PoolActs.act != "",
        on_close=PoolActs.leave,
    )


def _buttons(told: Words, **press: object) -> rx.Component:
    return or_not_now(button(told, kind="primary", **press), PoolActs.leave)


def _tagging() -> rx.Component:
    return form(
        text_field(
            "tag",
            word("Tag"),
            id="bulk-tag",
            hint=word("A tag you have, or a new one. Never what the law protects (penal code, art. 225-1)."),
            list=_KNOWN,
            max_length=40,
            auto_complete="off",
        ),
        rx.el.datalist(rx.foreach(PoolActs.tags, lambda one: rx.el.option(value=one.words)), id=_KNOWN),
        _buttons(word("Put it on"), type="submit"),
        on_submit=PoolActs.put,
        no_validate=True,
    )


def _untagging() -> rx.Component:
    offered = rx.el.select(
        rx.el.option(word("Choose…"), value=""),
        rx.foreach(PoolActs.tags, lambda one: rx.el.option(one.words, value=one.value)),
        id="bulk-untag",
        name="tag",
        class_name="input",
    )
    return form(
        rx.el.div(rx.el.label(word("Tag"), html_for="bulk-untag", class_name="label"), offered, class_name="field"),
        _buttons(word("Take it off"), type="submit"),
        on_submit=PoolActs.put,
        no_validate=True,
    )


def _trusting() -> rx.Component:
    told = rx.el.p(
        word("What a mail server said of these addresses is forgotten. Do this when it was the server that was wrong."),
        class_name="quiet-text",
    )
    return stack(told, _buttons(word("Write to them again"), on_click=PoolActs.trust))


def _chain() -> rx.Component:
    return rx.fragment(
        select_field(
            "chain", word("Chain"), PoolActs.chains, value=PoolActs.chain, on_change=PoolActs.choose_chain("chain")
        ),
        select_field(
            "job",
            word("For which job"),
            PoolActs.jobs,
            hint=word("Only if the chain speaks of one."),
            value=PoolActs.job,
            on_change=PoolActs.choose_chain("job"),
        ),
    )


def _update() -> rx.Component:
    return rx.el.p(
        word(
            "One letter, one question: is what we know of you still true? An answer renews their file; silence does not."
        )
    )


def _starting(told: Words, *choices: rx.Component) -> rx.Component:
    """Draw what is chosen, what the gate would let through and hold back, and the press."""
    held = rx.fragment(
        split(PoolActs.asked.parts, word("Whom a letter may reach")),
        rx.el.p(
            word("The gate asks again before each letter; whoever it holds back gets nothing."), class_name="quiet-text"
        ),
    )
    return stack(
        *choices,
        rx.cond(PoolActs.asked.parts.length() > 0, held),
        rx.cond(PoolActs.asked.may_confirm, once_more(PoolActs.why, PoolActs.say_why)),
        _buttons(told, on_click=PoolActs.launch),
    )
