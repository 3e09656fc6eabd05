"""How alive a segment is, and how it has been: it falls by itself if nobody tends the pool.

It describes records, never people: the share that gave a sign of their own lately, that we have a legal ground to write
to, that one may write to now. Every night writes one row a segment, and one for the whole pool.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.house import house
from portal.consent.models import Consent
from portal.consent.rules import Purpose, Standing
from portal.kit.bulk import among
from portal.kit.clock import local_day
from portal.kit.errors import NotFound, Refused
from portal.segments.models import Segment, SegmentDay
from portal.segments.queries import everyone_ids, member_ids, rule_of
from portal.segments.reachable import split_ids
from portal.talents.models import Talent
from portal.timeline.who import System, Who

# A record is fresh when the person themself did something within so many days.
FRESH_DAYS = 180


@dataclass(frozen=True, slots=True)
class Alive:
    """Counts of people: all of them, those with a sign of their own lately, with a valid basis, reachable now."""

    people: int
    fresh: int
    with_basis: int
    reachable: int

    def share(self, part: int) -> int:
        """Return a part of the people in percent, 0 when there is nobody."""
        return round(100 * part / self.people) if self.people else 0


def alive(session: Session, who: Who, talent_ids: Sequence[int], *, now: datetime) -> Alive:
    """Return how alive the records of these people are."""
    count = sa.func.count()
    query = sa.select(count, count.filter(is_fresh(now)), count.filter(has_basis(local_day(now, house(session).zone))))
    people, fresh, with_basis = session.execute(query.where(among(col(Talent.id), talent_ids))).one()
    return Alive(people, fresh, with_basis, len(split_ids(session, who, talent_ids, now=now).reachable))


def is_fresh(now: datetime) -> sa.ColumnElement[bool]:
    """Return, of a talent, whether they gave a sign of their own lately; NULL if they never did."""
    return col(Talent.last_act_at) > now - timedelta(days=FRESH_DAYS)


def has_basis(today: date) -> sa.ColumnElement[bool]:
    """Return, of a talent, whether we have a legal ground to write to them about the pool that day."""
    return sa.exists().where(
        col(Consent.talent_id) == col(Talent.id),
        col(Consent.purpose) == Purpose.POOL,
        col(Consent.standing) == Standing.GIVEN,
        (col(Consent.expires_on) <= today).is_not(sa.true()),
    )


def keep(session: Session, who: Who, *, now: datetime) -> int:
    """Write down how the pool and each segment in use stand today; return how many. Twice a day, the later one stays."""
    if not isinstance(who, System):
        raise NotFound
    day = local_day(now, house(session).zone)
    stood: list[tuple[int | None, Alive]] = [(None, alive(session, who, everyone_ids(session), now=now))]
    for segment in session.exec(select(Segment).where(col(Segment.archived_at).is_(None)).order_by(col(Segment.id))):
        try:
            ids = member_ids(session, rule_of(segment), now=now)
        except Refused:
            continue  # its page says what to mend
        stood.append((segment.id, alive(session, who, ids, now=now)))
    rows = [{"segment_id": id_, "day": day, **_numbers(one)} for id_, one in stood]
    new = pg.insert(SegmentDay).values(rows)
    told = {name: new.excluded[name] for name in ("people", "reachable", "fresh", "with_basis")}
    session.execute(new.on_conflict_do_update(index_elements=["segment_id", "day"], set_=told))
    return len(rows)


def _numbers(one: Alive) -> dict[str, int]:
    return {"people": one.people, "reachable": one.reachable, "fresh": one.fresh, "with_basis": one.with_basis}


@dataclass(frozen=True, slots=True)
class Night:
    """How it stood one night."""

    day: date
    alive: Alive


def history(session: Session, who: Who, segment_id: int | None, *, now: datetime, days: int = 365) -> list[Night]:
    """Return the nights kept of a segment (None: of the pool), oldest first."""
    recruiter(who)
    mine = col(SegmentDay.segment_id).is_not_distinct_from(segment_id)
    since = local_day(now, house(session).zone) - timedelta(days=days)
    found = session.exec(
        select(SegmentDay).where(mine, col(SegmentDay.day) >= since).order_by(col(SegmentDay.day))
    ).all()
    return [Night(one.day, Alive(one.people, one.fresh, one.with_basis, one.reachable)) for one in found]
