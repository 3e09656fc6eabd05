"""A rule in plain words: `People who work within 30 km of Lyon and who …, except those who …`.

Each criterion is one clause of its own in every language (`clauses`); groups only join clauses.
"""

from collections.abc import Sequence

from portal.kit.i18n import say
from portal.segments import document as d
from portal.segments.clauses import clause
from portal.segments.names import UNNAMED, Names
from portal.segments.wording import AND, OR, join


def sentence(rule: d.Group, locale: str, names: Names = UNNAMED) -> str:
    """Return the whole rule as one sentence, with its full stop."""
    if not rule.of:
        return say(locale, "Everyone in the pool.")
    if rule.kind == "none" or (rule.kind == "all" and all(_excludes(child) for child in rule.of)):
        return say(locale, "Everyone except those {clauses}.", clauses=_those(_excluded(rule), locale, names))
    return say(locale, "People {clauses}.", clauses=_clause(rule, locale, names, outermost=True))


def _clause(node: d.Group | d.Criterion, locale: str, names: Names, *, outermost: bool = False) -> str:
    if not isinstance(node, d.Group):
        return clause(node, locale, names)
    match node.kind:
        case "all":
            told = _together(node, locale, names)
        case "any":
            told = _those(node.of, locale, names)
        case "none":
            told = say(locale, "everyone except those {clauses}", clauses=_those(node.of, locale, names))
    return told if outermost or (len(node.of) == 1 and node.kind != "none") else f"({told})"


def _together(group: d.Group, locale: str, names: Names) -> str:
    """Return what they are, then, as an exception, what they are not."""
    are = [child for child in group.of if not _excludes(child)]
    told = join(locale, [_clause(child, locale, names) for child in are], AND) if are else ""
    excluded = _those(_excluded(group), locale, names)
    if not excluded:
        return told
    if not told:
        return say(locale, "everyone except those {clauses}", clauses=excluded)
    return say(locale, "{people}, except those {clauses}", people=told, clauses=excluded)


def _excludes(node: d.Group | d.Criterion) -> bool:
    return isinstance(node, d.Group) and node.kind == "none"


def _excluded(group: d.Group) -> list[d.Group | d.Criterion]:
    """Return whom the group leaves out: not a and not b is neither a nor b."""
    if group.kind == "none":
        return list(group.of)
    return [left for child in group.of if isinstance(child, d.Group) and _excludes(child) for left in child.of]


def _those(nodes: Sequence[d.Group | d.Criterion], locale: str, names: Names) -> str:
    return join(locale, [_clause(node, locale, names) for node in nodes], OR)
