"""Cells of a file that opens in a spreadsheet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What some reader of lists cuts at, and the mark that keeps it from doing so.
_CUT_AT = re.compile(r'[,;/|&·•●▪\n\t"]| [–-] | et | and | ou | or ')
_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,;|\n]|\Z)|([^,;|\n]*))([,;|\n]|\Z)')


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet computes (CWE-1236); the import takes the apostrophe off again."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell


@dataclass(frozen=True, slots=True)
class Part:
    """One of several values in a cell; a quoted one is whole."""

    text: str
    quoted: bool = False


def listed(words: Iterable[str], *, quote: bool = False) -> str:
    """Return several values as one cell: between commas, each that holds a sign of lists in quotation marks, or all."""
    return ", ".join(_quoted(word) if quote or _CUT_AT.search(word) else word for word in words)


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def parts(cell: str) -> list[Part]:
    """Return the values of such a cell; what is cut otherwise (by "/" or "et") stays one part."""
    found: list[Part] = []
    for match in _PART.finditer(cell):
        quoted, bare = match[1], (match[2] or "").strip()
        if quoted is not None:
            found.append(Part(quoted.replace('""', '"'), quoted=True))
        elif bare:
            found.append(Part(bare))
    return found
