"""The kinds of step a chain is made of. A new kind is one class in a file of its own, and its name here."""

from typing import Annotated

from pydantic import Field

from portal.chains.steps.base import NoBranch, Step, Unheard
from portal.chains.steps.digest import Digest
from portal.chains.steps.end import End
from portal.chains.steps.info import Info
from portal.chains.steps.question import QuestionStep
from portal.chains.steps.slots import Slots
from portal.chains.steps.survey import SurveyStep
from portal.chains.steps.wait import Wait

AnyStep = Annotated[QuestionStep | Info | Wait | Digest | Slots | SurveyStep | End, Field(discriminator="type")]
# By the word a document names them by, in the order they are offered.
KINDS: dict[str, type[Step]] = {
    kind.kind(): kind for kind in (QuestionStep, Info, Wait, Digest, Slots, SurveyStep, End)
}

__all__ = ["KINDS", "AnyStep", "NoBranch", "Step", "Unheard"]
