"""Two thumbs on one survey, and a recruiter who closes it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import Session, col, select

from portal.kit.db import Database
from portal.surveys import actions
from portal.surveys.models import SurveyResponse
from portal.timeline.who import LinkGrant
from tests.people import NOW, staff, talent
from tests.surveys.test_surveys import QUESTIONS


def test_eight_presses_at_once_of_one_person_leave_one_answer(module_db: Database) -> None:
    with module_db.work() as session:
        survey = actions.create(session, staff(session, "Camille Deux"), "Avis", "Views", QUESTIONS, now=NOW)
        awa = talent(session, "Awa Pressée")
    survey_id, talent_id, together = survey.id or 0, awa.id or 0, Barrier(8)

    def press(score: int) -> None:
        together.wait()
        with module_db.work() as session:
            actions.respond(session, LinkGrant(1, talent_id), survey_id, talent_id, {"nps": score}, now=NOW)

    with ThreadPoolExecutor(8) as thumbs:
        list(thumbs.map(press, range(8)))
    with Session(module_db.engine) as session:
        kept = session.exec(select(SurveyResponse).where(col(SurveyResponse.survey_id) == survey_id)).all()
    assert [row.talent_id for row in kept] == [talent_id]
