"""The rule of a segment: one typed document, `all`/`any`/`none` groups around criteria.

What is not a class here cannot be asked: criteria that the law protects have no class, and unknown keys are refused.
`portal.segments.reading.read` is the only way in from JSON; a document made otherwise is not checked.
Ages in days count back from today, so that "in the next 60 days" stays true tomorrow.
"""

from typing import Annotated, Literal

from pydantic import Field

from portal.segments.document.criteria import (
    Answered,
    Available,
    Collected,
    Confirmed,
    Consent,
    Contracts,
    Criterion,
    Environments,
    Interests,
    Job,
    Language,
    LastAct,
    LastAnswer,
    LastLetter,
    Level,
    Member,
    Mobility,
    Near,
    NoticeDue,
    NoticePeriod,
    Own,
    Part,
    Relocation,
    RemoteShare,
    Salary,
    Score,
    Situation,
    Skills,
    Sources,
    Spoken,
    Tags,
)
from portal.segments.document.words import Band, Cefr, ConsentState, Since, Test

__all__ = [
    "Answered",
    "Available",
    "Band",
    "Cefr",
    "Collected",
    "Confirmed",
    "Consent",
    "ConsentState",
    "Contracts",
    "Criterion",
    "Environments",
    "Group",
    "Interests",
    "Job",
    "Language",
    "LastAct",
    "LastAnswer",
    "LastLetter",
    "Level",
    "Member",
    "Mobility",
    "Near",
    "Node",
    "NoticeDue",
    "NoticePeriod",
    "Own",
    "Relocation",
    "RemoteShare",
    "Salary",
    "Score",
    "Since",
    "Situation",
    "Skills",
    "Sources",
    "Spoken",
    "Tags",
    "Test",
    "criteria",
]


class Group(Part):
    """`all` of these hold, `any` one of them, or `none`. The whole rule of a segment is one group."""

    kind: Literal["all", "any", "none"]
    of: tuple["Node", ...]


Node = Annotated[Group | Criterion, Field(discriminator="kind")]
Group.model_rebuild()


def criteria(node: Group | Criterion) -> list[Criterion]:
    """Return every criterion of a rule, in reading order."""
    if isinstance(node, Group):
        return [found for child in node.of for found in criteria(child)]
    return [node]
