"""The parts of the page before a launch."""

from typing import Any

import reflex as rx

from portal.chains.actions.beginning import LONGEST
from portal.ui.components import (
    block,
    button,
    callout,
    empty,
    go,
    line,
    link,
    loading,
    problem,
    radios,
    select_field,
    split,
    stack,
    text_field,
)
from portal.ui.recruiter.launching.state import Launching, Phone, StepTab
from portal.ui.words import word


def choices() -> rx.Component:
    """Draw what is to be chosen."""
    version = select_field(
        "version",
        word("Which version"),
        Launching.numbered,
        value=Launching.version,
        on_change=lambda value: Launching.choose("version", value),
    )
    return rx.el.div(
        problem(Launching.problem),
        select_field(
            "chain",
            word("What we say"),
            Launching.chains,
            value=Launching.chain,
            on_change=lambda value: Launching.choose("chain", value),
        ),
        rx.cond(Launching.numbered.length() > 1, version),
        select_field(
            "segment",
            word("To whom"),
            Launching.segments,
            value=Launching.segment,
            on_change=lambda value: Launching.choose("segment", value),
        ),
        select_field(
            "opportunity",
            word("For which job"),
            Launching.jobs,
            value=Launching.job,
            on_change=lambda value: Launching.choose("job", value),
        ),
        rx.cond(Launching.needs_job, _needs_job()),
        _when(),
        class_name="form",
    )


def _needs_job() -> rx.Component:
    return callout(
        rx.el.span(word("This chain speaks of a job: choose the opportunity it is for."), class_name="grow"),
        go(word("Opportunities"), to="/opportunities"),
        tone="todo",
    )


def _when() -> rx.Component:
    return rx.fragment(
        radios(
            "when",
            word("When"),
            (("now", word("Now")), ("at", word("At a time"))),
            chosen=Launching.when,
            across=True,
            on_change=Launching.choose_when,
        ),
        rx.cond(
            Launching.when == "at",
            text_field(
                "at",
                word("Day and hour"),
                type="datetime-local",
                default_value=Launching.at,
                on_change=Launching.choose_time,
                hint=word("In your own time zone. Each person still gets their letter within their hours."),
            ),
        ),
    )


def reach() -> rx.Component:
    """Draw whom it reaches, what holds the others back, and the press."""
    known = stack(
        rx.el.p(
            rx.el.strong(Launching.matched),
            rx.el.span(Launching.reachable, class_name="reach-told"),
            class_name="reach",
            aria_live="polite",
        ),
        split(Launching.parts, word("Who is reachable, and what holds the others back")),
        rx.cond(Launching.times != "", _times()),
        rx.el.p(
            word(
                "Those held back are not lost: the gate is asked again for each of them, and they follow as soon as it allows."
            ),
            class_name="hint",
        ),
    )
    unknown = rx.el.p(word("Choose a chain and a segment to see whom it reaches."), class_name="quiet-text")
    nobody = rx.el.p(word("Nobody is in this segment today."), class_name="quiet-text")
    return stack(
        rx.el.h2(word("Whom it reaches"), class_name="small-title"),
        rx.cond(Launching.nobody, nobody, rx.cond(Launching.parts.length() > 0, known, unknown)),
        rx.foreach(Launching.warnings, lambda proxy: callout(proxy, tone="todo")),
        _once_more(),
        button(
            word("Launch"),
            kind="primary",
            class_name="big wide",
            on_click=Launching.launch,
            disabled=~Launching.ready | ((Launching.twin != "") & (Launching.why == "")),
        ),
        rx.el.p(word("Nothing leaves before you press. You can pause or stop it at any time."), class_name="hint"),
    )


def _once_more() -> rx.Component:
    """Draw what runs already, and where a person confirms in words that people be written to once more."""
    runs = callout(rx.el.span(Launching.twin, class_name="grow"), go(word("See it"), to=Launching.twin_to), tone="todo")
    said = once_more(Launching.why, Launching.say_why, must=Launching.twin != "")
    return rx.fragment(
        rx.cond(Launching.twin != "", runs), rx.cond((Launching.twin != "") | Launching.may_confirm, said)
    )


def once_more(why: rx.Var[str], on_change: Any, *, must: rx.Var[bool] | bool = False) -> rx.Component:
    """Draw where a person confirms in words that people be written to once more; `must`: nothing starts without."""
    title = rx.cond(
        must, word("Say why it is launched once more"), word("To write once more to those held back, say why")
    )
    return text_field(
        "why",
        title,
        max_length=LONGEST,
        auto_complete="off",
        default_value=why,
        on_change=on_change.debounce(200),
        hint=word(
            "Your words stay on the launch, with your name. Whoever got this letter gets it again; whoever stayed silent is"
            " asked again. Those who answered are not."
        ),
    )


def _times() -> rx.Component:
    short = callout(
        rx.el.span(Launching.times, class_name="grow"),
        go(word("Add times"), to="/availability"),
        tone="todo",
    )
    return rx.cond(Launching.times_short, short, rx.el.p(Launching.times, class_name="quiet-text"))


def letters() -> rx.Component:
    """Draw the letters of three people as their phones show them."""
    shown = stack(
        line(
            rx.el.h2(word("As it would arrive")),
            rx.el.div(
                rx.foreach(Launching.letters, _tab), class_name="tabs", role="group", aria_label=word("Which letter")
            ),
            apart=True,
        ),
        rx.el.ul(rx.foreach(Launching.phones, _phone), class_name="phones"),
    )
    return rx.cond(Launching.phones.length() > 0, block(shown))


def _tab(one: StepTab) -> rx.Component:
    here = Launching.letter == one.key
    return rx.el.button(
        one.told,
        type="button",
        aria_pressed=rx.cond(here, "true", "false"),
        on_click=Launching.choose("letter", one.key),
        class_name=rx.cond(here, "tab chosen", "tab"),
    )


def _phone(one: Phone) -> rx.Component:
    return rx.el.li(
        rx.el.p(link(one.name, to=one.href), " ", rx.el.span(one.language, class_name="quiet-text")),
        rx.el.div(
            rx.el.p(one.subject, class_name="phone-subject"),
            rx.el.iframe(
                src_doc=one.html,
                sandbox="",
                title=word("The letter as it arrives") + " · " + one.name,
                class_name="phone-letter",
            ),
            class_name="phone device",
        ),
        class_name="stack tight",
    )


def no_chain() -> rx.Component:
    """Draw the way out when there is nothing to launch."""
    return empty(
        word("There is no chain to launch yet"),
        rx.el.p(word("Write one first, or start from one that is ready.")),
        go(word("Chains"), to="/chains", kind="primary"),
    )


def waiting() -> rx.Component:
    """Draw the page before its data."""
    return loading(6)
