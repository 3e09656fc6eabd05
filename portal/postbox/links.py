"""Links in letters: made at dispatch, found by their hash, each for one act."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from portal.kit.bulk import insert_many
from portal.kit.tokens import keyed_hash, new_code, new_token, token_hash
from portal.postbox.models import LetterLink
from portal.postbox.rules import LinkPurpose

CODE = "sign-in code"


@dataclass(frozen=True, slots=True)
class Minted:
    """A fresh link: the row to store (hashes only) and the secrets for the letter."""

    row: dict[str, Any]
    name: str
    token: str
    code: str | None


def mint(
    document: dict[str, Any],
    *,
    letter_id: uuid.UUID | None,
    talent_id: int | None,
    staff_id: int | None,
    now: datetime,
) -> Minted:
    """Make the token (192 bits), and for a sign-in the code, of one named link."""
    token = new_token()
    purpose = LinkPurpose(document["purpose"])
    digits = new_code() if purpose is LinkPurpose.SIGN_IN else None
    row = {
        "letter_id": letter_id,
        "talent_id": talent_id,
        "staff_id": staff_id,
        "purpose": purpose,
        "act": document.get("act", {}),
        "token_hash": token_hash(token),
        "code_hash": keyed_hash(digits, CODE) if digits else None,
        "tries": 0,
        "created_at": now,
        "expires_at": datetime.fromisoformat(document["until"]),
    }
    return Minted(row, document["name"], token, digits)


def store(session: Session, minted: Sequence[Minted]) -> None:
    """Write the hashes of fresh links."""
    insert_many(session, LetterLink, [link.row for link in minted])


def whatever(session: Session, token: str) -> LetterLink | None:
    """Return the link a token opens, whatever act it grants."""
    return session.exec(select(LetterLink).where(col(LetterLink.token_hash) == token_hash(token))).first()


def find(session: Session, token: str, purpose: LinkPurpose) -> LetterLink | None:
    """Return the link a token opens, expired or not; None for a forged token or one made for something else."""
    found = whatever(session, token)
    return found if found is not None and found.purpose is purpose else None
