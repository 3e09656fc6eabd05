"""What can still be done about letters that have not left."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.kit.bulk import among
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState

# A stop or a withdrawal does not silence what someone asked for themself.
_ASKED_FOR = (LetterKind.SECURITY, LetterKind.SERVICE)
# A letter set aside waits here until its launch goes on.
ASIDE = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def cancel_for_talent(session: Session, talent_id: int, *, why: str, purpose: str | None = None) -> int:
    """Cancel every queued letter to this person (of one purpose) that they did not ask for; return how many."""
    theirs = (col(Letter.talent_id) == talent_id) & col(Letter.kind).not_in(_ASKED_FOR)
    return _cancel(session, theirs if purpose is None else theirs & (col(Letter.purpose) == purpose), why)


def cancel_for_enrolments(session: Session, enrolment_ids: Sequence[int], *, why: str) -> int:
    """Cancel what these enrolments still had in the outbox; return how many."""
    return _cancel(session, among(col(Letter.enrolment_id), enrolment_ids), why)


def cancel_about(session: Session, opportunity_id: int, template: str, *, why: str) -> int:
    """Cancel the queued letters of one template about a job; return how many."""
    return _cancel(session, (col(Letter.opportunity_id) == opportunity_id) & (col(Letter.template) == template), why)


def cancel_invitations(session: Session, uid: str, *, why: str) -> int:
    """Cancel the queued letters that carry an invitation to one talk, to either side; return how many."""
    return _cancel(session, col(Letter.calendar).contains(f"UID:{uid}", autoescape=True), why)


def cancel_letters(session: Session, letter_ids: Sequence[uuid.UUID], *, why: str) -> int:
    """Cancel these letters if they still wait; return how many."""
    return _cancel(session, col(Letter.id).in_(letter_ids), why) if letter_ids else 0


def set_aside(session: Session, enrolment_ids: Sequence[int]) -> None:
    """Keep the queued letters of these enrolments where they are."""
    _queued(session, among(col(Letter.enrolment_id), enrolment_ids), not_before=ASIDE)


def take_up_again(session: Session, enrolment_ids: Sequence[int], *, now: datetime) -> None:
    """Let letters set aside leave; the gate is asked again, hours included."""
    theirs = among(col(Letter.enrolment_id), enrolment_ids) & (col(Letter.not_before) == ASIDE)
    _queued(session, theirs, not_before=now)


def _cancel(session: Session, theirs: Any, why: str) -> int:  # noqa: ANN401 - a SQL condition
    return _queued(session, theirs, state=LetterState.CANCELLED, why=why)


def _queued(session: Session, theirs: Any, **values: Any) -> int:  # noqa: ANN401
    queued = (
        sa.update(Letter)
        .where(col(Letter.state) == LetterState.QUEUED, theirs)
        .values(**values)
        .returning(col(Letter.id))
    )
    changed = session.execute(queued)
    return len(changed.all())
