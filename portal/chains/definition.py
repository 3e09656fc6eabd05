"""What a chain does: one document of steps, checked as a whole before it can be saved."""

from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from portal.kit.errors import Refused

StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Silence = Annotated[int, Field(ge=1, le=60, description="days without an answer")]

# What a letter's text may name; see `portal.chains.letters`.
FILLED_IN = ("first_name", "knows", "author", "house", "title", "place")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """A letter's subject and body in one language; `{first_name}` and the like are filled in."""

    subject: Annotated[str, Field(min_length=1, max_length=80)]
    body: Annotated[str, Field(min_length=1, max_length=4000)]

    @field_validator("subject", "body")
    @classmethod
    def _only_known_names(cls, text: str) -> str:
        try:
            names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as wrong:
            raise ValueError(
                "a brace stands alone in the text: remove it, or write a name such as {first_name}"
            ) from wrong
        for name in names - set(FILLED_IN):
            raise ValueError(f"{{{name}}} is not a name we can fill in; known are {', '.join(FILLED_IN)}")
        return text


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
_BRANCHES = ("next", "on_yes", "on_more_info", "on_no", "on_later", "on_silence", "on_picked", "on_neither")


class Definition(_Part):
    """The steps of a chain; the first is where everyone starts."""

    steps: Annotated[list[Step], Field(min_length=1, max_length=50)]

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(step for step in self.steps if step.key == key)

    @property
    def needs_opportunity(self) -> bool:
        """Tell whether it can only be launched for a job to fill."""
        return any(
            step.type in {"digest", "slots"} or (step.type == "question" and step.question == "opportunity")
            for step in self.steps
        )

    @model_validator(mode="after")
    def _holds_together(self) -> "Definition":
        keys = [step.key for step in self.steps]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"two steps are called “{key}”: give one of them another name")
        for step in self.steps:
            for target in branches(step):
                if target not in keys:
                    raise ValueError(f"step “{step.key}” leads to “{target}”, which does not exist")
        unreached = set(keys) - set(_reached(self))
        if unreached:
            raise ValueError(f"nothing leads to step “{min(unreached)}”: link it or remove it")
        _refuse_endless_loops(self)
        return self


def branches(step: Step) -> Iterator[str]:
    """Yield the keys a step can lead to."""
    for name in _BRANCHES:
        target = getattr(step, name, None)
        if target is not None:
            yield target


def _reached(definition: Definition) -> list[str]:
    reached, waiting = [], [definition.steps[0].key]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.append(key)
            waiting.extend(branches(definition.step(key)))
    return reached


def _refuse_endless_loops(definition: Definition) -> None:
    """Every way round must pass through a wait, or someone would be written to without end."""
    through = {step.key: list(branches(step)) for step in definition.steps if step.type != "wait"}
    done: set[str] = set()

    def visit(key: str, way: frozenset[str]) -> None:
        if key in way:
            raise ValueError(f"the chain goes round through “{key}” without a wait: add a wait on the way")
        if key not in done:
            for target in through.get(key, ()):
                visit(target, way | {key})
            done.add(key)

    for key in through:
        visit(key, frozenset())


def read_definition(document: Any) -> Definition:  # noqa: ANN401 - whatever was typed or stored
    """Return the checked definition; Refused with one sentence naming the first thing to mend."""
    try:
        return Definition.model_validate(document)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        if first["type"] == "value_error":
            raise Refused("This chain cannot run: {what}.", what=str(first["ctx"]["error"])) from wrong
        where = " › ".join(str(part) for part in first["loc"])
        raise Refused("This chain cannot be read at {where}: {what}.", where=where, what=first["msg"]) from wrong
