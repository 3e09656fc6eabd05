"""A recruiter at work with the keyboard: a segment built, an opportunity opened, times offered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.access.sessions import open_session
from portal.kit import clock
from portal.kit.db import Database
from portal.segments import actions as segments
from tests.axe import clean
from tests.cast import cast, talent
from tests.serving import Site

LYON = "69123"
# Counting happens in the background, on a machine that may be doing everything else as well.
PATIENCE = 20_000
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Desk:
    """Claire's window, signed in, on a pool of three nurses and a welder."""

    page: Page
    url: str

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")
        expect(self.page.locator("[data-alive='true']")).to_be_attached()
        expect(self.page.locator("[aria-busy='true']")).to_have_count(0)


@pytest.fixture(scope="module")
def token(site: Site) -> str:
    database = Database(site.database.app)
    with database.work() as session:
        people = cast(session)
        talent(session, "Nora", job_code="J1506")
        talent(session, "Camille", job_code="J1506", place="Marseille")
        talent(session, "Sarah", job_code="J1506", place="Grenoble", regions=["84"])
        talent(session, "Paul", job_code="H2913")
        near = {"kind": "near", "place": LYON, "km": 30}
        covers = {"kind": "mobility", "place": LYON, "remote_counts": False}
        nurses = {"kind": "job", "one_of": ["J1506"]}
        rule = {"kind": "all", "of": [nurses, {"kind": "any", "of": [near, covers]}]}
        segments.save(session, people.claire, "Autour de Lyon", rule, now=clock.now())
        opened = open_session(session, staff_id=people.claire.id, now=clock.now())
    database.close()
    return opened


@pytest.fixture
def desk(browser: Browser, site: Site, token: str) -> Iterator[Desk]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce"
    )
    context.add_cookies([{"name": "vivier_session", "value": token, "url": site.url}])
    page = context.new_page()
    page.on("dialog", lambda asked: asked.accept())
    yield Desk(page, site.url)
    context.close()


def test_a_nested_rule_is_built_counted_and_saved_without_a_mouse(desk: Desk) -> None:
    page, keys, counted = desk.page, desk.page.keyboard, desk.page.locator(".side .figure-big")
    desk.open("/segments/new")
    expect(counted).to_have_text("4 personnes dans le vivier", timeout=PATIENCE)

    # The first criterion: Enter on "add", a few letters of "their job", and of the job; Enter takes the first found.
    expect(page.locator("#add-1")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#kind")).to_be_focused()
    keys.type("profession")
    keys.press("Enter")
    expect(page.locator("#find")).to_be_focused()
    keys.type("infirmier en soins")
    keys.press("Enter")
    expect(page.locator(".chip")).to_contain_text("Infirmier")
    expect(page.locator("#find")).to_be_focused()
    keys.press("Enter")
    expect(counted).to_have_text("3 correspondent", timeout=PATIENCE)
    expect(page.locator("#part-2")).to_be_focused()

    # A group of alternatives: near Lyon, or whose own mobility covers it.
    page.get_by_role("button", name="Ajouter un groupe").last.focus()
    keys.press("Enter")
    expect(page.locator("#kind")).to_be_focused()
    _nothing_is_called(page, "#kind", "zodiaque", "Aucun critère ne porte ce nom.")
    page.locator("#kind").fill("distance")
    expect(page.get_by_role("button", name="Leur métier")).to_be_hidden()
    keys.press("Enter")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator(".rule .error")).to_have_count(0)
    _nothing_is_called(page, "#find", "xyzxyz", "Rien ne porte ce nom. Essayez moins de lettres.")
    _take_the_first_found(page, "lyon")
    expect(counted).to_have_text("1 correspond", timeout=PATIENCE)
    page.get_by_role("button", name="Ajouter un critère").first.focus()
    keys.press("Enter")
    expect(page.locator("#kind")).to_be_focused()
    page.get_by_role("button", name="Leur mobilité").focus()
    keys.press("Enter")
    expect(page.locator("#find")).to_be_focused()
    _take_the_first_found(page, "lyon")
    expect(counted).to_have_text("2 correspondent", timeout=PATIENCE)
    expect(page.locator(".sentence")).to_contain_text("(qui travaillent à moins de 30\u00a0km de Lyon ou dont")

    clean(page)
    page.get_by_label("Nom du segment").focus()
    keys.type("Mobiles vers Lyon")
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/segments/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mobiles vers Lyon")
    expect(page.get_by_text("« Mobiles vers Lyon » est enregistré.")).to_be_visible()
    expect(page.get_by_role("link", name="Lancer une chaîne dessus")).to_have_attribute(
        "href", f"/chains/launch?segment={page.url.rsplit('/', 1)[-1]}"
    )

    desk.open("/segments")
    expect(page.get_by_role("row", name="Mobiles vers Lyon")).to_contain_text("2")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(counted).to_have_text("2 correspondent", timeout=PATIENCE)


def _nothing_is_called(page: Page, field: str, words: str, told: str) -> None:
    page.locator(field).fill(words)
    expect(page.get_by_text(told)).to_be_visible()


