"""A field of the house's own from the admin to the file a candidate takes away; many people tagged at once, and back."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.access.sessions import open_session
from portal.kit import clock
from portal.kit.db import Database, saved
from tests.axe import findings
from tests.cast import cast, talent
from tests.serving import Site

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class House:
    site: Site
    ids: dict[str, int]
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def house(site: Site) -> Iterator[House]:
    database, now = Database(site.database.app), clock.now()
    with database.work() as session:
        staff = cast(session)
        rows = {name: talent(session, name, job_code="J1506") for name in ("Camille", "Noé", "Zoé")}
        ids = {name: saved(row.id) for name, row in rows.items()}
        tokens = {name: open_session(session, staff_id=getattr(staff, name).id, now=now) for name in ("claire", "ada")}
        tokens["camille"] = open_session(session, talent_id=ids["Camille"], now=now)
    yield House(site, ids, tokens)
    database.close()


def signed_in(browser: Browser, house: House, who: str, width: int = 1440) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="fr-FR", reduced_motion="reduce", base_url=house.site.url
    )
    context.add_cookies([{"name": "vivier_session", "value": house.tokens[who], "url": house.site.url}])
    return context


def come_alive(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-alive='true']")).to_be_attached()
    expect(page.locator("[aria-busy='true']")).to_have_count(0)


@pytest.fixture
def ada(browser: Browser, house: House) -> Iterator[Page]:
    with signed_in(browser, house, "ada") as context:
        yield context.new_page()


@pytest.fixture
def claire(browser: Browser, house: House) -> Iterator[Page]:
    with signed_in(browser, house, "claire") as context:
        yield context.new_page()


@pytest.fixture
def camille(browser: Browser, house: House) -> Iterator[Page]:
    with signed_in(browser, house, "camille", 390) as context:
        yield context.new_page()


def test_a_field_goes_from_the_admin_to_the_recruiter_to_the_candidate_and_into_both_files(
    house: House, ada: Page, claire: Page, camille: Page
) -> None:
    make_the_field(ada)
    fill_it_in(house, claire)
    read_and_change_it(camille)
    come_alive(claire, f"/pool/{house.ids['Camille']}")
    expect(claire.get_by_role("definition").filter(has_text="Nuit")).to_contain_text("dit par la personne")
    names = {row["Prénom"]: row["Horaires acceptés"] for row in exported(claire)}
    assert names == {"Camille": "Nuit", "Noé": "", "Zoé": ""}


def make_the_field(ada: Page) -> None:
    come_alive(ada, "/settings/fields")
    ada.get_by_role("button", name="Ajouter un champ").first.click()
    form = ada.get_by_role("dialog")
    form.get_by_label("Nom en français").fill("Âge")
    form.get_by_label("Nom en anglais").fill("Shifts accepted")
    form.get_by_label("Ce qu’il contient").select_option(label="Plusieurs choix")
    form.get_by_label("Choix").fill("Jour | Day\nNuit | Night")
    form.get_by_role("button", name="Enregistrer le champ").click()
    expect(form.get_by_role("alert")).to_contain_text("225-1")
    assert findings(ada) == []
    form.get_by_label("Nom en français").fill("Horaires acceptés")
    form.get_by_role("button", name="Enregistrer le champ").click()
    expect(form).to_have_count(0)
    expect(ada.get_by_role("listitem").filter(has_text="Horaires acceptés")).to_contain_text("Jour, Nuit")


def fill_it_in(house: House, claire: Page) -> None:
    come_alive(claire, f"/pool/{house.ids['Camille']}")
    claire.get_by_role("button", name="Corriger le profil").click()
    form = claire.get_by_role("dialog")
    form.get_by_role("group", name="Horaires acceptés").get_by_label("Jour").check()
    skill = form.get_by_label("Compétences")
    skill.press_sequentially("perfusion")
    expect(form.get_by_role("button", name="Ajouter « perfusion »")).to_be_visible()
    skill.press("Enter")
    expect(form.get_by_role("list", name="Compétences")).to_contain_text("perfusion")
    assert findings(claire) == []
    form.get_by_role("button", name="Enregistrer le profil").click()
    expect(form).to_have_count(0)
    expect(claire.get_by_role("definition").filter(has_text="Jour")).to_contain_text("noté par un recruteur")
    expect(claire.get_by_role("definition").filter(has_text="perfusion")).to_be_visible()


def read_and_change_it(camille: Page) -> None:
    come_alive(camille, "/me/wishes")
    mine = camille.get_by_role("group", name="Horaires acceptés")
    expect(mine.get_by_label("Jour")).to_be_checked()
    mine.get_by_label("Nuit").check()
    expect(camille.get_by_text("Vous l’avez dit aujourd’hui.")).to_be_visible()
    mine.get_by_label("Jour").uncheck()
    language = camille.get_by_label("Langues dans lesquelles vous travaillez")
    language.press_sequentially("anglais b2")
    camille.get_by_role("button", name="anglais (B2)").click()
    expect(camille.get_by_role("list", name="Langues dans lesquelles vous travaillez")).to_contain_text("anglais (B2)")
    assert findings(camille) == []
    come_alive(camille, "/me/data")
    camille.get_by_text("Votre métier et vos souhaits").click()
    held = camille.get_by_role("listitem")
    expect(held.filter(has_text="Horaires acceptés")).to_contain_text("Nuit")
    expect(held.filter(has_text="langues")).to_contain_text("anglais (B2)")
    answer = camille.request.get("/me/data.json")
    rows = {row["names"]["fr"]: row["words"] for row in json.loads(answer.body())["profile"] if "names" in row}
    assert rows == {"Horaires acceptés": {"fr": "Nuit", "en": "Night"}}


def exported(claire: Page) -> list[dict[str, str]]:
    come_alive(claire, "/pool?sort=name")
    claire.get_by_text("Agir sur plusieurs personnes").click()
    with claire.expect_download() as download:
        claire.get_by_role("button", name="Exporter les personnes trouvées").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_those_chosen_are_tagged_at_once_and_one_press_takes_it_back(claire: Page) -> None:
    come_alive(claire, "/pool?sort=name")
    claire.get_by_text("Agir sur plusieurs personnes").click()
    for name in ("Camille Martin", "Noé Martin"):
        claire.get_by_role("checkbox", name=f"Choisir {name}").check()
    expect(claire.get_by_text("2 personnes choisies")).to_be_visible()
    claire.get_by_role("button", name="Poser une étiquette").click()
    form = claire.get_by_role("dialog")
    expect(form).to_contain_text("Cela concerne 2 personnes.")
    assert findings(claire) == []
    form.get_by_label("Étiquette").fill("Syndiqués")
    form.get_by_role("button", name="Poser", exact=True).click()
    expect(form.get_by_role("alert")).to_contain_text("225-1")
    form.get_by_label("Étiquette").fill("Salon de Lyon")
    form.get_by_role("button", name="Poser", exact=True).click()
    tagged = claire.get_by_role("row").filter(has_text="Salon de Lyon")
    expect(tagged).to_have_count(2)
    claire.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(tagged).to_have_count(0)


def test_asking_everyone_found_for_an_update_says_first_what_the_gate_holds_back(claire: Page) -> None:
    come_alive(claire, "/pool?sort=name")
    claire.get_by_text("Agir sur plusieurs personnes").click()
    claire.get_by_role("button", name="Demander une mise à jour").click()
    form = claire.get_by_role("dialog")
    expect(form).to_contain_text("Cela concerne 3 personnes.")
    expect(form).to_contain_text("joignables maintenant")
    assert findings(claire) == []
    form.get_by_role("button", name="Leur demander").click()
    expect(claire).to_have_url(re.compile(r"/launches/1$"))
    expect(claire.get_by_text("personnes choisies dans le vivier")).to_be_visible()


def test_a_note_is_kept_hinted_at_and_read_by_the_person(house: House, claire: Page, camille: Page) -> None:
    come_alive(claire, f"/pool/{house.ids['Camille']}")
    claire.get_by_label("Une note").fill("Arrêt maladie en 2024, cherche un poste de jour")
    claire.get_by_label("Une note").blur()
    expect(claire.get_by_text("parle de santé")).to_be_visible()
    claire.get_by_label("Une note").fill("Cherche un poste de jour")
    claire.get_by_role("button", name="Garder la note").click()
    expect(claire.get_by_role("list", name="Notes")).to_contain_text("Cherche un poste de jour")
    assert findings(claire) == []
    come_alive(camille, "/me/data")
    camille.get_by_text("Notes du recrutement").click()
    expect(camille.get_by_text("Cherche un poste de jour")).to_be_visible()


def test_a_view_is_kept_and_the_pool_opens_with_it(claire: Page) -> None:
    come_alive(claire, "/pool?job=J1506&sort=newest")
    claire.get_by_role("button", name="Garder cette vue").click()
    form = claire.get_by_role("dialog")
    form.get_by_label("Nom de la vue").fill("Soins")
    form.get_by_label("Le vivier s’ouvre dessus, pour moi").check()
    assert findings(claire) == []
    form.get_by_role("button", name="Garder la vue").click()
    expect(form).to_have_count(0)
    come_alive(claire, "/pool")
    expect(claire.get_by_label("Trier par")).to_have_value("newest")
    claire.get_by_role("button", name="Gérer les vues").click()
    claire.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(claire.get_by_role("link", name="Soins")).to_have_count(0)
    expect(claire.get_by_text("La vue «\u00a0Soins\u00a0» est supprimée.")).to_be_visible()
