"""The page of an experience survey: a plain form, answered once, corrected as long as it is open."""

from collections.abc import Mapping

from portal.kit.errors import NotFound, Refused
from portal.postbox.rules import LinkPurpose
from portal.replies.responding import respond
from portal.surveys.queries import ToAnswer, to_answer
from portal.surveys.rules import LONGEST_TEXT, WrongAnswers
from portal.ui.links.became import became, closed
from portal.ui.links.door import LinkDoor, opened
from portal.ui.links.visit import LinkPage, Reply, Visit, page

# A form field is never called like one of the page's own.
FIELD = "q_"


def show(visit: Visit) -> Reply:
    """Show the questions, with the answers given already."""
    with opened(visit, LinkPurpose.SURVEY) as door:
        survey = _survey(door)
        if not door.told().fate.open:
            return became(door)
        return _form(door, survey, {key: str(value) for key, value in survey.answers.items()})


def act(visit: Visit) -> Reply:
    """Keep the answers; what cannot be kept is said above the form, and nothing typed is lost."""
    with opened(visit, LinkPurpose.SURVEY) as door:
        if settled := closed(door):
            return settled
        survey = _survey(door)
        given = {name.removeprefix(FIELD): value for name, value in visit.form.items() if name.startswith(FIELD)}
        try:
            respond(door.session, door.who, door.ask, given, now=visit.now)
        except Refused as refused:
            return _form(door, survey, given, problem=refused)
        return page("survey_thanks.html", locale=door.link.locale)


def _survey(door: LinkDoor) -> ToAnswer:
    if door.ask.survey_id is None:
        raise NotFound
    return to_answer(door.session, door.who, door.ask.survey_id, door.ask.talent_id)


def _form(door: LinkDoor, survey: ToAnswer, given: Mapping[str, str], *, problem: Refused | None = None) -> Reply:
    wrong = problem.wrong if isinstance(problem, WrongAnswers) else {}
    return page(
        "survey.html",
        locale=door.link.locale,
        status=422 if problem else 200,
        it=door.told(),
        title=survey.title_fr if door.locale == "fr" else survey.title_en,
        language="fr" if door.locale == "fr" else "en",
        questions=survey.questionnaire.questions,
        given=given,
        field=FIELD,
        problem=problem,
        wrong=wrong,
        first_wrong=next(iter(wrong), ""),
        most=LONGEST_TEXT,
    )


PAGES = (LinkPage("/q/{token}", show, act),)
