"""Addresses that take no letters: a person may say that one does after all, and that one does not."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.kit import jobs
from portal.kit.bulk import among
from portal.postbox.models import Letter
from portal.talents.models import Talent
from portal.timeline.actions import record_many
from portal.timeline.who import Who


def dead_among(session: Session, who: Who, talent_ids: Collection[int]) -> int:
    """Return how many of these people have an address that is written to no more."""
    recruiter(who)
    return int(session.execute(sa.select(sa.func.count()).where(_living(talent_ids), _DEAD)).scalar_one())


def write_again(session: Session, who: Who, talent_ids: Collection[int], *, now: datetime) -> tuple[int, ...]:
    """Write to these addresses again: what was said of them so far is forgotten. Return whom that concerned."""
    recruiter(who)
    lifted = sa.update(Talent).where(_living(talent_ids), _DEAD).values(bounced_at=None).returning(col(Talent.id))
    ids = tuple(id_ for id_ in session.scalars(lifted) if id_ is not None)
    forgotten = sa.update(Letter).where(among(col(Letter.talent_id), ids), col(Letter.refusal).is_not(None))
    session.execute(forgotten.values(refusal=None, refused_at=None))
    record_many(session, who, "address_trusted", [(id_, {}) for id_ in ids], now=now)
    jobs.wake(session, "advance")
    return ids


def stop_writing(session: Session, who: Who, talent_ids: Collection[int], *, now: datetime) -> tuple[int, ...]:
    """Write to these addresses no more, until somebody says otherwise or another address stands. Return whom that concerned."""
    recruiter(who)
    alive = (_living(talent_ids), ~_DEAD, col(Talent.email).is_not(None))
    stopped = sa.update(Talent).where(*alive).values(bounced_at=now).returning(col(Talent.id))
    ids = tuple(id_ for id_ in session.scalars(stopped) if id_ is not None)
    record_many(session, who, "address_distrusted", [(id_, {}) for id_ in ids], now=now)
    return ids


_DEAD = col(Talent.bounced_at).is_not(None)


def _living(talent_ids: Collection[int]) -> sa.ColumnElement[bool]:
    return among(col(Talent.id), talent_ids) & col(Talent.erased_at).is_(None)
