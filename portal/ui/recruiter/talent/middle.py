"""The middle column of a talent's page: what was said, the letter one writes, what happened."""

import reflex as rx

from portal.ui.components import (
    area_field,
    badge,
    block,
    button,
    callout,
    form,
    line,
    more,
    problem,
    stack,
    state_dialog,
    text_field,
    timeline,
)
from portal.ui.recruiter.talent.notes import notes
from portal.ui.recruiter.talent.talking import Bubble, Reason, TalentTalk
from portal.ui.words import word


def middle() -> rx.Component:
    """Draw the conversation, the letter to write, and the timeline."""
    waits = callout(rx.el.p(word("They wait for an answer from a person.")), tone="todo")
    return rx.fragment(
        rx.el.section(
            rx.el.h2(word("Conversation")),
            rx.cond(TalentTalk.waiting, waits),
            rx.cond(TalentTalk.bubbles.length() > 0, _talk(), _nothing()),
            class_name="stack",
        ),
        block(rx.el.h2(word("Write to them")), _letter()),
        notes(),
        block(
            rx.el.h2(word("What happened")),
            rx.cond(
                TalentTalk.events.length() > 0,
                timeline(TalentTalk.events, word("What happened")),
                rx.el.p(word("Nothing yet."), class_name="quiet-text"),
            ),
        ),
        _why(),
    )


def _nothing() -> rx.Component:
    return rx.el.p(word("Nothing was said yet, by either side."), class_name="quiet-text")


def _talk() -> rx.Component:
    return rx.el.ol(rx.foreach(TalentTalk.bubbles, _bubble), class_name="talk", aria_label=word("Conversation"))


def _bubble(one: Bubble) -> rx.Component:
    rest = more(word("The rest of the letter"), rx.el.p(one.rest, class_name="said"))
    why = button(word("Why?"), kind="link", on_click=TalentTalk.why(one.letter_id))
    return rx.el.li(
        rx.cond(one.subject != "", rx.el.strong(one.subject)),
        rx.cond(one.text != "", rx.el.p(one.text, class_name="said")),
        rx.cond(one.rest != "", rest),
        line(
            rx.el.span(one.who, " · ", one.when, title=one.exactly, class_name="when"),
            rx.cond(one.state != "", badge(one.state, shade=one.shade)),
            rx.cond(one.letter_id != "", why),
        ),
        class_name="bubble " + one.side,
    )


def _letter() -> rx.Component:
    return form(
        problem(TalentTalk.problem),
        text_field("subject", word("Subject"), max_length=150, auto_complete="off"),
        area_field(
            "text",
            word("Your letter"),
            hint=word("As you would write it yourself. Your name and the house are added below it."),
            most=4000,
        ),
        rx.el.div(button(word("Send the letter"), kind="primary", type="submit"), class_name="buttons"),
        on_submit=TalentTalk.write,
        no_validate=True,
        key=TalentTalk.written.to_string(),
    )


def _why() -> rx.Component:
    def reason(one: Reason) -> rx.Component:
        return rx.el.li(rx.el.p(one.told), rx.el.span(one.when, class_name="when"), class_name="event")

    told = rx.el.ol(rx.foreach(TalentTalk.reasons, reason), class_name="timeline")
    return state_dialog(
        "why",
        word("Why this letter may leave"),
        stack(told),
        shown=TalentTalk.asking_why,
        on_close=TalentTalk.enough,
    )
