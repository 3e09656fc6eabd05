"""Telling whom a launch reaches, what holds the others back, and whether there is time to talk with those who come."""

from math import ceil
from typing import Any

from portal.chains import queries
from portal.chains.queries import Apart, Outlook
from portal.kit.i18n import N_, moment, number, say, say_n
from portal.kit.zones import zone_name
from portal.segments.reachable import Split
from portal.ui.components.pictures import Bar
from portal.ui.doors import Door
from portal.ui.recruiter.segment.counting import kind_of

ENGLISH, FRENCH = N_("in English"), N_("in French")


def split_rows(door: Door, split: Split) -> list[Bar]:
    """Return the rows of the split, the reachable ones first."""
    parts = [
        ("reachable", say(door.locale, N_("reachable now")), len(split.reachable)),
        *((kind_of(one), one.label(door.locale), one.count) for one in split.blocked),
    ]
    total = max(split.total, 1)
    return [Bar(words, number(door.locale, count), round(100 * count / total), kind) for kind, words, count in parts]


def reach(door: Door, split: Split) -> tuple[str, str]:
    """Return how many match, and how many of them a letter may reach."""
    return (
        say_n(door.locale, "{count} matches", "{count} match", split.total),
        say_n(door.locale, "{count} is reachable now", "{count} are reachable now", len(split.reachable)),
    )


def times(door: Door, outlook: Outlook, reachable: int) -> tuple[str, bool]:
    """Return the free times against those who may come, and whether they are too few (each is offered two)."""
    free = say_n(door.locale, "{count} free time to offer", "{count} free times to offer", outlook.free)
    if outlook.share is None:
        return free, outlook.free < min(2, reachable * 2)
    expected = ceil(outlook.share * reachable)
    coming = say_n(
        door.locale,
        "about {count} person should want to talk",
        "about {count} people should want to talk",
        expected,
    )
    told = say(door.locale, N_("{free}; {coming}, going by past launches."), free=free, coming=coming)
    return told, outlook.free < 2 * expected


def once_more(door: Door, version_id: int, segment_id: int, job: int | None, found: Split) -> dict[str, Any]:
    """Return which launch of the same runs already, and whether a confirmation would let through some who are held."""
    twin = queries.runs_already(door.session, door.who, version_id, segment_id, job)
    seen: dict[str, Any] = {"may_confirm": any(bucket.reason.lifted for bucket in found.blocked)}
    if twin is None:
        return seen | {"twin": "", "twin_to": ""}
    since = moment(door.locale, twin.starts_at, door.zone, door.now)
    told = N_("This chain already runs on these people for the same job: launch no. {launch}, by {owner}, {since}.")
    sentence = say(door.locale, told, launch=twin.id, owner=twin.owner, since=since)
    return seen | {"twin": sentence, "twin_to": f"/launches/{twin.id}"}


def clocks(door: Door, apart: list[Apart]) -> list[str]:
    """Say of whom the day shares no hour with the times one offers."""
    return [
        say_n(
            door.locale,
            "{count} person lives by {zone}: none of your times falls between 8 and 20 o'clock there, so none can be offered.",
            "{count} people live by {zone}: none of your times falls between 8 and 20 o'clock there, so none can be offered.",
            one.people,
            zone=zone_name(door.locale, one.zone),
        )
        for one in apart
    ]


def language(locale: str, spoken: str) -> str:
    """Return in which language somebody reads."""
    return say(locale, FRENCH if spoken == "fr" else ENGLISH)
