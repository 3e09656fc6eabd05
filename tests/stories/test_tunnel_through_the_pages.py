"""The whole tunnel through the pages: what a recruiter presses from an export to an interview, and what comes back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from portal.access.sessions import open_session
from portal.kit.embedded import Urls
from portal.settings import PROJECT
from portal.talents.models import Talent
from tests.axe import clean
from tests.cast import NOW
from tests.sink import calendar_of, link_to, links_in, text_of
from tests.stories.served import Served, served

EXPORT = PROJECT / "demo" / "export_ats_candidats.csv"
PATIENCE = 20_000
pytestmark = pytest.mark.browser


@dataclass
class Story(Served):
    """The house with three windows on it: Claire's desk, Dora's, and a candidate's phone."""

    desk: Page
    privacy: Page
    phone: Page

    def open(self, path: str) -> Page:
        """Open a page of Claire's and wait until it has all its data."""
        self.desk.goto(f"{self.site.url}{path}")
        return self.settled()

    def settled(self) -> Page:
        expect(self.desk.locator("[data-alive='true']")).to_be_attached()
        expect(self.desk.locator("[aria-busy='true']")).to_have_count(0)
        return self.desk


@pytest.fixture
def story(database: Urls, browser: Browser, tmp_path: Path) -> Iterator[Story]:
    with served(database, tmp_path) as house:
        with house.world.database.work() as session:
            dora = open_session(session, staff_id=house.people.dora.id, now=NOW)
        desk, privacy, phone = (window(browser, width) for width in (1440, 1440, 390))
        privacy.context.add_cookies([{"name": "vivier_session", "value": dora, "url": house.site.url}])
        # So much happens at once here, on a machine that may be doing everything else as well.
        expect.set_options(timeout=PATIENCE)
        yield Story(house.world, house.site, house.people, house.clock, desk, privacy, phone)
        expect.set_options(timeout=5_000)
        for page in (desk, privacy, phone):
            page.context.close()


def window(browser: Browser, width: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce"
    )
    return context.new_page()


def test_from_an_export_to_an_interview_by_the_pages_alone(story: Story) -> None:
    _sign_in(story)
    _take_the_export_in(story)
    _open_a_job_and_offer_times(story)
    _build_a_segment(story)
    _inform_who_must_be_first(story)
    _launch(story)
    someone, other = _letters_left(story)
    _say_yes_and_pick_a_time(story, someone)
    _ask_a_question(story, other)
    _read_the_board(story)
    _answer_by_hand(story, other)
    _verify_the_ledger(story)


def _sign_in(story: Story) -> None:
    desk = story.desk
    desk.goto(f"{story.site.url}/today")
    desk.wait_for_url(re.compile("/signin"))
    desk.get_by_label("Votre adresse électronique").fill("claire@vivier.example")
    desk.get_by_role("button", name="Recevoir le lien").click()
    expect(desk.locator("#code")).to_be_visible()
    story.later(seconds=20)
    desk.goto(links_in(story.world.sink.to("claire@vivier.example")[0])[0])
    desk.get_by_role("button", name="Se connecter").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")


def _take_the_export_in(story: Story) -> None:
    desk = story.open("/imports/new")
    desk.get_by_label("Le fichier des personnes à importer").set_input_files(EXPORT)
    desk.get_by_role("button", name="Regarder le fichier").click()
    desk.wait_for_url(re.compile(r"/imports/\d+$"))
    expect(desk.get_by_label("Importée comme – Métier")).to_have_value("job")
    desk.get_by_label("Importée comme – Expérience").select_option("ignore")
    desk.get_by_label("La source, avec vos mots").fill("Export de notre logiciel, automne 2026")
    desk.get_by_label("Jour de la collecte").fill("2026-11-16")
    desk.get_by_label("Ces personnes ont donné leur accord").check()
    desk.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(desk.get_by_text("Colonnes non importées").locator("..")).to_contain_text("Expérience")
    desk.get_by_role("button", name="Importer 50 personnes").click()
    expect(desk.get_by_role("link", name="Voir ces personnes dans le vivier")).to_be_visible()
    with story.world.database.work() as session:
        assert len(session.exec(select(Talent)).all()) == 50


def _open_a_job_and_offer_times(story: Story) -> None:
    desk = story.open("/opportunities/new")
    desk.get_by_label("Intitulé").fill("Conduite de ligne, Lyon")
    desk.get_by_label("Lieu de travail").fill("lyon")
    expect(desk.locator("#find_place_code-found button").first).to_be_visible()
    desk.keyboard.press("Enter")
    desk.get_by_label("Condensé en français").fill("Une équipe de huit, horaires de jour, vendredi après-midi libre.")
    desk.get_by_label("Condensé en anglais").fill("A team of eight, day shifts, Friday afternoons free.")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Conduite de ligne, Lyon")

    story.open("/availability")
    desk.get_by_label("Jour", exact=True).fill("2026-11-27")
    desk.get_by_role("button", name="Proposer").click()
    expect(desk.get_by_text("9 h – 9 h 30")).to_be_visible()


def _build_a_segment(story: Story) -> None:
    desk = story.open("/segments/new")
    desk.get_by_role("button", name="Ajouter un critère").first.click()
    desk.get_by_role("button", name="Source", exact=True).click()
    desk.get_by_label("export ATS").check()
    counted = desk.locator(".side .figure-big")
    expect(counted).to_have_text("50 correspondent")
    desk.get_by_role("button", name="C’est fait").click()
    desk.get_by_label("Nom du segment").fill("L’export d’automne")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("L’export d’automne")


