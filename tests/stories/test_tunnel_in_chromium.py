"""The whole tunnel on real parts: the demo's export, a launch, real SMTP, a phone-sized Chromium, an invitation, the ledger."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from sqlmodel import select

from portal.access.house import change_house
from portal.booking import offering
from portal.booking.models import Booking
from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.consent.ledger import verify
from portal.consent.rules import Basis
from portal.imports.actions import import_file
from portal.imports.planning import Choices
from portal.kit.db import saved
from portal.kit.embedded import Urls
from portal.opportunities import actions as opportunities
from portal.opportunities.rules import Terms
from portal.segments import actions as segments
from portal.settings import PROJECT
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Contract
from portal.timeline.who import System
from tests.cast import NOW
from tests.sink import calendar_of, link_to, links_in
from tests.stories.served import Served, served

EXPORT = PROJECT / "demo" / "export_ats_candidats.csv"
pytestmark = pytest.mark.browser


@pytest.fixture
def story(database: Urls, tmp_path: Path) -> Iterator[Served]:
    with served(database, tmp_path) as house:
        yield house


def _import(story: Served) -> int:
    with story.world.database.work() as session:
        change_house(session, story.people.ada, legitimate_interest_for=["application"])
        choices = Choices(SourceKind.APPLICATION, "Candidatures du site", date(2026, 11, 16), Basis.CONSENT)
        report = import_file(session, System("test"), EXPORT, choices, now=NOW)
    return report.as_json("fr")["created"]  # type: ignore[return-value]


def _launch(story: Served) -> None:
    """Claire offers times, opens a job, and launches "still looking?" on everyone whose consent the file proves."""
    rule = {"kind": "all", "of": [{"kind": "source", "one_of": ["application"]}]}
    with story.world.database.work() as session:
        claire = story.people.claire
        for day in (27, 30):
            offering.offer(session, claire, date(2026, 11, day), time(9), time(12), 30, now=NOW)
        job = opportunities.create(
            session, claire, Terms("Une mission près de chez vous", Contract.CDI, "Le jour."), now=NOW
        )
        segment = segments.save(session, claire, "Candidatures", rule, now=NOW)
        version = chains.create(session, claire, "Toujours en veille ?", STILL_LOOKING, now=NOW)
        chains.launch(
            session,
            claire,
            version_id=saved(version.id),
            segment_id=saved(segment.id),
            opportunity_id=job.id,
            now=NOW,
        )


def _press(page: Page, link: str, button: str) -> None:
    page.goto(link)
    page.get_by_role("button", name=button, exact=True).click()


def test_from_an_export_to_an_interview_in_the_calendar(story: Served, page: Page) -> None:
    assert _import(story) > 40
    _launch(story)
    story.later(minutes=1)
    sink = story.world.sink
    assert len(sink.letters) > 20
    question = sink.letters[0]
    address = str(question["To"])

    _press(page, link_to(question, "yes"), "Oui")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est noté.")
    story.later(minutes=5)
    _press(page, link_to(sink.to(address)[1], "yes"), "D’accord, parlons-en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est noté.")
    story.later(minutes=5)
    offer = sink.to(address)[2]
    page.goto(next(link for link in links_in(offer) if link.rsplit("/", 1)[1].isdigit()))
    page.locator("main button.first").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C’est noté")
    story.later(minutes=5)

    invitation = Calendar.from_ical(calendar_of(sink.to(address)[3]))
    assert invitation["method"] == "REQUEST"
    assert len(sink.to("claire@vivier.example")) == 1
    with story.world.database.work() as session:
        booked = session.exec(select(Booking)).one()
        assert invitation.walk("VEVENT")[0]["uid"] == booked.calendar_uid
        assert verify(session, System("test")).whole


def test_a_browser_that_runs_scripts_opens_every_link_of_every_letter_and_nothing_happens(
    story: Served, page: Page
) -> None:
    _import(story)
    _launch(story)
    story.later(minutes=1)
    letters = story.world.sink.letters[:3]
    before = story.world.rows()
    for letter in letters:
        for link in links_in(letter):
            for _ in range(2):
                answer = page.goto(link)
                assert answer is not None
                assert answer.status == 200
    assert story.world.rows() == before
