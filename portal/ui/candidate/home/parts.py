"""The parts of the home page."""

import reflex as rx

from portal.kit.typed import LONGEST
from portal.ui.candidate.home.questions import Card, MyQuestions, Pressed
from portal.ui.candidate.home.state import MyHome
from portal.ui.components import area_field, button, card, facts_of, form, go, icon, link, more, problem, text_field
from portal.ui.words import word


def known() -> rx.Component:
    """Draw what we know, and the two things to say to it."""
    told = rx.fragment(
        rx.el.p(MyHome.seen.known, class_name="measure"),
        rx.cond(MyHome.seen.confirmed != "", rx.el.p(MyHome.seen.confirmed, class_name="quiet-text small")),
        rx.el.div(
            button(word("Still true"), kind="primary", on_click=MyHome.confirm),
            go(word("Change"), to="/me/wishes"),
            class_name="buttons",
        ),
    )
    nothing = rx.fragment(
        rx.el.p(word("We know very little of you yet. Two minutes are enough to tell us what you want.")),
        rx.el.div(go(word("Say what I want"), to="/me/wishes", kind="primary"), class_name="buttons"),
    )
    return rx.el.section(
        rx.el.h2(word("What we know of you")),
        rx.cond(MyHome.seen.known != "", told, nothing),
        class_name="stack tight",
    )


def questions() -> rx.Component:
    """Draw each question with its buttons in place."""
    told = problem(rx.cond(MyQuestions.wrong == "", MyQuestions.problem, ""))
    return rx.cond(
        MyQuestions.cards.length() > 0,
        rx.el.div(told, rx.foreach(MyQuestions.cards, _question), class_name="stack"),
    )


def _question(one: rx.Var[Card]) -> rx.Component:
    waits = one.answered == ""
    return rx.el.section(
        rx.el.h2(one.title),
        rx.cond(one.address != "", _elsewhere(one, waits), rx.cond(waits, _asked(one), _answered(one))),
        class_name=rx.cond(waits, "card todo stack", "card stack"),
    )


def _asked(one: rx.Var[Card]) -> rx.Component:
    return rx.fragment(
        rx.el.p(one.intro, class_name="quiet-text small"),
        rx.cond(one.facts.length() > 0, facts_of(one.facts)),
        rx.cond(one.text != "", rx.el.blockquote(one.text, class_name="said-quote")),
        _answers(one),
    )


def _elsewhere(one: rx.Var[Card], waits: rx.Var[bool]) -> rx.Component:
    """Draw the way to the page where it is answered."""
    return rx.fragment(
        rx.cond(
            waits, rx.el.p(one.intro, class_name="quiet-text small"), rx.el.p(one.answered, class_name="quiet-text")
        ),
        go(
            one.to_label,
            to=one.address,
            class_name=rx.cond(waits, "button primary wide big", "button wide"),
        ),
    )


def _answered(one: rx.Var[Card]) -> rx.Component:
    reasons = rx.el.div(
        rx.el.p(word("If you feel like it, one click tells us why; otherwise, just leave it.")),
        rx.el.div(rx.foreach(one.reasons, lambda why: _reason(one, why)), class_name="buttons"),
        class_name="stack tight",
    )
    return rx.fragment(
        rx.el.p(icon("check", 18), one.answered, class_name="marked"),
        rx.cond(one.reasons.length() > 0, reasons),
        more(word("Change my answer"), rx.el.div(_asked(one), class_name="stack")),
    )


def _reason(one: rx.Var[Card], why: rx.Var[Pressed]) -> rx.Component:
    return rx.el.button(
        why.label,
        type="button",
        on_click=MyQuestions.say_why(one.id, why.value),
        aria_pressed=rx.cond(why.chosen, "true", "false"),
        class_name=rx.cond(why.chosen, "button pressed", "button"),
    )


def _answers(one: rx.Var[Card]) -> rx.Component:
    return rx.el.div(rx.foreach(one.answers, lambda pressed: _answer(one, pressed)), class_name="stack tight")


def _answer(one: rx.Var[Card], pressed: rx.Var[Pressed]) -> rx.Component:
    return rx.match(
        pressed.kind,
        ("more_info", _opens(pressed, _with(one, pressed, _their_question(one)))),
        ("later", _opens(pressed, _with(one, pressed, _their_day(one)))),
        _plain(one, pressed),
    )


def _opens(pressed: rx.Var[Pressed], *inside: rx.Component) -> rx.Component:
    """Draw an answer that needs a word or a day more: it looks like the buttons beside it."""
    summary = rx.el.summary(pressed.label, icon("right", 18), class_name="button wide big")
    return rx.el.details(summary, rx.el.div(*inside, class_name="opens-body"), class_name="opens")


def _plain(one: rx.Var[Card], pressed: rx.Var[Pressed]) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            pressed.label,
            type="button",
            on_click=MyQuestions.answer(one.id, pressed.value),
            class_name=rx.cond(pressed.kind == "yes", "button primary wide big", "button wide big"),
        ),
        rx.el.p(pressed.after, class_name="hint"),
        class_name="stack tight",
    )


def _with(one: rx.Var[Card], pressed: rx.Var[Pressed], field: rx.Component) -> rx.Component:
    return form(
        rx.el.input(type="hidden", name="ask", value=one.id.to_string()),
        rx.el.input(type="hidden", name="answer", value=pressed.value),
        field,
        rx.el.p(pressed.after, class_name="hint"),
        button(word("Send"), type="submit", class_name="wide"),
        on_submit=MyQuestions.answer_with,
        no_validate=True,
    )


def _their_question(one: rx.Var[Card]) -> rx.Component:
    key = rx.Var.create("words-").to(str) + one.id.to_string()
    label = word("Your question, if you have one")
    return area_field("words", label, most=LONGEST, id=key, error=_wrong(key))


def _their_day(one: rx.Var[Card]) -> rx.Component:
    key = rx.Var.create("later-").to(str) + one.id.to_string()
    return text_field("later", word("Not before"), type="date", id=key, error=_wrong(key))


def _wrong(key: rx.Var[str]) -> rx.Var[str]:
    """Return what this very field could not take."""
    return rx.cond(MyQuestions.wrong == key, MyQuestions.problem, "")


def meeting() -> rx.Component:
    """Draw the next talk."""
    return rx.cond(
        MyHome.seen.meeting != "",
        card(
            rx.el.h2(word("Your next meeting")),
            rx.el.p(MyHome.seen.meeting),
            rx.cond(MyHome.seen.meeting_note != "", rx.el.p(MyHome.seen.meeting_note, class_name="quiet-text")),
            go(word("Change or cancel"), to="/me/meetings", class_name="card-end"),
        ),
    )


def ways() -> rx.Component:
    """Draw the short ways to what is theirs to decide."""
    return rx.el.nav(
        rx.el.ul(
            _way(word("How often we write"), MyHome.seen.rhythm, "/me/wishes#rhythm"),
            _way(word("What I agreed to"), MyHome.seen.agreed, "/me/consents"),
            _way(word("What you know about me"), word("Everything we hold, to read, take away or erase."), "/me/data"),
            class_name="rows",
        ),
        aria_label=word("What is yours to decide"),
    )


def _way(title: rx.Var[str], told: rx.Var[str], to: str) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            link(title, to=to, class_name="row-title"), rx.el.p(told, class_name="quiet-text"), class_name="row-main"
        ),
        icon("right", 20),
        class_name="row way",
    )
