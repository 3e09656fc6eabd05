"""Bytes → lines of text: by the mark at their head, by what only one encoding can hold, else as Windows writes French."""

import codecs
import io
from collections.abc import Iterable
from dataclasses import dataclass

from portal.imports.reading.mojibake import MENDED, mended
from portal.imports.reading.records import Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_

NOT_TEXT = N_("“{name}” is not text. Export it again as CSV (UTF-8) or as an Excel workbook (.xlsx).")
MIXED = N_("Two encodings are mixed in the file, from line {line} on; lines read in the other one: {count}.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does: asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first letters of "Ã©", "Â°", "â€™" and "Å“".
_TWICE = tuple(letter.encode() for letter in "ÃÂâÅ")


@dataclass(frozen=True, slots=True)
class Text:
    """Text still as bytes, and how to read it; never held whole a second time."""

    content: bytes
    encoding: str
    notes: tuple[Trouble, ...] = ()

    def lines(self) -> Iterable[str]:
        """Return the lines with their ends, anew from the first one."""
        return io.TextIOWrapper(io.BytesIO(self.content), self.encoding, errors="replace", newline="")

    def whole(self) -> str:
        """Return everything at once."""
        return self.content.decode(self.encoding, errors="replace")


def decode(name: str, content: bytes) -> Text:
    """Return the text of `content`: by its byte order mark, then UTF-16 by its zeros, strict UTF-8, then cp1252.

    When only a few lines are not UTF-8, two exports were pasted together: those lines alone are read as cp1252. Accents
    written twice over are mended, and told.
    """
    text = _decoded(name, content)
    return _mended(text) if text.encoding.startswith("utf-8") and any(sign in text.content for sign in _TWICE) else text


def _mended(text: Text) -> Text:
    lines = list(text.lines())
    meant = [mended(line) for line in lines]
    count = sum(line != before for line, before in zip(meant, lines, strict=True))
    told = (Trouble(MENDED, {"count": count}),)
    return Text("".join(meant).encode(), "utf-8", text.notes + told) if count else text


def _decoded(name: str, content: bytes) -> Text:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Text(content, encoding)
    if wide := _wide(content):
        return Text(content, wide)
    _refuse_binary(name, content)
    return Text(content, "utf-8") if _is_utf8(content) else _by_lines(content)


def _wide(content: bytes) -> str | None:
    """Return which UTF-16 this is without saying so: text of ours has a zero in nearly every other byte."""
    head = content[:65_536]
    half = len(head) // 2
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if half > 3 and high.count(0) * 10 > half * 8 and low.count(0) * 10 < half:
            return encoding
    return None


def _refuse_binary(name: str, content: bytes) -> None:
    """Refuse what is mostly not text: one NUL spoils its line, many mean that this never was a table."""
    head = content[:65_536]
    odd = sum(head.count(byte) for byte in (*range(9), *range(14, 32)))
    if odd * 10 > len(head):
        raise Refused(NOT_TEXT, name=name)


def _by_lines(content: bytes) -> Text:
    lines = content.splitlines(keepends=True)
    telling = [(number, line) for number, line in enumerate(lines, 1) if not line.isascii()]
    foreign = [number for number, line in telling if not _is_utf8(line)]
    if len(foreign) * 2 >= len(telling):
        return Text(content, "cp1252")
    for number in foreign:
        lines[number - 1] = lines[number - 1].decode("cp1252", errors="replace").encode()
    return Text(b"".join(lines), "utf-8", (Trouble(MIXED, {"count": len(foreign), "line": foreign[0]}),))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
