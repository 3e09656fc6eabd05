"""The mail is down, some letters are uncertain, an address is refused: what a recruiter sees, and settles, in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from portal.access.sessions import open_session
from portal.gate.actions import put
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox import outage
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState, Refusal
from portal.talents.models import Talent
from portal.timeline.who import System
from tests.axe import findings
from tests.browser.looking import come_alive
from tests.cast import NOW, cast, talent
from tests.faults.posting import draft
from tests.serving import Site, serving

pytestmark = pytest.mark.browser
NAMES = ("Léa", "Noé", "Ali", "Mia", "Zoé", "Tom")
BLOCKED = "550 5.7.1 Service unavailable; Client host [185.1.20.30] blocked using zen.example.org"


@dataclass(frozen=True)
class House:
    site: Site
    database: Database
    ids: dict[str, int]
    token: str

    def states(self) -> dict[str, LetterState]:
        with self.database.work() as session:
            rows = session.exec(
                select(Talent.first_name, Letter.state).join(Letter, col(Letter.talent_id) == Talent.id)
            )
            return dict(rows.all())

    def bounced(self, name: str) -> bool:
        with self.database.work() as session:
            return session.get_one(Talent, self.ids[name]).bounced_at is not None


@pytest.fixture
def house(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Four letters nobody knows of, one address refused on two days, one refused for good; and the mail is down."""
    clock = tmp_path_factory.mktemp("clock") / "now"
    clock.write_text(NOW.isoformat())
    opened = Database(database.app)
    with opened.work() as session:
        claire = cast(session).claire
        rows = {name: talent(session, name, job_code="J1506") for name in NAMES}
        put(session, System("test"), [draft(saved(row.id), LetterKind.SERVICE) for row in rows.values()], now=NOW)
        session.flush()
        for letter in session.exec(select(Letter)):
            letter.state, letter.why = LetterState.UNKNOWN, "The mail server cut the line."
            if letter.talent_id in {rows["Zoé"].id, rows["Tom"].id}:
                letter.state, letter.why = LetterState.FAILED, "550 User unknown"
                letter.refusal = Refusal.PERHAPS_AGAIN if letter.talent_id == rows["Zoé"].id else Refusal.GONE
                letter.refused_at = NOW
            session.add(letter)
        rows["Tom"].bounced_at = NOW
        outage.begin(session, BLOCKED, at_once=False, now=NOW - timedelta(hours=2))
        token = open_session(session, staff_id=claire.id, now=NOW)
        ids = {name: saved(row.id) for name, row in rows.items()}
    with serving(database, VIVIER_CLOCK_FILE=str(clock)) as site:
        yield House(site, opened, ids, token)
    opened.close()


def window(browser: Browser, house: House, width: int = 1440, light: str = "light", locale: str = "fr-FR") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=light,  # type: ignore[arg-type]
        locale=locale,
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        base_url=house.site.url,
    )
    context.add_cookies([{"name": "vivier_session", "value": house.token, "url": house.site.url}])
    return context.new_page()


def test_letters_in_trouble_are_seen_and_settled(browser: Browser, house: House) -> None:
    page = window(browser, house)
    come_alive(page, "/today")
    expect(page.get_by_text("Le courrier ne part plus")).to_be_visible()
    expect(page.get_by_text(BLOCKED)).to_be_visible()
    expect(page.get_by_text("4 messages sont peut-être arrivés")).to_be_visible()
    assert findings(page) == []

    page.get_by_role("button", name="Ne plus y écrire").click()
    expect(page.get_by_text("Plus aucun message ne part vers cette adresse")).to_be_visible()
    assert house.bounced("Zoé")

    page.get_by_role("button", name="Renvoyer", exact=True).first.click()
    expect(page.get_by_text("3 messages sont peut-être arrivés")).to_be_visible()
    page.get_by_role("button", name="Tout renvoyer").click()
    expect(page.get_by_text("peut-être arrivés")).to_have_count(0)
    states = house.states()
    assert {states[name] for name in ("Léa", "Noé", "Ali", "Mia")} == {LetterState.QUEUED}


def test_a_mark_is_lifted_on_a_page_and_for_many_and_taken_back(browser: Browser, house: House) -> None:
    page = window(browser, house)
    come_alive(page, f"/pool/{house.ids['Tom']}")
    page.get_by_role("button", name="Y écrire de nouveau").click()
    expect(page.get_by_text("Nous écrivons de nouveau à son adresse").first).to_be_visible()
    assert not house.bounced("Tom")
    lift = page.get_by_role("button", name="Y écrire de nouveau")
    expect(lift).to_have_count(0)  # the notice may be there first
    page.get_by_role("button", name="Annuler").click()
    expect(lift).to_be_visible()
    assert house.bounced("Tom")

    come_alive(page, "/pool")
    page.get_by_text("Agir sur plusieurs personnes").click()
    page.get_by_role("button", name="Réécrire à leurs adresses").click()
    expect(page.get_by_text("L’adresse de 1 d’entre elles")).to_be_visible()
    page.get_by_role("button", name="Leur réécrire").click()
    expect(page.get_by_text("1 adresse reçoit de nouveau nos messages")).to_be_visible()
    assert not house.bounced("Tom")
