"""The rule of a segment: one typed document, `all`/`any`/`none` groups around criteria.

What is not a class here cannot be asked: criteria that the law protects have no class, and unknown keys are refused.
`portal.segments.reading.read` is the only way in from JSON; a document made otherwise is not checked.
Ages in days count back from today, so that "in the next 60 days" stays true tomorrow.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from portal.consent.rules import Purpose
from portal.conversations.rules import Answer, Reason
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote


class ConsentState(StrEnum):
    """Where someone stands on one purpose today."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NONE = "none"


class Since(StrEnum):
    """How long ago something last happened. `not_within` also holds those with whom it never did."""

    WITHIN = "within"
    NOT_WITHIN = "not_within"
    NEVER = "never"


class Part(BaseModel):
    """Anything a rule is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Job(Part):
    """Their job is one of these ROME codes."""

    kind: Literal["job"] = "job"
    one_of: tuple[str, ...]


class Near(Part):
    """The place of work they declared lies within `km` of `place` (INSEE)."""

    kind: Literal["near"] = "near"
    place: str
    km: int


class Mobility(Part):
    """Their own mobility covers `place` (INSEE): their radius, a region they named, or remote work if that counts."""

    kind: Literal["mobility"] = "mobility"
    place: str
    remote_counts: bool = False


class Available(Part):
    """They could start now, by `day`, or within the next `days`. Nobody who is not looking."""

    kind: Literal["available"] = "available"
    when: Literal["now", "by", "within"]
    day: date | None = None
    days: int | None = None


class Situation(Part):
    """What they said of their availability."""

    kind: Literal["situation"] = "situation"
    one_of: tuple[Availability, ...]


class Contracts(Part):
    """They would take one of these contracts."""

    kind: Literal["contract"] = "contract"
    one_of: tuple[Contract, ...]


class Level(Part):
    """Their experience."""

    kind: Literal["experience"] = "experience"
    one_of: tuple[Experience, ...]


class Interests(Part):
    """One of these would make them move."""

    kind: Literal["interest"] = "interest"
    one_of: tuple[Interest, ...]


class Environments(Part):
    """They like one of these environments."""

    kind: Literal["environment"] = "environment"
    one_of: tuple[Environment, ...]


class RemoteShare(Part):
    """How much remote work they want."""

    kind: Literal["remote"] = "remote"
    one_of: tuple[Remote, ...]


class Salary(Part):
    """Their floor is at most so much (euros a year, gross); those who said nothing count if `or_unsaid`."""

    kind: Literal["salary"] = "salary"
    at_most: int
    or_unsaid: bool = False


class Sources(Part):
    """Where we got them from."""

    kind: Literal["source"] = "source"
    one_of: tuple[SourceKind, ...]


class Collected(Part):
    """The newest day a source got them lies within the last `days`, or before."""

    kind: Literal["collected"] = "collected"
    when: Literal["within", "before"]
    days: int


class LastLetter(Part):
    """When we last wrote to them."""

    kind: Literal["last_letter"] = "last_letter"
    when: Since
    days: int | None = None


class LastAct(Part):
    """When they last did something themselves: answered, signed in, pressed a button."""

    kind: Literal["last_act"] = "last_act"
    when: Since
    days: int | None = None


class LastAnswer(Part):
    """Their last answer, for these reasons if any are named, given within the last `days` if said."""

    kind: Literal["answer"] = "answer"
    one_of: tuple[Answer, ...]
    reasons: tuple[Reason, ...] = ()
    days: int | None = None


class Consent(Part):
    """Where they stand on one purpose today."""

    kind: Literal["consent"] = "consent"
    purpose: Purpose = Purpose.POOL
    one_of: tuple[ConsentState, ...]


class Language(Part):
    """The language they are written to in."""

    kind: Literal["language"] = "language"
    one_of: tuple[Literal["fr", "en"], ...]


Criterion = (
    Job
    | Near
    | Mobility
    | Available
    | Situation
    | Contracts
    | Level
    | Interests
    | Environments
    | RemoteShare
    | Salary
    | Sources
    | Collected
    | LastLetter
    | LastAct
    | LastAnswer
    | Consent
    | Language
)


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
