"""The chain of the consent ledger: pure, so that a third party can read this page and verify an export alone.

Each entry's hash covers the hash of the one before it, so that changing, removing or inserting one shows at the first
row touched. Personal words never enter the chain: only a salted commitment to them does (GDPR 17 beside 5(2)).
The canonical form is written down in `docs/privacy.md`.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

FIRST = "0" * 64
# The fields an entry's hash covers; JSON sorts them by name.
FIELDS = (
    "seq",
    "at",
    "pseudonym",
    "act",
    "purpose",
    "basis",
    "notice_version",
    "notice_locale",
    "notice_hash",
    "interface",
    "commitment",
    "prev",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as exported: its fields in canonical form, its hash, and its evidence where it still stands."""

    fields: Mapping[str, Any]
    hash: str
    salt: str | None = None
    personal: Mapping[str, Any] | None = None

    @property
    def seq(self) -> int:
        """Return the entry's place in the chain, from 1."""
        return int(self.fields["seq"])


class Flaw(StrEnum):
    """What can be wrong with a row."""

    GAP = "gap"
    PREV = "prev"
    HASH = "hash"
    COMMITMENT = "commitment"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many rows stand whole, the hash of the last, and the first bad row if any."""

    rows: int
    head: str
    first_bad: int | None = None
    flaw: Flaw | None = None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.flaw is None


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return JSON with sorted keys, no spaces, non-ASCII as it is, in UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def instant(at: datetime) -> str:
    """Return an instant as the chain writes it: UTC, six decimals, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(fields: Mapping[str, Any]) -> str:
    """Return the hash of an entry, in hexadecimal."""
    return hashlib.sha256(canonical({name: fields[name] for name in FIELDS})).hexdigest()


def text_hash(text: str) -> str:
    """Return the hash of a notice's text; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def new_salt() -> str:
    """Return 128 random bits: without them nobody can guess a name out of its commitment."""
    return secrets.token_hex(16)


def commit_to(salt: str, personal: Mapping[str, Any]) -> str:
    """Return the commitment to a personal part, in hexadecimal."""
    return hashlib.sha256(salt.encode() + canonical(personal)).hexdigest()


def verify(rows: Iterable[Row], head: str | None = None) -> Verdict:
    """Walk the chain from its first row; stop at the first one that is wrong.

    `head` is a hash noted earlier: if no row carries it, the tail was cut (or the whole rewritten) since.
    """
    seen, last, met = 0, FIRST, head is None or head == FIRST
    for row in rows:
        flaw = _flaw(row, seen + 1, last)
        if flaw is not None:
            return Verdict(seen, last, seen + 1 if flaw is Flaw.GAP else row.seq, flaw)
        seen, last = seen + 1, row.hash
        met = met or last == head
    return Verdict(seen, last) if met else Verdict(seen, last, seen + 1, Flaw.CUT)


def _flaw(row: Row, expected: int, last: str) -> Flaw | None:
    if row.seq != expected:
        return Flaw.GAP
    if row.fields["prev"] != last:
        return Flaw.PREV
    if entry_hash(row.fields) != row.hash:
        return Flaw.HASH
    if row.personal is not None and commit_to(row.salt or "", row.personal) != row.fields["commitment"]:
        return Flaw.COMMITMENT
    return None
