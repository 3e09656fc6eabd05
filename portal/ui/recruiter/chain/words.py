"""How a chain's steps and branches are told; the words of each kind stand with it, in `portal.chains.steps`."""

from collections.abc import Mapping
from typing import Any

from portal.chains.steps.base import Choice
from portal.chains.structure import kind_of, led_by
from portal.kit.i18n import N_, say, say_n


def kind(locale: str, step: Mapping[str, Any]) -> str:
    """Return what sort of step it is."""
    made = kind_of(step)
    return say(locale, made.NAME) if made else ""


def title(locale: str, step: Mapping[str, Any], surveys: Mapping[str, str]) -> str:
    """Return what a step says, in a few words; empty where its kind says it all."""
    made = kind_of(step)
    if made is None:
        return ""
    chosen = (str(step.get(one.name)) for one in made.SETTINGS if isinstance(one, Choice) and one.options is None)
    return next((surveys[survey] for survey in chosen if survey in surveys), "") or made.title(step, locale)


def branch(locale: str, step: Mapping[str, Any], name: str) -> str:
    """Return what leads down a branch, with how long silence lasts."""
    days = step.get("silence_days")
    if name == "on_silence" and isinstance(days, int):
        return say_n(locale, "{count} day of silence", "{count} days of silence", days)
    made = kind_of(step)
    return say(locale, made.WAYS[made.Branch(name)].label) if made else ""


def always(locale: str, step: Mapping[str, Any], name: str) -> str:
    """Return what happens down a branch whatever the chain says."""
    made = kind_of(step)
    told = made.WAYS[made.Branch(name)].always if made else ""
    return say(locale, told) if told else ""


def ways(locale: str, step: Mapping[str, Any], numbers: Mapping[str, int], ends: frozenset[str]) -> str:
    """Return where a step leads: `Yes, tell me more → 2 · No → end`; answers that lead to the same are told together."""
    led: dict[str, list[str]] = {}
    for name in led_by(step):
        if isinstance(target := step.get(name), str):
            led.setdefault(target, []).append(branch(locale, step, name))
    if len(led_by(step)) == 1:
        return " · ".join(f"→ {_where(locale, target, numbers, ends)}" for target in led)
    return " · ".join(f"{', '.join(by)} → {_where(locale, target, numbers, ends)}" for target, by in led.items())


def _where(locale: str, target: str, numbers: Mapping[str, int], ends: frozenset[str]) -> str:
    if target in ends:
        return say(locale, N_("end"))
    return str(numbers.get(target, "?"))
