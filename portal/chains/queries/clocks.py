"""People whose day shares no hour with a recruiter's: none of their times can be offered to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.booking import openings
from portal.booking.rules import DAY_BEGINS, DAY_ENDS, Span, by_day
from portal.kit.bulk import among
from portal.talents.models import Talent
from portal.timeline.who import Person, Who

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Apart:
    """How many people live by a clock, every hour of whose day is outside the recruiter's."""

    zone: str
    people: int


def apart(session: Session, who: Who, talent_ids: Sequence[int], *, now: datetime) -> list[Apart]:
    """Return, by zone, how many of these people none of the recruiter's hours suit: most people first.

    Their hours are the times they offer; of a recruiter who offers none, from eight to twenty where they are.
    """
    me = recruiter(who)
    spans = [slot.span for slot in openings.free_slots(session, me.id, now=now)] or _whole_day(me, now)
    counted = sa.select(col(Talent.zone), sa.func.count()).where(among(col(Talent.id), talent_ids))
    found = session.execute(counted.group_by(col(Talent.zone))).all()
    far = [Apart(zone, many) for zone, many in found if not any(by_day(span, zone) for span in spans)]
    return sorted(far, key=lambda one: (-one.people, one.zone))


def _whole_day(me: Person, now: datetime) -> list[Span]:
    zone = ZoneInfo(me.zone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    begins = datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)
    ends = datetime.combine(day, DAY_ENDS, zone).astimezone(UTC)
    many = (ends - begins) // HALF_HOUR
    return [Span(begins + n * HALF_HOUR, begins + (n + 1) * HALF_HOUR) for n in range(many)]