def _take_the_first_found(page: Page, words: str) -> None:
    page.locator("#find").fill(words)
    expect(page.locator("#find-found button").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_each_number_opens_its_people_and_each_person_their_reason(desk: Desk) -> None:
    page = desk.page
    desk.open("/segments")
    page.get_by_role("link", name="Autour de Lyon").click()
    page.locator(".split").get_by_role("link", name="joignables maintenant").click()
    expect(page.get_by_role("heading", name="Joignables maintenant")).to_be_visible()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?bucket=reachable")
    nora = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Nora Martin"))
    nora.get_by_role("button", name="Pourquoi").click()
    expect(nora).to_contain_text("Infirmier")
    expect(nora).to_contain_text("Lyon")


def test_anyone_is_told_in_or_not_in_and_the_bars_open_their_people(desk: Desk) -> None:
    page = desk.page
    desk.open("/segments")
    page.get_by_role("link", name="Autour de Lyon").click()
    page.get_by_role("searchbox", name="Quelqu’un en est-il ? Tapez un nom").fill("martin")
    told = page.get_by_role("list", name="Dans le segment ou non, et pourquoi").get_by_role("listitem")
    expect(told.filter(has_text="Nora Martin")).to_contain_text("Dans le segment, car", timeout=PATIENCE)
    expect(told.filter(has_text="Paul Martin")).to_contain_text("Pas dans le segment, car le métier est")
    expect(told.filter(has_text="Camille Martin")).to_contain_text("Marseille")
    clean(page)

    page.get_by_role("link", name="Son portrait").click()
    free = page.get_by_role("list", name="Quand elles sont libres")
    clean(page)
    free.get_by_role("link").first.click()
    expect(page.get_by_role("row").filter(has_text="Nora Martin")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Camille Martin")).to_have_count(0)
    expect(page.get_by_label("Dans le segment", exact=True)).to_have_value(page.url.split("segment=")[1].split("&")[0])
    clean(page)


def test_what_is_taken_out_comes_back_with_one_press(desk: Desk) -> None:
    page, counted = desk.page, desk.page.locator(".side .figure-big")
    desk.open("/segments")
    page.get_by_role("link", name="Autour de Lyon").click()
    expect(counted).to_have_text("2 correspondent", timeout=PATIENCE)
    page.get_by_role("button", name="Retirer de la règle").first.click()
    expect(page.locator(".rule-words")).to_have_count(2)
    page.locator(".notice").get_by_role("button", name="Annuler").click()
    expect(page.locator(".rule-words")).to_have_count(3)
    expect(counted).to_have_text("2 correspondent", timeout=PATIENCE)


def test_a_rule_that_contradicts_itself_says_so_in_place_and_keeps_everything(desk: Desk) -> None:
    page = desk.page
    desk.open("/segments/new")
    for language in ("français", "anglais"):
        page.get_by_role("button", name="Ajouter un critère").click()
        page.get_by_role("button", name="Langue", exact=True).click()
        page.get_by_label(language).check()
        page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("alert").filter(has_text="s’excluent")).to_be_visible()
    page.get_by_label("Nom du segment").fill("Personne")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".rule-words")).to_have_count(2)
    expect(page.get_by_label("Nom du segment")).to_have_value("Personne")
    expect(page).to_have_url(f"{desk.url}/segments/new")


def test_an_opportunity_is_written_beside_the_letter_it_makes(desk: Desk) -> None:
    page = desk.page
    desk.open("/opportunities/new")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#title-error")).not_to_be_empty()
    page.get_by_label("Intitulé").fill("Infirmier de bloc")
    page.get_by_label("Métier, tel que la liste le nomme").fill("infirmier en soins")
    expect(page.locator("#find_job_code-found button").first).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_label("Lieu de travail").fill("lyon")
    expect(page.locator("#find_place_code-found button").first).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_label("Condensé en français").fill("Un bloc de huit salles.")
    expect(page.locator(".letter")).to_contain_text("Un bloc de huit salles.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Infirmier de bloc")
    clean(page)
    page.get_by_role("link", name="Composer un segment pour ce poste").click()
    expect(page.locator(".rule-words")).to_have_count(2)
    expect(page.get_by_label("Nom du segment")).to_have_value("Infirmier de bloc")
    page.go_back()
    page.get_by_role("button", name="Clore l’opportunité").click()
    expect(page.get_by_role("button", name="Rouvrir").first).to_be_visible()
    page.locator(".notice").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Clore l’opportunité")).to_be_visible()


def test_times_are_offered_and_one_is_withdrawn_and_offered_again(desk: Desk) -> None:
    page = desk.page
    desk.open("/availability")
    page.get_by_label("Semaine suivante").click()
    page.get_by_label("Semaine suivante").click()
    page.get_by_label("Début", exact=True).fill("10:00")
    page.get_by_label("Fin", exact=True).fill("09:00")
    page.get_by_role("button", name="Proposer").click()
    expect(page.locator(".callout.problem")).to_contain_text("fin")
    page.get_by_label("Fin", exact=True).fill("11:00")
    page.get_by_label("semaines").or_(page.get_by_label("Pour", exact=True)).first.fill("3")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("10 h – 10 h 30")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Retirer ce créneau").first.click()
    expect(page.get_by_text("10 h – 10 h 30")).to_have_count(0)
    page.locator(".notice").get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("10 h – 10 h 30")).to_be_visible()
