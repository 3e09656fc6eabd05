"""Choosing what to launch, and seeing it before it leaves. Nothing is written before the press."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import reflex as rx
from reflex.event import EventSpec

from portal.chains import actions, queries
from portal.chains.actions.beginning import LONGEST
from portal.chains.definition import read_definition
from portal.chains.preview import aim_of, previews
from portal.kit.errors import Refused
from portal.kit.i18n import N_, moment, say
from portal.segments.linter import warnings
from portal.segments.queries import rule_of, segment_for
from portal.segments.reachable import Split, split
from portal.ui.components.pictures import Bar
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.chain import words as chain_words
from portal.ui.recruiter.launching import words
from portal.ui.session import notice

LAUNCHED = N_("Launched: letters leave as soon as hours allow.")
PLANNED = N_("Planned for {when}.")
_PREVIEWED = 3


@dataclass
class Phone:
    """One person's letter."""

    href: str
    name: str
    language: str
    subject: str
    html: str


@dataclass
class StepTab:
    """One letter of the chain."""

    key: str
    told: str


class Launching(Room):
    """What is chosen, and what it would do."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    chains: list[list[str]] = []
    numbered: list[list[str]] = []
    segments: list[list[str]] = []
    jobs: list[list[str]] = []
    chain: str = ""
    version: str = ""
    segment: str = ""
    job: str = ""
    when: str = "now"
    at: str = ""
    zone: str = ""
    needs_job: bool = False
    ready: bool = False
    matched: str = ""
    reachable: str = ""
    parts: list[Bar] = []
    times: str = ""
    times_short: bool = False
    letters: list[StepTab] = []
    letter: str = ""
    phones: list[Phone] = []
    nobody: bool = False
    problem: str = ""
    warnings: list[str] = []
    twin: str = ""
    twin_to: str = ""
    may_confirm: bool = False
    why: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what there is to choose; the address may have chosen already."""
        asked = {name: self.asked(name) for name in ("chain", "segment", "opportunity")}
        self._take(await self.inside(lambda door: _choices(door, asked)))
        await self._look()
        self.loaded = True

    @rx.event
    async def choose(self, name: str, value: str) -> None:
        """Take in a choice and look again."""
        a_number = value.isdecimal() and len(value) < 19
        if not (name == "letter" or (name in {"chain", "version", "segment", "job"} and (a_number or not value))):
            return
        setattr(self, name, value[:40])
        if name == "chain":
            self.version, self.letter = "", ""
        await self._look()

    @rx.event
    def say_why(self, why: str) -> None:
        """Take in why people shall be written to once more."""
        self.why = why[:LONGEST]

    @rx.event
    def choose_when(self, when: str) -> None:
        """Start now, or at a time."""
        self.when = "at" if when == "at" else "now"

    @rx.event
    def choose_time(self, at: str) -> None:
        """Take in the time to start at."""
        self.at = at[:20]

    @rx.event
    async def launch(self) -> EventSpec | list[EventSpec] | None:
        """Press: from here on letters leave."""
        chosen = self._chosen()
        at, why = self.at if self.when == "at" else "", self.why if self.twin or self.may_confirm else ""
        try:
            launch, told = await self.inside(lambda door: _launch(door, chosen, at, why))
        except Told as refused:
            await self._look()
            self.problem = str(refused)
            return None
        self.why = ""
        return [rx.redirect(f"/launches/{launch}"), notice(told)]

    async def _look(self) -> None:
        chosen = self._chosen()
        try:
            self._take(await self.inside(lambda door: _outlook(door, chosen)))
            self.problem = ""
        except Told as refused:
            self.problem, self.ready, self.phones, self.parts = str(refused), False, [], []

    def _chosen(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("chain", "version", "segment", "job", "letter")}

    def _take(self, seen: dict[str, Any]) -> None:
        for name, value in seen.items():
            setattr(self, name, value)


def _choices(door: Door, asked: dict[str, str]) -> dict[str, Any]:
    chains = [[str(one.id), one.name] for one in queries.chains(door.session, door.who)]
    segments = _pairs(queries.segments_to_choose(door.session, door.who))
    jobs = _pairs(queries.opportunities_to_choose(door.session, door.who))
    tomorrow = (door.now.astimezone(ZoneInfo(door.zone)) + timedelta(days=1)).replace(hour=9, minute=0)
    return {
        "chains": _with_none(door, chains),
        "segments": _with_none(door, segments),
        "jobs": [["", say(door.locale, N_("No job in particular"))], *jobs],
        "chain": _known(asked["chain"], chains),
        "segment": _known(asked["segment"], segments),
        "job": _known(asked["opportunity"], jobs),
        "version": "",
        "letter": "",
        "when": "now",
        "at": f"{tomorrow:%Y-%m-%dT%H:%M}",
        "zone": door.zone,
        "problem": "",
        "why": "",
    }


def _pairs(found: list[queries.Choice]) -> list[list[str]]:
    return [[str(one.id), one.told] for one in found]


