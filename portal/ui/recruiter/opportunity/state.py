"""One opportunity: its form, the letter it makes, who may match, what was launched for it."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.chains.actions import change_job
from portal.chains.queries import launches
from portal.chains.rules import LaunchState
from portal.kit.i18n import N_, ago, moment, say, say_n
from portal.opportunities import actions
from portal.opportunities.queries import opportunity_for, terms_of
from portal.segments.reachable import Aim, split
from portal.segments.reading import read as read_rule
from portal.talents import jobs, places
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.launch.drawing import CHOSEN
from portal.ui.recruiter.opportunity import preview, values
from portal.ui.recruiter.opportunity.preview import Seen
from portal.ui.recruiter.opportunity.values import Values
from portal.ui.recruiter.segment.drafts import suggested
from portal.ui.recruiter.segment.fields import FOUND_AT_ONCE, Option
from portal.ui.recruiter.segment.focus import focus
from portal.ui.session import notice

OPENED = N_("“{title}” is open.")
CHANGED = N_("The change is saved: letters that have not left say it.")
STATES = {
    LaunchState.PLANNED: N_("planned"),
    LaunchState.RUNNING: N_("running"),
    LaunchState.PAUSED: N_("paused"),
    LaunchState.STOPPED: N_("stopped"),
    LaunchState.DONE: N_("done"),
}


@dataclass
class LaunchRow:
    """One launch for it, in words."""

    id: int
    chain: str
    segment: str
    state: str
    when: str
    exactly: str


@dataclass(frozen=True)
class Opened:
    """An opportunity to look at and to change."""

    values: Values
    closed: bool
    launches: list[LaunchRow]


class Opportunities(Room):
    """The form; everything typed stands in `values`, so that the letter beside it follows."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    opportunity_id: int = 0
    title: str = ""
    closed: bool = False
    values: Values = Values()
    errors: Values = Values()
    job: str = ""
    place: str = ""
    jobs_found: list[Option] = []
    places_found: list[Option] = []
    jobs_picked: int = 0
    places_picked: int = 0
    face: str = "fr"
    seen: Seen = Seen()
    launches: list[LaunchRow] = []
    unsaved: bool = False

    @rx.event
    async def load_new(self) -> None:
        """Show an empty form, or the one left unsaved."""
        if self.opportunity_id or not self.unsaved:
            self.loaded = False
            self._take(0, Opened(Values(contract="cdi"), closed=False, launches=[]))
        await self._look()
        self.loaded = True

    @rx.event
    async def load(self) -> EventSpec:
        """Show an opportunity."""
        opportunity_id = self.number("opportunity_id")
        if self.opportunity_id != opportunity_id or not self.unsaved:
            self.loaded = False
            self._take(opportunity_id, await self.inside(lambda door: opened(door, opportunity_id)))
        await self._look()
        self.loaded = True
        return Matching.ask(opportunity_id)

    @rx.event
    async def write(self, name: str, text: str) -> None:
        """Follow one field as it is typed."""
        await self._write(str(name), text)

    @rx.event
    async def look(self, face: str) -> None:
        """Show the letter in French or in English."""
        self.face = "en" if face == "en" else "fr"
        await self._look()

    @rx.event
    async def find_job(self, text: str) -> None:
        """Look for a job as one types."""
        self.jobs_found = await self.inside(lambda door: _jobs(door, str(text)))

    @rx.event
    async def find_place(self, text: str) -> None:
        """Look for a place as one types."""
        self.places_found = await self.inside(lambda _: _places(str(text)))

    @rx.event
    async def pick_job(self, code: str) -> EventSpec:
        """Take a job the search found, or none."""
        self.jobs_found, self.jobs_picked = [], self.jobs_picked + 1
        await self._write("job_code", code)
        return focus("#find_job_code", if_lost=True)

    @rx.event
    async def pick_place(self, code: str) -> EventSpec:
        """Take a place the search found, or none."""
        self.places_found, self.places_picked = [], self.places_picked + 1
        await self._write("place_code", code)
        return focus("#find_place_code", if_lost=True)

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[EventSpec]:
        """Save what is written; what is wrong is said beside its field and nothing is lost."""
        for name in values.NAMES:
            if name in form and name not in {"job_code", "place_code"}:
                self.values = values.written(self.values, name, form[name])
        opportunity_id, asked = self.opportunity_id, self.values
        saved_id, self.errors, told = await self.inside(lambda door: save(door, opportunity_id, asked))
        if not saved_id:
            return []
        self.opportunity_id, self.title, self.unsaved = saved_id, asked.title, False
        arrive = (
            rx.redirect(f"/opportunities/{saved_id}", replace=True) if not opportunity_id else Matching.ask(saved_id)
        )
        return [notice(told), arrive]

    @rx.event
    async def read_again(self) -> None:
        """Look again whether it is open, and what was launched for it; what is typed stays."""
        opportunity_id = self.opportunity_id
        found = await self.inside(lambda door: opened(door, opportunity_id))
        self.closed, self.launches = found.closed, found.launches

    def _take(self, opportunity_id: int, found: Opened) -> None:
        self.opportunity_id, self.values, self.errors = opportunity_id, found.values, Values()
        self.title, self.closed, self.launches = found.values.title, found.closed, found.launches
        self.unsaved = False

    async def _write(self, name: str, text: str) -> None:
        self.values, self.unsaved = values.written(self.values, name, text), True
        self.errors = values.written(self.errors, name, "")
        await self._look()

    async def _look(self) -> None:
        shown, face = replace(self.values), self.face
        self.seen, self.job, self.place = await self.inside(
            lambda door: (
                preview.seen(door, shown, face),
                values.job_words(shown.job_code, door.locale),
                values.place_words(shown.place_code),
            )
        )


