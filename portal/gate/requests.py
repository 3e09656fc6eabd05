"""What the gate is asked, and what is to be sent when it says go."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.consent.rules import Purpose
from portal.conversations.rules import Answer, Question
from portal.postbox.content import Content
from portal.postbox.rules import LetterKind


@dataclass(frozen=True, slots=True)
class Request:
    """May this person be sent this kind of letter, for this purpose, about this?

    `chain_id` and `step` name the chain's step that asks. `follows` is the ask whose answer this letter follows up,
    `on` the answer it takes for granted: should the answer in force be another one by the time the letter leaves, it stays.
    `elsewhere`: it goes to another address of theirs than the one that stands (`Draft.to`), of which a bounce says nothing.
    """

    kind: LetterKind
    talent_id: int | None = None
    staff_id: int | None = None
    purpose: Purpose | None = None
    question: Question | None = None
    opportunity_id: int | None = None
    survey_id: int | None = None
    enrolment_id: int | None = None
    chain_id: int | None = None
    step: str | None = None
    author_id: int | None = None
    follows: int | None = None
    on: Answer | None = None
    elsewhere: bool | None = None
    letter_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def as_document(self) -> dict[str, Any]:
        """Return what the decision keeps of it, whom it concerns aside."""
        return {name: value for name in _KEPT if (value := getattr(self, name)) is not None}


_KEPT = (
    "question",
    "opportunity_id",
    "survey_id",
    "enrolment_id",
    "chain_id",
    "step",
    "author_id",
    "follows",
    "on",
    "elsewhere",
)


def request_from(document: Mapping[str, Any], **known: Any) -> Request:  # noqa: ANN401
    """Return the request a decision was about, to ask the gate again."""
    about = dict(document)
    if "question" in about:
        about["question"] = Question(about["question"])
    if "on" in about:
        about["on"] = Answer(about["on"])
    return Request(**about, **known)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter someone would like to send: the question to the gate, and the words.

    `to` is another address of theirs than the one that stands (see `gate.addresses`); the request then says `elsewhere`.
    """

    request: Request
    content: Content
    conversation_id: int | None = None
    to: str = ""
