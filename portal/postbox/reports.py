"""One letter on its way through the mail server: what is handed over, and what became of it."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from portal.postbox.rules import Refusal


class Fate(StrEnum):
    """What became of one letter at the server; `not_tried`: there was no server to hand it to."""

    SENT = "sent"
    RETRY = "retry"
    NOT_TRIED = "not_tried"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message ready to leave."""

    letter_id: uuid.UUID
    address: str
    message: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What the server said of one letter, and what that says of its address, if it was refused for good.

    `alike` is what it said without whom it is about: empty where it did not refuse, nor cut the line.
    """

    letter_id: uuid.UUID
    fate: Fate
    words: str
    refusal: Refusal | None = None
    alike: str = ""


class MailDown(Exception):
    """The mail server behaves as if it were not there: letters wait where they are."""


class Unreachable(MailDown):
    """There is no mail server to hand a letter to: nothing is risked by looking again."""
