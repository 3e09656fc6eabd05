"""Today says that the mail is down, to whoever works here."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from portal.consent.rules import Purpose
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.postbox import outage
from portal.postbox.content import Content, p
from portal.postbox.rules import LetterKind
from portal.reports.today import MailIsDown, mail_is_down
from portal.timeline.who import System
from portal.ui.doors import Door
from portal.ui.recruiter.today.troubles import _troubles as troubles
from tests.cast import NOW, Cast, cast, talent

WORDS = "550 5.7.1 Client host [185.1.20.30] blocked"


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def test_everyone_who_recruits_or_runs_the_house_reads_it(session: Session, people: Cast) -> None:
    assert mail_is_down(session, people.claire, now=NOW) is None
    outage.begin(session, WORDS, at_once=False, now=NOW - timedelta(hours=1))
    zoe = talent(session, "Zoé")
    request = Request(LetterKind.CONTACT, talent_id=saved(zoe.id), purpose=Purpose.POOL, author_id=people.claire.id)
    put(session, System("test"), [Draft(request, Content("hello", "fr", "Bonjour", (p("Bonjour"),)))], now=NOW)
    seen = MailIsDown(NOW - timedelta(hours=1), WORDS, 1)
    assert [mail_is_down(session, who, now=NOW) for who in (people.claire, people.marc, people.ada)] == [seen] * 3
    with pytest.raises(NotFound):
        mail_is_down(session, people.dora, now=NOW)
    told = troubles(Door(session, people.marc, NOW))
    assert "1 message attend" in told.mail_down
    assert told.mail_because == WORDS
    outage.end(session, now=NOW)
    session.expire_all()
    assert mail_is_down(session, people.claire, now=NOW) is None


def test_with_nothing_to_send_it_does_not_say_that_something_is_tried(session: Session, people: Cast) -> None:
    outage.begin(session, WORDS, at_once=False, now=NOW)
    assert "Aucun n’attend" in troubles(Door(session, people.claire, NOW)).mail_down
