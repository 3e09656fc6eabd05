"""A survey that can no longer be answered says why."""

import pytest

from portal.conversations.models import Ask
from portal.kit.errors import Refused
from portal.surveys import actions as surveys
from portal.ui.candidate.survey import state as survey_page
from tests.ui.candidate.people import door, lives, member
from tests.world import World


def test_a_survey_says_what_became_of_it_on_its_page_and_in_the_portal(world: World) -> None:
    camille, _ = lives(world)
    with world.database.work() as session:
        at = door(session, world, camille.who)
        assert survey_page._sheet(at, camille.survey_ask).why_closed == ""
        ask = session.get_one(Ask, camille.survey_ask)
        surveys.close(session, member(session, "Claire"), ask.survey_id or 0, now=world.now)
        assert survey_page._sheet(at, camille.survey_ask).why_closed == "Ce n’est plus d’actualité. Merci tout de même."
        with pytest.raises(Refused):
            survey_page._send(at, camille.survey_ask, {"q_why": "parce que"})
