"""Two times held for one person, until they pick one, or say that neither suits."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from portal.booking.words import ASKED_WHEN_PICKING, call
from portal.chains.rules import Outcome
from portal.chains.steps.base import Happened, Step, StepKey, Way
from portal.chains.steps.text import hello, signed
from portal.chains.turns import (
    AskedAnew,
    Asks,
    Draft,
    Event,
    Here,
    LetGoOfTimes,
    Neither,
    Picked,
    Sheet,
    Silent,
    Task,
    Todo,
    Turn,
    go_on,
)
from portal.conversations.rules import Question
from portal.kit.i18n import N_, say
from portal.kit.zones import moment_in
from portal.postbox.content import Content, NamedLink, button, buttons, p
from portal.postbox.rules import LinkPurpose

# Two others once; then a person finds a time with them.
OFFERS = 2


class Slots(Step):
    """Two times held until a deadline (the house's hold time)."""

    class Branch(StrEnum):
        PICKED = "on_picked"
        NEITHER = "on_neither"
        SILENCE = "on_silence"

    NAME = N_("Times to choose")
    CALLED = N_("two times to meet")
    TOLD = N_("Two of your free times, held for this person alone. Neither suits: two others, once.")
    AHEAD = N_("You get two times to choose from.")
    COMES = N_("Two times are on their way to you by mail: pick the one that suits you.")
    WAYS: ClassVar = {
        Branch.PICKED: Way(N_("A time is picked")),
        Branch.NEITHER: Way(
            N_("Neither suits"), N_("After a second offer of two times. You are asked to find one with them.")
        ),
        Branch.SILENCE: Way(N_("No time picked")),
    }
    ONWARD: ClassVar = (Branch.PICKED,)
    RIVER: ClassVar = {Happened.SENT: N_("Times offered"), Happened.WENT_ON: N_("Booked")}
    SPEAKS = True
    NEEDS_TIMES = True
    OWES = Todo.OWED_TIMES

    type: Literal["slots"] = "slots"
    on_picked: StepKey
    on_neither: StepKey
    on_silence: StepKey

    @property
    def about_a_job(self) -> bool:
        """Tell that it leads to a talk about the job."""
        return True

    def write(self, sheet: Sheet) -> Content:
        """Return two times held for them alone."""
        reader, author, until = sheet.reader, sheet.occasion.author, sheet.until
        told = [moment_in(reader.locale, slot.starts_at, reader.zone, author.zone) for slot in sheet.times]
        pressed = [button(label, "slots", str(slot.id)) for label, slot in zip(told, sheet.times, strict=True)]
        neither = button(say(reader.locale, "Neither suits me"), "slots", "neither")
        asked = say(
            reader.locale,
            "{author} keeps two times for you, for you alone, until {deadline}. Which one suits you?",
            author=author.name,
            deadline=moment_in(reader.locale, until, reader.zone, author.zone),
        )
        return Content(
            "slots",
            reader.locale,
            say(reader.locale, "Two times held for you"),
            (
                hello(reader),
                p(asked),
                p(call(reader.locale, author.name, sheet.times[0], reader.phone, missing=ASKED_WHEN_PICKING)),
                buttons(*pressed, neither),
                p(say(reader.locale, "You will both get a calendar invitation as soon as you have picked.")),
                *signed(reader, sheet.occasion),
            ),
            (NamedLink("slots", LinkPurpose.SLOTS, until),),
        )

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - the gate knows the hour
        """Offer two times."""
        return Turn(draft=Draft(self.follow_up(here), self.write, Asks(Question.SLOTS, here.holds), self.NEEDS_TIMES))

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Follow what they picked, or did not."""
        match event:
            case Picked():
                return Turn(go_on(self.on_picked, now, Outcome.BOOKED))
            case Neither():
                return self._neither(here, now)
            case AskedAnew():
                return Turn(go_on(self.key, now), effects=(LetGoOfTimes(),))
            case Silent():
                return Turn(go_on(self.on_silence, now, Outcome.SILENCE))
            case _:
                return super().heard(here, event, now)

    def _neither(self, here: Here, now: datetime) -> Turn:
        """Offer two others once; then a person finds a time with them."""
        if here.offered < OFFERS:
            return Turn(go_on(self.key, now), effects=(LetGoOfTimes(),))
        found_by_hand = (LetGoOfTimes(), Task(Todo.FIND_A_TIME))
        return Turn(go_on(self.on_neither, now, Outcome.NEITHER_SLOT), effects=found_by_hand)
