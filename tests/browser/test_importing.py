"""The demo's export goes in through the pages, as a recruiter does it; a survey is written and read the same way."""

import csv
import io
import os
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from portal.kit.db import Database
from tests.axe import findings
from tests.browser.looking import come_alive
from tests.imports.files import DEMO
from tests.serving import Site

pytestmark = pytest.mark.browser


def talents(base: Database) -> int:
    with base.work() as session:
        return session.execute(sa.text("SELECT count(*) FROM talent")).scalar_one()


def test_the_export_of_the_demo_goes_in_with_the_numbers_it_was_told_to_have(
    site: Site, claire: Page, base: Database
) -> None:
    before = talents(base)
    come_alive(claire, f"{site.url}/imports/new")
    claire.get_by_label("Le fichier des personnes à importer").set_input_files(DEMO / "export_ats_candidats.csv")
    claire.get_by_role("button", name="Regarder le fichier").click()
    claire.wait_for_url(re.compile(r"/imports/\d+$"))
    expect(claire.get_by_text("60 lignes")).to_be_visible()
    for dropped in ("Date de naissance", "Sexe", "Nationalité"):
        expect(claire.locator(".callout", has_text="225-1").get_by_text(dropped)).to_be_visible()
    claire.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(claire.get_by_role("alert").first).to_contain_text("Donnez le jour")
    claire.get_by_label("La source, avec vos mots").fill("Export ATS")
    claire.get_by_label("Jour de la collecte").fill("2026-11-16")
    claire.get_by_label("Ces personnes ont donné leur accord").check()
    assert findings(claire) == []
    claire.get_by_role("button", name="Voir ce qui va se passer").click()
    take = claire.get_by_role("button", name="Importer 50 personnes")
    expect(take).to_be_visible()
    assert talents(base) == before
    assert findings(claire) == []
    take.click()
    expect(claire.get_by_role("link", name="Voir ces personnes dans le vivier")).to_be_visible()
    assert talents(base) == before + 50
    with claire.expect_download() as download:
        claire.get_by_role("link", name="Télécharger les lignes rejetées").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_bytes().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["18", "22", "26", "29", "32", "43", "46"]
    come_alive(claire, claire.url)
    expect(claire.get_by_role("link", name="Voir ces personnes dans le vivier")).to_be_visible()
    assert findings(claire) == []


def test_what_is_no_table_comes_back_as_a_sentence(site: Site, claire: Page) -> None:
    come_alive(claire, f"{site.url}/imports/new")
    wrong = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + b"x" * 2_000_000}
    claire.get_by_label("Le fichier des personnes à importer").set_input_files(wrong)  # type: ignore[arg-type]
    claire.get_by_role("button", name="Regarder le fichier").click()
    expect(claire.get_by_role("alert").first).to_contain_text("« cv.pdf » n’est pas un tableau")


def test_a_file_too_large_is_told_before_it_is_sent_and_by_the_server_all_the_same(
    site: Site, claire: Page, tmp_path: Path
) -> None:
    come_alive(claire, f"{site.url}/imports/new")
    large = tmp_path / "all.csv"
    large.touch()
    os.truncate(large, 200_000_000)
    field = claire.get_by_label("Le fichier des personnes à importer")
    expect(claire.locator("[data-alive='true']")).to_be_attached()
    field.set_input_files(large)
    assert "50 Mo" in field.evaluate("input => input.validationMessage")
    field.evaluate("input => input.form.noValidate = true")
    claire.get_by_role("button", name="Regarder le fichier").click()
    expect(claire.get_by_role("alert").first).to_contain_text("dépasse 50 Mo")


def test_a_survey_is_written_in_two_languages_and_saved(site: Site, claire: Page, base: Database) -> None:
    come_alive(claire, f"{site.url}/surveys/new")
    expect(claire.locator(".question")).to_have_count(2)
    claire.get_by_role("button", name="Un choix parmi plusieurs").click()
    third = claire.locator(".question").nth(2)
    third.get_by_label("En français", exact=True).fill("Par où ?")
    claire.get_by_role("button", name="Enregistrer l’enquête").click()
    expect(third.get_by_role("alert")).to_contain_text("La question 3")
    third.get_by_label("En anglais", exact=True).fill("Which way?")
    for label, words in (("français", ("E-mail", "Téléphone")), ("anglais", ("E-mail", "Phone"))):
        for place, told in enumerate(words):
            third.get_by_label(f"Choix en {label}").nth(place).fill(told)
    third.get_by_role("button", name="Monter").click()
    expect(claire.locator(".question").nth(1).get_by_label("En français", exact=True)).to_have_value("Par où ?")
    assert findings(claire) == []
    claire.get_by_role("button", name="Enregistrer l’enquête").click()
    claire.wait_for_url(re.compile(r"/surveys/\d+$"))
    expect(claire.get_by_text("0 personne a répondu")).to_be_visible()
    with base.work() as session:
        (kinds,) = session.execute(sa.text("SELECT jsonb_path_query_array(questions, '$[*].kind') FROM survey")).one()
    assert kinds == ["nps", "choice", "text"]
    claire.get_by_role("button", name="La clore").click()
    expect(claire.get_by_text("L’enquête est close")).to_be_visible()
    claire.get_by_role("button", name="Annuler").click()
    expect(claire.get_by_text("prend de nouveau des réponses")).to_be_visible()
    assert findings(claire) == []
