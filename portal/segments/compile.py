"""A rule becomes one condition over `talent`.

Every criterion is a column of the projection, consents aside (few rows, keyed by person). What is unknown of someone
does not hold for them: `none` therefore means "is not true", never "is false".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, degrees, radians
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.consent.models import Consent as ConsentRow
from portal.consent.rules import Standing
from portal.kit.clock import local_day
from portal.segments import document as d
from portal.talents import places
from portal.talents.models import Talent
from portal.talents.vocabulary import Availability, Remote

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Today:
    """The instant a rule is asked at, and the day it is for the house."""

    now: datetime
    day: date

    @classmethod
    def at(cls, now: datetime, zone: str) -> "Today":
        return cls(now, local_day(now, zone))


def in_pool() -> Condition:
    """Whoever was not erased."""
    return col(Talent.erased_at).is_(None)


def condition(node: d.Group | d.Criterion, today: Today) -> Condition:
    """Return the condition a talent must meet; may be NULL where something is unknown, which counts as not met."""
    if not isinstance(node, d.Group):
        return _CRITERIA[type(node)](node, today)
    children = [condition(child, today) for child in node.of]
    match node.kind:
        case "all":
            return sa.and_(*children)
        case "any":
            return sa.or_(*children)
        case "none":
            return sa.or_(*children).is_not(sa.true())


def _job(criterion: d.Job, _: Today) -> Condition:
    return col(Talent.job_code).in_(criterion.one_of)


def _near(criterion: d.Near, _: Today) -> Condition:
    """Squared chord to the declared place of work; a box of latitudes and longitudes lets the index narrow first."""
    here = _known(criterion.place)
    limit = places.chord2(criterion.km)
    return sa.and_(_box(here, criterion.km), _chord2_to(here) <= limit)


def _box(here: places.Place, km: float) -> Condition:
    high = degrees(km / places.EARTH_KM) + 1e-6
    inside: Condition = col(Talent.lat).between(here.lat - high, here.lat + high)
    # A circle's widest point lies nearer the pole than its middle; past the pole every longitude is inside.
    furthest = abs(here.lat) + high
    wide = high / cos(radians(furthest)) if furthest < 89 else 360
    if abs(here.lon) + wide < 180:
        inside = sa.and_(inside, col(Talent.lon).between(here.lon - wide, here.lon + wide))
    return inside


def _chord2_to(here: places.Place) -> sa.ColumnElement[float]:
    total: Any = None
    for column, at in zip((Talent.ux, Talent.uy, Talent.uz), places.unit_vector(here.lat, here.lon), strict=True):
        square = (col(column) - at) * (col(column) - at)
        total = square if total is None else total + square
    return total  # type: ignore[no-any-return]


def _mobility(criterion: d.Mobility, _: Today) -> Condition:
    here = _known(criterion.place)
    ways = [
        _chord2_to(here) <= col(Talent.mobility_c2),
        col(Talent.regions).op("@>", is_comparison=True)(_texts([here.region])),
    ]
    if criterion.remote_counts:
        ways.append(col(Talent.remote) == Remote.FULL)
    return sa.or_(*ways)


def _known(insee: str) -> places.Place:
    place = places.get(insee)
    if place is None:
        raise LookupError(insee)  # `reading.read` lets none through
    return place


def _available(criterion: d.Available, today: Today) -> Condition:
    by = {
        "now": today.day,
        "by": criterion.day or today.day,
        "within": today.day + timedelta(days=criterion.days or 0),
    }[criterion.when]
    dated = col(Talent.availability).in_((Availability.FROM_DATE, Availability.NOTICE))
    return sa.or_(col(Talent.availability) == Availability.NOW, sa.and_(dated, col(Talent.available_from) <= by))


def _overlap(column: Any) -> Callable[[Any, Today], Condition]:  # noqa: ANN401 - a mapped attribute
    return lambda criterion, _: col(column).op("&&", is_comparison=True)(_texts(criterion.one_of))


def _texts(values: Any) -> sa.ColumnElement[Any]:  # noqa: ANN401 - any strings
    return sa.literal([str(value) for value in values], pg.ARRAY(sa.Text))


def _one_of(column: Any) -> Callable[[Any, Today], Condition]:  # noqa: ANN401 - a mapped attribute
    return lambda criterion, _: col(column).in_(criterion.one_of)


def _salary(criterion: d.Salary, _: Today) -> Condition:
    asks = col(Talent.salary_floor) <= criterion.at_most
    return sa.or_(asks, col(Talent.salary_floor).is_(None)) if criterion.or_unsaid else asks


def _collected(criterion: d.Collected, today: Today) -> Condition:
    since = today.day - timedelta(days=criterion.days)
    day = col(Talent.collected_on)
    return day >= since if criterion.when == "within" else day < since


def _since(column: Any) -> Callable[[Any, Today], Condition]:  # noqa: ANN401 - a mapped attribute
    def compiled(criterion: d.LastLetter | d.LastAct, today: Today) -> Condition:
        since = today.now - timedelta(days=criterion.days or 0)
        match criterion.when:
            case d.Since.WITHIN:
                return col(column) >= since
            case d.Since.NOT_WITHIN:
                return (col(column) >= since).is_not(sa.true())
            case d.Since.NEVER:
                return col(column).is_(None)

    return compiled


def _answer(criterion: d.LastAnswer, today: Today) -> Condition:
    parts: list[Condition] = [col(Talent.last_answer).in_([answer.value for answer in criterion.one_of])]
    if criterion.reasons:
        parts.append(col(Talent.last_reason).in_([reason.value for reason in criterion.reasons]))
    if criterion.days is not None:
        parts.append(col(Talent.last_answer_at) >= today.now - timedelta(days=criterion.days))
    return sa.and_(*parts)


def _consent(criterion: d.Consent, today: Today) -> Condition:
    """Whoever has no row stands nowhere."""
    mine = (col(ConsentRow.talent_id) == col(Talent.id)) & (col(ConsentRow.purpose) == criterion.purpose)
    given = col(ConsentRow.standing) == Standing.GIVEN
    over = col(ConsentRow.expires_on) <= today.day
    stands = {
        d.ConsentState.VALID: given & over.is_not(sa.true()),
        d.ConsentState.EXPIRED: given & over,
        d.ConsentState.WITHDRAWN: col(ConsentRow.standing) == Standing.WITHDRAWN,
        d.ConsentState.NONE: None,
    }
    rows = [state for wanted in criterion.one_of if (state := stands[wanted]) is not None]
    ways: list[Condition] = [sa.exists().where(mine, sa.or_(*rows))] if rows else []
    if d.ConsentState.NONE in criterion.one_of:
        ways.append(~sa.exists().where(mine, col(ConsentRow.standing) != Standing.NONE))
    return sa.or_(*ways)


_CRITERIA: dict[type[Any], Callable[[Any, Today], Condition]] = {
    d.Job: _job,
    d.Near: _near,
    d.Mobility: _mobility,
    d.Available: _available,
    d.Situation: _one_of(Talent.availability),
    d.Contracts: _overlap(Talent.contracts),
    d.Level: _one_of(Talent.experience),
    d.Interests: _overlap(Talent.interests),
    d.Environments: _overlap(Talent.environments),
    d.RemoteShare: _one_of(Talent.remote),
    d.Salary: _salary,
    d.Sources: _one_of(Talent.source_kind),
    d.Collected: _collected,
    d.LastLetter: _since(Talent.last_letter_at),
    d.LastAct: _since(Talent.last_act_at),
    d.LastAnswer: _answer,
    d.Consent: _consent,
    d.Language: _one_of(Talent.locale),
}
