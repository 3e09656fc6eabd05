"""Addresses that stand in a letter as words, made links in its HTML: the web, mail and telephone, and the reader's own space."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

# Nine digits or more, in pairs.
_DIGITS = re.compile(r"(?:\d{2}[\s.-]?){4}")
_WEB = r"https?://[^\s<>\"«»]{1,2000}"
_WWW = r"(?<![\w.@/-])www\.[^\s<>\"«»]{1,2000}"
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_PHONE = r"(?<![\w+.])(?:\+\d{1,3}[\s.]?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
# In whichever language: a letter names it in the reader's.
_SPACE = r"\b(?:votre|ton)\sespace\b|\byour\sspace\b"
_ADDRESS = re.compile(
    f"(?P<web>{_WEB})|(?P<www>{_WWW})|(?P<mail>{_MAIL})|(?P<phone>{_PHONE})|(?P<space>{_SPACE})", re.IGNORECASE
)
_NOT_DIALLED = re.compile(r"[^+0-9]")
# A sentence's own end, not the address's.
_END = ".,;:!?’'…"


def linked(text: str, space: str, *, live: bool = True) -> Markup:
    """Return the text for HTML, line by line, its addresses made links; none leads anywhere unless `live`."""
    # What has none of these holds no address, and is the most of what letters say.
    may_hold_one = "@" in text or "//" in text or "www." in text or "space" in text or _DIGITS.search(text)
    told = "".join(_pieces(text, space, live=live)) if may_hold_one else str(escape(text))
    return Markup("<br>\n".join(told.splitlines()) if "\n" in told else told)  # noqa: S704 - each piece is escaped


def names_space(text: str) -> bool:
    """Tell whether these words send the reader to their own space."""
    return "space" in text and any(found.lastgroup == "space" for found in _ADDRESS.finditer(text))


def _pieces(text: str, space: str, *, live: bool) -> Iterator[str]:
    at = 0
    for found in _ADDRESS.finditer(text):
        told = _trimmed(found[0])
        yield str(escape(text[at : found.start()]))
        href = _leads_to(str(found.lastgroup), told, space) if live else "#"
        style = "color:inherit;white-space:nowrap" if found.lastgroup == "phone" else "color:inherit"
        yield f'<a href="{escape(href)}" style="{style}">{escape(told)}</a>'
        at = found.start() + len(told)
    yield str(escape(text[at:]))


def _leads_to(kind: str, told: str, space: str) -> str:
    match kind:
        case "www":
            return f"https://{told}"
        case "mail":
            return f"mailto:{told}"
        case "phone":
            return f"tel:{_NOT_DIALLED.sub('', told)}"
        case "space":
            return space
    return told


def _trimmed(told: str) -> str:
    told = told.rstrip(_END)
    while told.endswith(")") and told.count(")") > told.count("("):
        told = told[:-1].rstrip(_END)
    return told
