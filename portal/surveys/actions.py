"""What a recruiter does with a survey, and a person's answer to it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import LOCALES, N_
from portal.surveys.document import Nps, Questionnaire
from portal.surveys.models import Survey, SurveyResponse
from portal.surveys.queries import survey_for
from portal.surveys.rules import check_answers, read
from portal.talents.asked import asking_survey, chains_to_ask, refuse_if_asked
from portal.talents.models import Talent
from portal.talents.naming import refuse_protected
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import LinkGrant, Person, Who

LONGEST_TITLE = 120
STILL_TO_ASK = N_("These chains have people still to be asked: {names}. Stop their launches first.")
SCORE_ASKED = N_("These segments ask whether people would recommend us: {names}. Leave that question in.")
# What a lock waited for must be read anew, whatever this session saw before.
AS_IT_STANDS = {"populate_existing": True}


@one_act(Survey)
def create(session: Session, who: Who, title_fr: str, title_en: str, questions: object, *, now: datetime) -> Survey:
    """Write a new survey; `questions` is a list as `document.Questionnaire` reads it."""
    owner = recruiter(who)
    survey = Survey(
        owner_id=owner.id,
        title_fr=_title(session, title_fr),
        title_en=_title(session, title_en),
        questions=_stored(_lawful(session, read(questions))),
        created_at=now,
    )
    session.add(survey)
    session.flush()
    record(session, who, "survey_created", None, now=now, survey=survey.id)
    return survey


def edit(
    session: Session, who: Who, survey_id: int, title_fr: str, title_en: str, questions: object, *, now: datetime
) -> Survey:
    """Change its words; once someone answered, what was asked stays what was asked."""
    survey = survey_for(session, who, survey_id)
    session.refresh(survey, with_for_update=True)
    wanted = _lawful(session, read(questions))
    if _answered(session, survey_id) and _shape(wanted) != _shape(read(survey.questions)):
        raise Refused("Someone has answered: words may still change, questions and options no longer. Copy the survey.")
    if not any(isinstance(question, Nps) for question in wanted.questions):
        refuse_if_asked(SCORE_ASKED, asking_survey(session, survey_id))
    survey.title_fr, survey.title_en, survey.questions = (
        _title(session, title_fr),
        _title(session, title_en),
        _stored(wanted),
    )
    session.add(survey)
    record(session, who, "survey_changed", None, now=now, survey=survey_id)
    return survey


def close(session: Session, who: Who, survey_id: int, *, now: datetime) -> None:
    """Take no more answers; pressing twice changes nothing. Refused while a launch has people still to be asked."""
    survey = survey_for(session, who, survey_id)
    if survey.closed_at is None:
        refuse_if_asked(STILL_TO_ASK, chains_to_ask(session, survey_id))
        survey.closed_at = now
        session.add(survey)
        record(session, who, "survey_closed", None, now=now, survey=survey_id)


def open_again(session: Session, who: Who, survey_id: int, *, now: datetime) -> None:
    """Undo `close`."""
    survey = survey_for(session, who, survey_id)
    if survey.closed_at is not None:
        survey.closed_at = None
        session.add(survey)
        record(session, who, "survey_opened_again", None, now=now, survey=survey_id)


def respond(
    session: Session,
    who: Who,
    survey_id: int,
    talent_id: int,
    answers: Mapping[str, object],
    *,
    now: datetime,
    launch_id: int | None = None,
) -> None:
    """Keep this person's answers: one row a person, counted once.

    Pressing again with the same answers changes nothing. Other answers, while the survey is open, replace the first:
    the answer in force is the last one given before the deadline, here as everywhere, and a slip of the thumb
    must not stand for ever. Raises NotFound for whoever is not that person, Refused once the survey is closed.
    """
    _theirs(who, talent_id)
    survey, person = _open_survey(session, survey_id), _person(session, talent_id)
    kept = check_answers(read(survey.questions), answers)
    before = _response(session, survey_id, talent_id)
    if before is not None and before.answers == kept:
        return
    row = before or SurveyResponse(survey_id=survey_id, talent_id=talent_id, launch_id=launch_id, answered_at=now)
    row.answers, row.answered_at = dict(kept), now
    person.last_act_at = now
    session.add_all([row, person])
    session.flush()
    kind = "survey_answer_changed" if before else "survey_answered"
    record(session, who, kind, talent_id, now=now, survey=survey_id)


def _theirs(who: Who, talent_id: int) -> None:
    match who:
        case Person(is_staff=False, id=id_) if id_ == talent_id:
            return
        case LinkGrant(talent_id=granted) if granted == talent_id:
            return
        case _:
            raise NotFound


def _open_survey(session: Session, survey_id: int) -> Survey:
    """Locked but shared: many people answer at once, and closing waits for those who are answering."""
    locked = select(Survey).where(col(Survey.id) == survey_id).with_for_update(read=True)
    survey = session.exec(locked, execution_options=AS_IT_STANDS).first()
    if survey is None:
        raise NotFound
    if survey.closed_at is not None:
        raise Refused("This survey is closed. Thank you for wanting to answer.")
    return survey


def _person(session: Session, talent_id: int) -> Talent:
    """Locked: two presses of one person at once wait for each other."""
    living = (col(Talent.id) == talent_id) & col(Talent.erased_at).is_(None)
    found = session.exec(
        select(Talent).where(living).with_for_update(key_share=True), execution_options=AS_IT_STANDS
    ).first()
    if found is None:
        raise NotFound
    return found


def _response(session: Session, survey_id: int, talent_id: int) -> SurveyResponse | None:
    theirs = (col(SurveyResponse.survey_id) == survey_id) & (col(SurveyResponse.talent_id) == talent_id)
    return session.exec(select(SurveyResponse).where(theirs)).first()


def _answered(session: Session, survey_id: int) -> bool:
    return session.exec(select(SurveyResponse.id).where(col(SurveyResponse.survey_id) == survey_id)).first() is not None


def _shape(questionnaire: Questionnaire) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (question.key, question.kind, tuple(option.key for option in getattr(question, "options", ())))
        for question in questionnaire.questions
    ]


def _lawful(session: Session, questionnaire: Questionnaire) -> Questionnaire:
    """Refuse to ask what nobody may be chosen by: by a question, or by one of its answers."""
    for question in questionnaire.questions:
        for locale in LOCALES:
            refuse_protected(question.text(locale), session, whole=False)
            for option in getattr(question, "options", ()):
                refuse_protected(option.text(locale), session)
    return questionnaire


def _stored(questionnaire: Questionnaire) -> list[dict[str, object]]:
    return [question.model_dump(mode="json") for question in questionnaire.questions]


def _title(session: Session, title: str) -> str:
    title = " ".join(title.replace("\0", "").split())
    if not title:
        raise Refused("Give the survey a title in French and in English.")
    if len(title) > LONGEST_TITLE:
        raise Refused("A title has {most} characters at most.", most=LONGEST_TITLE)
    refuse_protected(title, session)
    return title
