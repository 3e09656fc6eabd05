"""Choices of a house's field in a cell: written so that they are read back as themselves, whatever their names hold."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from portal.kit.cells import listed
from portal.kit.fold import fold

if TYPE_CHECKING:
    from portal.talents.custom import Choice

# The values of a cell, and the signs between them; a quoted one is whole.
_PARTS = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,;|/\n]|\Z)|([^,;|/\n]*))([,;|/\n]|\Z)')
_AROUND = re.compile(r" ?([,;|/]) ?")
_MOST_PARTS = 200


def chosen(choices: Sequence["Choice"], text: str) -> list[str] | None:
    """Return the codes a cell names, by words in either language; None rather than a guess.

    Each of several stands between commas, semicolons, bars, strokes or lines, and all of them must be known. A name that
    holds such a sign is known by all of it: "Presse, plieuse" is one choice, "Tour, Fraiseuse" two.
    """
    exact, alike = _named(choices)
    bits = [(match[1], match[2] or "", match[3]) for match in _PARTS.finditer(text)]
    if len(bits) > _MOST_PARTS:
        return None

    @cache
    def onward(start: int) -> tuple[str, ...] | None:
        """Return what the cell names from there on: the longest name first."""
        if start == len(bits):
            return ()
        if bits[start][0] is None and not bits[start][1].strip():
            return onward(start + 1)
        for end in range(len(bits), start, -1):
            code = _code(bits[start:end], exact, alike)
            if code and (rest := onward(end)) is not None:
                return (code, *rest)
        return None

    found = onward(0)
    return list(dict.fromkeys(found)) if found else None


def _code(
    bits: Sequence[tuple[str | None, str, str]], exact: Mapping[str, str], alike: Mapping[str, str]
) -> str | None:
    if len(bits) == 1:
        quoted, bare, _ = bits[0]
        word = bare if quoted is None else quoted.replace('""', '"')
        return exact.get(_plain(word)) or alike.get(fold(word))
    if any(quoted is not None for quoted, _, _ in bits):
        return None
    *before, (_, last, _) = bits
    return exact.get(_plain("".join(bare + sign for _, bare, sign in before) + last))


def told(choices: Sequence["Choice"], codes: Sequence[str], locale: str) -> str:
    """Return choices as a file holds them: `chosen` reads the same again."""
    exact, _ = _named(choices)
    labels = {choice.code: choice.label(locale) for choice in choices}
    # A name that means another choice in the other language is told by its code.
    names = [name if exact.get(_plain(name := labels.get(code, code))) == code else code for code in codes]
    cell = listed(names)
    return cell if chosen(choices, cell) == list(codes) else listed(names, quote=True)


def _named(choices: Sequence["Choice"]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return every choice by its very words, and by its folded words; words that two choices share find neither."""
    exact: dict[str, set[str]] = {}
    alike: dict[str, set[str]] = {}
    for choice in choices:
        for words in (choice.fr, choice.en):
            exact.setdefault(_plain(words), set()).add(choice.code)
        for words in (choice.fr, choice.en, choice.code):
            alike.setdefault(fold(words), set()).add(choice.code)
    by_code = {_plain(choice.code): choice.code for choice in choices}
    return by_code | _sure(exact), _sure(alike)


def _sure(named: Mapping[str, set[str]]) -> dict[str, str]:
    return {words: codes.copy().pop() for words, codes in named.items() if len(codes) == 1}


def _plain(words: str) -> str:
    """Return words without accents, case and needless spaces, their signs kept."""
    return _AROUND.sub(r"\1", " ".join(_folded(word) for word in words.split()))


def _folded(word: str) -> str:
    return "".join(fold(sign) if sign.isalpha() else sign for sign in word)