def _with_none(door: Door, choices: list[list[str]]) -> list[list[str]]:
    return [["", say(door.locale, N_("Choose…"))], *choices]


def _known(value: str, choices: list[list[str]]) -> str:
    return value if any(key == value for key, _ in choices) else ""


def _outlook(door: Door, chosen: dict[str, str]) -> dict[str, Any]:
    """Return what the choice would do, as far as it goes."""
    nothing: dict[str, Any] = {
        "ready": False, "parts": [], "phones": [], "letters": [], "nobody": False, "warnings": [],
        "twin": "", "twin_to": "", "may_confirm": False,
    }  # fmt: skip
    if not chosen["chain"]:
        return nothing | {"numbered": [], "version": "", "needs_job": False}
    version, numbered = _version(door, chosen)
    definition = read_definition(version.definition)
    seen = nothing | {
        "numbered": numbered,
        "version": str(version.id),
        "needs_job": definition.needs_opportunity and not chosen["job"],
    }
    if not chosen["segment"]:
        return seen
    job = int(chosen["job"]) if chosen["job"] else None
    rule = rule_of(segment_for(door.session, door.who, int(chosen["segment"])))
    found = split(
        door.session, door.who, rule, now=door.now, aim=aim_of(definition, job, chain_id=int(chosen["chain"]))
    )
    matched, reachable = words.reach(door, found)
    told, short = words.times(door, queries.outlook(door.session, door.who, now=door.now), len(found.reachable))
    offers = any(step.NEEDS_TIMES for step in definition.steps)
    return (
        seen
        | {"matched": matched, "reachable": reachable, "parts": words.split_rows(door, found)}
        | {"times": told if offers else "", "times_short": short and offers}
        | {"warnings": [*(_clocks(door, found) if offers else []), *warnings(rule, door.locale)]}
        | words.once_more(door, version.id, int(chosen["segment"]), job, found)
        | {"ready": found.total > 0 and not seen["needs_job"], "nobody": found.total == 0}
        | _phones(door, version.definition, found, job, chosen["letter"])
    )


def _clocks(door: Door, found: Split) -> list[str]:
    people = [*found.reachable, *(talent for bucket in found.blocked for talent in bucket.talent_ids)]
    return words.clocks(door, queries.apart(door.session, door.who, people, now=door.now))


def _version(door: Door, chosen: dict[str, str]) -> tuple[queries.VersionRow, list[list[str]]]:
    chain = queries.chain_for(door.session, door.who, int(chosen["chain"]))
    version = next((one for one in chain.versions if str(one.id) == chosen["version"]), chain.versions[0])
    told = [[str(one.id), say(door.locale, N_("Version {number}"), number=one.number)] for one in chain.versions]
    return version, told


def _phones(door: Door, document: dict[str, Any], found: Split, job: int | None, letter: str) -> dict[str, Any]:
    """Return the letters of three people: reachable ones first, then whoever matches."""
    people = [*found.reachable, *(talent for bucket in found.blocked for talent in bucket.talent_ids)]
    definition = read_definition(document)
    seen = previews(door.session, door.who, definition, people, opportunity_id=job, now=door.now, many=_PREVIEWED)
    steps = {step["key"]: step for step in document["steps"]}
    written = [one.step for one in seen[0].letters] if seen else []
    shown = letter if letter in written else (written[0] if written else "")
    phones = [
        Phone(f"/pool/{one.talent_id}", one.name, words.language(door.locale, one.locale), part.subject, part.html)
        for one in seen
        for part in one.letters
        if part.step == shown
    ]
    tabs = [StepTab(key, chain_words.kind(door.locale, steps[key])) for key in written]
    return {"letters": tabs, "letter": shown, "phones": phones}


def _launch(door: Door, chosen: dict[str, str], at: str, why: str) -> tuple[int, str]:
    if not (chosen["version"] and chosen["segment"]):
        raise Refused("Choose a chain and a segment first.")
    starts_at = _time(at, door) if at else None
    begun = actions.launch(
        door.session,
        door.who,
        version_id=int(chosen["version"]),
        segment_id=int(chosen["segment"]),
        opportunity_id=int(chosen["job"]) if chosen["job"] else None,
        starts_at=starts_at,
        words=why,
        now=door.now,
    )
    if starts_at is None:
        return begun.id or 0, say(door.locale, LAUNCHED)
    return begun.id or 0, say(door.locale, PLANNED, when=moment(door.locale, starts_at, door.zone, door.now))


def _time(at: str, door: Door) -> datetime:
    """Return the time chosen, where the recruiter lives."""
    try:
        local = datetime.fromisoformat(at)
    except ValueError as wrong:
        raise Refused("Choose a day and an hour to start at.") from wrong
    starts_at = local.replace(tzinfo=ZoneInfo(door.zone)).astimezone(UTC)
    if starts_at <= door.now:
        raise Refused("This time is past: choose one to come, or start now.")
    if starts_at > door.now + timedelta(days=365):
        raise Refused("Choose a time within a year.")
    return starts_at
