"""A survey that a chain still has to ask is not closed under it, and no chain begins with one that is."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from portal.chains.actions import launching, writing
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState
from portal.chains.templates import survey as asking
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.surveys import actions as surveys
from tests.people import NOW, staff, talent

NPS = {"kind": "nps", "key": "would", "fr": "Nous recommanderiez-vous ?", "en": "Would you recommend us?"}


def test_a_survey_is_closed_once_nobody_is_left_to_ask_and_then_begins_no_chain(session: Session) -> None:
    me = staff(session)
    nora = saved(talent(session, "Nora").id)
    survey = saved(surveys.create(session, me, "Accueil", "Welcome", [NPS], now=NOW).id)
    version = saved(writing.create(session, me, "Comment nous y prenons-nous ?", asking(survey), now=NOW).id)
    begun = launching.launch_on(session, me, [nora], version_id=version, now=NOW)
    with pytest.raises(Refused) as refused:
        surveys.close(session, me, survey, now=NOW)
    assert refused.value.params == {"names": "Comment nous y prenons-nous ?"}
    mine = col(Enrolment.launch_id) == saved(begun.id)
    session.execute(sa.update(Enrolment).where(mine).values(state=EnrolmentState.ASKED, step="survey"))
    surveys.close(session, me, survey, now=NOW)
    with pytest.raises(Refused, match="is closed"):
        launching.launch_on(session, me, [nora], version_id=version, now=NOW)
    surveys.open_again(session, me, survey, now=NOW)
    assert launching.launch_on(session, me, [nora], version_id=version, now=NOW).id
