"""Every criterion a rule may ask, each one class; what everyone in the segment meets is said in its first line."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from portal.consent.rules import Purpose
from portal.conversations.rules import Answer, Reason
from portal.segments.document.words import Band, Cefr, ConsentState, Since, Test
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote


class Part(BaseModel):
    """Anything a rule is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Job(Part):
    """Their job, or another they do, is one of these ROME codes."""

    kind: Literal["job"] = "job"
    one_of: tuple[str, ...]


class Near(Part):
    """A place of work they declared lies within `km` of `place` (INSEE)."""

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
    """A source we got them from."""

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


class Skills(Part):
    """They can do one of these, however it is spelt."""

    kind: Literal["skill"] = "skill"
    one_of: tuple[str, ...]


class Spoken(Part):
    """They speak a language (ISO 639-1), and at least so well if said."""

    kind: Literal["spoken"] = "spoken"
    language: str
    at_least: Cefr | None = None


class NoticePeriod(Part):
    """They must stay where they are for so many days at most."""

    kind: Literal["notice"] = "notice"
    days: int


class Relocation(Part):
    """They would move house for the right job."""

    kind: Literal["relocation"] = "relocation"


class Tags(Part):
    """They wear one of these tags."""

    kind: Literal["tag"] = "tag"
    one_of: tuple[int, ...]


class Own(Part):
    """What a field of the house's own holds: words in it, all of it, a choice (or `yes`, `no`), a range, or anything."""

    kind: Literal["field"] = "field"
    field: int
    test: Test
    text: str = ""
    one_of: tuple[str, ...] | None = None
    least: float | None = None
    most: float | None = None
    since: date | None = None
    until: date | None = None


class Answered(Part):
    """They once gave one of these answers, for one of these reasons if any are named."""

    kind: Literal["answered"] = "answered"
    one_of: tuple[Answer, ...]
    reasons: tuple[Reason, ...] = ()


class NoticeDue(Part):
    """The art. 14 information is still owed to them: at all, within the next `days`, or since too long.

    Counted from the day they were taken in, the longest month (`gate.law.basis.NOTICE_DAYS`; a test holds the view
    `projected` to it): until then a letter may go, after it the gate lets none out. The law's own month (art. 14(3)(a): one
    month after obtaining the data) runs from the day of collection, and the DPO's page counts that one
    (`consent.rules.inform_by`). It may be over before a file is taken in: then the notice goes late, and is marked so;
    counted from there, nobody of an old export could ever be informed. Whoever was collected the day they came is never
    blocked while the law still lets us write.
    """

    kind: Literal["notice_due"] = "notice_due"
    when: Literal["owed", "within", "over"]
    days: int | None = None


class Confirmed(Part):
    """Someone last said something of them, or they did something, within the last `days`, or before."""

    kind: Literal["confirmed"] = "confirmed"
    when: Literal["within", "before"]
    days: int


class Score(Part):
    """How they answered a survey that is not anonymous."""

    kind: Literal["score"] = "score"
    survey: int
    one_of: tuple[Band, ...]


class Member(Part):
    """They are in another segment, as its rule stands today."""

    kind: Literal["segment"] = "segment"
    segment: int


Criterion = (
    Job
    | Skills
    | Spoken
    | NoticePeriod
    | Relocation
    | Tags
    | Own
    | Answered
    | NoticeDue
    | Confirmed
    | Score
    | Member
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
