"""The condensed offer, after their own yes."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.chains.rules import Outcome
from portal.chains.steps.base import Days, Happened, Step, StepKey, Way, left_in_peace
from portal.chains.steps.offer import digest_facts, digest_text
from portal.chains.steps.text import answer_until, hello, signed
from portal.chains.turns import (
    Answered,
    AskedAnew,
    Asks,
    Draft,
    Event,
    Here,
    OpenConversation,
    Sheet,
    Silent,
    Todo,
    Turn,
    go_on,
)
from portal.conversations.rules import Answer, Question
from portal.kit.i18n import N_, say
from portal.postbox.content import Content, NamedLink, button, buttons, facts, p
from portal.postbox.rules import LinkPurpose

MOST_SILENCE = 60
_FOLLOWS = N_("Thank you for your answer. Here is the job in short.")
_BEGINS = N_("We have a job to put to you. Here it is in short.")
_ANSWERS = {Answer.YES: N_("OK, let us talk"), Answer.NO: N_("Not for me")}


class Digest(Step):
    """The condensed offer: OK, or not for me."""

    class Branch(StrEnum):
        YES = "on_yes"
        NO = "on_no"
        SILENCE = "on_silence"

    NAME = N_("Offer in short")
    CALLED = N_("the job in brief")
    TOLD = N_("The job in short, written from the opportunity: OK, or not for me.")
    AHEAD = N_("You get the offer in short, no strings attached.")
    COMES = N_("The offer in short is on its way to you by mail.")
    WAYS: ClassVar = {
        Branch.YES: Way(N_("OK, let us talk")),
        Branch.NO: Way(N_("Not for me"), N_("They are thanked once and asked why; the gate leaves them in peace.")),
        Branch.SILENCE: Way(N_("No answer")),
    }
    ONWARD: ClassVar = (Branch.YES,)
    ANSWERED: ClassVar = {Answer.YES: Branch.YES, Answer.NO: Branch.NO}
    CALLS = True
    SETTINGS: ClassVar = (
        Days("silence_days", N_("Take silence for an answer after"), N_("days"), usual=7, most=MOST_SILENCE),
    )
    RIVER: ClassVar = {Happened.WENT_ON: N_("OK to talk")}
    SPEAKS = True
    OWES = Todo.OWED_OFFER

    type: Literal["digest"] = "digest"
    on_yes: StepKey
    on_no: StepKey
    on_silence: StepKey
    silence_days: Annotated[int, Field(ge=1, le=MOST_SILENCE, description="days without an answer")] = 7

    @property
    def about_a_job(self) -> bool:
        """Tell that it is the job."""
        return True

    @property
    def lasts(self) -> timedelta:
        """Return how long it can be answered."""
        return timedelta(days=self.silence_days)

    def write(self, sheet: Sheet) -> Content:
        """Return the essential of the job, and two answers."""
        reader, job = sheet.reader, sheet.occasion.opportunity
        if job is None:
            raise ValueError("a digest needs an opportunity: the launch checks it")
        ahead = self.told_ahead(sheet)
        told = [(say(reader.locale, label), ahead[answer.value]) for answer, label in _ANSWERS.items()]
        pressed = [button(say(reader.locale, label), "answer", answer.value) for answer, label in _ANSWERS.items()]
        return Content(
            "digest",
            reader.locale,
            say(reader.locale, "In short: {title}", title=job.title)[:78],
            (
                hello(reader),
                p(say(reader.locale, _FOLLOWS if sheet.answers else _BEGINS)),
                facts(digest_facts(job, reader.locale)),
                *([p(text)] if (text := digest_text(job, reader.locale)) else []),
                p(say(reader.locale, "Does it speak to you?")),
                buttons(*pressed),
                facts(told),
                answer_until(sheet),
                *signed(reader, sheet.occasion),
            ),
            (NamedLink("answer", LinkPurpose.ANSWER, sheet.until),),
        )

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - the gate knows the hour
        """Send the essential."""
        return Turn(draft=Draft(self.follow_up(here), self.write, Asks(Question.DIGEST, self.lasts)))

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Follow the answer, or the silence."""
        match event:
            case Answered(Answer.YES):
                # Whoever wishes to talk is talked with: by the steps that follow, or else by a person.
                opens = OpenConversation(waiting=self.on_yes in here.quiet)
                return Turn(go_on(self.on_yes, now), effects=(*self.undone(here, event), opens))
            case Answered(Answer.NO, ask_id):
                return Turn(go_on(self.on_no, now, Outcome.NO), effects=left_in_peace(self.undone(here, event), ask_id))
            case Silent():
                return Turn(go_on(self.on_silence, now, Outcome.SILENCE))
            case AskedAnew():
                return Turn()
            case _:
                return super().heard(here, event, now)
