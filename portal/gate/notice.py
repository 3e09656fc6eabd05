"""Who is still owed the first information (GDPR 14), and for how long: the same month that `law.decide` blocks after."""

import math
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.consent.models import Consent
from portal.consent.rules import Purpose, Standing
from portal.gate.law.basis import NOTICE_DAYS
from portal.kit.bulk import among
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Talent
from portal.talents.rules import FROM_THE_PERSON

# Blocked after the month; erased so many days later, so that a mistake can still be mended.
GRACE_DAYS = 30


def days_left(since: datetime, *, now: datetime) -> int:
    """Return how many days are left to inform who came `since`, today's among them; below zero once they are over."""
    left = (since + timedelta(days=NOTICE_DAYS) - now) / timedelta(days=1)
    return math.floor(left) if left < 0 else math.ceil(left)


def days_to_inform(session: Session, talent_ids: Collection[int], *, now: datetime) -> dict[int, int]:
    """Return how many days are left to inform each of these people who are still owed it; below zero they are blocked."""
    query = sa.select(col(Talent.id), col(Talent.created_at)).where(among(col(Talent.id), talent_ids), *_owed())
    return {id_: days_left(created, now=now) for id_, created in session.execute(query)}


def never_informed(session: Session, *, now: datetime, limit: int) -> list[int]:
    """Return people nobody informed though the month and the grace are over, and who gave no sign themselves."""
    over = col(Talent.created_at) < now - timedelta(days=NOTICE_DAYS + GRACE_DAYS)
    query = sa.select(col(Talent.id)).where(over, col(Talent.last_act_at).is_(None), *_owed())
    return list(session.scalars(query.order_by(col(Talent.id)).limit(limit)))


def _owed() -> tuple[sa.ColumnElement[bool], ...]:
    """Collected from elsewhere, told by nobody; who withdrew, or whose notice is on its way, is owed nothing more."""
    settled = sa.exists().where(
        col(Consent.talent_id) == col(Talent.id),
        col(Consent.purpose) == Purpose.POOL,
        sa.or_(col(Consent.notified_at).is_not(None), col(Consent.standing) == Standing.WITHDRAWN),
    )
    noticed = sa.exists().where(
        col(Letter.talent_id) == col(Talent.id),
        col(Letter.kind) == LetterKind.NOTICE,
        col(Letter.state).not_in([LetterState.CANCELLED, LetterState.FAILED]),
    )
    return (
        col(Talent.erased_at).is_(None),
        col(Talent.source_kind).not_in(sorted(FROM_THE_PERSON)),
        ~settled,
        ~noticed,
    )
