"""A rule while it is being written: plain dicts, each part with an `id`, edited by small acts.

A part may be half said here; `document` is what the segment would keep, and `portal.segments.reading` judges it.
Ids come from any browser: an act on a part that is not there changes nothing.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.segments.reading import MOST_DEPTH, MOST_PARTS

Node = dict[str, Any]
GROUPS = ("all", "any", "none")
ROOT = 1

# What a criterion asks when it has just been added; empty values are still to be chosen.
BLANKS: dict[str, Node] = {
    "job": {"one_of": []},
    "experience": {"one_of": []},
    "contract": {"one_of": []},
    "salary": {"at_most": "", "or_unsaid": True},
    "remote": {"one_of": []},
    "environment": {"one_of": []},
    "interest": {"one_of": []},
    "near": {"place": "", "km": 30},
    "mobility": {"place": "", "remote_counts": False},
    "available": {"when": "within", "day": None, "days": 60},
    "situation": {"one_of": []},
    "answer": {"one_of": [], "reasons": [], "days": None},
    "last_act": {"when": "within", "days": 180},
    "last_letter": {"when": "not_within", "days": 60},
    "source": {"one_of": []},
    "collected": {"when": "within", "days": 365},
    "consent": {"purpose": "pool", "one_of": ["valid"]},
    "language": {"one_of": []},
    "skill": {"one_of": []},
    "spoken": {"language": "en", "at_least": None},
    "notice": {"days": 30},
    "relocation": {},
    "tag": {"one_of": []},
    "field": {
        "field": 0,
        "test": "known",
        "text": "",
        "one_of": None,
        "least": None,
        "most": None,
        "since": None,
        "until": None,
    },
    "answered": {"one_of": [], "reasons": []},
    "notice_due": {"when": "owed", "days": None},
    "confirmed": {"when": "before", "days": 365},
    "score": {"survey": 0, "one_of": []},
    "segment": {"segment": 0},
}


def blank() -> Node:
    """Return a rule with nothing in it yet."""
    return {"id": ROOT, "kind": "all", "of": []}


def planted(rule: Mapping[str, Any]) -> Node:
    """Return a kept rule with an id on every part."""
    tree = deepcopy(dict(rule))
    for number, (node, _, _) in enumerate(list(walk(tree)), ROOT):
        node["id"] = number
    return tree


def document(node: Node) -> Node:
    """Return the rule as a segment keeps it."""
    told = {name: value for name, value in node.items() if name not in {"id", "of"}}
    return told | {"of": [document(child) for child in node["of"]]} if is_group(node) else told


def whole(rule: Node) -> Node:
    """Return the whole rule as a segment keeps it: one that asks nothing is of everybody, whatever its group asks."""
    return document(rule) if rule["of"] else {"kind": "all", "of": []}


def is_group(node: Node) -> bool:
    return node["kind"] in GROUPS


def walk(node: Node, depth: int = 0, above: Node | None = None) -> Iterator[tuple[Node, int, Node | None]]:
    """Yield every part in reading order, with its depth and the group it stands in."""
    yield node, depth, above
    for child in node["of"] if is_group(node) else ():
        yield from walk(child, depth + 1, node)


def find(tree: Node, wanted: int) -> Node | None:
    return next((node for node, _, _ in walk(tree) if node["id"] == wanted), None)


def above(tree: Node, wanted: int) -> Node | None:
    """Return the group a part stands in."""
    return next((group for node, _, group in walk(tree) if node["id"] == wanted), None)


def add(tree: Node, group_id: int, kind: str) -> int:
    """Add a criterion or a group at the end of a group; return its id, or 0 where that group or kind is unknown."""
    group = find(tree, group_id)
    if group is None or not is_group(group) or (kind not in BLANKS and kind not in GROUPS):
        return 0
    made = {"id": _next(tree), "kind": kind} | ({"of": []} if kind in GROUPS else deepcopy(BLANKS[kind]))
    group["of"].append(made)
    _refuse_the_huge(tree)
    return int(made["id"])


def remove(tree: Node, wanted: int) -> None:
    """Take a part out, with all it holds."""
    if group := above(tree, wanted):
        group["of"] = [child for child in group["of"] if child["id"] != wanted]


def regroup(tree: Node, wanted: int, kind: str) -> None:
    """Make a group ask for all, any or none of what it holds."""
    node = find(tree, wanted)
    if node is not None and is_group(node) and kind in GROUPS:
        node["kind"] = kind


def move(tree: Node, wanted: int, by: int) -> None:
    """Move a part one place up (-1) or down (1): over a criterion, into a group it meets, out of its own at the end."""
    group = above(tree, wanted)
    if group is None or by not in {-1, 1}:
        return
    at = _place(group, wanted)
    node, to = group["of"].pop(at), at + by
    if 0 <= to <= len(group["of"]):
        neighbour = group["of"][to if by < 0 else at]
        if is_group(neighbour):
            neighbour["of"].insert(len(neighbour["of"]) if by < 0 else 0, node)
        else:
            group["of"].insert(to, node)
    elif outer := above(tree, group["id"]):
        outer["of"].insert(_place(outer, group["id"]) + (by > 0), node)
    else:
        group["of"].insert(at, node)
    _refuse_the_huge(tree)


def wrap(tree: Node, wanted: int) -> int:
    """Put a part into a group of its own, so that alternatives can join it; return the group's id, or 0."""
    group = above(tree, wanted)
    if group is None:
        return 0
    at = _place(group, wanted)
    made = {"id": _next(tree), "kind": "all" if group["kind"] == "any" else "any", "of": [group["of"][at]]}
    group["of"][at] = made
    _refuse_the_huge(tree)
    return int(made["id"])


def unwrap(tree: Node, wanted: int) -> None:
    """Take a group away and leave what it holds in its place."""
    node, group = find(tree, wanted), above(tree, wanted)
    if node is None or group is None or not is_group(node):
        return
    at = _place(group, wanted)
    group["of"][at : at + 1] = node["of"]


def _place(group: Node, wanted: int) -> int:
    return next(index for index, child in enumerate(group["of"]) if child["id"] == wanted)


def _next(tree: Node) -> int:
    return 1 + max(node["id"] for node, _, _ in walk(tree))


def _refuse_the_huge(tree: Node) -> None:
    parts = [depth for _, depth, _ in walk(tree)]
    if len(parts) - 1 > MOST_PARTS:
        raise Refused(N_("A rule holds {most} criteria at most: make two segments of it."), most=MOST_PARTS)
    if max(parts) >= MOST_DEPTH:
        raise Refused(N_("Groups stand {most} deep at most: bring some of them up."), most=MOST_DEPTH)
