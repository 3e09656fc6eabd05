"""The left and the right column of a talent's page."""

from typing import Any

import reflex as rx

from portal.ui.components import (
    area_field,
    badge,
    block,
    button,
    callout,
    card,
    facts_of,
    form,
    line,
    link,
    more,
    or_not_now,
    stack,
    state_dialog,
)
from portal.ui.recruiter.agreeing import Agreeing
from portal.ui.recruiter.talent import notes
from portal.ui.recruiter.talent.profile import ConsentRow
from portal.ui.recruiter.talent.state import TalentEdit, TalentPage
from portal.ui.recruiter.talent.talking import Next, TalentTalk
from portal.ui.recruiter.talent.time import MOST_WORDS, TalentTime
from portal.ui.words import word


def name() -> rx.Component:
    """Draw whose page it is."""
    return rx.el.span(rx.cond(TalentPage.loaded, TalentPage.name, word("Talent")))


def actions() -> rx.Component:
    """Draw what one may do about the profile."""
    return button(word("Correct the profile"), on_click=TalentEdit.begin)


def profile() -> rx.Component:
    """Draw who they are, what they do and wish, and what they agreed to."""
    return rx.fragment(
        rx.cond(TalentPage.doubled != "", _doubled()),
        rx.cond(TalentPage.dead, _dead()),
        rx.cond(TalentPage.tagline != "", rx.el.p(rx.el.strong(TalentPage.tagline))),
        rx.cond(TalentPage.gaps != "", rx.el.p(TalentPage.gaps, class_name="quiet-text")),
        notes.tags(),
        _facts(word("Who"), TalentPage.who, rx.cond(TalentPage.proposal, _proposal())),
        _facts(word("Work"), TalentPage.work),
        _facts(word("Wishes"), TalentPage.wishes),
        _facts(word("Mobility"), TalentPage.mobility),
        _facts(word("Fields of the house"), TalentPage.own),
        _facts(word("Where they came from"), TalentPage.sources),
        block(rx.el.h2(word("Agreements")), _consents()),
    )


def _doubled() -> rx.Component:
    told = rx.el.p(word("Someone else may be the same person."))
    return callout(told, link(word("Compare"), to=TalentPage.doubled), tone="todo")


def _dead() -> rx.Component:
    told = rx.el.p(word("Their address was refused: no letter goes there."))
    return callout(told, button(word("Write to it again"), on_click=TalentPage.write_again), tone="todo")


def _facts(title: Any, facts: rx.Var, *below: rx.Component) -> rx.Component:
    return rx.cond(facts.length() > 0, block(rx.el.h2(title), facts_of(facts), *below))


def _proposal() -> rx.Component:
    take_back = button(word("Take the proposed address back"), on_click=TalentPage.withdraw_address)
    return rx.el.div(take_back, class_name="buttons")


def _consents() -> rx.Component:
    none = rx.el.p(word("They have agreed to nothing yet, and objected to nothing."), class_name="quiet-text")
    return rx.cond(
        TalentPage.consents.length() > 0, stack(rx.foreach(TalentPage.consents, _consent), kind="tight"), none
    )


def _consent(one: ConsentRow) -> rx.Component:
    text = more(one.shown, rx.el.p(one.text, class_name="said"))
    shown = rx.cond(one.text != "", text, rx.el.p(one.shown, class_name="when"))
    return rx.el.div(
        line(rx.el.strong(one.purpose), badge(one.standing, shade=one.shade)),
        rx.el.p(one.since, class_name="when"),
        rx.cond(one.shown != "", shown),
    )


def side() -> rx.Component:
    """Draw what is next, and whether they can be written to."""
    return rx.fragment(_can_write(), _conversation(), _time(), _next(), _past(), _stop_all(), _withdrawal())


def _can_write() -> rx.Component:
    return card(
        rx.el.h2(word("Can they be written to?")),
        stack(
            line(badge(TalentTalk.can_until, shade=TalentTalk.can_shade)),
            rx.el.p(TalentTalk.can, title=TalentTalk.can_exactly),
            rx.cond(
                TalentTalk.waiting & TalentTalk.mine,
                rx.el.p(word("They wait for your answer: that letter always leaves."), class_name="quiet-text"),
            ),
            kind="tight",
        ),
    )


