"""The questionnaire being written: pure steps from one draft to the next, and back to what a survey stores."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from portal.surveys.document import Choice, Question, Questionnaire
from portal.ui.recruiter.surveys.words import KINDS

LONGEST, LONGEST_OPTION = 300, 120


@dataclass
class OptionDraft:
    """One thing to choose."""

    code: str
    fr: str = ""
    en: str = ""


@dataclass
class QuestionDraft:
    """One question. `code` names its answers and never changes."""

    code: str
    kind: str
    fr: str = ""
    en: str = ""
    required: bool = False
    options: list[OptionDraft] = field(default_factory=list)
    problem: str = ""


def drafted(questionnaire: Questionnaire) -> list[QuestionDraft]:
    """Return a saved questionnaire to write on."""
    return [_drafted(question) for question in questionnaire.questions]


def _drafted(question: Question) -> QuestionDraft:
    options = [OptionDraft(one.key, one.fr, one.en) for one in question.options] if isinstance(question, Choice) else []
    return QuestionDraft(question.key, question.kind, question.fr, question.en, question.required, options)


def document(draft: Sequence[QuestionDraft]) -> list[dict[str, Any]]:
    """Return the draft as `surveys.rules.read` reads it."""
    return [_question(one) for one in draft]


def _question(one: QuestionDraft) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.code, "kind": one.kind, "fr": one.fr, "en": one.en, "required": one.required}
    if one.kind == "choice":
        told["options"] = [{"key": option.code, "fr": option.fr, "en": option.en} for option in one.options]
    return told


def added(draft: Sequence[QuestionDraft], kind: str) -> list[QuestionDraft]:
    """Add an empty question of a known kind at the end."""
    if kind not in KINDS:
        return list(draft)
    options = [OptionDraft("o1"), OptionDraft("o2")] if kind == "choice" else []
    return [*draft, QuestionDraft(_free("q", [one.code for one in draft]), kind, options=options)]


def removed(draft: Sequence[QuestionDraft], code: str) -> list[QuestionDraft]:
    """Take a question out."""
    return [one for one in draft if one.code != code]


def moved(draft: Sequence[QuestionDraft], code: str, by: int) -> list[QuestionDraft]:
    """Move a question up (−1) or down (1); at the end it stays."""
    order = list(draft)
    place = next((index for index, one in enumerate(order) if one.code == code), None)
    if place is None or by not in {-1, 1} or not 0 <= place + by < len(order):
        return order
    order[place], order[place + by] = order[place + by], order[place]
    return order


def told(draft: Sequence[QuestionDraft], code: str, language: str, text: str) -> list[QuestionDraft]:
    """Write a question's words in one language."""
    words = _clean(text, LONGEST)
    return _changed(draft, code, lambda one: replace(one, **_in(language, words)))


def demanded(draft: Sequence[QuestionDraft], code: str, *, required: bool) -> list[QuestionDraft]:
    """Require an answer, or not."""
    return _changed(draft, code, lambda one: replace(one, required=required))


def with_option(draft: Sequence[QuestionDraft], code: str) -> list[QuestionDraft]:
    """Add an empty option."""

    def add(one: QuestionDraft) -> QuestionDraft:
        return replace(one, options=[*one.options, OptionDraft(_free("o", [option.code for option in one.options]))])

    return _changed(draft, code, add)


def without_option(draft: Sequence[QuestionDraft], code: str, option: str) -> list[QuestionDraft]:
    """Take an option out."""
    return _changed(
        draft, code, lambda one: replace(one, options=[other for other in one.options if other.code != option])
    )


def option_told(
    draft: Sequence[QuestionDraft], code: str, option: str, language: str, text: str
) -> list[QuestionDraft]:
    """Write an option's words in one language."""
    words = _clean(text, LONGEST_OPTION)

    def write(one: QuestionDraft) -> QuestionDraft:
        options = [replace(o, **_in(language, words)) if o.code == option else o for o in one.options]
        return replace(one, options=options)

    return _changed(draft, code, write)


def marked(draft: Sequence[QuestionDraft], number: int | None, problem: str) -> list[QuestionDraft]:
    """Put a sentence beside the question of that number (from 1), and take every other away."""
    return [replace(one, problem=problem if index == number else "") for index, one in enumerate(draft, start=1)]


def _changed(draft: Sequence[QuestionDraft], code: str, change: Any) -> list[QuestionDraft]:
    return [change(one) if one.code == code else one for one in draft]


def _in(language: str, words: str) -> dict[str, str]:
    return {language: words} if language in {"fr", "en"} else {}


def _clean(text: object, most: int) -> str:
    return str(text).replace("\0", "")[:most]


def _free(letter: str, taken: Sequence[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"
