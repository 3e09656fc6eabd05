"""What a recruiter sees of the pool."""

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.consent.queries import standings
from portal.consent.rules import Purpose, Standing
from portal.gate.notice import GRACE_DAYS, days_to_inform
from portal.kit.clock import local_day
from portal.kit.i18n import N_, ago, moment, number, say, say_n, short_day
from portal.segments.pool import pool_page
from portal.segments.queries import pool_size
from portal.segments.reachable import split_ids
from portal.segments.searching import MOST
from portal.talents.labels import label
from portal.talents.queries import Sort, TalentRow
from portal.talents.tags import tags_of
from portal.talents.vocabulary import Availability
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter.pool.choosing import choices
from portal.ui.recruiter.pool.narrowing import NAMES, address, clean, filters
from portal.ui.recruiter.pool.opening import opening

SIZE = 50


@dataclass
class PoolRow:
    """One person, in words; the marks say a state, their shades only repeat it."""

    id: int
    name: str
    job: str
    place: str
    availability: str
    availability_said: str
    standing: str
    standing_shade: str
    to_inform: str
    contact: str
    contact_exactly: str
    reach: str
    reach_shade: str
    tags: str = ""


@dataclass
class Listed:
    """One page of the list."""

    rows: list[PoolRow] = field(default_factory=list)
    told: str = ""
    many: str = ""
    page: int = 1
    has_before: bool = False
    has_after: bool = False


