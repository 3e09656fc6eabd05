"""The parts of the page of one opportunity."""

from enum import StrEnum
from typing import Any

import reflex as rx

from portal.talents.labels import MSGIDS
from portal.talents.vocabulary import Contract, Environment, Remote
from portal.ui.components import (
    area_field,
    badge,
    block,
    button,
    callout,
    finder,
    form,
    go,
    icon_button,
    line,
    moment,
    number_field,
    row,
    row_link,
    rows,
    select_field,
    tabs,
    text_field,
)
from portal.ui.recruiter.opportunity.closing import Closing
from portal.ui.recruiter.opportunity.state import Matching, Opportunities
from portal.ui.words import word

_SHOWN, _WRONG = Opportunities.values, Opportunities.errors


def terms() -> rx.Component:
    """Draw the form."""
    return form(
        rx.cond(Opportunities.closed, _closed()),
        text_field(
            "title",
            word("Title"),
            hint=word("As people say it; they read it in the letter's subject."),
            error=_WRONG.title,
            **_typed("title"),
        ),
        _job(),
        _place(),
        *_offer(),
        *_digests(),
        rx.el.div(
            button(word("Save"), kind="primary", type="submit", disabled=Opportunities.closed),
            rx.cond(Opportunities.unsaved, rx.el.span(word("Not saved yet"), class_name="quiet-text", data_unsaved="")),
            class_name="buttons",
        ),
        on_submit=Opportunities.save,
        no_validate=True,
        key=Opportunities.opportunity_id.to_string() + Opportunities.loaded.to_string(),
    )


def _offer() -> list[rx.Component]:
    return [
        line(
            _choice("contract", word("Contract"), Contract, none=False),
            _choice("remote", word("Remote work"), Remote),
            _choice("environment", word("Environment"), Environment),
        ),
        line(
            number_field(
                "salary_min", word("Salary from"), unit=word("€"), error=_WRONG.salary_min, **_number("salary_min")
            ),
            number_field(
                "salary_max", word("Salary up to"), unit=word("€"), error=_WRONG.salary_max, **_number("salary_max")
            ),
            text_field("starts_on", word("Start"), type="date", error=_WRONG.starts_on, **_typed("starts_on")),
        ),
    ]


def _digests() -> list[rx.Component]:
    return [
        area_field(
            "digest_fr",
            word("Digest in French"),
            most=1500,
            hint=word("What the work is, with whom, in which rhythm: what you would tell a friend. Facts, no praise."),
            error=_WRONG.digest_fr,
            **_typed("digest_fr"),
        ),
        area_field("digest_en", word("Digest in English"), most=1500, error=_WRONG.digest_en, **_typed("digest_en")),
    ]


def _closed() -> rx.Component:
    return callout(
        rx.el.span(word("This opportunity is closed: it is no longer put to anyone. Open it again to change it.")),
        button(word("Open again"), on_click=Closing.open_again(Opportunities.opportunity_id)),
    )


def _typed(name: str) -> dict[str, Any]:
    return {"default_value": getattr(_SHOWN, name), "on_change": Opportunities.write(name).debounce(350)}


def _number(name: str) -> dict[str, Any]:
    return {"type": "text", "auto_complete": "off"} | _typed(name)


def _choice(name: str, label: Any, words: type[StrEnum], *, none: bool = True) -> rx.Component:
    unsaid = [("", word("not said"))] if none else []
    return select_field(
        name,
        label,
        [*unsaid, *((one.value, word(MSGIDS[type(one), one.value])) for one in words)],
        error=getattr(_WRONG, name),
        default_value=getattr(_SHOWN, name),
        on_change=Opportunities.write(name),
    )


def _job() -> rx.Component:
    found = finder(
        "find_job_code",
        word("Job, as the list names it"),
        Opportunities.jobs_found,
        on_change=Opportunities.find_job,
        on_pick=Opportunities.pick_job,
        hint=word("A few letters are enough; choose from the list."),
        error=_WRONG.job_code,
        key=Opportunities.jobs_picked.to_string(),
    )
    return _with_chosen(found, Opportunities.job, Opportunities.pick_job(""))


