"""A rule told in plain Python, one person at a time: what the statement is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from portal.consent.models import Consent as ConsentRow
from portal.kit.fold import fold
from portal.segments import document as d
from portal.talents import places
from portal.talents.models import Talent
from tests.people import NOW, TODAY


@dataclass
class Someone:
    talent: Talent
    consents: list[ConsentRow] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    answers: list[tuple[str, str | None]] = field(default_factory=list)
    scores: dict[int, object] = field(default_factory=dict)
    segments: dict[int, d.Group] = field(default_factory=dict)


def holds(node: d.Group | d.Criterion, someone: Someone) -> bool:
    if not isinstance(node, d.Group):
        return _holds(node, someone)
    met = [holds(child, someone) for child in node.of]
    return {"all": all(met), "any": any(met), "none": not any(met)}[node.kind]


def _holds(criterion: d.Criterion, someone: Someone) -> bool:
    if isinstance(criterion, d.Consent):
        return _stands(criterion, someone.consents) in criterion.one_of
    if isinstance(criterion, d.Own):
        return _own(criterion, someone.talent.custom.get(str(criterion.field)))
    if isinstance(criterion, d.Near | d.Mobility):
        here = [place for place in (someone.talent.place_code, *someone.talent.other_places) if place]
        return _somewhere(criterion, someone.talent, here)
    beside = _beside(criterion, someone)
    return bool(_of_row(criterion, someone.talent) if beside is None else beside)


def _beside(criterion: d.Criterion, someone: Someone) -> bool | None:  # noqa: PLR0911 - one line a criterion
    match criterion:
        case d.Tags():
            return bool(set(criterion.one_of) & set(someone.tags))
        case d.Sources():
            return bool(set(criterion.one_of) & {someone.talent.source_kind, *someone.sources})
        case d.Answered():
            wanted = criterion.reasons or None
            return any(a in criterion.one_of and (wanted is None or r in wanted) for a, r in someone.answers)
        case d.NoticeDue():
            return _owed(criterion, someone)
        case d.Score():
            return _band(someone.scores.get(criterion.survey)) in criterion.one_of
        case d.Member():
            return holds(someone.segments[criterion.segment], someone)
    return None


def _band(given: object) -> d.Band | None:
    if not isinstance(given, int):
        return None
    return d.Band.PROMOTER if given >= 9 else d.Band.PASSIVE if given >= 7 else d.Band.DETRACTOR


def _owed(criterion: d.NoticeDue, someone: Someone) -> bool:
    informed = any(row.purpose == "pool" and row.notified_at for row in someone.consents)
    if informed or someone.talent.source_kind in {"application", "portal", "event"}:
        return False
    left = (someone.talent.created_at.date() + timedelta(days=31) - TODAY).days
    return {"owed": True, "over": left < 0, "within": 0 <= left <= (criterion.days or 0)}[criterion.when]


def _own(criterion: d.Own, value: Any) -> bool:  # noqa: PLR0911 - one line a test
    if value is None:
        return False
    match criterion.test:
        case d.Test.HOLDS:
            return fold(criterion.text) in fold(str(value))
        case d.Test.IS:
            return fold(criterion.text) == fold(str(value))
        case d.Test.ONE_OF:
            return bool(set(criterion.one_of or ()) & set(value if isinstance(value, list) else [value]))
        case d.Test.NUMBER:
            low, high = criterion.least, criterion.most
            return isinstance(value, int) and (low is None or low <= value) and (high is None or value <= high)
        case d.Test.DAY:
            since, until = criterion.since, criterion.until
            day = date.fromisoformat(value) if isinstance(value, str) and value[:2] == "20" else None
            return day is not None and (since is None or since <= day) and (until is None or day <= until)
        case d.Test.KNOWN:
            return True


def _somewhere(criterion: d.Near | d.Mobility, t: Talent, here: list[str]) -> bool:
    there = places.get(criterion.place)
    assert there is not None
    away = min((km(criterion.place, place) for place in here), default=None)
    if isinstance(criterion, d.Near):
        return away is not None and away <= criterion.km
    near = away is not None and away <= (t.radius_km or 0)
    return near or there.region in t.regions or (criterion.remote_counts and t.remote == "full")


def km(one: str, other: str) -> float:
    there, here = places.get(one), places.get(other)
    assert there is not None
    assert here is not None
    up, over = radians(there.lat - here.lat), radians(there.lon - here.lon)
    half = sin(up / 2) ** 2 + cos(radians(there.lat)) * cos(radians(here.lat)) * sin(over / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def _of_row(criterion: d.Criterion, t: Talent) -> bool:  # noqa: C901, PLR0911, PLR0912
    match criterion:
        case d.Job():
            return bool(set(criterion.one_of) & {t.job_code, *t.other_jobs})
        case d.Skills():
            return bool(set(map(fold, criterion.one_of)) & set(map(fold, t.skills)))
        case d.Spoken():
            return any(_speaks(criterion, spoken) for spoken in t.languages)
        case d.NoticePeriod():
            return t.notice_days is not None and t.notice_days <= criterion.days
        case d.Relocation():
            return t.relocation is True
        case d.Confirmed():
            said = [date.fromisoformat(told["on"]) for told in t.said.values()]
            acts = [t.last_act_at.date()] if t.last_act_at else []
            recent = (TODAY - max([t.collected_on, *said, *acts])).days <= criterion.days
            return recent if criterion.when == "within" else not recent
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
        case d.Collected():
            recent = (TODAY - t.collected_on).days <= criterion.days
            return recent if criterion.when == "within" else not recent
        case d.LastLetter():
            return _since(criterion, t.last_letter_at)
        case d.LastAct():
            return _since(criterion, t.last_act_at)
        case d.LastAnswer():
            return _answered(criterion, t)
        case d.Language():
            return t.locale in criterion.one_of
    raise AssertionError(criterion)


def _speaks(criterion: d.Spoken, spoken: str) -> bool:
    language, _, level = spoken.partition(":")
    return language == criterion.language and (criterion.at_least is None or level >= criterion.at_least.value)


def _available(criterion: d.Available, t: Talent) -> bool:
    by: Any = {"now": TODAY, "by": criterion.day, "within": TODAY + timedelta(days=criterion.days or 0)}[criterion.when]
    if t.availability == "now":
        return True
    if t.availability == "notice" and t.available_from is None:
        return t.notice_days is not None and TODAY + timedelta(days=t.notice_days) <= by
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
