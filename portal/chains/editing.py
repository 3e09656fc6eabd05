"""Changing the steps of a chain that is being written: documents in, documents out, nothing else.

The document may be half written; what is wrong with it `definition.problems` says. Putting a step in, taking one out and
moving one keep the way through the chain whole, so that a recruiter seldom has to link anything by hand.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from portal.chains.steps import KINDS
from portal.chains.structure import kind_of, led_by

Document = dict[str, Any]
Step = dict[str, Any]


def blank() -> Document:
    """Return a chain with nothing in it but its end."""
    kind = next(kind for kind, made in KINDS.items() if made.ENDS)
    return {"steps": [_new(kind, kind, kind)]}


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
    if here < 0 or not 0 <= there < len(steps) or ends(steps[here]) or ends(steps[there]):
        return
    step = steps[here]
    after = steps[there]["key"] if by > 0 else (steps[there - 1]["key"] if there else "")
    _take_out(document, step)
    _put_in(document, step, after)


def link(document: Document, key: str, branch: str, target: str) -> None:
    """Say where a branch leads."""
    step = find(document, key)
    if step is not None and branch in led_by(step):
        step[branch] = target


def write(document: Document, key: str, language: str, part: str, text: str) -> None:
    """Write a letter's subject or body in one language."""
    step = find(document, key)
    if step is not None and "text" in step and language in {"fr", "en"} and part in {"subject", "body"}:
        step["text"][language][part] = text


def choose(document: Document, key: str, name: str, value: str) -> None:
    """Set what a kind of step lets one set; a number that is none is kept as it was typed, and told as a problem."""
    step = find(document, key)
    kind = kind_of(step) if step is not None else None
    if step is not None and kind is not None and name in {setting.name for setting in kind.SETTINGS}:
        step[name] = int(value) if value.isdecimal() and len(value) < 10 else value[:40]


def _new(kind: str, key: str, end: str) -> Step:
    made = KINDS[kind]
    step: Step = {"type": kind, "key": key, **dict.fromkeys((branch.value for branch in made.Branch), end)}
    if "text" in made.model_fields:
        step["text"] = {language: {"subject": "", "body": ""} for language in ("fr", "en")}
    return step | {setting.name: setting.usual for setting in made.SETTINGS}


def _put_in(document: Document, step: Step, after: str) -> None:
    before = find(document, after)
    if before is None or ends(before):
        if not ends(step) and document["steps"]:
            _lead(step, document["steps"][0]["key"])
        document["steps"].insert(len(document["steps"]) if ends(step) else 0, step)
        return
    main = _main(before)
    if not ends(step) and main is not None:
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
        for branch in led_by(other):
            if other.get(branch) == step["key"]:
                other[branch] = onward


def _onward(step: Step) -> list[str]:
    kind = kind_of(step)
    return [branch.value for branch in kind.ONWARD if branch.value in step] if kind else []


def _main(step: Step) -> str | None:
    return next(iter(_onward(step)), None)


def _lead(step: Step, target: str) -> None:
    """Let the main way, and what goes with it, lead on."""
    for branch in _onward(step):
        step[branch] = target


def ends(step: Step) -> bool:
    """Tell whether nothing follows a step."""
    kind = kind_of(step)
    return kind is not None and kind.ENDS


def _last_end(document: Document) -> str | None:
    return next((step["key"] for step in reversed(document["steps"]) if ends(step)), None)


def _free_key(document: Document, kind: str) -> str:
    taken = {step["key"] for step in document["steps"]}
    return next(key for index in range(1, 1000) if (key := kind if index == 1 else f"{kind}_{index}") not in taken)
