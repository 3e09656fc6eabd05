"""A rule under way as lines for eyes: each part one sentence, and beside it what is still to be mended."""

from dataclasses import dataclass
from typing import Any

from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.segments.clauses import clause
from portal.segments.document import Group
from portal.segments.names import UNNAMED, Names
from portal.segments.reading import read
from portal.ui.recruiter.segment import tree
from portal.ui.recruiter.segment.tree import Node

TITLES = {
    "job": N_("Their job"),
    "experience": N_("Experience"),
    "contract": N_("Contract"),
    "salary": N_("Salary"),
    "remote": N_("Remote work"),
    "environment": N_("Environments they like"),
    "interest": N_("What draws them"),
    "near": N_("Place of work and distance"),
    "mobility": N_("Their own mobility"),
    "available": N_("Available when"),
    "situation": N_("Situation"),
    "answer": N_("Last answer"),
    "last_act": N_("Last news from them"),
    "last_letter": N_("Last letter from us"),
    "source": N_("Source"),
    "collected": N_("Came to us"),
    "consent": N_("Consent"),
    "language": N_("Language"),
    "skill": N_("Skills"),
    "spoken": N_("Languages they speak"),
    "notice": N_("Notice period"),
    "relocation": N_("Would move house"),
    "tag": N_("Tags"),
    "field": N_("A field of the house"),
    "answered": N_("Answers ever given"),
    "notice_due": N_("First information due"),
    "confirmed": N_("Record last confirmed"),
    "score": N_("Answer to a survey"),
    "segment": N_("In another segment"),
}
JOINED = {"all": N_("and"), "any": N_("or"), "none": N_("nor")}
NUMBERS = ("km", "days", "at_most", "least", "most")
_FIRST_NONE = N_("not")
# What putting a part into a group of its own offers: an alternative, or among alternatives a further condition.
_ASIDE = {"all": N_("Or…"), "any": N_("And…")}


@dataclass
class Line:
    """One line of the builder: `shape` is `group` (its beginning), `criterion`, or `foot` (what can be added there)."""

    key: str
    id: int
    shape: str
    depth: str
    kind: str
    joined: str
    aside: str
    words: str
    title: str
    problem: str
    root: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class Written:
    """A rule under way, told: `rule` is None while something is to be mended; `problem` concerns all of it."""

    lines: list[Line]
    problem: str
    rule: Group | None


def written(rule: Node, locale: str, names: Names = UNNAMED) -> Written:
    """Return every line of a rule, and the rule itself once it makes sense."""
    lines = _lines(rule, locale, 0, None, 0, names)
    if any(line.problem for line in lines):
        return Written(lines, "", None)
    try:
        return Written(lines, "", read(tree.whole(rule)))
    except Refused as refused:
        return Written(lines, _told(refused, locale), None)


def _lines(node: Node, locale: str, depth: int, group: Node | None, at: int, names: Names) -> list[Line]:
    if not tree.is_group(node):
        return [_criterion(node, locale, depth, group, at, names)]
    below = [_lines(child, locale, depth + 1, node, index, names) for index, child in enumerate(node["of"])]
    inside = [line for lines in below for line in lines]
    empty = _empty(node, locale) if group is not None else ""
    head = _line(node, "group", depth, locale, group, at, problem=empty)
    return [head, *inside, _line(node, "foot", depth + 1, locale, None, 0)]


def _criterion(node: Node, locale: str, depth: int, group: Node | None, at: int, names: Names) -> Line:
    words, problem = say(locale, TITLES[node["kind"]]), ""
    try:
        words = clause(read_one(node), locale, names)
    except Refused as refused:
        problem = _told(refused, locale)
    return _line(node, "criterion", depth, locale, group, at, words=words, problem=problem)


def read_one(node: Node) -> Any:
    """Return one criterion as a rule reads it, or refuse it with what to mend."""
    if node.get("place") == "":
        raise Refused(N_("Choose a place from the list."))
    if node["kind"] == "available" and node.get("when") == "by" and not node.get("day"):
        raise Refused(N_("Choose a day."))
    if any(isinstance(node.get(name), str) for name in NUMBERS):
        raise Refused(N_("Write a whole number."))
    return read({"kind": "all", "of": [tree.document(node)]}).of[0]


def _empty(node: Node, locale: str) -> str:
    if node["of"]:
        return ""
    try:
        read({"kind": "all", "of": [{"kind": node["kind"], "of": []}]})
    except Refused as refused:
        return _told(refused, locale)
    return ""


def _line(
    node: Node, shape: str, depth: int, locale: str, group: Node | None, at: int, *, words: str = "", problem: str = ""
) -> Line:
    return Line(
        key=f"{node['id']}-{shape}",
        id=node["id"],
        shape=shape,
        depth=f"depth-{depth}",
        kind=node["kind"],
        joined=_joined(group, at, locale),
        aside=say(locale, _ASIDE["any" if group is not None and group["kind"] == "any" else "all"]),
        words=words,
        title=say(locale, TITLES[node["kind"]]) if node["kind"] in TITLES else "",
        problem=problem,
        root=node["id"] == tree.ROOT,
        first=at == 0 and (group is None or group["id"] == tree.ROOT),
        last=group is not None and group["id"] == tree.ROOT and at == len(group["of"]) - 1,
    )


def _joined(group: Node | None, at: int, locale: str) -> str:
    if group is None:
        return ""
    if at == 0:
        return say(locale, _FIRST_NONE) if group["kind"] == "none" else ""
    return say(locale, JOINED[group["kind"]])


def _told(refused: Refused, locale: str) -> str:
    return say(locale, refused.sentence, **refused.params)
