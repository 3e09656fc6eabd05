"""A candidate's space and the officer's desk in a real browser; the files they take away, by HTTP."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from portal.access.sessions import open_session
from portal.consent import actions as consent
from portal.consent import ledger
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit import clock
from portal.kit.db import Database, saved
from portal.talents.models import Talent
from portal.timeline.who import Role
from tests.axe import findings
from tests.cast import as_candidate, talent
from tests.serving import Site
from tests.signed_in import people
from tests.trust import contents_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def database(site: Site) -> Iterator[Database]:
    opened = Database(site.database.app)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tokens(site: Site, database: Database) -> dict[Role, str]:
    """Camille is asked whether she is still looking; her consents stand in the ledger."""
    signed_in = people(site)
    now = clock.now()
    camille, claire = signed_in[Role.CANDIDATE][0], signed_in[Role.RECRUITER][0]
    with database.work() as session:
        session.add(
            Ask(
                talent_id=camille.id,
                owner_id=claire.id,
                question=Question.STILL_LOOKING,
                asked_at=now,
                deadline=now + timedelta(days=7),
            )
        )
        notice = current_notice(session, Purpose.POOL, "fr", now=now)
        consent.give(session, camille, camille.id, Purpose.POOL, notice, interface="portal", now=now)
    return {role: token for role, (_, token) in signed_in.items()}


def enter(page: Page, site: Site, token: str, path: str) -> None:
    page.context.add_cookies([{"name": "vivier_session", "value": token, "url": site.url}])
    page.goto(f"{site.url}{path}")
    expect(page.locator("[data-alive='true']")).to_be_attached(timeout=30_000)
    expect(page.locator("[aria-busy='true']")).to_have_count(0, timeout=30_000)


def fetch(site: Site, path: str, token: str = "", method: str = "GET") -> tuple[int, Message, bytes]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object, **kwargs: object) -> None:
            return None

    request = urllib.request.Request(f"{site.url}{path}", method=method, headers={"Cookie": f"vivier_session={token}"})
    try:
        with urllib.request.build_opener(Stay).open(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def test_she_answers_in_place_with_one_thumb(
    site: Site, page: Page, tokens: dict[Role, str], database: Database
) -> None:
    enter(page, site, tokens[Role.CANDIDATE], "/me")
    expect(page.locator("h1")).to_have_text("Bonjour Camille.")
    page.get_by_role("button", name="Oui", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Merci")
    expect(page.get_by_text("Vous avez répondu « Oui »")).to_be_visible()
    with database.work() as session:
        assert session.exec(select(Ask.answer).where(col(Ask.question) == Question.STILL_LOOKING)).one() is Answer.YES


def test_what_she_changes_is_kept_as_she_goes(
    site: Site, page: Page, tokens: dict[Role, str], database: Database
) -> None:
    enter(page, site, tokens[Role.CANDIDATE], "/me/wishes")
    page.get_by_label("Ce que vous faites, avec vos mots").fill("vous soudez l’inox")
    page.get_by_label("Jusqu’à quelle distance").fill("5000")
    page.get_by_label("Tout de suite").click()
    expect(page.locator("#radius_km-error")).to_contain_text("entre 1 et 1000")
    expect(page.locator("#radius_km")).to_have_value("5000")
    page.get_by_label("CDI", exact=True).check()
    page.get_by_label("Lieu de travail").fill("villeurb")
    page.get_by_role("button", name="Villeurbanne").click()
    expect(page.locator("strong", has_text="Villeurbanne")).to_be_visible()
    expect(page.get_by_text("Enregistré.").last).to_be_visible()
    with database.work() as session:
        camille = session.exec(select(Talent).where(col(Talent.first_name) == "Camille")).one()
        assert (camille.does, camille.availability, camille.contracts) == ("vous soudez l’inox", "now", ["cdi"])
        assert (camille.place_name, camille.radius_km) == ("Villeurbanne", None)
        assert camille.said["does"]["by"] == "talent"


def test_she_takes_her_data_away_and_taking_changes_nothing(
    site: Site, tokens: dict[Role, str], database: Database
) -> None:
    before = contents_of(database)
    status, headers, body = fetch(site, "/me/data.json", tokens[Role.CANDIDATE])
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"].startswith('attachment; filename="vivier-mes-donnees-')
    held = json.loads(body)
    assert held["person"]["email"] == "camille@candidat.example"
    assert {row["purpose"] for row in held["consents"]} == {"pool"}
    assert contents_of(database) == before


@pytest.mark.parametrize("path", ["/me/data.json", "/privacy/ledger.jsonl"])
def test_a_file_is_for_whom_it_is_and_for_nobody_else(site: Site, tokens: dict[Role, str], path: str) -> None:
    owner = Role.CANDIDATE if path.startswith("/me") else Role.DPO
    for token in ["", "forged", *(token for role, token in tokens.items() if role is not owner)]:
        status, headers, body = fetch(site, path, token)
        assert (status, headers["Location"], body) == (303, "/signin", b"")
    status, _, body = fetch(site, path, tokens[owner], method="HEAD")
    assert (status, body) == (200, b"")
    status, _, body = fetch(site, path, tokens[owner], method="POST")
    assert status == 405


def test_the_officer_takes_away_a_ledger_that_verifies_without_us(
    site: Site, tokens: dict[Role, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    status, _, body = fetch(site, "/privacy/ledger.jsonl", tokens[Role.DPO])
    assert status == 200
    file = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    file.write_bytes(body)
    with file.open(encoding="utf-8") as lines:
        verdict = ledger.verify_file(lines)
    assert verdict.whole
    assert verdict.rows >= 1


def test_the_desk_says_that_the_chain_is_whole_and_shows_the_exact_text(
    site: Site, page: Page, tokens: dict[Role, str]
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    enter(page, site, tokens[Role.DPO], "/privacy")
    expect(page.get_by_text("chaîne intacte")).to_be_visible()
    page.get_by_role("button", name="n° 1, fr").first.click()
    expect(page.locator("td .notice-text").first).to_contain_text("Responsable du traitement")
    page.get_by_label("Quoi").select_option("withdrawn")
    expect(page.get_by_role("heading", name="Aucune entrée ne correspond")).to_be_visible()
    page.get_by_label("Quoi").select_option("")
    page.get_by_label("Nom, adresse ou pseudonyme").fill("camille@")
    expect(page.get_by_role("cell", name="Camille Martin")).not_to_have_count(0)
    assert findings(page) == []


def test_stopping_takes_one_press_and_agreeing_asks_who_she_is(
    site: Site, page: Page, database: Database, tokens: dict[Role, str]
) -> None:
    long_ago = clock.now() - timedelta(hours=1)
    with database.work() as session:
        lea = saved(talent(session, "Léa").id)
        token = open_session(session, talent_id=lea, now=long_ago)
    enter(page, site, token, "/me/consents")
    page.get_by_role("region", name="Rester en contact pour des postes").get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Vous avez dit stop")).to_be_visible()
    page.get_by_role("button", name="Je donne mon accord à ce texte").first.click()
    expect(page.get_by_role("link", name="Me connecter à nouveau")).to_be_visible()
    assert findings(page) == []


def test_who_erases_everything_is_gone_at_once(
    site: Site, page: Page, database: Database, tokens: dict[Role, str]
) -> None:
    with database.work() as session:
        row = talent(session, "Paul")
        token = open_session(session, talent_id=as_candidate(row).id, now=clock.now())
    enter(page, site, token, "/me/data")
    page.get_by_role("button", name="Tout effacer…").click()
    expect(page.get_by_role("dialog")).to_contain_text("ne se défait pas")
    page.get_by_role("button", name="Tout effacer, pour de bon").click()
    page.wait_for_url("**/gone")
    expect(page.get_by_role("heading")).to_have_text("Tout est effacé")
    page.goto(f"{site.url}/me")
    assert page.url == f"{site.url}/signin"
    with database.work() as session:
        assert session.get_one(Talent, saved(row.id)).first_name == ""
