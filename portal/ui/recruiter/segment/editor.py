"""The fields of the open criterion: what each kind asks, in words, saved as one goes."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import button, chips, finder, form
from portal.ui.recruiter.segment import house
from portal.ui.recruiter.segment.state import Builder
from portal.ui.words import word

_SHOWN = Builder.fields
_WORDY = ("tag", "contract", "experience", "interest", "environment", "remote", "situation", "source", "language")
_WHEN = {
    "available": (
        ("now", N_("now")),
        ("by", N_("by a day")),
        ("within", N_("within a number of days")),
    ),
    "collected": (("within", N_("within the last days")), ("before", N_("longer ago than these days"))),
    "last_letter": (
        ("within", N_("within the last days")),
        ("not_within", N_("not within the last days")),
        ("never", N_("never")),
    ),
    "last_act": (
        ("within", N_("within the last days")),
        ("not_within", N_("not within the last days")),
        ("never", N_("never")),
    ),
    "confirmed": (("within", N_("within the last days")), ("before", N_("longer ago than these days"))),
    "notice_due": (
        ("owed", N_("still owed")),
        ("within", N_("within a number of days")),
        ("over", N_("overdue")),
    ),
}
_PURPOSES = (
    ("pool", N_("being in the pool")),
    ("survey", N_("the surveys")),
    ("event", N_("invitations to events")),
)


def editor(title: Any) -> rx.Component:
    """Draw the open criterion as a small form; Enter closes it, or takes the first thing a search finds."""
    fields = rx.match(
        _SHOWN.kind,
        ("job", _job()),
        ("near", rx.fragment(_place(), _number("km", word("Within"), word("km")))),
        ("mobility", _mobility()),
        ("available", _when("available", _available_day())),
        ("salary", _salary()),
        ("collected", _when("collected")),
        ("last_letter", _when("last_letter")),
        ("last_act", _when("last_act")),
        ("answer", _answer()),
        ("answered", rx.fragment(_options(word("They once answered")), _reasons())),
        ("skill", _skill()),
        ("spoken", house.spoken()),
        ("notice", _number("days", word("At most"), word("days"))),
        ("confirmed", _when("confirmed")),
        ("notice_due", _when("notice_due")),
        ("field", house.own_field(_options(word("One of these")))),
        ("score", rx.fragment(house.pick("survey", word("Survey")), _options(word("One of these")))),
        ("segment", house.pick("segment", word("Segment"))),
        ("consent", rx.fragment(_purpose(), _options(word("Where they stand")))),
        *((kind, _options(word("One of these"))) for kind in _WORDY),
        rx.fragment(),
    )
    return form(
        fields,
        rx.el.div(button(word("Done"), type="submit"), class_name="buttons"),
        on_submit=Builder.enter,
        class_name="criterion-form",
        no_validate=True,
        data_editor="",
        aria_label=title,
        # The browser keeps what is ticked and typed; only what the server takes back is drawn anew.
        key=Builder.taken_back.to_string(),
    )


def _options(label: Any) -> rx.Component:
    return _ticks(label, _SHOWN.options, "one_of")


def _ticks(label: Any, options: Any, name: str) -> rx.Component:
    def one(option: Any) -> rx.Component:
        box = rx.el.input(
            type="checkbox",
            id=f"{name}-" + option.value,
            name=f"{name}-" + option.value,
            default_checked=option.chosen,
            on_change=lambda _: Builder.tick(name, option.value),
        )
        return rx.el.label(box, rx.el.span(option.words), class_name="choice", key=option.value)

    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        rx.el.div(rx.foreach(options, one), class_name="choices across"),
        class_name="field",
    )


def _job() -> rx.Component:
    chosen = chips(_SHOWN.chips, word("Chosen jobs"), on_leave=Builder.unpick, leave=word("Leave out"))
    return rx.fragment(
        rx.cond(_SHOWN.chips.length() > 0, chosen),
        _finder(word("Add a job"), word("A few letters are enough, “infirm” for instance.")),
    )


def _place() -> rx.Component:
    where = rx.el.p(word("Chosen place:"), " ", rx.el.strong(_SHOWN.place))
    return rx.fragment(
        rx.cond(_SHOWN.place != "", where),
        _finder(word("Find a place"), word("A town or a postcode.")),
    )


def _finder(label: Any, hint: Any) -> rx.Component:
    return finder(
        "find",
        label,
        Builder.found,
        on_change=Builder.search,
        on_pick=Builder.pick,
        hint=hint,
        submits=True,
        key=Builder.typed.to_string(),
    )


def _mobility() -> rx.Component:
    return rx.fragment(_place(), _box("remote_counts", word("Fully remote work counts too"), _SHOWN.remote_counts))


def _salary() -> rx.Component:
    return rx.fragment(
        _number("at_most", word("They ask for at most"), word("€ gross a year")),
        _box("or_unsaid", word("Keep those who named no salary"), _SHOWN.or_unsaid),
    )


def _answer() -> rx.Component:
    return rx.fragment(
        _options(word("Their last answer is")),
        _reasons(),
        _number("days", word("Given within the last (may stay empty)"), word("days")),
    )


def _reasons() -> rx.Component:
    return rx.cond(_SHOWN.reasons.length() > 0, _ticks(word("For one of these reasons"), _SHOWN.reasons, "reasons"))


def _skill() -> rx.Component:
    chosen = chips(_SHOWN.chips, word("Chosen skills"), on_leave=Builder.unpick, leave=word("Leave out"))
    return rx.fragment(
        rx.cond(_SHOWN.chips.length() > 0, chosen),
        _finder(word("Add a skill"), word("As people would write it; case and accents do not matter.")),
    )


def _available_day() -> rx.Component:
    return rx.el.div(
        rx.el.label(word("Available by"), html_for="field-day", class_name="label"),
        rx.el.input(
            type="date",
            id="field-day",
            name="field-day",
            default_value=_SHOWN.day,
            on_change=lambda text: Builder.write(Builder.open_id, "day", text),
            class_name="input short",
        ),
        class_name="field",
    )


def _when(kind: str, day: rx.Component | None = None) -> rx.Component:
    """Draw when it happened or will: relative days stay true tomorrow."""

    def one(value: str, told: str) -> rx.Component:
        radio = rx.el.input(
            type="radio",
            name=f"when-{kind}",
            id=f"when-{kind}-{value}",
            value=value,
            default_checked=_SHOWN.when == value,
            on_change=lambda _: Builder.write(Builder.open_id, "when", value),
        )
        return rx.el.label(radio, rx.el.span(word(told)), class_name="choice")

    days = _number("days", word("Number of days"), word("days"))
    return rx.fragment(
        rx.el.fieldset(
            rx.el.legend(word("When"), class_name="label"),
            rx.el.div(*(one(*choice) for choice in _WHEN[kind]), class_name="choices across"),
            class_name="field",
        ),
        rx.match(
            _SHOWN.when,
            ("within", days),
            ("not_within", days),
            ("before", days),
            ("by", day if day is not None else rx.fragment()),
            rx.fragment(),
        ),
    )


def _purpose() -> rx.Component:
    return rx.el.div(
        rx.el.label(word("For"), html_for="field-purpose", class_name="label"),
        rx.el.select(
            *(rx.el.option(word(told), value=value) for value, told in _PURPOSES),
            id="field-purpose",
            name="field-purpose",
            default_value=_SHOWN.purpose,
            on_change=lambda value: Builder.write(Builder.open_id, "purpose", value),
            class_name="input short",
        ),
        class_name="field",
    )


def _number(name: str, label: Any, unit: Any) -> rx.Component:
    shown = getattr(_SHOWN, name)
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}", class_name="label"),
        rx.el.div(
            rx.el.input(
                type="text",
                input_mode="numeric",
                max_length=10,
                id=f"field-{name}",
                name=f"field-{name}",
                auto_complete="off",
                default_value=shown,
                on_change=lambda text: Builder.write(Builder.open_id, name, text).debounce(350),
                on_blur=lambda text: Builder.write(Builder.open_id, name, text),
                class_name="input short",
            ),
            rx.el.span(unit),
            class_name="unit",
        ),
        class_name="field",
    )


def _box(name: str, label: Any, ticked: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        id=f"field-{name}",
        name=f"field-{name}",
        default_checked=ticked,
        on_change=lambda on: Builder.write(Builder.open_id, name, on),
    )
    return rx.el.label(box, rx.el.span(label), class_name="choice")
