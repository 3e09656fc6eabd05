"""The fields of the house's own on a page: one shape for every kind, in a form or kept as one goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from sqlmodel import Session

from portal.kit.i18n import N_, say
from portal.talents.custom import NO, YES, Field, shown
from portal.talents.custom_fields import custom_fields
from portal.talents.queries import Profile, Told
from portal.talents.rules import FieldKind, TalentMay
from portal.ui.components import field as labelled

SETTLED = 700  # milliseconds: a date typed digit by digit is several dates on its way
PAUSED = 1200  # and words when the fingers pause
NOW = rx.Var("Date.now()", _var_type=float)  # when a hand did it, in milliseconds: not when the server hears of it
_NOBODY = Told(None)


@dataclass
class OwnField:
    """One field as a page shows it: the stored value as text, in words, who said it; `locked` for whoever looks."""

    column: str
    kind: str
    name: str
    value: str = ""
    words: str = ""
    said: str = ""
    locked: bool = False
    chosen: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)


def own_fields(
    session: Session, held: Profile, locale: str, said: Callable[[Told], str], *, to_them: bool
) -> list[OwnField]:
    """Return the fields in use with what stands in them: those open to the person, or all of them to a recruiter."""
    return [
        _own(each, held.told.get(each.column, _NOBODY), locale, said, to_them=to_them)
        for each in custom_fields(session)
        if not to_them or each.talent_may is not TalentMay.NOTHING
    ]


def _own(each: Field, told: Told, locale: str, said: Callable[[Told], str], *, to_them: bool) -> OwnField:
    value = told.value
    locked = each.talent_may is not TalentMay.EDIT if to_them else not each.recruiters_edit or told.by == "talent"
    several = list(value) if isinstance(value, tuple | list) else []
    return OwnField(
        column=each.column,
        kind=each.kind.value,
        name=each.name(locale),
        value="" if several or value is None else str(value),
        words=shown(each, value, locale),
        said=said(told) if value is not None else "",
        locked=locked,
        chosen=[str(one) for one in several],
        options=_options(each, locale),
    )


def _options(each: Field, locale: str) -> list[list[str]]:
    if each.kind is FieldKind.YES_NO:
        return [["", say(locale, N_("Not known"))], ["yes", say(locale, YES)], ["no", say(locale, NO)]]
    chosen = [[choice.code, choice.label(locale)] for choice in each.choices]
    return [["", say(locale, N_("Not known"))], *chosen] if each.kind is FieldKind.CHOICE else chosen


def typed(fields: list[OwnField], form: Mapping[str, Any]) -> dict[str, object]:
    """Return what a form says another of these fields holds now, as changes of a profile."""
    changes: dict[str, object] = {}
    for one in fields:
        if one.locked:
            continue
        if one.kind == FieldKind.CHOICES:
            ticked = [code for code, _ in one.options if form.get(f"{one.column}.{code}")]
            if ticked != one.chosen:
                changes[one.column] = ticked
        elif one.column in form and str(form[one.column]) != one.value:
            changes[one.column] = str(form[one.column])
    return changes


def drawn(one: rx.Var) -> rx.Component:
    """Draw the field in a form that is sent as a whole."""
    return _drawn(one, None, None)


def drawn_to_keep(one: rx.Var, *, keep: Any, choose: Any, meanwhile: Any) -> rx.Component:
    """Draw the field; `keep(column, value, at)` and `choose(column, code, ticked)` take it in as one goes.

    `meanwhile(column, value, at)` takes what is typed whenever the fingers pause.
    """
    return _drawn(one, keep, choose, meanwhile)


def _drawn(one: rx.Var, keep: Any, choose: Any, meanwhile: Any = None) -> rx.Component:
    key = rx.Var.create("own-") + one.column
    plain = {"id": key, "name": one.column, "disabled": one.locked, "class_name": "input", "default_value": one.value}
    left = {"on_blur": lambda text: keep(one.column, text, NOW)} if keep else {}
    if meanwhile:
        left["on_change"] = lambda text: meanwhile(one.column, text, NOW).debounce(PAUSED)
    dated = {"on_change": lambda day: keep(one.column, day, NOW).debounce(SETTLED)} if keep else {}
    picked = {"on_change": lambda value: keep(one.column, value, NOW)} if keep else {}
    options = rx.foreach(one.options, lambda option: rx.el.option(option[1], value=option[0]))
    closed = rx.el.select(options, **plain, **picked)
    control = rx.match(
        one.kind,
        (FieldKind.NUMBER.value, rx.el.input(**plain, **left, input_mode="decimal", auto_complete="off")),
        (FieldKind.DATE.value, rx.el.input(**plain, **dated, type="date")),
        (FieldKind.CHOICE.value, closed),
        (FieldKind.YES_NO.value, closed),
        rx.el.input(**plain, **left, max_length=300, auto_complete="off"),
    )
    return rx.cond(one.kind == FieldKind.CHOICES.value, _ticks(one, choose), labelled(key, one.name, control))


def _ticks(one: rx.Var, choose: Any) -> rx.Component:
    def tick(option: rx.Var) -> rx.Component:
        kept = {"on_change": lambda ticked: choose(one.column, option[0], ticked)} if choose else {}
        box = rx.el.input(
            type="checkbox",
            name=one.column + "." + option[0],
            default_checked=one.chosen.contains(option[0]),
            disabled=one.locked,
            **kept,
        )
        return rx.el.label(box, rx.el.span(option[1]), class_name="choice")

    return rx.el.fieldset(
        rx.el.legend(one.name, class_name="label"),
        rx.el.div(rx.foreach(one.options, tick), class_name="choices across"),
        class_name="field",
    )
