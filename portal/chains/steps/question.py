"""A question with its four answers. This is the page to read to know what happens when a candidate says no."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, assert_never

from pydantic import Field

from portal.chains.rules import EnrolmentState, Outcome
from portal.chains.steps.base import Choice, Days, Happened, Step, StepKey, Way, later, left_in_peace
from portal.chains.steps.text import Text, answer_until, subject_of, written
from portal.chains.turns import (
    Answered,
    AskedAnew,
    Asks,
    CallOffTheTalk,
    Draft,
    Effect,
    Event,
    Here,
    LetGoOfTimes,
    OpenConversation,
    Sheet,
    Silent,
    Turn,
    go_on,
)
from portal.conversations.rules import Answer, Question
from portal.kit.i18n import N_, say
from portal.postbox.content import Content, NamedLink, button, buttons, facts, small
from portal.postbox.rules import LinkPurpose

MOST_SILENCE = 60
ANSWERS = {
    Answer.YES: N_("Yes"),
    Answer.MORE_INFO: N_("Tell me more"),
    Answer.LATER: N_("Later"),
    Answer.NO: N_("No, thank you"),
}


class QuestionStep(Step):
    """A question with its four answers, and silence."""

    class Branch(StrEnum):
        YES = "on_yes"
        MORE_INFO = "on_more_info"
        LATER = "on_later"
        NO = "on_no"
        SILENCE = "on_silence"

    NAME = N_("Question")
    CALLED = N_("a question")
    TOLD = N_("Yes, tell me more, later, no: one click, and silence is an answer too.")
    AHEAD = N_("{author} asks you one more question, by mail.")
    COMES = N_("One more question from {author} is on its way to you by mail.")
    WAYS: ClassVar = {
        Branch.YES: Way(N_("Yes")),
        Branch.MORE_INFO: Way(N_("Tell me more"), N_("They stand in your inbox too: a person answers.")),
        Branch.LATER: Way(
            N_("Later"), N_("Nothing leaves before the day they name; the chain takes them up again then.")
        ),
        Branch.NO: Way(N_("No"), N_("They are thanked once and asked why; the gate leaves them in peace.")),
        Branch.SILENCE: Way(N_("No answer")),
    }
    ONWARD: ClassVar = (Branch.YES, Branch.MORE_INFO)
    ANSWERED: ClassVar = {
        Answer.YES: Branch.YES,
        Answer.MORE_INFO: Branch.MORE_INFO,
        Answer.LATER: Branch.LATER,
        Answer.NO: Branch.NO,
    }
    SETTINGS: ClassVar = (
        Choice(
            "question",
            N_("What is asked"),
            N_("Step {step}: choose what is asked."),
            {
                "still_looking": N_("Are you still looking?"),
                "opportunity": N_("Does this job interest you?"),
            },
            usual="still_looking",
        ),
        Days("silence_days", N_("Take silence for an answer after"), N_("days"), usual=14, most=MOST_SILENCE),
    )
    RIVER: ClassVar = {
        Happened.SENT: N_("Written to"),
        Happened.ANSWERED: N_("Answered"),
        Happened.WENT_ON: N_("Yes, or tell me more"),
    }
    SPEAKS = True

    type: Literal["question"] = "question"
    question: Literal["still_looking", "opportunity"]
    text: Text
    on_yes: StepKey
    on_more_info: StepKey
    on_no: StepKey
    on_later: StepKey
    on_silence: StepKey
    silence_days: Annotated[int, Field(ge=1, le=MOST_SILENCE, description="days without an answer")] = 14

    @property
    def about_a_job(self) -> bool:
        """Tell whether it asks about the job, or names it."""
        return Question(self.question) is Question.OPPORTUNITY or self.text.about_a_job

    @property
    def lasts(self) -> timedelta:
        """Return how long it can be answered."""
        return timedelta(days=self.silence_days)

    def about(self) -> dict[str, Any]:
        """Return the question: nobody is asked the same twice."""
        return {"question": Question(self.question)}

    @classmethod
    def title(cls, written: Mapping[str, Any], locale: str) -> str:
        """Return its subject."""
        return subject_of(written, locale)

    def write(self, sheet: Sheet) -> Content:
        """Return one question, four answers, and what a yes and a no lead to."""
        reader = sheet.reader
        subject, blocks = written(self.text, sheet)
        ahead = self.told_ahead(sheet)
        told = [(say(reader.locale, ANSWERS[each]), ahead[each.value]) for each in (Answer.YES, Answer.NO)]
        pressed = [button(say(reader.locale, label), "answer", answer.value) for answer, label in ANSWERS.items()]
        return Content(
            f"question_{self.question}",
            reader.locale,
            subject,
            (*blocks, buttons(*pressed), facts(told), answer_until(sheet), small(reader.why)),
            (NamedLink("answer", LinkPurpose.ANSWER, sheet.until),),
        )

    def decide(self, here: Here, now: datetime) -> Turn:  # noqa: ARG002 - the gate knows the hour
        """Ask."""
        return Turn(draft=Draft(self.contact(here), self.write, Asks(Question(self.question), self.lasts)))

    def heard(self, here: Here, event: Event, now: datetime) -> Turn:
        """Follow the answer, or the silence."""
        match event:
            case Answered():
                return self._answered(here, event, now)
            case Silent():
                return Turn(go_on(self.on_silence, now, Outcome.SILENCE))
            case AskedAnew():
                return Turn()
            case _:
                return super().heard(here, event, now)

    def _answered(self, here: Here, event: Answered, now: datetime) -> Turn:
        """Say what each answer leads to; another answer than before undoes first what that one had led to."""
        undone = self.undone(here, event)
        match event.answer:
            case Answer.YES | Answer.MORE_INFO if self._stands(here, event):
                return Turn(effects=self._opens(here, event.answer))
            case Answer.YES:
                return Turn(go_on(self.on_yes, now), effects=(*undone, *self._opens(here, Answer.YES)))
            case Answer.MORE_INFO:
                return Turn(go_on(self.on_more_info, now), effects=(*undone, *self._opens(here, Answer.MORE_INFO)))
            case Answer.NO:
                # Thanked once, asked why without insisting, and left in peace.
                return Turn(go_on(self.on_no, now, Outcome.NO), effects=left_in_peace(undone, event.ask_id))
            case Answer.LATER:
                off = tuple(dict.fromkeys((*undone, LetGoOfTimes(), CallOffTheTalk())))
                return Turn(later(self.on_later, event.on, now), effects=off)
            case _:
                assert_never(event.answer)

    def _opens(self, here: Here, answer: Answer) -> tuple[Effect, ...]:
        """Wishing to know more is answered by a person; a yes is talked about if anything follows it."""
        if answer is Answer.MORE_INFO:
            return (OpenConversation(waiting=True),)
        return () if self.on_yes in here.quiet else (OpenConversation(),)

    def _stands(self, here: Here, event: Answered) -> bool:
        """Tell whether they go on as they were: yes and wishing to know more lead to one step, whose letter has left."""
        if self.on_yes != self.on_more_info or event.before not in {Answer.YES, Answer.MORE_INFO}:
            return False
        return here.step != self.on_yes or (here.state is EnrolmentState.ASKED and not here.unsent)
