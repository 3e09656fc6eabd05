"""Reads about surveys: the list, what someone is asked, what came back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.errors import NotFound
from portal.surveys.document import Choice, Nps, Question, Questionnaire, Scale, Text
from portal.surveys.models import Survey, SurveyResponse
from portal.surveys.rules import RANGES, Cnps, cnps, read
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant, Person, Who

# Of two answers of one person (two rows made one), that of the row which stands counts.
_FOLDED = select(Talent.id).where(col(Talent.merged_into).is_not(None))
_COUNTS = col(SurveyResponse.talent_id).not_in(_FOLDED)


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One line of the list."""

    id: int
    title: str
    questions: int
    answers: int
    created_at: datetime
    closed: bool
    cnps: Cnps | None = None


def surveys(session: Session, who: Who, *, locale: str, closed: bool = False) -> list[SurveyRow]:
    """Return the surveys that take answers (or those closed), newest first."""
    recruiter(who)
    answers = (
        sa.select(sa.func.count())
        .select_from(SurveyResponse)
        .where(col(SurveyResponse.survey_id) == col(Survey.id), _COUNTS)
        .scalar_subquery()
    )
    is_closed = col(Survey.closed_at).is_not(None)
    found = session.execute(
        sa.select(Survey, answers).where(is_closed if closed else ~is_closed).order_by(col(Survey.created_at).desc())
    )
    return [
        SurveyRow(
            row.id or 0, title(row, locale), len(row.questions), count, row.created_at, closed, _score(session, row)
        )
        for row, count in found
    ]


def _score(session: Session, survey: Survey) -> Cnps | None:
    """Return the score of its first recommendation question; None where it asks none."""
    asked = next((question["key"] for question in survey.questions if question["kind"] == "nps"), None)
    if asked is None:
        return None
    given = sa.cast(col(SurveyResponse.answers)[asked].astext, sa.Integer)
    query = sa.select(given).where(col(SurveyResponse.survey_id) == survey.id, _COUNTS, given.is_not(None))
    return cnps(session.scalars(query).all())


def answers_to(session: Session, who: Who, survey_id: int) -> int:
    """Return how many people answered."""
    survey = survey_for(session, who, survey_id)
    query = sa.select(sa.func.count()).select_from(SurveyResponse)
    return session.scalar(query.where(col(SurveyResponse.survey_id) == survey.id, _COUNTS)) or 0


def title(survey: Survey, locale: str) -> str:
    """Return its title in the reader's language."""
    return survey.title_fr if locale == "fr" else survey.title_en or survey.title_fr


def survey_for(session: Session, who: Who, survey_id: int) -> Survey:
    """Return one survey (all recruiters share them); NotFound for anyone else."""
    recruiter(who)
    found = session.get(Survey, survey_id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """What one person is asked, with the answers they gave already."""

    title_fr: str
    title_en: str
    questionnaire: Questionnaire
    answers: Mapping[str, int | str]
    closed: bool


def to_answer(session: Session, who: Who, survey_id: int, talent_id: int) -> ToAnswer:
    """Return the survey as this person sees it; NotFound for whoever is not that person."""
    theirs = who.talent_id if isinstance(who, LinkGrant) else who.id if isinstance(who, Person) else None
    survey = session.get(Survey, survey_id)
    if survey is None or theirs != talent_id or (isinstance(who, Person) and who.is_staff):
        raise NotFound
    mine = session.exec(
        select(SurveyResponse.answers).where(
            col(SurveyResponse.survey_id) == survey_id, col(SurveyResponse.talent_id) == talent_id
        )
    ).first()
    return ToAnswer(
        survey.title_fr, survey.title_en, read(survey.questions), mine or {}, closed=survey.closed_at is not None
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One person's free words, and who they are."""

    talent_id: int
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What came back to one question.

    `counts` are (label, how many) in order: scores, steps or options; `n` those who answered it. `cnps` for a
    recommendation, `mean` for a scale (one decimal), `texts` newest first for free words.
    """

    key: str
    kind: str
    text: str
    n: int
    counts: tuple[tuple[str, int], ...] = ()
    cnps: Cnps | None = None
    mean: float | None = None
    texts: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What came back to a survey: `n` people answered."""

    n: int
    questions: tuple[QuestionResult, ...]


def results(session: Session, who: Who, survey_id: int, *, locale: str) -> Results:
    """Return the counts, the cNPS and the words of everyone who answered."""
    survey = survey_for(session, who, survey_id)
    rows = session.execute(
        sa.select(SurveyResponse, sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name)))
        .join(Talent, col(Talent.id) == col(SurveyResponse.talent_id))
        .where(col(SurveyResponse.survey_id) == survey_id, _COUNTS)
        .order_by(col(SurveyResponse.answered_at).desc(), col(SurveyResponse.id).desc())
    ).all()
    responses = [(response, name) for response, name in rows]
    return Results(
        len(responses),
        tuple(_result(question, responses, locale) for question in read(survey.questions).questions),
    )


def _result(question: Question, responses: Sequence[tuple[SurveyResponse, str]], locale: str) -> QuestionResult:
    answered = [(row, name, row.answers[question.key]) for row, name in responses if question.key in row.answers]
    given: list[Any] = [answer for _, _, answer in answered]
    told: dict[str, Any] = {"key": question.key, "kind": question.kind, "text": question.text(locale), "n": len(given)}
    match question:
        case Text():
            said = tuple(Said(row.talent_id, name, answer, row.answered_at) for row, name, answer in answered)
            return QuestionResult(**told, texts=said)
        case Choice():
            tally = Counter(given)
            return QuestionResult(**told, counts=tuple((o.text(locale), tally[o.key]) for o in question.options))
        case Nps():
            return QuestionResult(**told, counts=_scores(question, given), cnps=cnps(given))
        case Scale():
            mean = round(sum(given) / len(given), 1) if given else None
            return QuestionResult(**told, counts=_scores(question, given), mean=mean)


def _scores(question: Nps | Scale, given: Sequence[int]) -> tuple[tuple[str, int], ...]:
    low, high = RANGES[type(question)]
    tally = Counter(given)
    return tuple((str(score), tally[score]) for score in range(low, high + 1))
