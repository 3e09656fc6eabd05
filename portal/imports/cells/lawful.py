"""What the law protects is taken out of the cells that are taken in: a skill "RQTH", an environment "célibataire, 52 ans"."""

from collections.abc import Mapping
from typing import Any

from portal.talents.protected import Ground, find

# Proxies are about columns and criteria: within a cell a photo or a name says nothing of anybody.
_LOOKED_PAST = frozenset({Ground.NAME, Ground.PHOTO, Ground.HOME, Ground.STUDY_YEAR})
_LISTS = ("skills",)
_TEXTS = ("refuses", "job_text")


def ground_in(text: str, *, whole: bool = True) -> Ground | None:
    """Return what a cell says that nobody may be chosen by."""
    return next((each.ground for each in find(text, whole=whole) if each.ground not in _LOOKED_PAST), None)


def lawful(
    values: Mapping[str, Any], unread: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str], tuple[str, ...]]:
    """Return what may be kept of one line, and the grounds of what may not."""
    kept, left, grounds = dict(values), dict(unread), dict[str, None]()
    for name in _LISTS:
        told = {skill: ground_in(skill) for skill in values.get(name, ())}
        if any(told.values()):
            kept[name] = [skill for skill, ground in told.items() if ground is None]
            grounds |= {ground.value: None for ground in told.values() if ground}
    for name in _TEXTS:
        if (text := values.get(name)) and (ground := ground_in(text, whole=name != "job_text")):
            kept[name] = _without(text) if name == "job_text" else ""
            grounds[ground.value] = None
    for name, text in unread.items():
        if ground := ground_in(text):
            del left[name]
            grounds[ground.value] = None
    return {name: value for name, value in kept.items() if value or value is False}, left, tuple(grounds)


def _without(text: str) -> str:
    """Return a job in its words, without those that are about something else."""
    for each in reversed(find(text, whole=False)):
        if each.ground not in _LOOKED_PAST:
            text = text[: each.start] + text[each.end :]
    return " ".join(text.split()).strip(" ,;-–·(")
