"""A letter that asks nothing."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal

from portal.chains.steps.base import Happened, Step, StepKey, Way
from portal.chains.steps.text import Text, subject_of, written
from portal.chains.turns import Departed, Draft, Event, Here, NotDelivered, Sheet, Turn, go_on
from portal.kit.i18n import N_
from portal.postbox.content import Content, small


class Info(Step):
    """A letter that asks nothing; the way goes on once it has left."""

    class Branch(StrEnum):
        NEXT = "next"

    NAME = N_("Letter")
    CALLED = N_("an information letter")
    TOLD = N_("A letter that asks nothing.")
    AHEAD = N_("{author} writes to you by mail.")
    COMES = N_("A letter from {author} is on its way to you.")
    WAYS: ClassVar = {Branch.NEXT: Way(N_("Then"))}
    ONWARD: ClassVar = (Branch.NEXT,)
    RIVER: ClassVar = {Happened.SENT: N_("Got the letter")}
    SPEAKS = True

    type: Literal["info"] = "info"
    text: Text
    next: StepKey

    @property
    def about_a_job(self) -> bool:
        """Tell whether its words name the job."""
        return self.text.about_a_job

    @classmethod
    def title(cls, written: Mapping[str, Any], locale: str) -> str:
        """Return its subject."""
        return subject_of(written, locale)

    def write(self, sheet: Sheet) -> Content:
        """Return the letter as it was written."""
        subject, blocks = written(self.text, sheet)
        return Content("info", sheet.reader.locale, subject, (*blocks, small(sheet.reader.why)))

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - the gate knows the hour
        """Write. The first after each answer of theirs follows it; another one is a letter nobody waits for."""
        follows = here.agreed is not None and not here.agreed.thanked
        return Turn(draft=Draft(self.follow_up(here) if follows else self.contact(here), self.write))

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Go on when the letter has left, or never will."""
        match event:
            case Departed() | NotDelivered():
                return Turn(go_on(self.next, now))
            case _:
                return super().heard(here, event, now)
