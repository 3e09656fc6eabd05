"""A time agreed on the phone: who, which day, at what time; booked, or moved there if the two have a talk already."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.booking.models import Slot
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_there, zone_name
from portal.replies.agreeing import TheirTalk, agree, talk_with, whom_one_talks_with
from portal.ui.components import button, form, line, problem, select_field, state_dialog, text_field
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.availability.offering import LENGTHS
from portal.ui.recruiter.availability.state import Availability
from portal.ui.recruiter.talent.talking import TalentTalk
from portal.ui.recruiter.talent.time import TalentTime
from portal.ui.session import notice
from portal.ui.words import word


@dataclass
class Asked:
    """The dialog in words: `people` to choose from where nobody is named, `zone` how the person's clock differs."""

    talent_id: int = 0
    title: str = ""
    people: list[list[str]] = field(default_factory=list)
    zone: str = ""
    day: str = ""
    minutes: str = "30"


class Agreeing(Room):
    """The dialog in which a time agreed on the phone is written down."""

    audience: ClassVar[Audience] = RECRUITERS
    asking: bool = False
    asked: Asked = Asked()
    lengths: list[list[str]] = []
    problem: str = ""

    @rx.event
    async def with_one(self, talent_id: int) -> None:
        """Ask for a time with this person."""
        await self._open(talent_id)

    @rx.event
    async def with_anyone(self) -> None:
        """Ask with whom, and when."""
        await self._open(0)

    @rx.event
    def leave(self) -> None:
        """Put it away."""
        self.asking = False

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[Any]:
        """Write the time down: both are told. Or say what to mend, the words still in the form."""
        named = self.asked.talent_id
        try:
            told = await self.inside(lambda door: _agree(door, named, form))
        except Told as why_not:
            self.problem = str(why_not)
            return []
        self.asking = False
        read_again: list[EventSpec] = [TalentTime.load, TalentTalk.load] if self._on_talent else [Availability.turn(0)]
        return [notice(told), *read_again]

    @property
    def _on_talent(self) -> bool:
        return bool(str(self.rx_router_page.params.get("talent_id", "")))

    async def _open(self, talent_id: int) -> None:
        self.asked, self.lengths = await self.inside(lambda door: _asked(door, talent_id))
        self.problem, self.asking = "", True


def _asked(door: Door, talent_id: int) -> tuple[Asked, list[list[str]]]:
    lengths = [[str(many), say(door.locale, "{minutes} min", minutes=many)] for many in LENGTHS]
    if not talent_id:
        people = [[str(id_), name] for id_, name in whom_one_talks_with(door.session, door.who)]
        title = say(door.locale, N_("Book a time agreed on the phone"))
        return Asked(0, title, people, day=door.now.date().isoformat()), lengths
    it = talk_with(door.session, door.who, talent_id, now=door.now)
    title = N_("Move the talk with {name}") if it.slot else N_("Book a talk with {name}")
    minutes = str(_minutes(it.slot)) if it.slot else "30"
    zone = "" if it.zone == door.zone else say(door.locale, _THERE, zone=zone_name(door.locale, it.zone))
    shown = minutes if minutes in {length for length, _ in lengths} else "30"
    day = (it.slot.starts_at if it.slot else door.now).date().isoformat()
    return Asked(talent_id, say(door.locale, title, name=it.name), [], zone, day, shown), lengths


_THERE = N_("The hour is yours; they live by {zone}.")


def _minutes(slot: Slot) -> int:
    return int((slot.ends_at - slot.starts_at).total_seconds() // 60)


def _agree(door: Door, named: int, form: dict[str, Any]) -> str:
    whom = named or _number(form, "talent")
    made = agree(door.session, door.who, whom, _day(form), _time(form), _number(form, "minutes"), now=door.now)
    it: TheirTalk = talk_with(door.session, door.who, made.talent_id, now=door.now)
    when = moment_there(door.locale, it.slot.starts_at, door.zone, it.zone, door.now) if it.slot else ""
    return say(
        door.locale, N_("It is settled with {name}: {when}. You both get an invitation."), name=it.name, when=when
    )


def _number(form: dict[str, Any], name: str) -> int:
    text = str(form.get(name, ""))
    if not text.isdecimal() or len(text) > 18:
        raise NotFound
    return int(text)


def _day(form: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(str(form.get("day", "")))
    except ValueError:
        raise Refused(N_("Choose a day.")) from None


def _time(form: dict[str, Any]) -> time:
    try:
        return time.fromisoformat(str(form.get("at", "")))
    except ValueError:
        raise Refused(N_("Write each hour like 09:30.")) from None


def agreeing() -> rx.Component:
    """Draw the dialog; the page that has it opens it."""
    asked = Agreeing.asked
    return state_dialog(
        "agreeing",
        asked.title,
        form(
            problem(Agreeing.problem),
            rx.cond(asked.talent_id == 0, select_field("talent", word("With whom"), asked.people)),
            line(
                text_field("day", word("Day"), id="agreed-day", type="date", default_value=asked.day),
                text_field("at", word("At"), id="agreed-at", type="time", default_value="10:00"),
            ),
            select_field(
                "minutes", word("A talk lasts"), Agreeing.lengths, id="agreed-minutes", default_value=asked.minutes
            ),
            rx.cond(asked.zone != "", rx.el.p(asked.zone, class_name="hint")),
            rx.el.p(word("Both of you get the invitation; a talk you have already is moved."), class_name="quiet-text"),
            rx.el.div(
                button(word("Write it down"), kind="primary", type="submit"),
                button(word("Not now"), on_click=Agreeing.leave, type="button"),
                class_name="buttons",
            ),
            on_submit=Agreeing.save,
            no_validate=True,
        ),
        shown=Agreeing.asking,
        on_close=Agreeing.leave,
    )
