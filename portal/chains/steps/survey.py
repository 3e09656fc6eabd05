"""An invitation to say how it went."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from portal.chains.rules import EnrolmentState, Outcome
from portal.chains.steps.base import Choice, Days, Happened, Step, StepKey, Way
from portal.chains.steps.text import Text, answer_until, subject_of, written
from portal.chains.turns import (
    AskedAnew,
    Asks,
    Draft,
    Event,
    Here,
    Responded,
    Sheet,
    Silent,
    Turn,
    go_on,
)
from portal.conversations.rules import Question
from portal.kit.i18n import N_, say
from portal.postbox.content import Content, NamedLink, button, buttons, small
from portal.postbox.rules import LinkPurpose

MOST_SILENCE = 60
NO_SURVEY = N_("Step {step}: choose the survey.")


class SurveyStep(Step):
    """An experience survey; answered or not, the way goes on."""

    class Branch(StrEnum):
        NEXT = "next"

    NAME = N_("Survey")
    CALLED = N_("an experience survey")
    TOLD = N_("An invitation to say how it went.")
    AHEAD = N_("You get a short survey by mail.")
    COMES = N_("A short survey is on its way to you by mail.")
    WAYS: ClassVar = {Branch.NEXT: Way(N_("Then"))}
    ONWARD: ClassVar = (Branch.NEXT,)
    SETTINGS: ClassVar = (
        Choice(
            "survey_id",
            N_("Which survey"),
            NO_SURVEY,
            hint=N_("Surveys are written in their own room."),
        ),
        Days("silence_days", N_("Take silence for an answer after"), N_("days"), usual=14, most=MOST_SILENCE),
    )
    RIVER: ClassVar = {Happened.SENT: N_("Asked for their view"), Happened.WENT_ON: N_("Gave their view")}
    SPEAKS = True

    type: Literal["survey"] = "survey"
    survey_id: int
    text: Text
    next: StepKey
    silence_days: Annotated[int, Field(ge=1, le=MOST_SILENCE, description="days without an answer")] = 14

    @property
    def about_a_job(self) -> bool:
        """Tell whether its words name the job."""
        return self.text.about_a_job

    @property
    def lasts(self) -> timedelta:
        """Return how long it can be answered."""
        return timedelta(days=self.silence_days)

    def about(self) -> dict[str, Any]:
        """Return the survey: nobody is asked the same twice."""
        return {"survey_id": self.survey_id}

    @classmethod
    def title(cls, written: Mapping[str, Any], locale: str) -> str:
        """Return its subject."""
        return subject_of(written, locale)

    def write(self, sheet: Sheet) -> Content:
        """Return the invitation."""
        reader = sheet.reader
        subject, blocks = written(self.text, sheet)
        pressed = buttons(button(say(reader.locale, "Answer the survey"), "survey"))
        return Content(
            "survey",
            reader.locale,
            subject,
            (*blocks, pressed, answer_until(sheet), small(reader.why)),
            (NamedLink("survey", LinkPurpose.SURVEY, sheet.until, {"survey": self.survey_id}),),
        )

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - the gate knows the hour
        """Invite."""
        asks = Asks(Question.SURVEY, self.lasts, self.survey_id)
        return Turn(draft=Draft(self.contact(here), self.write, asks))

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Go on, answered or not."""
        match event:
            case Responded() if here.state is EnrolmentState.ASKED and here.step == self.key:
                return Turn(go_on(self.next, now))
            case Silent():
                return Turn(go_on(self.next, now, Outcome.SILENCE))
            case Responded() | AskedAnew():
                return Turn()
            case _:
                return super().heard(here, event, now)
