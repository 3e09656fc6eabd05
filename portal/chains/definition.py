"""What a chain does: one document of steps, checked as a whole before it can be saved."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from portal.chains import mending, structure
from portal.chains.onward import Onward
from portal.chains.steps import AnyStep, Step
from portal.chains.steps.base import Part
from portal.chains.steps.text import OURS
from portal.chains.structure import Problem
from portal.kit.errors import Refused


class Definition(Part):
    """The steps of a chain; the first is where everyone starts."""

    steps: Annotated[list[AnyStep], Field(min_length=1, max_length=50)]

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(step for step in self.steps if step.key == key)

    @property
    def needs_opportunity(self) -> bool:
        """Tell whether it can only be launched for a job to fill."""
        return any(step.about_a_job for step in self.steps)

    @cached_property
    def onward(self) -> Mapping[str, Onward]:
        """Return, by step, what is written next to someone who comes to it: its own letter, or the first behind a rest."""
        return {step.key: self._onward(step) for step in self.steps}

    @cached_property
    def quiet(self) -> frozenset[str]:
        """Return the keys of the steps after which nothing is written any more."""
        return frozenset(key for key, onward in self.onward.items() if not onward.kind)

    def _onward(self, step: Step) -> Onward:
        days = 0
        while not (step.SPEAKS or step.ENDS):
            days += step.rest
            step = self.step(step.to(step.ONWARD[0]))
        return Onward(step.kind(), step.AHEAD, step.COMES, days) if step.SPEAKS else Onward()

    @model_validator(mode="after")
    def _holds_together(self) -> "Definition":
        for problem in structure.problems(structure.shape_of(self.model_dump())):
            raise PydanticCustomError(OURS, "to be mended", {"sentence": problem.sentence, "params": problem.params})
        return self


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
