"""Texts that are hard on a pattern, made from the pattern itself: each of its repeats fed, for long.

A pattern that tries the same letters in several ways shows it on one of them: `(a+)*`, `.*x.*`, or a search that walks to
the end anew from each letter it begins at.
"""

import re
from collections import Counter
from collections.abc import Iterator
from re import _constants as kinds
from re import _parser as grammar
from typing import Any

Node = tuple[Any, Any]
# What makes a match fail that was nearly made; a text may also simply end.
SPOILERS = ("\x00", "a", "")
OFTEN = 6
_REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}
_LETTERS = 'a7 ,-(<["=:;/@.é\\|\n\t!_A\u200b'
_CATEGORIES = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}


def hostile(pattern: "re.Pattern[Any]") -> list[tuple[str, str, str]]:
    """Return triples: how the text begins, what is said again and again, how it ends."""
    nodes: list[Node] = list(grammar.parse(pattern.pattern, pattern.flags))
    fed = {("", _sample(nodes))}
    seen: Counter[str] = Counter()
    for lead, body in _repeated(nodes, ""):
        seen[repr(body)] += 1
        # What repeats alike behind each word of a long list is fed whole behind the first few, with one letter behind the others.
        for food in sorted(_foods(body))[: None if seen[repr(body)] <= OFTEN else 1]:
            fed |= {("", food), ("a", food), (lead, food), ("", lead + food), ("", lead)}
    return sorted((lead, food, end) for lead, food in fed if food for end in SPOILERS)


def _repeated(nodes: list[Node], lead: str) -> Iterator[tuple[str, list[Node]]]:
    """Walk the pattern; give whatever it repeats, with a text that leads there."""
    for index, (op, value) in enumerate(nodes):
        before = lead + _sample(nodes[:index])
        if op in _REPEATS:
            yield before, list(value[2])
        for inner in _inside(op, value):
            yield from _repeated(inner, before)


def _inside(op: Any, value: Any) -> list[list[Node]]:
    if op in _REPEATS or op is kinds.SUBPATTERN:
        return [list(value[-1])]
    if op in {kinds.ASSERT, kinds.ASSERT_NOT}:
        return [list(value[1])]
    if op is kinds.BRANCH:
        return [list(branch) for branch in value[1]]
    return [list(value)] if op is kinds.ATOMIC_GROUP else []


def _foods(body: list[Node]) -> set[str]:
    """Texts a repeat takes: a turn of it in each of its ways, and for a set of letters one of each sort."""
    (op, value), *more = body
    if op in {kinds.IN, kinds.ANY, kinds.NOT_LITERAL} and not more:
        return {letter for letter in _LETTERS if _takes(op, value, letter)} | {_sample(body)}
    if op is kinds.BRANCH and not more:
        return {_sample(list(branch)) for branch in value[1]}
    return {_sample(body)}


def _sample(nodes: list[Node]) -> str:
    """Return a short text these nodes match."""
    return "".join(_shortest(op, value) for op, value in nodes)


def _shortest(op: Any, value: Any) -> str:
    if op is kinds.LITERAL:
        return chr(value)
    if op in {kinds.IN, kinds.ANY, kinds.NOT_LITERAL}:
        named = (chr(each[1] if each[0] is kinds.LITERAL else each[1][0]) for each in _named(op, value))
        return next((letter for letter in (*_LETTERS, *named) if _takes(op, value, letter)), "")
    if op in _REPEATS:
        return _sample(list(value[2])) * value[0]
    inside = [] if op in {kinds.ASSERT, kinds.ASSERT_NOT} else _inside(op, value)
    return _sample(inside[0]) if inside else ""


def _named(op: Any, value: Any) -> list[Node]:
    return [each for each in value if each[0] in {kinds.LITERAL, kinds.RANGE}] if op is kinds.IN else []


def _takes(op: Any, value: Any, letter: str) -> bool:
    if op is not kinds.IN:
        return letter != (chr(value) if op is kinds.NOT_LITERAL else "\n")
    refused = value[0][0] is kinds.NEGATE
    return refused != any(_is_in(each, letter) for each in value[refused:])


def _is_in(each: Node, letter: str) -> bool:
    op, value = each
    if op is kinds.CATEGORY:
        return re.match(_CATEGORIES[value], letter) is not None
    return value[0] <= ord(letter) <= value[1] if op is kinds.RANGE else chr(value) == letter
