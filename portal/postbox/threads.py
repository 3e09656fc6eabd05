"""Letters that belong together: a thread is its first letter, which all that follow name (`Letter.thread`).

Mail programs put them together by In-Reply-To and References (RFC 5322, 3.6.4), which are made at dispatch from what has
left by then.
"""

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from portal.kit.bulk import among
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState

# References name the first letter and the last ones: a line that grows for years is refused somewhere.
LAST_NAMED = 9
# What mail programs of either language put before the subject they answer.
_RE = re.compile(r"^(?:re ?: ?)+", re.IGNORECASE)
_NEVER_LEFT = (LetterState.CANCELLED, LetterState.FAILED)


@dataclass(frozen=True, slots=True)
class Last:
    """The last letter of a thread: what a new one answers."""

    thread: uuid.UUID
    subject: str


def answering(subject: str) -> str:
    """Return the subject of an answer: `Re: ` in every language, once, for mail programs know no other sign."""
    return f"Re: {_RE.sub('', subject)}"


def last_letter(session: Session, talent_id: int, opportunity_id: int | None = None) -> Last | None:
    """Return the last letter this person had, of this job if one was about it; None for somebody never written to."""
    same_job = col(Letter.opportunity_id).is_not_distinct_from(opportunity_id)
    first = [] if opportunity_id is None else [same_job.desc()]
    theirs = (col(Letter.talent_id) == talent_id) & (col(Letter.kind) != LetterKind.SECURITY)
    found = session.exec(
        select(Letter.id, Letter.thread, Letter.subject)
        .where(theirs, col(Letter.state).not_in(_NEVER_LEFT))
        .order_by(*first, col(Letter.queued_at).desc())
    ).first()
    return Last(found[1] or found[0], found[2]) if found is not None else None


def threads_of_ways(session: Session, enrolment_ids: Collection[int]) -> dict[int, uuid.UUID]:
    """Return the thread of each way through a launch on which something was written already."""
    first = (
        sa.select(col(Letter.enrolment_id), sa.func.coalesce(col(Letter.thread), col(Letter.id)))
        .where(among(col(Letter.enrolment_id), enrolment_ids), col(Letter.state).not_in(_NEVER_LEFT))
        .ext(distinct_on(col(Letter.enrolment_id)))
        .order_by(col(Letter.enrolment_id), col(Letter.queued_at))
    )
    return {row[0]: row[1] for row in session.execute(first)}


def said_before(session: Session, letters: Collection[Any]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Return by thread the Message-IDs of what has left in it, oldest first, for these rows of letters."""
    threads = {letter.thread for letter in letters if letter.thread is not None}
    if not threads:
        return {}
    of = sa.func.coalesce(col(Letter.thread), col(Letter.id))
    left = col(Letter.state).in_([LetterState.SENT, LetterState.UNKNOWN])
    rows = session.execute(
        sa.select(of, col(Letter.message_id))
        .where(among(col(Letter.thread), threads) | among(col(Letter.id), threads), left)
        .order_by(col(Letter.sent_at).nulls_last(), col(Letter.queued_at))
    )
    found: dict[uuid.UUID, list[str]] = {}
    for thread, message_id in rows:
        found.setdefault(thread, []).append(message_id)
    return {thread: (ids[0], *ids[1:][-LAST_NAMED:]) for thread, ids in found.items()}
