"""What a recruiter sees of one talent, and changes of what they know."""

from typing import Any, ClassVar

import reflex as rx

from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.talents import jobs, places
from portal.talents.actions import update_by_recruiter
from portal.talents.queries import profile
from portal.talents.vocabulary import Contract, Environment, Interest
from portal.talents.wordcheck import HINTS, check
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.talent.profile import ConsentRow, Fact, Shown, shown
from portal.ui.session import notice

SAVED = N_("Saved. The timeline says who changed what.")
NOTHING = N_("Nothing was changed.")
NO_SUCH_PLACE = N_("We do not know the place “{place}”. Write a French commune, like “Lyon” or “Saint-Denis (93)”.")
LONGEST = 2000
_MANY = {"contracts": Contract, "interests": Interest, "environments": Environment}
_ONE = (
    "job_text",
    "does",
    "experience",
    "salary_floor",
    "availability",
    "available_from",
    "radius_km",
    "remote",
)


class TalentPage(Room):
    """Who they are, what they do and wish."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    name: str = ""
    tagline: str = ""
    who: list[Fact] = []
    work: list[Fact] = []
    wishes: list[Fact] = []
    mobility: list[Fact] = []
    sources: list[Fact] = []
    consents: list[ConsentRow] = []
    gaps: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the person the address names."""
        talent_id = self.number("talent_id")
        self.loaded = False
        self._show(await self.inside(lambda door: shown(door, talent_id)))

    def _show(self, seen: Shown) -> None:
        for name, value in vars(seen).items():
            setattr(self, name, value)
        self.loaded = True


class TalentEdit(Room):
    """The form that corrects what we know; what they said themself stands."""

    audience: ClassVar[Audience] = RECRUITERS
    editing: bool = False
    problem: str = ""
    hint: str = ""
    held: dict[str, str] = {}
    chosen: list[str] = []
    locked: list[str] = []

    @rx.event
    async def begin(self) -> None:
        """Open the form with what stands."""
        talent_id = self.number("talent_id")
        self.held, self.chosen, self.locked = await self.inside(lambda door: _held(door, talent_id))
        self.editing, self.problem, self.hint = True, "", ""

    @rx.event
    async def consider(self, text: str) -> None:
        """Hint at words that had better not be noted; never a refusal."""
        self.hint = await self.inside(lambda door: _hint(door, text))

    @rx.event
    def leave(self) -> None:
        """Put the form away."""
        self.editing = False

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[Any] | None:
        """Keep what was changed, or say beside the form what cannot be."""
        talent_id = self.number("talent_id")
        try:
            told = await self.inside(lambda door: _save(door, talent_id, form))
        except Told as refusal:
            self.problem = str(refusal)
            return None
        self.editing = False
        return [notice(told), TalentPage.load]


def _hint(door: Door, text: str) -> str:
    return " ".join(say(door.locale, HINTS[flag.ground], word=flag.word) for flag in check(text[:LONGEST])[:3])


def _held(door: Door, talent_id: int) -> tuple[dict[str, str], list[str], list[str]]:
    """Return what the form shows: single values by name, ticked boxes as `name.value`, fields only they may change."""
    seen = profile(door.session, door.who, talent_id)
    told = seen.told
    single = {name: str(told[name].value or "") for name in (*_ONE, "place_name")}
    if told["job_code"].value and not single["job_text"]:
        single["job_text"] = jobs.label(told["job_code"].value, "fr")
    ticked = [f"{name}.{value}" for name in _MANY for value in told[name].value or ()]
    locked = [name for name, value in told.items() if value.by == "talent"]
    return single | {"email": seen.email or "", "phone": seen.phone or ""}, ticked, locked


def _save(door: Door, talent_id: int, form: dict[str, Any]) -> str:
    before, ticked, locked = _held(door, talent_id)
    changes: dict[str, object] = {
        name: str(form[name]) for name in (*_ONE, "email", "phone") if name in form and str(form[name]) != before[name]
    }
    for name, vocabulary in _MANY.items():
        now = [value.value for value in vocabulary if form.get(f"{name}.{value.value}")]
        if name not in locked and {f"{name}.{value}" for value in now} != {
            t for t in ticked if t.startswith(f"{name}.")
        }:
            changes[name] = now
    place = str(form.get("place_name", before["place_name"])).strip()
    if place != before["place_name"]:
        changes["place_code"] = _place(place)
    if "available_from" in changes and "availability" in form:
        changes.setdefault("availability", str(form["availability"]))
    if "availability" in changes and "available_from" in form:
        changes.setdefault("available_from", str(form["available_from"]))
    changed = update_by_recruiter(door.session, door.who, talent_id, changes, now=door.now) if changes else ()
    return say(door.locale, SAVED if changed else NOTHING)


def _place(typed: str) -> str:
    if not typed:
        return ""
    found = places.match(typed)
    if found is None:
        raise Refused(NO_SUCH_PLACE, place=typed[:80])
    return found.insee
