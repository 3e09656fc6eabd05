"""A rule told in plain Python, one person at a time: what the statement is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from portal.consent.models import Consent as ConsentRow
from portal.segments import document as d
from portal.talents import places
from portal.talents.models import Talent
from tests.people import NOW, TODAY


@dataclass
class Someone:
    talent: Talent
    consents: list[ConsentRow] = field(default_factory=list)


def holds(node: d.Group | d.Criterion, someone: Someone) -> bool:
    if not isinstance(node, d.Group):
        return bool(_holds(node, someone.talent, someone.consents))
    met = [holds(child, someone) for child in node.of]
    return {"all": all(met), "any": any(met), "none": not any(met)}[node.kind]


def km(insee: str, talent: Talent) -> float | None:
    there = places.get(insee)
    assert there is not None
    if talent.lat is None or talent.lon is None:
        return None
    up, over = radians(there.lat - talent.lat), radians(there.lon - talent.lon)
    half = sin(up / 2) ** 2 + cos(radians(there.lat)) * cos(radians(talent.lat)) * sin(over / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def _holds(criterion: d.Criterion, t: Talent, consents: Sequence[ConsentRow]) -> bool:  # noqa: C901, PLR0911, PLR0912
    match criterion:
        case d.Job():
            return t.job_code in criterion.one_of
        case d.Near():
            away = km(criterion.place, t)
            return away is not None and away <= criterion.km
        case d.Mobility():
            return _covers(criterion, t)
        case d.Available():
            return _available(criterion, t)
        case d.Situation():
            return t.availability in criterion.one_of
        case d.Contracts():
            return bool(set(criterion.one_of) & set(t.contracts))
        case d.Level():
            return t.experience in criterion.one_of
        case d.Interests():
            return bool(set(criterion.one_of) & set(t.interests))
        case d.Environments():
            return bool(set(criterion.one_of) & set(t.environments))
        case d.RemoteShare():
            return t.remote in criterion.one_of
        case d.Salary():
            return criterion.or_unsaid if t.salary_floor is None else t.salary_floor <= criterion.at_most
        case d.Sources():
            return t.source_kind in criterion.one_of
        case d.Collected():
            recent = (TODAY - t.collected_on).days <= criterion.days
            return recent if criterion.when == "within" else not recent
        case d.LastLetter():
            return _since(criterion, t.last_letter_at)
        case d.LastAct():
            return _since(criterion, t.last_act_at)
        case d.LastAnswer():
            return _answered(criterion, t)
        case d.Consent():
            return _stands(criterion, consents) in criterion.one_of
        case d.Language():
            return t.locale in criterion.one_of


def _covers(criterion: d.Mobility, t: Talent) -> bool:
    there, away = places.get(criterion.place), km(criterion.place, t)
    assert there is not None
    near = away is not None and t.radius_km is not None and away <= t.radius_km
    return near or there.region in t.regions or (criterion.remote_counts and t.remote == "full")


def _available(criterion: d.Available, t: Talent) -> bool:
    by: Any = {"now": TODAY, "by": criterion.day, "within": TODAY + timedelta(days=criterion.days or 0)}[criterion.when]
    if t.availability == "now":
        return True
    return t.availability in {"from_date", "notice"} and t.available_from is not None and t.available_from <= by


def _since(criterion: d.LastLetter | d.LastAct, at: datetime | None) -> bool:
    recent = at is not None and NOW - at <= timedelta(days=criterion.days or 0)
    return {"within": recent, "not_within": not recent, "never": at is None}[criterion.when.value]


def _answered(criterion: d.LastAnswer, t: Talent) -> bool:
    if t.last_answer not in criterion.one_of:
        return False
    if criterion.reasons and t.last_reason not in criterion.reasons:
        return False
    days = criterion.days
    return days is None or (t.last_answer_at is not None and NOW - t.last_answer_at <= timedelta(days=days))


def _stands(criterion: d.Consent, consents: Sequence[ConsentRow]) -> str:
    row = next((row for row in consents if row.purpose == criterion.purpose), None)
    if row is None or row.standing == "none":
        return "none"
    if row.standing == "withdrawn":
        return "withdrawn"
    return "expired" if row.expires_on and row.expires_on <= date(2026, 11, 24) else "valid"
