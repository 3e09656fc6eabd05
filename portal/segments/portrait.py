"""A segment in pictures: when its people are free, what they answered, where they can work, whom it shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.kit.bulk import among
from portal.segments.atlas import Reaches, coverage
from portal.segments.document import Group
from portal.segments.queries import member_ids, today
from portal.talents.models import Talent
from portal.talents.vocabulary import Availability, Remote

Word = sa.SQLColumnExpression[Any]
# Nearer than this counts as soon.
SOON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One bar of a chart: what it counts (None: unknown) and how many."""

    word: str | None
    count: int


def availability(session: Session, talent_ids: Sequence[int], *, now: datetime) -> list[Part]:
    """Return how many are free now, soon (`soon`), later (`later`), on notice, not looking, or have not said (None)."""
    by = today(session, now=now).day
    from_date = col(Talent.availability) == Availability.FROM_DATE
    word = sa.case(
        (from_date & (col(Talent.available_from) <= by), Availability.NOW.value),
        (from_date & (col(Talent.available_from) <= by + timedelta(days=SOON_DAYS)), "soon"),
        (from_date, "later"),
        else_=sa.cast(col(Talent.availability), sa.Text),
    )
    order = (Availability.NOW.value, "soon", "later", Availability.NOTICE.value, Availability.NOT_LOOKING.value, None)
    return _counted(session, word, talent_ids, order)


def answers(session: Session, talent_ids: Sequence[int]) -> list[Part]:
    """Return the last answer of each: yes, more info, later, no, or none yet (None)."""
    return _counted(session, col(Talent.last_answer), talent_ids, ("yes", "more_info", "later", "no", None))


def reasons(session: Session, talent_ids: Sequence[int]) -> list[Part]:
    """Return the reasons of the last no, most frequent first."""
    found = _grouped(session, col(Talent.last_reason), talent_ids)
    return [Part(word, count) for word, count in sorted(found.items(), key=lambda one: -one[1]) if word is not None]


def _counted(
    session: Session, word: sa.SQLColumnExpression[Any], ids: Sequence[int], order: Sequence[str | None]
) -> list[Part]:
    found = _grouped(session, word, ids)
    return [Part(each, found[each]) for each in order if found.get(each)]


def _grouped(session: Session, word: Word, ids: Sequence[int]) -> dict[str | None, int]:
    query = sa.select(word, sa.func.count()).select_from(Talent).where(among(col(Talent.id), ids)).group_by(word)
    return {row[0]: row[1] for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Where:
    """Where people can work: people a cell of the map, people a region (INSEE); those who named no place; fully remote."""

    cells: dict[int, int]
    regions: dict[str, int]
    nowhere: int
    remote: int


def where(session: Session, talent_ids: Sequence[int]) -> Where:
    """Return where these people can work: around each of their places, in the regions they named."""
    columns = (col(Talent.place_code), col(Talent.other_places), col(Talent.radius_km), col(Talent.regions))
    mine = among(col(Talent.id), talent_ids)
    groups = session.execute(sa.select(*columns, sa.func.count()).where(mine).group_by(*columns)).all()
    covered = coverage(
        Reaches(tuple(code for code in (place, *others) if code), km or 0, tuple(regions), count)
        for place, others, km, regions, count in groups
    )
    nowhere = sum(count for place, others, _, regions, count in groups if not (place or others or regions))
    remote = sa.select(sa.func.count()).select_from(Talent).where(mine, col(Talent.remote) == Remote.FULL)
    return Where(covered.cells, covered.regions, nowhere, session.scalar(remote) or 0)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two segments side by side: only in the first, in both, only in the second."""

    only_here: int
    both: int
    only_there: int


def overlap(session: Session, here: Group, there: Group, *, now: datetime) -> Overlap:
    """Return how many people two rules share."""
    mine, theirs = (set(member_ids(session, rule, now=now)) for rule in (here, there))
    both = len(mine & theirs)
    return Overlap(len(mine) - both, both, len(theirs) - both)
