"""Whom a rule under way holds: the count, the split into reachable now and reasons, one page of people."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.access.guards import recruiter
from portal.access.house import house
from portal.gate.law.reason import Ends
from portal.gate.rules import HouseRules
from portal.kit.clock import local_day
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.segments.document import Group
from portal.segments.explain import explain
from portal.segments.queries import members, some_of
from portal.segments.reachable import Aim, Bucket, Split, split
from portal.segments.returning import returns
from portal.talents.queries import TalentRow
from portal.ui.doors import Door
from portal.ui.recruiter.segment.lines import written
from portal.ui.recruiter.segment.tree import Node

PEOPLE_A_PAGE = 20
REACHABLE = "reachable"
# What time alone mends is drawn as waiting; what one of us can mend is warm.
_DRAWN = {Ends.TIME: "waits", Ends.US: "asks", Ends.THEM: "", Ends.NOTHING: ""}


@dataclass
class BucketRow:
    """One part of the split: `kind` as `components.split` draws it, `share` 0 to 100, `key` what opens its people."""

    key: str
    words: str
    count: str
    share: int
    kind: str
    note: str
    chosen: bool


@dataclass
class PersonRow:
    """One person: what they do and where, whether one may write to them now, why they are in (once asked)."""

    id: int
    name: str
    work: str
    reach: str
    kind: str
    because: str = ""


@dataclass(frozen=True)
class Counted:
    """What the panel shows; nothing, and `stale`, while the rule is to be mended."""

    stale: bool = False
    matches: str = ""
    told: str = ""
    buckets: list[BucketRow] = field(default_factory=list)
    heading: str = ""
    people: list[PersonRow] = field(default_factory=list)
    place_in_list: str = ""
    has_before: bool = False
    has_after: bool = False
    page: int = 1


def counted(door: Door, rule: Node, opportunity_id: int, bucket: str, page: int) -> Counted:
    """Count and split what a rule holds now."""
    recruiter(door.who)
    read = written(rule, door.locale).rule
    if read is None:
        return Counted(stale=True)
    aim = Aim(opportunity_id=opportunity_id or None)
    found = split(door.session, door.who, read, now=door.now, aim=aim)
    chosen, ids = _chosen(found, bucket)
    total = found.total if ids is None else len(ids)
    page = max(1, min(page, -(-total // PEOPLE_A_PAGE)))
    return Counted(
        matches=_matches(read, found, door.locale),
        told=say_n(door.locale, "{count} person reachable now", "{count} people reachable now", len(found.reachable)),
        buckets=_buckets(door, found, chosen),
        heading=_heading(found, chosen, door.locale),
        people=_people(door, read, found, ids, page, aim),
        place_in_list=_place_in_list(door.locale, page, total),
        has_before=page > 1,
        has_after=page * PEOPLE_A_PAGE < total,
        page=page,
    )


def in_bucket(door: Door, rule: Node, opportunity_id: int, bucket: str) -> list[int]:
    """Return the people a reason holds back, as of now."""
    recruiter(door.who)
    read = written(rule, door.locale).rule
    if read is None:
        return []
    found = split(door.session, door.who, read, now=door.now, aim=Aim(opportunity_id=opportunity_id or None))
    return list(_chosen(found, bucket)[1] or ())


def _matches(rule: Group, found: Split, locale: str) -> str:
    if rule.of:
        return say_n(locale, "{count} matches", "{count} match", found.total)
    return say_n(locale, "{count} person in the pool", "{count} people in the pool", found.total)


def _chosen(found: Split, bucket: str) -> tuple[str, tuple[int, ...] | None]:
    """Return the bucket that is open and its people; an unknown one opens everyone."""
    if bucket == REACHABLE:
        return bucket, found.reachable
    return next(((one.because, one.talent_ids) for one in found.blocked if one.because == bucket), ("", None))


def _buckets(door: Door, found: Split, chosen: str) -> list[BucketRow]:
    if not found.total:
        return []
    locale = door.locale
    share = 100 / found.total
    many = len(found.reachable)
    first = BucketRow(
        REACHABLE,
        say(locale, "reachable now"),
        number(locale, many),
        round(share * many),
        "reachable",
        "",
        chosen == REACHABLE,
    )
    rules = house(door.session)
    return [first, *(_bucket(one, share, chosen, locale, rules) for one in found.blocked)]


def _bucket(one: Bucket, share: float, chosen: str, locale: str, rules: HouseRules) -> BucketRow:
    return BucketRow(
        one.because,
        one.label(locale),
        number(locale, one.count),
        round(share * one.count),
        kind_of(one),
        one.note(locale, rules),
        one.because == chosen,
    )


def kind_of(one: Bucket) -> str:
    """Return how a part of the split is drawn: time ends it, one of us can, or neither."""
    return _DRAWN[one.reason.ends]


def _heading(found: Split, chosen: str, locale: str) -> str:
    if chosen == REACHABLE:
        return say(locale, "Reachable now")
    words = next((one.label(locale) for one in found.blocked if one.because == chosen), "")
    return words[:1].upper() + words[1:] if words else say(locale, "Everyone in it")


def _people(door: Door, rule: Group, found: Split, ids: tuple[int, ...] | None, page: int, aim: Aim) -> list[PersonRow]:
    seen = (
        members(door.session, rule, now=door.now, page=page, size=PEOPLE_A_PAGE)
        if ids is None
        else some_of(door.session, door.who, ids, page=page, size=PEOPLE_A_PAGE)
    )
    reachable = set(found.reachable)
    stopped = {talent_id: one.label(door.locale) for one in found.blocked for talent_id in one.talent_ids}
    back = returns(door.session, door.who, [row.id for row in seen if row.id in stopped], now=door.now, aim=aim)
    return [
        PersonRow(
            row.id,
            row.name,
            work_of(row, door.locale),
            say(door.locale, "can be written to now")
            if row.id in reachable
            else _held(door, stopped.get(row.id, ""), back.get(row.id)),
            "good" if row.id in reachable else "outline",
        )
        for row in seen
    ]


def _held(door: Door, why: str, until: datetime | None) -> str:
    if until is None:
        return why
    return say(door.locale, N_("{why}, until {day}"), why=why, day=short_day(door.locale, local_day(until, door.zone)))


def work_of(row: TalentRow, locale: str) -> str:
    """Return what someone does and where, as a list shows it."""
    return " · ".join(part for part in (row.job(locale), row.place_name) if part)


def _place_in_list(locale: str, page: int, total: int) -> str:
    if not total:
        return ""
    first, last = (page - 1) * PEOPLE_A_PAGE + 1, min(page * PEOPLE_A_PAGE, total)
    told = N_("{first}–{last} of {total}")
    return say(locale, told, first=number(locale, first), last=number(locale, last), total=number(locale, total))


def because(door: Door, rule: Node, talent_id: int) -> str:
    """Return `In, because …` for one person; the rule must make sense by now."""
    read = written(rule, door.locale).rule
    if read is None:
        return say(door.locale, "Mend the rule first: then it can say why.")
    return explain(door.session, door.who, read, talent_id, locale=door.locale, now=door.now).sentence
