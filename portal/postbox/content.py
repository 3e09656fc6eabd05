"""What a letter says, before it is dressed as text, HTML and MIME.

A body is a list of small blocks, so that the plain and the HTML part can never say different things, and so that a
letter kept for the record holds no link anyone could press: links stand in it by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.postbox.rules import LinkPurpose

Block = dict[str, Any]
# The template of what a person wrote, word for word: all else is written by the house.
BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class NamedLink:
    """One act for the reader, until a deadline; becomes an address at dispatch."""

    name: str
    purpose: LinkPurpose
    until: datetime
    act: dict[str, Any] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """Return the form kept on the letter."""
        return {"name": self.name, "purpose": self.purpose.value, "until": self.until.isoformat(), "act": self.act}


@dataclass(frozen=True, slots=True)
class Content:
    """One letter's words in one language."""

    template: str
    locale: str
    subject: str
    blocks: tuple[Block, ...]
    links: tuple[NamedLink, ...] = ()
    calendar: str | None = None


# The spaces that French typography sets, in which no line may break.
_UNBROKEN = str.maketrans("\u00a0\u202f", "  ")


def plain(subject: str) -> str:
    """Return a subject with plain spaces: mail programs tell by it which letters belong together."""
    return subject.translate(_UNBROKEN)


def p(text: str) -> Block:
    """A paragraph."""
    return {"p": text}


def small(text: str) -> Block:
    """A line in small type: why we write, who we are."""
    return {"small": text}


def quote(text: str) -> Block:
    """Words of someone else."""
    return {"quote": text}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Labels and values, one a line."""
    return {"facts": [list(row) for row in rows]}


def button(label: str, link: str, tail: str = "") -> dict[str, str]:
    """One thing to press; `tail` names the choice it preselects."""
    return {"label": label, "link": link, "tail": tail}


def buttons(*pressed: dict[str, str]) -> Block:
    """Things to press, in one row where there is room."""
    return {"buttons": list(pressed)}


def code(link: str) -> Block:
    """The digits to type on another device, made with the link's token."""
    return {"code": link}
