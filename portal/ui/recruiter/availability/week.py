"""A recruiter's slots of one week, day by day, in their own zone."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from portal.booking.queries import SlotRow, SlotState, slots_of
from portal.kit.clock import local_day
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, clock, day, moment, number, say, say_n
from portal.kit.zones import same_clock, zone_name
from portal.ui.doors import Door

FURTHEST_WEEKS = 53
_STATES = {SlotState.FREE: N_("free"), SlotState.HELD: N_("held"), SlotState.BOOKED: N_("booked")}


@dataclass
class Slot:
    """One slot, in words; `state` is `free`, `held` or `booked`."""

    id: int
    time: str
    state: str
    told: str
    talent_id: int
    talent: str
    booking_id: int
    there: str = ""


@dataclass
class Day:
    """One day and its slots."""

    title: str
    count: str
    slots: list[Slot] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """One week: its days that have slots, and what is to come in all."""

    number: int
    title: str
    days: list[Day]
    summary: str
    any_at_all: bool
    first_day: str


def week(door: Door, number_: int) -> Week:
    """Return the week `number_` weeks from now."""
    number_ = max(0, min(number_, FURTHEST_WEEKS))
    today = local_day(door.now, door.zone)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=number_)
    everything = slots_of(door.session, door.who, door.who.id, now=door.now)
    inside = [one for one in everything if monday <= _day_of(door, one) < monday + timedelta(days=7)]
    days = [
        Day(_beginning(day(door.locale, when)), number(door.locale, len(slots)), slots)
        for when, found in groupby(inside, key=lambda one: _day_of(door, one))
        if (slots := [_slot(door, one) for one in found])
    ]
    sunday = monday + timedelta(days=6)
    title = f"{day(door.locale, monday)} – {day(door.locale, sunday)}"
    proposed = max(monday, _next_workday(today))
    return Week(number_, title, days, _summary(door, everything), bool(everything), proposed.isoformat())


def _next_workday(today: date) -> date:
    after = today + timedelta(days=1)
    while after.weekday() > 4:
        after += timedelta(days=1)
    return after


def _day_of(door: Door, one: SlotRow) -> date:
    return one.starts_at.astimezone(ZoneInfo(door.zone)).date()


def _slot(door: Door, one: SlotRow) -> Slot:
    time = f"{clock(door.locale, one.starts_at, door.zone)} – {clock(door.locale, one.ends_at, door.zone)}"
    told = say(door.locale, _STATES[one.state])
    if one.until is not None:
        told = say(door.locale, "held until {when}", when=moment(door.locale, one.until, door.zone, door.now))
    there = _there(door, one)
    return Slot(one.id, time, one.state.value, told, one.talent_id or 0, one.talent or "", one.booking_id or 0, there)


def _there(door: Door, one: SlotRow) -> str:
    """Return the hour where whoever has it lives, if their clock shows another."""
    if not one.zone or same_clock(door.zone, one.zone, one.starts_at):
        return ""
    return f"{clock(door.locale, one.starts_at, one.zone)} ({zone_name(door.locale, one.zone)})"


def _summary(door: Door, slots: list[SlotRow]) -> str:
    many = {state: sum(one.state is state for one in slots) for state in _STATES}
    parts = (
        say_n(door.locale, N_("{count} free time"), N_("{count} free times"), many[SlotState.FREE]),
        say_n(door.locale, N_("{count} time held"), N_("{count} times held"), many[SlotState.HELD]),
        say_n(door.locale, N_("{count} talk booked"), N_("{count} talks booked"), many[SlotState.BOOKED]),
    )
    return say(door.locale, "To come: {parts}", parts=" · ".join(parts))


def _beginning(told: str) -> str:
    """Return it as it stands at the beginning of a line."""
    return told[:1].upper() + told[1:]


def booked(door: Door, booking_id: int) -> SlotRow:
    """Return one's own slot that a booking took; NotFound for any other booking."""
    mine = slots_of(door.session, door.who, door.who.id, now=door.now)
    found = next((one for one in mine if one.booking_id and one.booking_id == booking_id), None)
    if found is None:
        raise NotFound
    return found
