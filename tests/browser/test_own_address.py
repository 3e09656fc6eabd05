"""Another address, proposed on the talent's page and in one's own space; who comes in with theirs, where doubles are decided."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from portal.imports import actions as imports
from portal.kit import clock
from portal.kit.db import Database
from portal.postbox.models import Letter
from portal.talents.models import AddressChange, Talent
from portal.talents.proving import proven
from portal.timeline.who import Person, Role
from tests.axe import findings
from tests.browser.looking import come_alive
from tests.imports.files import CHOICES, export
from tests.serving import Site
from tests.signed_in import people
from tests.trust import NOW

pytestmark = pytest.mark.browser
HERS = "camille@candidat.example"


@pytest.fixture(scope="module")
def signed_in(site: Site) -> dict[Role, tuple[Person, str]]:
    """Camille has come in with her address, Claire is at her desk."""
    everyone = people(site)
    database = Database(site.database.app)
    with database.work() as session:
        camille = session.get_one(Talent, everyone[Role.CANDIDATE][0].id)
        camille.phone, camille.name_key = "+33612345678", "camille martin"
        for name, value in proven(camille, now=clock.now()).items():
            setattr(camille, name, value)
        session.add(camille)
    database.close()
    return everyone


@pytest.fixture
def camille(site: Site, page: Page, signed_in: dict[Role, tuple[Person, str]]) -> Page:
    page.context.add_cookies([{"name": "vivier_session", "value": signed_in[Role.CANDIDATE][1], "url": site.url}])
    return page


def _waits(base: Database) -> list[str]:
    with base.work() as session:
        return list(session.exec(select(AddressChange.address).where(col(AddressChange.state) == "proposed")))


def test_a_candidate_asks_for_another_address_and_keeps_hers(site: Site, camille: Page, base: Database) -> None:
    come_alive(camille, f"{site.url}/me/wishes")
    camille.get_by_text("Changer mon adresse").click()
    field = camille.get_by_label("Votre nouvelle adresse")
    field.fill("camille")
    camille.get_by_role("button", name="Envoyer le message").click()
    expect(camille.get_by_text("« camille » n’est pas une adresse")).to_be_visible()
    field.fill("camille.neuve@x.example")
    camille.get_by_role("button", name="Envoyer le message").click()
    expect(camille.get_by_text("camille.neuve@x.example attend d’être confirmée")).to_be_visible()
    assert findings(camille) == []
    assert _waits(base) == ["camille.neuve@x.example"]
    camille.get_by_role("button", name="Garder mon adresse actuelle").click()
    expect(camille.get_by_text("attend d’être confirmée")).to_have_count(0)
    assert _waits(base) == []


def test_a_recruiter_s_correction_waits_and_is_taken_back(
    site: Site, claire: Page, base: Database, signed_in: dict[Role, tuple[Person, str]]
) -> None:
    at = f"{site.url}/pool/{signed_in[Role.CANDIDATE][0].id}"
    come_alive(claire, at)
    claire.get_by_role("button", name="Corriger le profil").click()
    expect(claire.get_by_text("La personne se connecte avec cette adresse.")).to_be_visible()
    claire.get_by_label("Adresse e-mail").fill("camille.autre@x.example")
    claire.get_by_role("button", name="Enregistrer le profil").click()
    expect(claire.get_by_text("camille.autre@x.example").first).to_be_visible()
    assert findings(claire) == []
    with base.work() as session:
        assert session.exec(select(Letter.address).where(col(Letter.template) == "prove_address")).all()[-1:] == [
            "camille.autre@x.example"
        ]
        assert session.get_one(Talent, signed_in[Role.CANDIDATE][0].id).email == HERS
    claire.get_by_role("button", name="Retirer l’adresse proposée").click()
    expect(claire.get_by_role("button", name="Retirer l’adresse proposée")).to_have_count(0)
    assert _waits(base) == []


def test_whose_own_word_an_address_is_shows_where_doubles_are_decided(
    site: Site, claire: Page, base: Database, signed_in: dict[Role, tuple[Person, str]]
) -> None:
    line = ("Martin", "Camille", "autre@x.example", "06 12 34 56 78", "", "", "01/11/2026", "")
    with base.work() as session:
        run = imports.upload(session, signed_in[Role.RECRUITER][0], "pool.csv", export(line), now=NOW)
        imports.take(session, signed_in[Role.RECRUITER][0], run, replace(CHOICES), now=NOW)
    come_alive(claire, f"{site.url}/doubts")
    expect(claire.get_by_text("qu’aucun fichier ne remplace")).to_be_visible()
    expect(claire.get_by_text("Se connecte avec cette adresse depuis le")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_role("button", name="La même personne").click()
    expect(claire.get_by_text("celle de la ligne est laissée de côté")).to_be_visible()
    with base.work() as session:
        assert session.get_one(Talent, signed_in[Role.CANDIDATE][0].id).email == HERS
