"""Whether the steps of a chain hold together: where they lead, what is left aside, and no way round without a rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.chains.steps import KINDS, Step
from portal.kit.i18n import N_

TWICE = N_("Two steps have the same key, {key}: give one of them another.")
NOWHERE = N_("Step {step} leads to a step that does not exist: choose where it goes.")
UNREACHED = N_("Nothing leads to step {step}: link it or remove it.")
SPEECHLESS = N_("This chain says nothing yet: add a question or a letter.")
ENDLESS = N_("The chain goes round through step {step} without a wait: add a wait on the way.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, as a sentence (an English msgid) and what fills it; `step` counts from 0."""

    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A step as far as its place in the chain goes."""

    key: str
    rests: bool
    speaks: bool
    targets: tuple[str, ...]


def shape_of(document: Any) -> list[Node]:  # noqa: ANN401 - whatever was typed
    """Return the steps of a document that may be half written."""
    steps = document.get("steps", []) if isinstance(document, Mapping) else []
    return [_node(step) for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []


def _node(step: Mapping[str, Any]) -> Node:
    kind = kind_of(step)
    targets = (step[name] for name in led_by(step) if isinstance(step.get(name), str) and step[name])
    return Node(
        str(step.get("key", "")), kind is not None and kind.RESTS, kind is not None and kind.SPEAKS, tuple(targets)
    )


def kind_of(step: Mapping[str, Any]) -> type[Step] | None:
    """Return the kind of a step that may be half written."""
    return KINDS.get(str(step.get("type")))


def led_by(step: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of a step's branches, in the order they are shown."""
    kind = kind_of(step)
    return tuple(branch.value for branch in kind.Branch) if kind else ()


def problems(nodes: Sequence[Node]) -> Iterator[Problem]:
    """Yield what keeps these steps from being a chain."""
    if nodes and not any(node.speaks for node in nodes):
        yield Problem(SPEECHLESS)
    yield from _astray(nodes)
    reached = _reached(nodes)
    for index, node in enumerate(nodes):
        if node.key not in reached:
            yield Problem(UNREACHED, {"step": index + 1}, index)
    endless = _on_an_endless_round(nodes)
    if endless is not None:
        yield Problem(ENDLESS, {"step": endless + 1}, endless)


def _astray(nodes: Sequence[Node]) -> Iterator[Problem]:
    keys = [node.key for node in nodes]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield Problem(TWICE, {"key": key}, index)
    for index, node in enumerate(nodes):
        if set(node.targets) - set(keys):
            yield Problem(NOWHERE, {"step": index + 1}, index)


def _reached(nodes: Sequence[Node]) -> set[str]:
    leads = {node.key: node.targets for node in nodes}
    reached: set[str] = set()
    waiting = [nodes[0].key] if nodes else []
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(leads.get(key, ()))
    return reached


def _on_an_endless_round(nodes: Sequence[Node]) -> int | None:
    """Return the first step from which one comes back to it without passing a wait."""
    leads = {node.key: node.targets for node in nodes if not node.rests}
    for index, node in enumerate(nodes):
        seen: set[str] = set()
        waiting = list(leads.get(node.key, ()))
        while waiting:
            key = waiting.pop()
            if key == node.key:
                return index
            if key not in seen:
                seen.add(key)
                waiting.extend(leads.get(key, ()))
    return None
