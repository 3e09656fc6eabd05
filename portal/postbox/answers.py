"""What a mail server's answer says: read where it stands (RFC 5321, 4.2; RFC 2034; RFC 3463). No I/O."""

import re
from dataclasses import dataclass

from portal.postbox.rules import Refusal

OK, WILL_FORWARD, GO_ON = 250, 251, 354
# RFC 5321, 3.8: whatever was asked, the server closes the connection and has taken nothing.
SERVICE_ENDS = 421
# RFC 3463 and RFC 7505: this mailbox is not, its domain is not, it has moved away, it takes no mail, it is closed.
GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# Answers that speak of the mailbox itself, should they give no status.
_OF_A_MAILBOX = frozenset({550, 551, 553})
_STATUS = re.compile(r"\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its code, and its words, a line each."""

    code: int
    message: str

    @property
    def words(self) -> str:
        """Return it in one line, as the server said it."""
        return f"{self.code} {' '.join(self.message.split())}"[:_LONGEST].strip()

    @property
    def status(self) -> str | None:
        """Return the enhanced status that stands where one stands; of several lines the first that bears one."""
        for line in self.message.split("\n"):
            found = _STATUS.match(f"{self.code} {line}")
            if found:
                return found[1]
        return None

    @property
    def for_good(self) -> bool:
        """Tell whether the server says that trying again changes nothing."""
        return self.code >= 500

    def of_address(self) -> Refusal:
        """Return what this refusal of a recipient says of the address."""
        status = self.status
        if status is not None:
            return Refusal.GONE if status in GONE else Refusal.OTHER
        return Refusal.PERHAPS if self.code in _OF_A_MAILBOX else Refusal.OTHER


def legible(message: str) -> str:
    """Return a server's words as they can be kept: some speak Latin-1, and some send what is no text at all."""
    if message.isascii() and message.isprintable():
        return message
    plain = message.encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in plain)


def nameless(words: str, address: str) -> str:
    """Return a server's words with no address of anybody's in them, to be shown and kept."""
    local = address.partition("@")[0].casefold()
    return " ".join("…" if "@" in word or (local and local in word.casefold()) else word for word in words.split())


def without(words: str, address: str) -> str:
    """Return a server's words without whom they are about: two that are equal then differ in the address alone."""
    local, _, domain = address.lower().partition("@")
    code, _, rest = " ".join(words.lower().split()).partition(" ")
    status, _, said = rest.partition(" ")
    if not _STATUS.match(f"{code} {status}"):
        status, said = "", rest
    for part in (address.lower(), domain, local):
        said = said.replace(part, "…") if part else said
    told = " ".join("…" if "@" in word or "…" in word or any(map(str.isdigit, word)) else word for word in said.split())
    return " ".join(filter(None, (code, status, told)))
