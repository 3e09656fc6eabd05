"""The list of opportunities."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.kit.i18n import N_, ago, moment, number, say, short_day
from portal.opportunities.queries import OpportunityRow, opportunities
from portal.talents.labels import label
from portal.ui.doors import RECRUITERS, Audience, Door, Room

_SALARIES = {
    (True, True): N_("{low} to {high} €"),
    (True, False): N_("from {low} €"),
    (False, True): N_("up to {high} €"),
}


@dataclass
class Row:
    """One opportunity, in words."""

    id: int
    title: str
    place: str
    contract: str
    salary: str
    starts: str
    owner: str
    opened: str
    exactly: str


class OpportunityList(Room):
    """The open opportunities, or the closed ones."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    closed: bool = False
    rows: list[Row] = []

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        self.closed = closed = self.asked("show") == "closed"
        self.rows = await self.inside(lambda door: read(door, closed=closed))
        self.loaded = True


def read(door: Door, *, closed: bool) -> list[Row]:
    """Return the open opportunities (or the closed ones), in words."""
    return [_row(door, one) for one in opportunities(door.session, door.who, closed=closed)]


def _row(door: Door, one: OpportunityRow) -> Row:
    return Row(
        one.id,
        one.title,
        one.place_name or "–",
        label(door.locale, one.contract),
        salary(door.locale, one.salary_min, one.salary_max),
        short_day(door.locale, one.starts_on) if one.starts_on else "–",
        one.owner,
        ago(door.locale, one.created_at, door.zone, door.now),
        moment(door.locale, one.created_at, door.zone, door.now),
    )


def salary(locale: str, low: int | None, high: int | None) -> str:
    """Return `32 000 à 38 000 €`, or a dash."""
    if low is None and high is None:
        return "–"
    if low == high:
        return f"{number(locale, low or 0)}\u00a0€"
    sentence = _SALARIES[low is not None, high is not None]
    return say(locale, sentence, low=number(locale, low or 0), high=number(locale, high or 0))
