"""Whoever was collected from elsewhere and never informed is not kept (GDPR 14; `product.md`: blocked, then deleted).

Nobody writes to them to say so, and no keyed hash is kept: they never knew of us, and may apply tomorrow.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.chains.models import Enrolment
from portal.consent.actions import erase_evidence
from portal.conversations.models import Message
from portal.gate.actions import lock_people
from portal.gate.notice import never_informed
from portal.kit.bulk import among
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.privacy.actions import clear
from portal.talents.leaving import empty
from portal.timeline.actions import record_many
from portal.timeline.who import System, Who

AT_ONCE = 5_000


def forget_uninformed(session: Session, who: Who, *, now: datetime) -> int:
    """Erase some of those nobody informed in time; return how many, 0 when none is left."""
    if not isinstance(who, System):
        raise NotFound
    ids = never_informed(session, now=now, limit=AT_ONCE)
    if not ids:
        return 0
    lock_people(session, ids)
    for id_ in _entangled(session, ids):
        clear(session, who, id_, now=now)
    erase_evidence(session, who, ids, interface="system", now=now)
    empty(session, ids, now=now)
    record_many(session, who, "never_informed", [(id_, {}) for id_ in ids], now=now)
    session.expire_all()
    return len(ids)


def _entangled(session: Session, ids: Sequence[int]) -> list[int]:
    """Return those a launch or a letter was meant for, though the gate let nothing go."""
    columns = [col(model.talent_id) for model in (Enrolment, Letter, Message)]
    query = sa.union(*(sa.select(column).where(among(column, ids)) for column in columns))
    return sorted(session.scalars(query))
