"""The page of the columns, in a browser: what was guessed and why, corrected by keyboard, remembered the next time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.axe import findings
from tests.browser.looking import come_alive
from tests.imports.files import export
from tests.imports.test_workbooks import several_sheets
from tests.serving import Site

pytestmark = pytest.mark.browser

HEADER = ("Nom", "Prénom", "Contact 1", "Portable", "Métier", "Divers", "Civilité")
PEOPLE = tuple(
    (name, "Zoé", f"{name.lower()}@x.example", f"06 12 34 56 {n:02}", job, misc, "Mme")
    for n, (name, job, misc) in enumerate(
        (
            ("Roux", "Soudeur / chaudronnier", "45k"),
            ("Blanc", "Chuchoteur", "2500 net"),
            ("Noir", "Cariste", "38 000 €"),
        )
    )
)


def send(site: Site, claire: Page, name: str, content: bytes) -> None:
    come_alive(claire, f"{site.url}/imports/new")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    claire.get_by_label("Le fichier des personnes à importer").set_input_files(file)  # type: ignore[arg-type]
    claire.get_by_role("button", name="Regarder le fichier").click()
    claire.wait_for_url(re.compile(r"/imports/\d+$"))


def test_columns_are_corrected_by_keyboard_and_remembered_for_their_source(site: Site, claire: Page) -> None:
    send(site, claire, "ats.csv", export(*PEOPLE, header=HEADER))
    mail = claire.get_by_role("row", name=re.compile("^Contact 1"))
    expect(mail.get_by_role("combobox")).to_have_value("email")
    expect(mail).to_contain_text("ses valeurs y ressemblent")
    jobs = claire.get_by_role("row", name=re.compile("^Métier"))
    jobs.locator("summary").click()
    expect(jobs).to_contain_text("Soudeur / Soudeuse (sûr à 100 %), Chaudronnier / Chaudronnière (sûr à 100 %)")
    expect(jobs).to_contain_text("valeurs non comprises : 1 sur 3")
    misc = claire.get_by_role("row", name=re.compile("^Divers"))
    misc.get_by_role("combobox").focus()
    claire.keyboard.type("Salaire")
    expect(misc).to_contain_text("votre choix")
    expect(misc).to_contain_text("valeurs non comprises : 1 sur 3")
    misc.locator("summary").click()
    expect(misc.get_by_text("45 000 € brut par an")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_label("La source, avec vos mots").fill("Notre ATS")
    claire.get_by_label("Jour de la collecte").fill("2026-11-16")
    claire.get_by_role("button", name="Voir ce qui va se passer").click()
    claire.get_by_role("button", name="Importer 3 personnes").click()
    expect(claire.get_by_role("link", name="Voir ces personnes dans le vivier")).to_be_visible()
    send(site, claire, "ats-again.csv", export(*PEOPLE, header=HEADER))
    expect(claire.get_by_label("La source, avec vos mots")).to_have_value("Notre ATS")
    misc = claire.get_by_role("row", name=re.compile("^Divers"))
    expect(misc.get_by_role("combobox")).to_have_value("salary")
    expect(misc).to_contain_text("comme la dernière fois")


def test_a_recruiter_chooses_the_sheet_of_a_workbook(site: Site, claire: Page) -> None:
    send(site, claire, "pool.xlsx", several_sheets())
    sheet = claire.get_by_label("Feuille du classeur")
    expect(sheet).to_have_value("Candidats 2026")
    expect(claire.get_by_text("1 ligne", exact=False).first).to_be_visible()
    sheet.select_option("Anciens")
    expect(claire.get_by_text("pool.xlsx › Anciens")).to_be_visible()
    expect(claire.get_by_text("2 lignes", exact=False).first).to_be_visible()
    assert findings(claire) == []


def test_the_order_of_days_is_chosen_and_a_title_asked_once(site: Site, claire: Page) -> None:
    rows = [("z@x.example", "Vendeur", "02/03/2026"), ("l@x.example", "Vendeuse", "04/03/2026")]
    send(site, claire, "us.csv", export(*rows, header=("Email", "Job", "Application Date")))
    expect(claire.get_by_text("Rien dans le fichier ne dit si le jour ou le mois vient d’abord")).to_be_visible()
    claire.get_by_label("Par quoi commencent ses dates").select_option("mdy")
    days = claire.get_by_role("row", name=re.compile("^Application Date"))
    days.locator("summary").click()
    expect(days).to_contain_text("3 févr. 2026")
    expect(claire.get_by_role("heading", name="Quel métier est-ce ?")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_label("Chercher le métier").fill("prêt-à-porter")
    claire.get_by_role("button", name="Vendeur / Vendeuse en prêt-à-porter").click()
    expect(claire.get_by_role("heading", name="Quel métier est-ce ?")).to_be_hidden()
    claire.get_by_label("La source, avec vos mots").fill("Autre ATS")
    claire.get_by_label("Jour de la collecte").fill("2026-11-16")
    claire.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(claire.get_by_text("3 févr. 2026")).to_be_visible()


def test_a_title_told_by_mistake_is_asked_again_and_a_second_press_tells_nothing_of_the_next(
    site: Site, claire: Page
) -> None:
    rows = [("a@x.example", "Magicien"), ("b@x.example", "Magicien"), ("c@x.example", "Dompteur")]
    send(site, claire, "cirque.csv", export(*rows, header=("Email", "Métier")))
    asked = claire.locator("section", has=claire.get_by_role("heading", name="Quel métier est-ce ?"))
    expect(asked).to_contain_text("Magicien")
    claire.get_by_role("button", name="Aucun métier de la liste").dblclick()
    expect(claire.get_by_text("« Magicien » reste désormais en toutes lettres.")).to_be_visible()
    expect(asked).to_contain_text("Dompteur")
    claire.get_by_role("button", name="Annuler").click()
    expect(asked).to_contain_text("Magicien")
    expect(asked).to_contain_text("1 autre intitulé ensuite")
