"""The form that corrects what we know of someone's work."""

from collections.abc import Sequence
from enum import StrEnum

import reflex as rx

from portal.kit.i18n import N_
from portal.talents import labels, places
from portal.talents.telling import WOULD_MOVE
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote
from portal.ui.components import (
    button,
    callout,
    field,
    form,
    line,
    more,
    number_field,
    or_not_now,
    problem,
    state_dialog,
    text_field,
)
from portal.ui.own_fields import drawn
from portal.ui.picking import picker
from portal.ui.recruiter.talent.state import TalentEdit
from portal.ui.words import word

Words = rx.Var[str]
OWN_ADDRESS = N_(
    "They come in with this address. Another one is proposed to them: it counts once they press the button in the letter "
    "that goes there, and this one is told."
)


def editing() -> rx.Component:
    """Draw the form, when it is asked for. What they said themself is shown and cannot be changed here."""
    return state_dialog(
        "profile",
        word("Correct the profile"),
        form(
            rx.el.p(
                word(
                    "Write facts about the work only: no age, family, origin, health or opinion (Labour Code L.1221-6)."
                ),
                class_name="hint",
            ),
            rx.cond(
                TalentEdit.locked.length() > 0,
                rx.el.p(word("What they said themself cannot be changed here: ask them."), class_name="hint"),
            ),
            *_work(),
            *_wishes(),
            *_place(),
            _own(),
            _text("email", word("E-mail address"), type="email"),
            rx.cond(TalentEdit.address_proven, rx.el.p(word(OWN_ADDRESS), class_name="hint")),
            _text("phone", word("Telephone"), type="tel"),
            problem(TalentEdit.problem),
            or_not_now(button(word("Save the profile"), kind="primary", type="submit"), TalentEdit.leave),
            on_submit=TalentEdit.save,
            no_validate=True,
        ),
        shown=TalentEdit.editing,
        on_close=TalentEdit.leave,
    )


def _work() -> list[rx.Component]:
    return [
        _text("job_text", word("Line of work")),
        _picker("other_jobs", word("Other jobs"), word("A few letters are enough, “infirm” for instance.")),
        rx.el.div(
            _text("does", word("What they do, in their words"), max_length=300, on_blur=TalentEdit.consider),
            rx.el.div(
                rx.cond(TalentEdit.hint != "", callout(rx.el.p(TalentEdit.hint), tone="todo")), aria_live="polite"
            ),
        ),
        _choice("experience", word("Experience"), Experience),
        _picker("skills", word("Skills"), word("One at a time, then Enter.")),
        _picker("languages", word("Languages"), word("With a level if you know it: “English B2”.")),
        number_field(
            "salary_floor",
            word("Salary floor"),
            unit=word("euros a year, gross"),
            default_value=TalentEdit.held["salary_floor"],
            disabled=TalentEdit.locked.contains("salary_floor"),
        ),
    ]


def _wishes() -> list[rx.Component]:
    return [
        line(
            _choice("availability", word("Availability"), Availability),
            _text("available_from", word("From the"), type="date"),
            number_field(
                "notice_days",
                word("Notice"),
                unit=word("days"),
                default_value=TalentEdit.held["notice_days"],
                disabled=TalentEdit.locked.contains("availability"),
            ),
        ),
        _several("contracts", word("Contracts"), Contract),
        _several("interests", word("Interests"), Interest),
        _several("environments", word("Environments"), Environment),
        _text("refuses", word("Does not want"), max_length=300, on_blur=TalentEdit.consider),
    ]


def _place() -> list[rx.Component]:
    return [
        _text("place_name", word("Place of work"), hint=word("A commune; never a home address.")),
        _picker("other_places", word("Other places"), word("A commune; never a home address.")),
        number_field(
            "radius_km",
            word("Radius"),
            unit=word("km"),
            default_value=TalentEdit.held["radius_km"],
            disabled=TalentEdit.locked.contains("radius_km"),
        ),
        _choice("remote", word("Remote work"), Remote),
        _closed(
            "relocation",
            word("Moving house"),
            [(answer, word(WOULD_MOVE[moves])) for answer, moves in (("yes", True), ("no", False))],
        ),
        more(
            word("Regions"),
            _ticks("regions", word("Regions"), [(c, rx.Var.create(n)) for c, n in places.regions().items()]),
        ),
    ]


def _own() -> rx.Component:
    """Draw the fields of the house's own."""
    return rx.cond(TalentEdit.own.length() > 0, rx.fragment(rx.foreach(TalentEdit.own, drawn)))


def _picker(name: str, label: Words, hint: Words) -> rx.Component:
    """Draw a list one fills by typing; what they said themself is shown above and stays."""
    return rx.cond(
        TalentEdit.locked.contains(name),
        rx.fragment(),
        picker(
            name,
            label,
            hint=hint,
            chosen=TalentEdit.picks[name],
            results=TalentEdit.found[name],
            on_type=TalentEdit.look_for(name),
            on_pick=lambda value: TalentEdit.pick(name, value),
            on_leave=lambda value: TalentEdit.unpick(name, value),
            typed=TalentEdit.typed,
            prefix="edit-",
        ),
    )


def _text(name: str, label: Words, **props: object) -> rx.Component:
    return text_field(
        name,
        label,
        id=f"edit-{name}",
        default_value=TalentEdit.held[name],
        disabled=TalentEdit.locked.contains(name),
        auto_complete="off",
        **props,  # type: ignore[arg-type]
    )


def _choice(name: str, label: Words, vocabulary: type[StrEnum]) -> rx.Component:
    return _closed(name, label, _labelled(vocabulary))


def _closed(name: str, label: Words, choices: Sequence[tuple[str, Words]]) -> rx.Component:
    options = [rx.el.option(told, value=value) for value, told in (("", word("Not known")), *choices)]
    control = rx.el.select(
        *options,
        id=f"edit-{name}",
        name=name,
        default_value=TalentEdit.held[name],
        disabled=TalentEdit.locked.contains(name),
        class_name="input",
    )
    return field(f"edit-{name}", label, control)


def _several(name: str, label: Words, vocabulary: type[StrEnum]) -> rx.Component:
    return _ticks(name, label, _labelled(vocabulary))


def _ticks(name: str, label: Words, choices: Sequence[tuple[str, Words]]) -> rx.Component:
    def one(value: str, told: Words) -> rx.Component:
        box = rx.el.input(
            type="checkbox",
            id=f"edit-{name}-{value}",
            name=f"{name}.{value}",
            default_checked=TalentEdit.chosen.contains(f"{name}.{value}"),
            disabled=TalentEdit.locked.contains(name),
        )
        return rx.el.label(box, rx.el.span(told), class_name="choice")

    boxes = (one(value, told) for value, told in choices)
    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"), rx.el.div(*boxes, class_name="choices across"), class_name="field"
    )


def _labelled(vocabulary: type[StrEnum]) -> Sequence[tuple[str, Words]]:
    return [(value.value, word(labels.msgid(value))) for value in vocabulary]
