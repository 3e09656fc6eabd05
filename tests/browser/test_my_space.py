"""A candidate's space and the officer's desk in a real browser; the files they take away, by HTTP."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from portal.access.house import change_house
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
from portal.timeline.who import Role, System
from tests.axe import findings
from tests.cast import as_candidate, talent
from tests.serving import Site, fetch
from tests.signed_in import people
from tests.trust import contents_of

pytestmark = pytest.mark.browser
SMALL = """[...document.querySelectorAll(".choice, .button, .chip button")]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""
CUT = """[...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest(".heard, .skip"))
    .map(e => e.outerHTML.slice(0, 200))"""


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
    expect(page.locator("#radius_km")).to_be_focused()
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


def test_by_keyboard_and_ear_one_stays_where_one_was(site: Site, page: Page, tokens: dict[Role, str]) -> None:
    enter(page, site, tokens[Role.CANDIDATE], "/me/wishes")
    page.locator("#skills").focus()
    page.keyboard.type("soudure TIG")
    expect(page.locator("#skills-found button")).to_have_count(1)
    expect(page.locator(".finder:has(#skills) .heard")).to_contain_text("1 trouvé")
    assert page.locator("#skills").get_attribute("aria-describedby") == "skills-hint"
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Ce que vous savez faire").get_by_text("soudure TIG")).to_be_visible()
    page.wait_for_function("document.activeElement.id === 'skills'")
    expect(page.locator("#skills")).to_have_value("")
    page.locator(".chip", has_text="soudure TIG").get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'skills'")
    page.locator("#place").focus()
    page.keyboard.type("villeurb")
    page.get_by_role("button", name="Villeurbanne").focus()
    page.keyboard.press("Enter")
    expect(page.locator("strong", has_text="Villeurbanne")).to_be_visible()
    page.wait_for_function("document.activeElement.id === 'place'")
    told = {
        name: page.locator(f"#{name}").get_attribute("autocomplete") for name in ("first_name", "last_name", "phone")
    }
    assert told == {"first_name": "given-name", "last_name": "family-name", "phone": "tel"}
    assert page.evaluate(SMALL) == []


def test_what_is_typed_is_kept_without_leaving_the_field(
    site: Site, page: Page, tokens: dict[Role, str], database: Database
) -> None:
    enter(page, site, tokens[Role.CANDIDATE], "/me/wishes")
    page.locator("#does").fill("vous gardez des loutre")
    page.keyboard.type("s")
    expect(page.get_by_text("Enregistré.").last).to_be_visible()
    with database.work() as session:
        assert (
            session.exec(select(Talent.does).where(col(Talent.first_name) == "Camille")).one()
            == "vous gardez des loutres"
        )
    assert page.evaluate("document.activeElement.id") == "does"
    page.locator("#refuses").focus()
    page.keyboard.type("pas de nuits")
    page.goto(f"{site.url}/information")
    enter(page, site, tokens[Role.CANDIDATE], "/me/wishes")
    expect(page.locator("#refuses")).to_have_value("pas de nuits")


def test_a_month_s_pay_is_asked_about_and_one_press_makes_it_a_year_s(
    site: Site, page: Page, tokens: dict[Role, str], database: Database
) -> None:
    page.clock.install()
    enter(page, site, tokens[Role.CANDIDATE], "/me/wishes")
    page.locator("#salary_floor").fill("1500")
    page.locator("#phone").focus()
    expect(page.get_by_text("1\u202f500 € brut par an")).to_be_visible()
    page.get_by_role("button", name="C’est par mois").click()
    expect(page.locator("#salary_floor")).to_have_value("18000")
    page.locator("input[name=remote]").first.check()
    # What was typed is heard once more when the fingers have paused, an old word by then; what is said next, after it.
    page.clock.fast_forward(5_000)
    page.locator("input[name=relocation]").first.check()
    moving = page.locator(".stack.tight", has=page.locator("input[name=relocation]")).last
    expect(moving.get_by_text("Enregistré.")).to_be_visible()
    expect(page.get_by_role("button", name="C’est par mois")).to_have_count(0)
    with database.work() as session:
        assert session.exec(select(Talent.salary_floor).where(col(Talent.first_name) == "Camille")).one() == 18_000


def test_the_first_press_after_a_file_was_taken_away_counts(site: Site, page: Page, tokens: dict[Role, str]) -> None:
    enter(page, site, tokens[Role.CANDIDATE], "/me/data")
    file = page.get_by_role("link", name="Télécharger mes données")
    expect(file).to_have_attribute("download", "")  # else the browser leaves the page for it, and the line is hung up
    with page.expect_download() as taken:
        file.click()
    assert taken.value.suggested_filename.startswith("vivier-mes-donnees-")
    page.get_by_role("button", name="Tout effacer…").click()
    expect(page.get_by_role("dialog", name="Tout effacer")).to_be_visible()


@pytest.mark.parametrize("path", ["/me", "/me/wishes", "/me/data", "/me/consents"])
def test_nothing_is_cut_on_a_narrow_screen_with_letters_twice_as_large(
    site: Site, page: Page, tokens: dict[Role, str], path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    enter(page, site, tokens[Role.CANDIDATE], path)
    for size in "100%", "200%":
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert page.evaluate(CUT) == [], size
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_her_space_bears_the_house_s_name(site: Site, page: Page, tokens: dict[Role, str], database: Database) -> None:
    with database.work() as session:
        change_house(session, System("an admin"), name="Acme Santé")
    enter(page, site, tokens[Role.CANDIDATE], "/me")
    expect(page).to_have_title("Accueil · Acme Santé")
    expect(page.locator(".porch-top")).to_contain_text("Acme Santé")
    page.get_by_role("link", name="Ce que nous faisons de vos données").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que nous faisons de vos données")
    assert findings(page) == []


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
