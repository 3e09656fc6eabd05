"""What a questionnaire must be, what answers it takes, and how they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.kit.typed import LONGEST
from portal.surveys.document import Choice, Nps, Question, Questionnaire, Scale, Text

MOST_QUESTIONS = 30
OPTIONS = (2, 12)
LONGEST_TEXT = LONGEST
RANGES: dict[type[Question], tuple[int, int]] = {Nps: (0, 10), Scale: (1, 5)}


def read(raw: object) -> Questionnaire:
    """Return the questionnaire written in `raw` (a list of questions as JSON), or refuse what to mend."""
    questions = raw if isinstance(raw, list | tuple) else None
    if not questions:
        raise Refused(N_("A survey asks at least one question: add one."))
    if len(questions) > MOST_QUESTIONS:
        raise Refused(N_("A survey asks {most} questions at most: nobody answers more."), most=MOST_QUESTIONS)
    try:
        read_ = Questionnaire.model_validate({"questions": list(questions)})
    except ValidationError as error:
        number = next((step for step in error.errors()[0]["loc"] if isinstance(step, int)), 0) + 1
        raise Refused(N_("Question {number} cannot be read: write it again."), number=number) from None
    _refuse_nonsense(read_)
    return read_


def _refuse_nonsense(questionnaire: Questionnaire) -> None:
    keys = [question.key for question in questionnaire.questions]
    if len(set(keys)) < len(keys):
        raise Refused(N_("Two questions share one key: write one of them again."))
    for number, question in enumerate(questionnaire.questions, start=1):
        if not (question.fr.strip() and question.en.strip()):
            raise Refused(N_("Question {number} is missing in French or in English: write both."), number=number)
        if isinstance(question, Choice):
            _refuse_options(question, number)


def _refuse_options(question: Choice, number: int) -> None:
    fewest, most = OPTIONS
    if not fewest <= len(question.options) <= most:
        raise Refused(
            N_("Question {number} offers from {fewest} to {most} options."), number=number, fewest=fewest, most=most
        )
    if len({option.key for option in question.options}) < len(question.options):
        raise Refused(N_("Two options of question {number} are the same: take one out."), number=number)
    if not all(option.fr.strip() and option.en.strip() for option in question.options):
        raise Refused(
            N_("An option of question {number} is missing in French or in English: write both."), number=number
        )


class WrongAnswers(Refused):
    """Answers that cannot be kept: `wrong` says of each question, by its key, what to mend; told together, the first is."""

    def __init__(self, wrong: Mapping[str, Refused]) -> None:
        first = next(iter(wrong.values()))
        super().__init__(first.sentence, **first.params)
        self.wrong = wrong


def check_answers(questionnaire: Questionnaire, given: Mapping[str, object]) -> dict[str, int | str]:
    """Return the answers worth keeping, by question key; what was left empty is left out.

    Raises Refused where one is impossible or a required one is missing. Numbers may come as text, as forms send them.
    """
    answers: dict[str, int | str] = {}
    wrong: dict[str, Refused] = {}
    for number, question in enumerate(questionnaire.questions, start=1):
        try:
            answer = _answer(question, given.get(question.key), number)
        except Refused as refused:
            wrong[question.key] = refused
            continue
        if answer is not None:
            answers[question.key] = answer
        elif question.required:
            wrong[question.key] = Refused(N_("Question {number} waits for your answer."), number=number)
    if wrong:
        raise WrongAnswers(wrong)
    if not answers:
        raise Refused(N_("Answer at least one question."))
    return answers


def _answer(question: Question, given: object, number: int) -> int | str | None:
    words = "" if given is None else str(given).replace("\0", "").replace("\r\n", "\n").strip()
    if not words:
        return None
    match question:
        case Text():
            if len(words) > LONGEST_TEXT:
                told = N_("Question {number}: write {most} characters at most.")
                raise Refused(told, number=number, most=LONGEST_TEXT)
            return words
        case Choice():
            if words not in {option.key for option in question.options}:
                raise Refused(N_("Question {number}: choose one of the options."), number=number)
            return words
        case Nps() | Scale():
            low, high = RANGES[type(question)]
            if not (words.isascii() and words.isdigit() and len(words) <= 2 and low <= int(words) <= high):
                raise Refused(N_("Question {number}: choose from {low} to {high}."), number=number, low=low, high=high)
            return int(words)


@dataclass(frozen=True, slots=True)
class Cnps:
    """Candidate net promoter score: −100 to 100, with `n` answers behind it; None where nobody answered."""

    score: int | None
    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors


def cnps(scores: Iterable[int]) -> Cnps:
    """Return % of 9–10 minus % of 0–6, rounded once at the end, halves away from zero."""
    found = list(scores)
    promoters = sum(score >= 9 for score in found)
    detractors = sum(score <= 6 for score in found)
    n = len(found)
    if not n:
        return Cnps(None, 0, 0, 0)
    balance = promoters - detractors
    size = (200 * abs(balance) + n) // (2 * n)
    return Cnps(size if balance >= 0 else -size, promoters, n - promoters - detractors, detractors)
