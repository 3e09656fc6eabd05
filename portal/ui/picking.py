"""Lists one fills by typing: jobs, skills, languages, places. What was found is pressed, or Enter takes the first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal.kit.fold import fold
from portal.kit.i18n import N_, say
from portal.talents import jobs, places, telling
from portal.talents.checks import MOST_VALUES
from portal.ui.components import chips, finder
from portal.ui.components.buttons import Words
from portal.ui.words import word

# Columns of `Talent` that hold several such values.
PICKED = ("other_jobs", "skills", "languages", "other_places")
_AT_ONCE = 8
_LONGEST = 80


@dataclass
class Pick:
    """One value, and its words."""

    value: str
    words: str


def nothing() -> dict[str, list[Pick]]:
    """Return no pick at all, for each list."""
    return {name: [] for name in PICKED}


def picked(name: str, values: Iterable[str], locale: str) -> list[Pick]:
    """Return what stands in a list."""
    return [Pick(value, telling.told(name, [value], locale)) for value in values]


def found(name: str, text: str, locale: str) -> list[Pick]:
    """Return what may be added to a list by what was typed, likeliest first."""
    text = " ".join(str(text)[:_LONGEST].split())
    find = _FIND.get(name)
    return find(text, locale)[:_AT_ONCE] if find and fold(text) else []


def added(name: str, standing: Iterable[str], value: str) -> list[str]:
    """Return a list with one value more, once; another level of a language replaces the one that stands."""

    def same(each: str) -> bool:
        return each == value or (name == "languages" and each.partition(":")[0] == value.partition(":")[0])

    kept = [each for each in standing if not same(each)]
    return [*kept, value][: MOST_VALUES + 1]


def _jobs(text: str, locale: str) -> list[Pick]:
    return [Pick(job.code, jobs.label(job.code, locale)) for job in jobs.search(text, _AT_ONCE)]


def _places(text: str, _locale: str) -> list[Pick]:
    return [Pick(place.insee, _placed(place)) for place in places.search(text, _AT_ONCE)]


def _placed(place: places.Place) -> str:
    department = places.department_name(place.department)
    return f"{place.name} ({department})" if department and department != place.name else place.name


def _skills(text: str, locale: str) -> list[Pick]:
    return [Pick(text, say(locale, N_("Add “{skill}”"), skill=text))]


def _languages(text: str, locale: str) -> list[Pick]:
    start = fold(text)
    told = [
        Pick(held, telling.language(held, locale))
        for code in telling.LANGUAGES
        for held in (code, *(f"{code}:{level}" for level in telling.LEVELS))
    ]
    return [pick for pick in told if fold(pick.words).startswith(start)]


_FIND: dict[str, Callable[[str, str], list[Pick]]] = {
    "other_jobs": _jobs,
    "skills": _skills,
    "languages": _languages,
    "other_places": _places,
}


def picker(
    name: str,
    label: Words,
    *,
    hint: Words,
    chosen: rx.Var,
    results: rx.Var,
    on_type: Any,
    on_pick: Callable[[Any], Any],
    on_leave: Callable[[Any], Any],
    typed: rx.Var[int],
    prefix: str = "",
) -> rx.Component:
    """Draw one such list: what stands in it, and the field that adds to it. `typed` counts what was picked."""
    return rx.el.div(
        rx.cond(chosen.length() > 0, chips(chosen, label, on_leave=on_leave, leave=word("Leave out"))),
        finder(f"{prefix}{name}", label, results, on_change=on_type, on_pick=on_pick, hint=hint, key=typed.to_string()),
        class_name="stack tight",
        data_home=f"{prefix}{name}",
    )