def _place() -> rx.Component:
    found = finder(
        "find_place_code",
        word("Place of work"),
        Opportunities.places_found,
        on_change=Opportunities.find_place,
        on_pick=Opportunities.pick_place,
        hint=word("A few letters are enough; choose from the list."),
        error=_WRONG.place_code,
        key=Opportunities.places_picked.to_string(),
    )
    return _with_chosen(found, Opportunities.place, Opportunities.pick_place(""))


def _with_chosen(found: rx.Component, chosen: Any, leave: Any) -> rx.Component:
    taken = rx.el.div(rx.el.strong(chosen), icon_button("close", word("Leave out"), on_click=leave), class_name="line")
    return rx.el.div(found, rx.cond(chosen != "", taken), class_name="stack tight")


def letter() -> rx.Component:
    """Draw the digest as a candidate reads it."""
    drawn = rx.el.div(
        rx.cond(Opportunities.seen.note != "", rx.el.p(Opportunities.seen.note, class_name="quiet-text small")),
        rx.el.article(
            rx.el.h3(Opportunities.seen.subject),
            rx.foreach(Opportunities.seen.pieces, _piece),
            class_name="phone letter",
            lang=Opportunities.face,
        ),
        class_name="stack tight",
    )
    faces = (("fr", word("In French"), drawn), ("en", word("In English"), drawn))
    return rx.el.section(
        rx.el.h2(word("As they read it"), class_name="group-title"),
        tabs("letter", word("Language of the letter"), Opportunities.face, Opportunities.look, faces),
    )


def _piece(piece: Any) -> rx.Component:
    told = rx.foreach(piece.facts, lambda fact: rx.fragment(rx.el.dt(fact[0]), rx.el.dd(fact[1])))
    pressed = rx.foreach(piece.buttons, lambda label: rx.el.span(label, class_name="button"))
    return rx.match(
        piece.kind,
        ("facts", rx.el.dl(told, class_name="facts")),
        ("buttons", rx.el.div(pressed, class_name="buttons")),
        ("small", rx.el.p(piece.text, class_name="quiet-text small")),
        rx.el.p(piece.text),
    )


def around() -> rx.Component:
    """Draw who may match and what was launched, once the opportunity exists."""
    matched = rx.el.div(
        rx.el.p(
            rx.el.strong(Matching.told),
            " · ",
            rx.el.span(Matching.reachable, class_name="reach-told"),
            aria_live="polite",
        ),
        rx.el.p(word("They do this job and their own mobility covers its place."), class_name="quiet-text small"),
        go(
            word("Build a segment for it"),
            to="/segments/new?opportunity=" + Opportunities.opportunity_id.to_string(),
        ),
        class_name="stack tight",
    )
    unknown = rx.el.p(word("Say its job and its place, and you see who may match."), class_name="quiet-text")
    return rx.cond(
        Opportunities.opportunity_id == 0,
        rx.fragment(),
        rx.fragment(
            block(rx.el.h3(word("Who may match")), rx.cond(Matching.told != "", matched, unknown)),
            block(rx.el.h3(word("Launches for it")), _launches()),
        ),
    )


def _launches() -> rx.Component:
    none = rx.el.p(word("None yet: build a segment, then launch a chain on it."), class_name="quiet-text")
    listed = rows(Opportunities.launches, _launch, word("Launches for it"))
    return rx.cond(Opportunities.launches.length() > 0, listed, none)


def _launch(one: Any) -> rx.Component:
    return row(
        row_link(one.chain, to="/launches/" + one.id.to_string()),
        rx.el.p(one.segment, " · ", moment(one.when, one.exactly), class_name="quiet-text"),
        side=[badge(one.state)],
    )
