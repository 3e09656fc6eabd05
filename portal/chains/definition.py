"""What a chain does: one document of steps, checked as a whole before it can be saved."""

from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from portal.chains import mending, structure
from portal.chains.structure import BRANCHES, Problem
from portal.kit.errors import Refused

StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Silence = Annotated[int, Field(ge=1, le=60, description="days without an answer")]

# What a letter's text may name; see `portal.chains.letters`.
FILLED_IN = ("first_name", "knows", "author", "house", "title", "place")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """A letter's subject and body in one language; `{first_name}` and the like are filled in."""

    subject: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

    @field_validator("subject", "body", mode="before")
    @classmethod
    def _plain(cls, text: Any) -> Any:  # noqa: ANN401 - whatever was typed
        # PostgreSQL keeps no NUL, and a browser sends the ends of lines as it likes.
        return text.replace("\0", "").replace("\r\n", "\n") if isinstance(text, str) else text

    @field_validator("subject")
    @classmethod
    def _one_line(cls, text: str) -> str:
        return text.replace("\n", " ")

    @field_validator("subject", "body")
    @classmethod
    def _only_known_names(cls, text: str) -> str:
        try:
            parsed = list(Formatter().parse(text))
        except ValueError as wrong:
            raise _wrong(mending.LONE_BRACE) from wrong
        for _, name, how, conversion in parsed:
            if name is not None and (name not in FILLED_IN or how or conversion):
                known = ", ".join(f"{{{one}}}" for one in FILLED_IN)
                raise _wrong(mending.UNKNOWN_NAME, name=f"{{{name}}}", known=known)
        return text


def _wrong(sentence: str, **params: object) -> PydanticCustomError:
    return PydanticCustomError(mending.OURS, "to be mended", {"sentence": sentence, "params": params})


class Text(_Part):
    """The same letter in French and English."""

    fr: Words
    en: Words


class Info(_Part):
    """A letter that asks nothing."""

    type: Literal["info"] = "info"
    key: StepKey
    text: Text
    next: StepKey


class QuestionStep(_Part):
    """A question with its four answers, and silence."""

    type: Literal["question"] = "question"
    key: StepKey
    question: Literal["still_looking", "opportunity"]
    text: Text
    on_yes: StepKey
    on_more_info: StepKey
    on_no: StepKey
    on_later: StepKey
    on_silence: StepKey
    silence_days: Silence = 14


class Wait(_Part):
    """Some working days where the talent lives."""

    type: Literal["wait"] = "wait"
    key: StepKey
    days: Annotated[int, Field(ge=1, le=365)]
    next: StepKey


class Digest(_Part):
    """The condensed offer: OK, or not for me."""

    type: Literal["digest"] = "digest"
    key: StepKey
    on_yes: StepKey
    on_no: StepKey
    on_silence: StepKey
    silence_days: Silence = 7


class Slots(_Part):
    """Two times held until a deadline (the house's hold time)."""

    type: Literal["slots"] = "slots"
    key: StepKey
    on_picked: StepKey
    on_neither: StepKey
    on_silence: StepKey


class SurveyStep(_Part):
    """An experience survey."""

    type: Literal["survey"] = "survey"
    key: StepKey
    survey_id: int
    text: Text
    next: StepKey
    silence_days: Silence = 14


class End(_Part):
    """Nothing more happens."""

    type: Literal["end"] = "end"
    key: StepKey


Step = Annotated[Info | QuestionStep | Wait | Digest | Slots | SurveyStep | End, Field(discriminator="type")]


class Definition(_Part):
    """The steps of a chain; the first is where everyone starts."""

    steps: Annotated[list[Step], Field(min_length=1, max_length=50)]

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(step for step in self.steps if step.key == key)

    @property
    def needs_opportunity(self) -> bool:
        """Tell whether it can only be launched for a job to fill."""
        return any(_speaks_of_a_job(step) for step in self.steps)

    @model_validator(mode="after")
    def _holds_together(self) -> "Definition":
        for problem in structure.problems(structure.shape_of(self.model_dump())):
            raise _wrong(problem.sentence, **problem.params)
        return self


def _speaks_of_a_job(step: Step) -> bool:
    if step.type in {"digest", "slots"} or (step.type == "question" and step.question == "opportunity"):
        return True
    text = getattr(step, "text", None)
    said = [f"{words.subject} {words.body}" for words in (text.fr, text.en)] if text is not None else []
    return any(name in {"title", "place"} for words in said for _, name, _, _ in Formatter().parse(words))


def branches(step: Step) -> Iterator[str]:
    """Yield the keys a step can lead to."""
    for name in BRANCHES:
        target = getattr(step, name, None)
        if target is not None:
            yield target


def problems(document: Any) -> list[Problem]:  # noqa: ANN401 - whatever was typed
    """Return everything to mend in a chain that may be half written, in the order of its steps."""
    try:
        Definition.model_validate(document)
    except ValidationError as wrong:
        found = mending.told(wrong.errors()) + list(structure.problems(structure.shape_of(document)))
        return sorted(found, key=lambda problem: -1 if problem.step is None else problem.step)
    return []


def read_definition(document: Any) -> Definition:  # noqa: ANN401 - whatever was typed or stored
    """Return the checked definition; Refused with one sentence naming the first thing to mend."""
    try:
        return Definition.model_validate(document)
    except ValidationError as wrong:
        first = problems(document)[0]
        raise Refused(first.sentence, **first.params) from wrong