class PoolList(Room):
    """The list, as narrowed by the address and by what is typed."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    asked_for: dict[str, str] = {}
    narrowed: bool = False
    nobody_yet: bool = False
    rows: list[PoolRow] = []
    told: str = ""
    many: str = ""
    has_before: bool = False
    has_after: bool = False
    choices: dict[str, list[list[str]]] = {}

    @rx.event
    async def load(self) -> None:
        """Read the list the address asks for."""
        asked = {name: self.asked(name) for name in NAMES}
        asked = clean(asked if any(asked.values()) else await self.inside(opening))
        asked, self.choices = await self.inside(lambda door: choices(door, asked))
        await self._show(asked)
        self.loaded = True

    @rx.event
    async def search(self, text: str) -> EventSpec:
        """Narrow as one types."""
        return await self._narrow(q=text)

    @rx.event
    async def narrow(self, name: str, value: str) -> EventSpec:
        """Choose in one filter."""
        return await self._narrow(**({name: value} if name in NAMES else {}))

    @rx.event
    async def before(self) -> EventSpec:
        """Turn back a page."""
        return await self._turn(-1)

    @rx.event
    async def after(self) -> EventSpec:
        """Turn the page."""
        return await self._turn(1)

    @rx.event
    async def refresh(self) -> EventSpec:
        """Read the same page of the list again."""
        return await self._show(clean(self.asked_for))

    async def _narrow(self, **changed: str) -> EventSpec:
        return await self._show(clean(self.asked_for | {"page": "1"} | changed))

    async def _turn(self, by: int) -> EventSpec:
        page = max(1, int(self.asked_for.get("page", "1")) + by)
        return await self._show(clean(self.asked_for | {"page": str(page)}))

    async def _show(self, asked: dict[str, str]) -> EventSpec:
        seen = await self.inside(lambda door: _listed(door, asked))
        self.asked_for = asked | {"page": str(seen.page)}
        self.narrowed = address(asked | {"page": "1", "sort": Sort.NAME.value}) != "/pool"
        self.rows, self.told, self.many = seen.rows, seen.told, seen.many
        self.has_before, self.has_after = seen.has_before, seen.has_after
        self.nobody_yet = not seen.rows and not self.narrowed
        # The address follows, so that a list can be kept, sent and gone back to; nothing is loaded again.
        return rx.call_script(f"history.replaceState(history.state, '', {json.dumps(address(self.asked_for))})")


def _listed(door: Door, asked: dict[str, str]) -> Listed:
    page, narrowed = int(asked["page"]), filters(asked)

    def found(at: int) -> tuple[list[TalentRow], int]:
        sort = Sort(asked["sort"])
        return pool_page(door.session, door.who, asked["q"], narrowed, sort, at, now=door.now, size=SIZE)

    seen, total = found(page)
    last = max(1, -(-min(total, MOST if asked["q"] else total) // SIZE))
    if page > last:
        page = last
        seen, total = found(page)
    first = (page - 1) * SIZE
    return Listed(
        rows=_rows(door, seen),
        told=_told(door, first, len(seen), _counted(door, asked, total)),
        many=_many(door, asked, total),
        page=page,
        has_before=page > 1,
        has_after=page < last,
    )


def _counted(door: Door, asked: dict[str, str], total: int) -> str:
    """Return the number found; of a search that finds very many, only that there are more."""
    if asked["q"] and total > MOST:
        return say(door.locale, N_("more than {most}"), most=number(door.locale, MOST))
    return number(door.locale, total)


def _told(door: Door, first: int, shown: int, total: str) -> str:
    if not shown:
        return say(door.locale, N_("Nobody"))
    begins, ends = number(door.locale, first + 1), number(door.locale, first + shown)
    return say(door.locale, N_("{first}–{last} of {total}"), first=begins, last=ends, total=total)


def _many(door: Door, asked: dict[str, str], total: int) -> str:
    everyone = pool_size(door.session)
    if total == everyone:
        return say_n(door.locale, "{count} person in the pool", "{count} people in the pool", total)
    found = say_n(door.locale, "{count} person found", "{count} people found", total)
    if asked["q"] and total > MOST:
        found = say(door.locale, N_("{total} people found"), total=_counted(door, asked, total))
    return say(door.locale, N_("{found}, of {total} in the pool"), found=found, total=number(door.locale, everyone))


def _rows(door: Door, seen: list[TalentRow]) -> list[PoolRow]:
    ids = [one.id for one in seen]
    reach = _reach(door, ids)
    stand = standings(door.session, ids, Purpose.POOL)
    owed = days_to_inform(door.session, ids, now=door.now)
    worn = tags_of(door.session, door.who, ids)
    told = {id_: " · ".join(tag.name for tag in tags) for id_, tags in worn.items()}
    return [_row(door, one, reach[one.id], stand.get(one.id), (owed.get(one.id), told.get(one.id, ""))) for one in seen]


def _reach(door: Door, ids: list[int]) -> dict[int, tuple[str, str]]:
    told = split_ids(door.session, door.who, ids, now=door.now)
    can = say(door.locale, N_("yes"))
    return dict.fromkeys(told.reachable, (can, "good")) | {
        id_: (bucket.label(door.locale), "outline") for bucket in told.blocked for id_ in bucket.talent_ids
    }


def _row(
    door: Door,
    one: TalentRow,
    reach: tuple[str, str],
    stands: tuple[Standing, Any] | None,
    beside: tuple[int | None, str],
) -> PoolRow:
    owed, tags = beside
    standing, shade = _standing(door, stands)
    contact, exactly = _contact(door, one)
    return PoolRow(
        id=one.id,
        name=one.name or say(door.locale, N_("No name")),
        job=one.job(door.locale),
        place=_where(door, one),
        availability=_availability(door, one),
        availability_said=_said(door, one),
        standing=standing,
        standing_shade=shade,
        to_inform="" if owed is None else to_inform(door.locale, owed),
        contact=contact,
        contact_exactly=exactly,
        reach=reach[0],
        reach_shade=reach[1],
        tags=tags,
    )


def to_inform(locale: str, days: int) -> str:
    """Say how long there is to tell someone that we hold their data (GDPR 14)."""
    if days < 0:
        left = max(0, days + GRACE_DAYS)
        one, many = N_("never informed: erased in {count} day"), N_("never informed: erased in {count} days")
        return say_n(locale, one, many, left)
    return say_n(locale, N_("{count} day left to inform"), N_("{count} days left to inform"), days)


def _where(door: Door, one: TalentRow) -> str:
    if one.place_name and one.radius_km:
        return say(door.locale, N_("{place} + {km} km"), place=one.place_name, km=one.radius_km)
    return one.place_name


def _availability(door: Door, one: TalentRow) -> str:
    if one.availability is None:
        return ""
    if one.availability is Availability.FROM_DATE and one.available_from:
        return say(door.locale, N_("from {day}"), day=short_day(door.locale, one.available_from))
    return label(door.locale, one.availability)


def _said(door: Door, one: TalentRow) -> str:
    if one.availability is None or one.availability_said is None:
        return ""
    return say(door.locale, N_("said on {day}"), day=short_day(door.locale, one.availability_said))


def _standing(door: Door, stands: tuple[Standing, Any] | None) -> tuple[str, str]:
    standing, ends = stands or (Standing.NONE, None)
    match standing:
        case Standing.GIVEN if ends is not None and ends <= local_day(door.now, door.zone):
            return say(door.locale, N_("expired")), "outline"
        case Standing.GIVEN:
            return say(door.locale, N_("valid")), "good"
        case Standing.WITHDRAWN:
            return say(door.locale, N_("withdrawn")), "loss"
        case Standing.NONE:
            return say(door.locale, N_("none")), "outline"


def _contact(door: Door, one: TalentRow) -> tuple[str, str]:
    """Return the last time either side gave a sign, and which."""
    signs = [(one.last_act_at, N_("from them, {when}")), (one.last_letter_at, N_("our letter, {when}"))]
    known = [(at, sentence) for at, sentence in signs if at is not None]
    if not known:
        return say(door.locale, N_("never")), ""
    at, sentence = max(known, key=lambda pair: pair[0])
    when = ago(door.locale, at, door.zone, door.now)
    return say(door.locale, sentence, when=when), moment(door.locale, at, door.zone, door.now)
