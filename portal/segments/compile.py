"""A rule becomes one condition over `projection`, the narrow row PostgreSQL keeps of each living person.

What is unknown of someone does not hold for them: `none` therefore means "is not true", never "is false".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from portal.kit.clock import local_day
from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.segments import document as d
from portal.segments import geography
from portal.segments.fields import own
from portal.segments.models import Projection
from portal.segments.words import coded
from portal.talents.vocabulary import Availability, Remote

Condition = sa.ColumnElement[bool]
WITHDRAWN = date.min  # `projected` says so


@dataclass(frozen=True, slots=True)
class Today:
    """The instant a rule is asked at, the day it is for the house, and the rules of the segments it names."""

    now: datetime
    day: date
    segments: Mapping[int, d.Group] = field(default_factory=dict)

    @classmethod
    def at(cls, now: datetime, zone: str) -> "Today":
        return cls(now, local_day(now, zone))


def condition(node: d.Group | d.Criterion, today: Today) -> Condition:
    """Return the condition a talent must meet; may be NULL where something is unknown, which counts as not met."""
    if not isinstance(node, d.Group):
        return _CRITERIA[type(node)](node, today)
    return combined(node, [condition(child, today) for child in node.of])


def combined(group: d.Group, children: Sequence[Condition]) -> Condition:
    """Return what a group makes of the conditions in it."""
    match group.kind:
        case "all":
            return sa.and_(sa.true(), *children)
        case "any":
            return sa.or_(*children)
        case "none":
            return sa.or_(*children).is_not(sa.true())


def _words(kind: str) -> Callable[[Any, Today], Condition]:
    return lambda criterion, _: coded(kind, criterion.one_of)


def _one_of(column: Any) -> Callable[[Any, Today], Condition]:  # noqa: ANN401 - a mapped attribute
    return lambda criterion, _: col(column).in_(criterion.one_of)


def _skills(criterion: d.Skills, _: Today) -> Condition:
    return coded("skill", map(fold, criterion.one_of))


def _spoken(criterion: d.Spoken, _: Today) -> Condition:
    if criterion.at_least is None:
        return coded("language", [criterion.language])
    levels = list(d.Cefr)
    return coded("language", [f"{criterion.language}:{level}" for level in levels[levels.index(criterion.at_least) :]])


def _near(criterion: d.Near, _: Today) -> Condition:
    return geography.near(criterion.place, criterion.km)


def _mobility(criterion: d.Mobility, _: Today) -> Condition:
    ways = [geography.within_reach(criterion.place), coded("region", [geography.region(criterion.place)])]
    if criterion.remote_counts:
        ways.append(col(Projection.remote) == Remote.FULL)
    return sa.or_(*ways)


def _available(criterion: d.Available, today: Today) -> Condition:
    by = {
        "now": today.day,
        "by": criterion.day or today.day,
        "within": today.day + timedelta(days=criterion.days or 0),
    }[criterion.when]
    # Whoever is on notice without a day leaves so many days after they give it, which may be today.
    on_notice = sa.and_(
        col(Projection.availability) == Availability.NOTICE,
        col(Projection.free_from).is_(None),
        col(Projection.notice_days) <= (by - today.day).days,
    )
    return sa.or_(col(Projection.free_from) <= by, on_notice)


def _notice(criterion: d.NoticePeriod, _: Today) -> Condition:
    return col(Projection.notice_days) <= criterion.days


def _relocation(_: d.Relocation, __: Today) -> Condition:
    return col(Projection.relocation).is_(True)


def _salary(criterion: d.Salary, _: Today) -> Condition:
    asks = col(Projection.salary_floor) <= criterion.at_most
    return sa.or_(asks, col(Projection.salary_floor).is_(None)) if criterion.or_unsaid else asks


def _day(column: Any) -> Callable[[Any, Today], Condition]:  # noqa: ANN401 - a mapped attribute
    def compiled(criterion: d.Collected | d.Confirmed, today: Today) -> Condition:
        since = today.day - timedelta(days=criterion.days)
        return col(column) >= since if criterion.when == "within" else col(column) < since

    return compiled


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
    parts: list[Condition] = [col(Projection.last_answer).in_([answer.value for answer in criterion.one_of])]
    if criterion.reasons:
        parts.append(col(Projection.last_reason).in_([reason.value for reason in criterion.reasons]))
    if criterion.days is not None:
        parts.append(col(Projection.last_answer_at) >= today.now - timedelta(days=criterion.days))
    return sa.and_(*parts)


def _answered(criterion: d.Answered, _: Today) -> Condition:
    if not criterion.reasons:
        return coded("answered", criterion.one_of)
    return coded("answered", [f"{answer}:{reason}" for answer in criterion.one_of for reason in criterion.reasons])


def _consent(criterion: d.Consent, today: Today) -> Condition:
    until = col(
        {"pool": Projection.pool_until, "survey": Projection.survey_until, "event": Projection.event_until}[
            criterion.purpose
        ]
    )
    stands = {
        d.ConsentState.VALID: until > today.day,
        d.ConsentState.EXPIRED: (until <= today.day) & (until > WITHDRAWN),
        d.ConsentState.WITHDRAWN: until == WITHDRAWN,
        d.ConsentState.NONE: until.is_(None),
    }
    return sa.or_(*(stands[wanted] for wanted in criterion.one_of))


def _notice_due(criterion: d.NoticeDue, today: Today) -> Condition:
    due = col(Projection.notice_due)
    match criterion.when:
        case "owed":
            return due.is_not(None)
        case "over":
            return due < today.day
        case "within":
            return due.between(today.day, today.day + timedelta(days=criterion.days or 0))


def _score(criterion: d.Score, _: Today) -> Condition:
    return coded(f"nps:{criterion.survey}", criterion.one_of)


def _member(criterion: d.Member, today: Today) -> Condition:
    rule = today.segments.get(criterion.segment)
    if rule is None:
        raise Refused(N_("The rule names a segment that is not there any more: take it out."))
    return condition(rule, today)


_CRITERIA: dict[type[Any], Callable[[Any, Today], Condition]] = {
    d.Job: _words("job"),
    d.Skills: _skills,
    d.Spoken: _spoken,
    d.Near: _near,
    d.Mobility: _mobility,
    d.Relocation: _relocation,
    d.Available: _available,
    d.NoticePeriod: _notice,
    d.Situation: _one_of(Projection.availability),
    d.Contracts: _words("contract"),
    d.Level: _one_of(Projection.experience),
    d.Interests: _words("interest"),
    d.Environments: _words("environment"),
    d.RemoteShare: _one_of(Projection.remote),
    d.Salary: _salary,
    d.Tags: _words("tag"),
    d.Own: lambda criterion, _: own(criterion),
    d.Sources: _words("source"),
    d.Collected: _day(Projection.collected_on),
    d.Confirmed: _day(Projection.confirmed_on),
    d.LastLetter: _since(Projection.last_letter_at),
    d.LastAct: _since(Projection.last_act_at),
    d.LastAnswer: _answer,
    d.Answered: _answered,
    d.Score: _score,
    d.Consent: _consent,
    d.NoticeDue: _notice_due,
    d.Language: _one_of(Projection.locale),
    d.Member: _member,
}