class Matching(Room):
    """How many would match, counted beside the form."""

    audience: ClassVar[Audience] = RECRUITERS
    told: str = ""
    reachable: str = ""

    @rx.event
    async def ask(self, opportunity_id: int) -> None:
        """Count those who do this job and whose own mobility covers its place."""
        self.told, self.reachable = await self.inside(lambda door: matching(door, opportunity_id))


def opened(door: Door, opportunity_id: int) -> Opened:
    """Return an opportunity, its form filled and what was launched for it."""
    job = opportunity_for(door.session, door.who, opportunity_id)
    launched = launches(door.session, door.who, opportunity_id=opportunity_id)
    rows = [
        LaunchRow(
            one.id,
            one.chain,
            one.segment or say(door.locale, CHOSEN),
            say(door.locale, STATES[one.state]),
            ago(door.locale, one.starts_at, door.zone, door.now),
            moment(door.locale, one.starts_at, door.zone, door.now),
        )
        for one in launched
    ]
    return Opened(values.of_terms(terms_of(job)), job.closed_at is not None, rows)


def save(door: Door, opportunity_id: int, asked: Values) -> tuple[int, Values, str]:
    """Save and return the id, or 0 with what is wrong beside each field."""
    terms, wrong = values.read(asked, door.locale)
    if terms is None:
        return 0, wrong, ""
    if opportunity_id:
        change_job(door.session, door.who, opportunity_id, terms, now=door.now)
        return opportunity_id, Values(), say(door.locale, CHANGED)
    made = actions.create(door.session, door.who, terms, now=door.now)
    return made.id or 0, Values(), say(door.locale, OPENED, title=made.title)


def matching(door: Door, opportunity_id: int) -> tuple[str, str]:
    """Return how many would match and how many of them one may write to now about it."""
    rule = suggested(opportunity_for(door.session, door.who, opportunity_id))
    if not rule["of"]:
        return "", ""
    found = split(door.session, door.who, read_rule(rule), now=door.now, aim=Aim(opportunity_id=opportunity_id))
    return (
        say_n(door.locale, "{count} matches", "{count} match", found.total),
        say_n(door.locale, "{count} person reachable now", "{count} people reachable now", len(found.reachable)),
    )


def _jobs(door: Door, text: str) -> list[Option]:
    return [Option(job.code, jobs.label(job.code, door.locale)) for job in jobs.search(text[:80], FOUND_AT_ONCE)]


def _places(text: str) -> list[Option]:
    return [Option(one.insee, values.place_words(one.insee)) for one in places.search(text[:80], FOUND_AT_ONCE)]