def _inform_who_must_be_first(story: Story) -> None:
    desk = story.desk
    part = desk.locator(".split-item", has_text="sans base légale")
    many = int(part.locator(".split-count").inner_text())
    part.get_by_role("button", name="Envoyer la première information").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Envoyer la première information à {many} personnes")
    clean(desk)
    dialog.get_by_role("button", name="Pas maintenant").click()
    expect(dialog).to_have_count(0)
    part.get_by_role("button", name="Envoyer la première information").click()
    dialog.get_by_role("button", name=re.compile(r"Envoyer \d+ messages")).click()
    expect(desk.get_by_text(f"{many} messages partent.")).to_be_visible(timeout=PATIENCE)
    story.later(minutes=1)
    told = [letter for letter in story.world.sink.letters if "automne 2026" in text_of(letter)]
    assert len(told) == many


def _launch(story: Story) -> None:
    desk = story.open("/chains")
    desk.get_by_role("listitem").filter(has_text="Toujours en veille").get_by_role(
        "link", name="Partir de ce modèle"
    ).click()
    desk.get_by_label("Nom de la chaîne").fill("Réveil d’automne")
    desk.get_by_role("button", name="Enregistrer la chaîne").click()
    desk.wait_for_url(re.compile(r"/chains/\d+$"))
    story.open("/segments")
    desk.get_by_role("link", name="L’export d’automne").click()
    desk.get_by_role("link", name="Lancer une chaîne dessus").click()
    desk.get_by_label("Ce que l’on dit").select_option(label="Réveil d’automne")
    desk.get_by_label("Pour quel poste").select_option(index=1)
    expect(desk.locator("iframe.phone-letter")).to_have_count(3)
    desk.get_by_role("button", name="Lancer").click()
    desk.wait_for_url(re.compile(r"/launches/\d+$"))


def _letters_left(story: Story) -> tuple[str, str]:
    """Return the addresses of two people who were asked."""
    story.later(minutes=1)
    asked = [letter for letter in story.world.sink.letters if any(link.endswith("/yes") for link in links_in(letter))]
    assert len(asked) > 20
    first, second = [letter for letter in asked if "toujours" in str(letter["Subject"])][:2]
    return str(first["To"]), str(second["To"])


def _press(phone: Page, link: str, button: str) -> None:
    phone.goto(link)
    phone.get_by_role("button", name=button, exact=True).click()


def _say_yes_and_pick_a_time(story: Story, address: str) -> None:
    phone, sink = story.phone, story.world.sink
    _press(phone, link_to(sink.to(address)[-1], "yes"), "Oui")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, c’est noté.")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    story.later(minutes=5)
    _press(phone, link_to(sink.to(address)[-1], "yes"), "D’accord, parlons-en")
    story.later(minutes=5)
    phone.goto(next(link for link in links_in(sink.to(address)[-1]) if link.rsplit("/", 1)[1].isdigit()))
    phone.locator("main button.first").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("C’est noté")
    story.later(minutes=5)
    assert Calendar.from_ical(calendar_of(sink.to(address)[-1]))["method"] == "REQUEST"
    assert Calendar.from_ical(calendar_of(sink.to("claire@vivier.example")[-1]))["method"] == "REQUEST"


def _ask_a_question(story: Story, address: str) -> None:
    phone = story.phone
    phone.goto(link_to(story.world.sink.to(address)[-1], "more_info"))
    phone.get_by_label("Votre question").fill("C’est où exactement ?")
    phone.get_by_role("button", name="Dites-m’en plus").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, c’est noté.")
    story.later(minutes=5)


def _read_the_board(story: Story) -> None:
    """Each number of the river opens as many people as it says."""
    desk = story.open(re.sub(r".*(/launches/\d+).*", r"\1", story.desk.url))
    river = desk.get_by_role("list", name="Du segment au rendez-vous")
    numbers = {}
    for step in river.get_by_role("link").all():
        step.click()
        count, words = re.fullmatch(r"(\d+)\s*(.+)", step.inner_text().replace("\n", " ")).groups()  # type: ignore[union-attr]
        expect(desk.get_by_role("heading", name=re.compile(words))).to_contain_text(count)
        expect(desk.locator("#people").get_by_role("link")).to_have_count(int(count))
        numbers[words] = int(count)
    assert (numbers["Ont répondu"], numbers["Rendez-vous pris"]) == (2, 1)


def _answer_by_hand(story: Story, address: str) -> None:
    desk = story.open("/today")
    waiting = desk.get_by_role("listitem").filter(has_text="C’est où exactement ?")
    waiting.get_by_role("link").first.click()
    story.settled()
    expect(desk.locator(".talk")).to_contain_text("C’est où exactement ?")
    desk.get_by_label("Objet").fill("Où nous sommes")
    desk.get_by_label("Votre message").fill("À deux pas de la gare de Vaise. Voulez-vous qu’on en parle ?")
    desk.get_by_role("button", name="Envoyer le message").click()
    expect(desk.locator(".talk")).to_contain_text("À deux pas de la gare")
    story.later(minutes=5)
    assert "gare de Vaise" in text_of(story.world.sink.to(address)[-1])
    story.open("/today")
    expect(desk.get_by_text("C’est où exactement ?")).to_have_count(0)


def _verify_the_ledger(story: Story) -> None:
    page = story.privacy
    page.goto(f"{story.site.url}/privacy")
    expect(page.locator("[data-alive='true']")).to_be_attached()
    page.get_by_role("button", name="Vérifier à nouveau").click()
    expect(page.locator(".proof.marked")).to_contain_text("intacte")
    clean(page)
