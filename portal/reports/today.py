"""How alive the pool is, and what leaves today: a few figures that are simply true."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.house import house
from portal.gate.claiming import count_due
from portal.kit.clock import local_day
from portal.postbox.models import Letter
from portal.postbox.outage import outage
from portal.postbox.rules import LetterKind, LetterState
from portal.segments.liveness import has_basis, is_fresh
from portal.talents.models import Talent
from portal.timeline.who import Who

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Liveness:
    """The pool today: how many people, how many gave a sign lately, how many we have a legal ground to write to.

    `weeks` counts people by the week of their own last act, oldest of the last `WEEKS` first.
    """

    people: int
    fresh: int
    with_basis: int
    weeks: tuple[int, ...]


def liveness(session: Session, who: Who, *, now: datetime) -> Liveness:
    """Return how alive the whole pool is, in one statement."""
    recruiter(who)
    valid = has_basis(local_day(now, house(session).zone))
    everyone = sa.func.count()
    acted = col(Talent.last_act_at)
    weeks = [
        everyone.filter(acted > now - timedelta(weeks=back + 1), acted <= now - timedelta(weeks=back))
        for back in reversed(range(WEEKS))
    ]
    row = session.execute(
        sa.select(everyone, everyone.filter(is_fresh(now)), everyone.filter(valid), *weeks)
        .select_from(Talent)
        .where(col(Talent.erased_at).is_(None))
    ).one()
    return Liveness(row[0], row[1], row[2], tuple(row[3:]))


@dataclass(frozen=True, slots=True)
class MailIsDown:
    """Since when no letter leaves, what the server said, and how many wait."""

    since: datetime
    because: str
    waiting: int


def mail_is_down(session: Session, who: Who, *, now: datetime) -> MailIsDown | None:
    """Return how the mail is down, if it is: to everyone who works here, whoever wrote the letters."""
    recruiter(who)
    lasts = outage(session)
    return MailIsDown(lasts.since, lasts.because, count_due(session, now=now)) if lasts else None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Letters to people: how many left today, how many still leave before the day ends."""

    left: int
    to_leave: int


def leaving_today(session: Session, who: Who, *, now: datetime) -> Leaving:
    """Return how many letters leave today, where the house is; sign-in letters aside."""
    recruiter(who)
    zone = house(session).zone
    today = local_day(now, zone)
    many = sa.func.count()
    state = col(Letter.state)
    begins = sa.func.timezone(zone, sa.cast(today, sa.TIMESTAMP))
    ends = sa.func.timezone(zone, sa.cast(today + timedelta(days=1), sa.TIMESTAMP))
    row = session.execute(
        sa.select(
            many.filter(state == LetterState.SENT, col(Letter.sent_at) >= begins),
            many.filter(state.in_([LetterState.QUEUED, LetterState.SENDING]), col(Letter.not_before) < ends),
        )
        .select_from(Letter)
        .where(
            col(Letter.talent_id).is_not(None),
            col(Letter.kind) != LetterKind.SECURITY,
            sa.or_(state != LetterState.SENT, col(Letter.sent_at) >= begins),
        )
    ).one()
    return Leaving(row[0], row[1])