def _conversation() -> rx.Component:
    held = rx.cond(
        TalentTalk.mine,
        rx.el.p(word("You have been talking with them since"), " ", TalentTalk.since, "."),
        callout(
            rx.el.p(
                rx.el.strong(TalentTalk.owner),
                " ",
                word("has been talking with them since"),
                " ",
                TalentTalk.since,
                ".",
            ),
            button(word("Take over"), on_click=TalentTalk.take_over),
        ),
    )
    quiet = rx.el.p(word("Nobody is talking with them at the moment."), class_name="quiet-text")
    return block(
        rx.el.h2(word("Who talks with them")),
        rx.cond(
            TalentTalk.conversation_id > 0,
            stack(
                held, rx.el.div(button(word("Close the conversation"), on_click=TalentTalk.close), class_name="buttons")
            ),
            quiet,
        ),
    )


def _time() -> rx.Component:
    seen = TalentTime.seen
    off = form(
        area_field("words", word("A word to them, if you like"), id="off-words", most=MOST_WORDS),
        rx.el.p(word("They read that you are sorry, your words, and how to find another time."), class_name="hint"),
        button(word("Cancel the talk"), kind="danger", type="submit"),
        on_submit=TalentTime.cancel,
        no_validate=True,
    )
    have = stack(
        rx.el.p(rx.el.strong(seen.when)),
        rx.el.p(seen.call),
        rx.el.div(button(word("Move the talk"), on_click=Agreeing.with_one(seen.talent_id)), class_name="buttons"),
        more(word("Cancel the talk"), off),
        kind="tight",
    )
    none = stack(
        rx.el.p(word("You agreed on a time on the phone?"), class_name="quiet-text"),
        rx.el.div(button(word("Book a talk"), on_click=Agreeing.with_one(seen.talent_id)), class_name="buttons"),
        kind="tight",
    )
    return block(rx.el.h2(word("Your talk")), rx.cond(seen.when != "", have, none))


def _next() -> rx.Component:
    none = rx.el.p(word("No launch has them on its way."), class_name="quiet-text")
    return block(
        rx.el.h2(word("What is next")),
        rx.cond(
            TalentTalk.ways.length() > 0,
            rx.el.ul(rx.foreach(TalentTalk.ways, _way), class_name="stack tight", aria_label=word("What is next")),
            none,
        ),
    )


def _past() -> rx.Component:
    earlier = rx.el.ul(rx.foreach(TalentTalk.past, _way), class_name="stack tight", aria_label=word("Earlier launches"))
    return rx.cond(TalentTalk.past.length() > 0, more(word("Earlier launches"), earlier))


def _way(one: Next) -> rx.Component:
    return rx.el.li(
        rx.el.strong(one.launch),
        rx.el.p(one.told),
        rx.cond(one.when != "", rx.el.span(one.when, class_name="when")),
    )


def _stop_all() -> rx.Component:
    stop = rx.fragment(
        rx.el.p(word("They replied by telephone or elsewhere?"), class_name="quiet-text"),
        button(word("Stop the follow-ups"), on_click=TalentTalk.stop),
    )
    resume = rx.fragment(
        rx.el.p(word("Follow-ups are stopped."), class_name="quiet-text"),
        button(word("Allow them again"), on_click=TalentTalk.resume),
    )
    return block(
        rx.el.h2(word("Follow-ups")),
        stack(
            rx.cond(TalentTalk.stopped, resume, stop),
            rx.el.p(word("They ask never to hear from us again?"), class_name="quiet-text"),
            button(word("Withdraw on their request"), kind="danger", on_click=TalentTalk.ask_withdraw),
            kind="tight",
        ),
    )


def _withdrawal() -> rx.Component:
    return state_dialog(
        "withdrawal",
        word("Withdraw on their request"),
        stack(
            rx.el.p(
                word(
                    "All their consents end now, and what was on its way is cancelled. Only they can agree again; "
                    "you cannot undo this."
                )
            ),
            or_not_now(
                button(word("They asked for it: withdraw"), kind="danger", on_click=TalentTalk.withdraw),
                TalentTalk.keep,
            ),
        ),
        shown=TalentTalk.withdrawing,
        on_close=TalentTalk.keep,
    )
