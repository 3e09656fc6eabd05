"""Changing the steps of a chain that is being written: documents in, documents out, nothing else.

The document may be half written; what is wrong with it `definition.problems` says. Putting a step in, taking one out and
moving one keep the way through the chain whole, so that a recruiter seldom has to link anything by hand.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from portal.chains.structure import BRANCHES, MAIN

Document = dict[str, Any]
Step = dict[str, Any]

KINDS = ("question", "info", "wait", "digest", "slots", "survey", "end")
# The branches of each kind, in the order they are shown.
BRANCHES_OF: dict[str, tuple[str, ...]] = {
    "question": ("on_yes", "on_more_info", "on_later", "on_no", "on_silence"),
    "info": ("next",),
    "wait": ("next",),
    "digest": ("on_yes", "on_no", "on_silence"),
    "slots": ("on_picked", "on_neither", "on_silence"),
    "survey": ("next",),
    "end": (),
}
_SILENCE_DAYS = {"question": 14, "digest": 7, "survey": 14}
_WITH_TEXT = frozenset({"question", "info", "survey"})


def blank() -> Document:
    """Return a chain with nothing in it but its end."""
    return {"steps": [{"type": "end", "key": "end"}]}


def kept(document: Mapping[str, Any]) -> Document:
    """Return a copy to work on."""
    return deepcopy(dict(document))


def find(document: Document, key: str) -> Step | None:
    """Return the step of that key."""
    return next((step for step in document["steps"] if step["key"] == key), None)


def position(document: Document, key: str) -> int:
    """Return where a step stands, from 0; -1 if nowhere."""
    return next((index for index, step in enumerate(document["steps"]) if step["key"] == key), -1)


def add(document: Document, kind: str, after: str) -> str:
    """Put a new step after another on its main way (before everything if there is no such step); return its key."""
    key = _free_key(document, kind)
    _put_in(document, _new(kind, key, _last_end(document) or key), after)
    return key


def remove(document: Document, key: str) -> None:
    """Take a step out: what led to it leads to what came after it."""
    step = find(document, key)
    if step is not None and len(document["steps"]) > 1:
        _take_out(document, step)


def move(document: Document, key: str, by: int) -> None:
    """Move a step up (-1) or down (+1) on the main way."""
    steps, here = document["steps"], position(document, key)
    there = here + by
    if here < 0 or not 0 <= there < len(steps) or "end" in {steps[here]["type"], steps[there]["type"]}:
        return
    step = steps[here]
    after = steps[there]["key"] if by > 0 else (steps[there - 1]["key"] if there else "")
    _take_out(document, step)
    _put_in(document, step, after)


def link(document: Document, key: str, branch: str, target: str) -> None:
    """Say where a branch leads."""
    step = find(document, key)
    if step is not None and branch in BRANCHES_OF.get(step["type"], ()):
        step[branch] = target


def write(document: Document, key: str, language: str, part: str, text: str) -> None:
    """Write a letter's subject or body in one language."""
    step = find(document, key)
    if step is not None and step["type"] in _WITH_TEXT and language in {"fr", "en"} and part in {"subject", "body"}:
        step["text"][language][part] = text


def number(document: Document, key: str, name: str, text: str) -> None:
    """Set a number of days, or the survey; what is no number is kept as it was typed, and told as a problem."""
    step = find(document, key)
    if step is not None and name in step and name in {"days", "silence_days", "survey_id"}:
        step[name] = int(text) if text.isdecimal() and len(text) < 10 else text[:20]


def ask(document: Document, key: str, question: str) -> None:
    """Say what a question is about."""
    step = find(document, key)
    if step is not None and step["type"] == "question":
        step["question"] = question


def _new(kind: str, key: str, end: str) -> Step:
    step: Step = {"type": kind, "key": key, **dict.fromkeys(BRANCHES_OF[kind], end)}
    if kind in _WITH_TEXT:
        step["text"] = {language: {"subject": "", "body": ""} for language in ("fr", "en")}
    if kind in _SILENCE_DAYS:
        step["silence_days"] = _SILENCE_DAYS[kind]
    match kind:
        case "question":
            step["question"] = "still_looking"
        case "wait":
            step["days"] = 5
        case "survey":
            step["survey_id"] = ""
    return step


def _put_in(document: Document, step: Step, after: str) -> None:
    before = find(document, after)
    if before is None or before["type"] == "end":
        if step["type"] != "end" and document["steps"]:
            _lead(step, document["steps"][0]["key"])
        document["steps"].insert(0 if step["type"] != "end" else len(document["steps"]), step)
        return
    main = _main(before)
    if step["type"] != "end" and main is not None:
        _lead(step, before[main])
    if main is not None:
        before[main] = step["key"]
    document["steps"].insert(position(document, after) + 1, step)


def _take_out(document: Document, step: Step) -> None:
    document["steps"].remove(step)
    main = _main(step)
    onward = step[main] if main is not None else _last_end(document)
    if onward == step["key"] or not onward:
        onward = _last_end(document) or ""
    for other in document["steps"]:
        for branch in BRANCHES:
            if other.get(branch) == step["key"]:
                other[branch] = onward


def _main(step: Step) -> str | None:
    return next((branch for branch in MAIN if branch in step), None)


def _lead(step: Step, target: str) -> None:
    """Let the main way, and with a question the wish to know more, lead on."""
    main = _main(step)
    if main is not None:
        step[main] = target
    if "on_more_info" in step:
        step["on_more_info"] = target


def _last_end(document: Document) -> str | None:
    return next((step["key"] for step in reversed(document["steps"]) if step["type"] == "end"), None)


def _free_key(document: Document, kind: str) -> str:
    taken = {step["key"] for step in document["steps"]}
    return next(key for index in range(1, 1000) if (key := kind if index == 1 else f"{kind}_{index}") not in taken)
