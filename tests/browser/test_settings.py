"""An admin sets the rules of the house and says who works here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.timeline.who import Role
from tests.axe import findings
from tests.browser.looking import come_alive
from tests.serving import Site
from tests.signed_in import sessions

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tokens(site: Site) -> dict[Role, str]:
    return sessions(site)


@pytest.fixture
def settings(site: Site, browser: Browser, tokens: dict[Role, str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    context.add_cookies([{"name": "vivier_session", "value": tokens[Role.ADMIN], "url": site.url}])
    page = context.new_page()
    come_alive(page, f"{site.url}/settings")
    expect(page.get_by_label("Au plus un message tous les")).to_be_visible()
    yield page
    context.close()


def test_rules_are_kept(settings: Page) -> None:
    settings.get_by_label("Au plus un message tous les").fill("45")
    settings.get_by_label("Tu", exact=True).check()
    settings.get_by_label("Elles ont postulé ici").check()
    settings.get_by_role("button", name="Enregistrer les règles").click()
    expect(settings.get_by_role("status")).to_contain_text("Les règles sont enregistrées")
    come_alive(settings, settings.url)
    expect(settings.get_by_label("Au plus un message tous les")).to_have_value("45")
    expect(settings.get_by_label("Tu", exact=True)).to_be_checked()
    expect(settings.get_by_label("Elles ont postulé ici")).to_be_checked()


def test_what_makes_no_sense_is_answered_beside_the_form_and_nothing_typed_is_lost(settings: Page) -> None:
    settings.get_by_label("Au plus un message tous les").fill("0")
    settings.get_by_label("Nom de la maison").fill("Hôpital du Lac")
    settings.get_by_role("button", name="Enregistrer les règles").click()
    expect(settings.get_by_role("alert").first).not_to_be_empty()
    expect(settings.get_by_label("Nom de la maison")).to_have_value("Hôpital du Lac")
    assert findings(settings) == []


def test_someone_is_let_in_shut_out_and_let_in_again_by_undo(settings: Page) -> None:
    opener = settings.get_by_role("button", name="Inviter quelqu’un")
    opener.click()
    invitation = settings.get_by_role("dialog", name="Inviter quelqu’un")
    assert findings(settings) == []
    invitation.get_by_label("Prénom et nom").fill("Jeanne Roux")
    invitation.locator("[name=email]").fill("jeanne")
    invitation.get_by_role("button", name="Inviter").click()
    expect(invitation.get_by_role("alert")).to_contain_text("adresse")
    invitation.locator("[name=email]").fill("jeanne@vivier.example")
    invitation.get_by_role("button", name="Inviter").click()
    expect(invitation).to_have_count(0)
    jeanne = settings.get_by_role("listitem").filter(has_text="jeanne@vivier.example")
    jeanne.get_by_role("button", name="Fermer l’accès").click()
    expect(jeanne).to_contain_text("Accès fermé")
    settings.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(jeanne.get_by_role("button", name="Fermer l’accès")).to_be_visible()


def test_escape_closes_the_dialog_and_gives_the_focus_back(settings: Page) -> None:
    settings.get_by_role("button", name="Inviter quelqu’un").click()
    expect(settings.get_by_role("dialog")).to_be_visible()
    settings.keyboard.press("Escape")
    expect(settings.get_by_role("dialog")).to_have_count(0)
    expect(settings.get_by_role("button", name="Inviter quelqu’un")).to_be_focused()


def test_the_keyboard_alone_is_enough(settings: Page) -> None:
    first = settings.get_by_role("button", name="Fermer l’accès").first
    help_ = settings.get_by_role("dialog", name="Raccourcis clavier")
    expect(first).to_be_visible()
    settings.keyboard.press("?")
    expect(help_).to_be_visible()
    settings.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    settings.keyboard.press("j")
    expect(first).to_be_focused()
    settings.keyboard.press("Tab")
    settings.goto(settings.url)
    settings.keyboard.press("Tab")
    expect(settings.get_by_role("link", name="Aller au contenu")).to_be_focused()


def test_the_light_a_person_chose_is_there_before_the_first_paint(settings: Page) -> None:
    settings.locator("nav details > summary").click()
    settings.locator("nav").get_by_role("button", name="Nuit").click()
    settings.wait_for_function("localStorage.theme === 'dark'")
    settings.goto(settings.url, wait_until="commit")
    settings.wait_for_function("document.body !== null")
    assert "dark" in (settings.locator("html").get_attribute("class") or "")
