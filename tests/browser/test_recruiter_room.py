"""A recruiter's day in a real browser: answer who waits, find people, read one page and write on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from portal.access.sessions import open_session
from portal.conversations import actions as conversations
from portal.conversations.models import Conversation
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.kit.fold import fold
from portal.postbox.models import Letter
from portal.talents.models import Talent
from tests.axe import findings
from tests.browser.looking import WINDOWS, come_alive
from tests.cast import NOW, as_candidate, cast, talent
from tests.serving import Site, serving

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class House:
    site: Site
    database: Database
    ids: dict[str, int]
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def house(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Claire and Marc at work on a Tuesday morning; some people in their pool."""
    clock = tmp_path_factory.mktemp("clock") / "now"
    clock.write_text(NOW.isoformat())
    database = Database(module_database.app)
    with database.work() as session:
        staff = cast(session)
        rows = {name: talent(session, name, job_code="J1506") for name in ("Léa", "Noé", "Ali", "Mia", "Zoé")}
        rows["Tom"] = talent(session, "Tom", job_code="H2913", place="Marseille")
        for name in ("Léa", "Noé"):
            held = conversations.open_conversation(
                session, staff.claire, saved(rows[name].id), staff.claire.id, now=NOW
            )
            question = "C’est où exactement ?" if name == "Léa" else "Et les week-ends ?"
            conversations.hear(session, as_candidate(rows[name]), held, question, now=NOW - timedelta(hours=2))
        conversations.open_conversation(session, staff.marc, saved(rows["Mia"].id), staff.marc.id, now=NOW)
        people = {"claire": staff.claire.id, "marc": staff.marc.id}
        tokens = {name: open_session(session, staff_id=id_, now=NOW) for name, id_ in people.items()}
        tokens["lea"] = open_session(session, talent_id=rows["Léa"].id, now=NOW)
        ids = {name: saved(row.id) for name, row in rows.items()}
    with serving(module_database, VIVIER_CLOCK_FILE=str(clock)) as site:
        yield House(site, database, ids, tokens)
    database.close()


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    yield from window(browser, house, "claire", 1440, "light")


def window(browser: Browser, house: House, who: str, width: int, light: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=light,  # type: ignore[arg-type]
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        base_url=house.site.url,
    )
    context.add_cookies([{"name": "vivier_session", "value": house.tokens[who], "url": house.site.url}])
    yield context.new_page()
    context.close()


def subjects(house: House, name: str) -> list[str]:
    with house.database.work() as session:
        theirs = select(Letter.subject).where(col(Letter.talent_id) == house.ids[name])
        return list(session.exec(theirs.order_by(col(Letter.queued_at))))


def test_who_waits_is_answered_in_place_and_leaves_the_list(house: House, desk: Page) -> None:
    come_alive(desk, "/today")
    row = desk.get_by_role("listitem").filter(has_text="Léa Martin")
    expect(row).to_contain_text("C’est où exactement ?")
    row.get_by_role("button", name="Répondre").click()
    row.get_by_label("Votre réponse").fill("À Lyon, près de la gare.")
    row.get_by_role("button", name="Envoyer la réponse").click()
    expect(desk.get_by_text("Votre réponse part tout de suite.")).to_be_visible()
    expect(desk.get_by_role("link", name="Léa Martin")).to_have_count(0)
    assert subjects(house, "Léa") == ["Notre échange"]


def test_dealt_with_can_be_undone(house: House, desk: Page) -> None:
    come_alive(desk, "/today")
    row = desk.get_by_role("listitem").filter(has_text="Noé Martin")
    row.get_by_role("button", name="C’est traité").click()
    expect(row).to_have_count(0)
    desk.get_by_role("button", name="Annuler").click()
    expect(row).to_contain_text("Et les week-ends ?")


def test_the_pool_narrows_as_one_types_and_the_address_follows(house: House, desk: Page) -> None:
    come_alive(desk, "/pool")
    people = desk.get_by_role("table", name="Personnes du vivier")
    expect(people.get_by_role("row")).to_have_count(7)
    desk.get_by_label("Chercher un nom").press_sequentially("soud")
    expect(people.get_by_role("row")).to_have_count(2)
    expect(people.get_by_role("link", name="Tom Martin")).to_be_visible()
    expect(desk).to_have_url(re.compile(r"/pool\?q=soud$"))
    desk.get_by_label("Chercher un nom").fill("")
    expect(people.get_by_role("row")).to_have_count(7)
    desk.get_by_text("Filtres", exact=True).click()
    desk.get_by_label("Lieu de travail près de").select_option(label="Marseille")
    expect(people.get_by_role("row")).to_have_count(2)
    expect(desk).to_have_url(re.compile("place=13055"))
    people.get_by_role("link", name="Tom Martin").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Tom Martin")
    desk.go_back()
    expect(people.get_by_role("row")).to_have_count(2)


def test_a_number_elsewhere_opens_its_list(house: House, desk: Page) -> None:
    come_alive(desk, "/pool?job=H2913&standing=valid&km=nonsense&page=900&nobody=knows")
    expect(desk.get_by_role("status").filter(has_text="trouvée")).to_have_text(
        "1 personne trouvée, sur 6 dans le vivier"
    )
    come_alive(desk, "/pool?q=personne-de-ce-nom")
    expect(desk.get_by_role("heading", name="Personne ne correspond")).to_be_visible()


def test_a_letter_the_gate_refuses_stays_in_the_form_with_the_reason(house: House, desk: Page) -> None:
    come_alive(desk, f"/pool/{house.ids['Mia']}")
    expect(desk.get_by_text("Marc échange avec cette personne. Lisez")).to_be_visible()
    desk.get_by_label("Objet").fill("Bonjour")
    desk.get_by_label("Votre message").fill("J’ai un poste pour vous.")
    desk.get_by_role("button", name="Envoyer le message").click()
    told = desk.get_by_role("alert").filter(has_text="Marc échange avec cette personne")
    expect(told).to_contain_text("vos mots sont toujours là")
    expect(desk.get_by_label("Votre message")).to_have_value("J’ai un poste pour vous.")
    assert subjects(house, "Mia") == []
    desk.get_by_role("button", name="Reprendre l’échange").click()
    expect(desk.get_by_text("Vous échangez avec cette personne")).to_be_visible()
    desk.get_by_role("button", name="Envoyer le message").click()
    expect(desk.get_by_role("list", name="Échange")).to_contain_text("J’ai un poste pour vous.")
    expect(desk.get_by_label("Votre message")).to_have_value("")
    expect(desk.get_by_role("list", name="Ce qui s’est passé")).to_contain_text(
        "Échange repris par Claire, à la suite de Marc"
    )
    assert subjects(house, "Mia") == ["Bonjour"]
    desk.get_by_role("button", name="Pourquoi ?").click()
    expect(desk.get_by_role("dialog")).to_contain_text("une base légale existe")


def test_follow_ups_stop_with_one_press_and_go_on_with_another(house: House, desk: Page) -> None:
    come_alive(desk, f"/pool/{house.ids['Ali']}")
    expect(desk.get_by_text("Oui, maintenant")).to_be_visible()
    desk.get_by_role("button", name="Arrêter les relances").click()
    expect(desk.get_by_text("Les relances sont arrêtées.").first).to_be_visible()
    desk.get_by_role("button", name="Annuler").click()
    expect(desk.get_by_role("button", name="Arrêter les relances")).to_be_visible()
    desk.get_by_role("button", name="Clore l’échange").click()
    expect(desk.get_by_text("Personne n’échange avec cette personne")).to_be_visible()
    with house.database.work() as session:
        held = session.exec(select(Conversation).where(col(Conversation.talent_id) == house.ids["Ali"])).one()
        assert held.closed_at is not None


def test_a_recruiter_corrects_what_they_know_and_it_is_signed(house: House, desk: Page) -> None:
    come_alive(desk, f"/pool/{house.ids['Zoé']}")
    desk.get_by_role("button", name="Corriger le profil").click()
    form = desk.get_by_role("dialog")
    form.get_by_label("Lieu de travail").fill("Atlantis-sur-Mer")
    form.get_by_label("Activité, avec ses mots").fill("vous soignez, enceinte")
    form.get_by_label("Rayon").fill("40")
    expect(form.get_by_text("Code du travail", exact=False).first).to_be_visible()
    form.get_by_role("button", name="Enregistrer le profil").click()
    expect(form.get_by_role("alert")).to_contain_text("Atlantis-sur-Mer")
    expect(form.get_by_role("alert")).to_be_in_viewport()
    form.get_by_label("Lieu de travail").fill("Villeurbanne")
    form.get_by_label("Activité, avec ses mots").fill("vous soignez")
    form.get_by_role("button", name="Enregistrer le profil").click()
    expect(form).to_have_count(0)
    expect(desk.get_by_text("40 km")).to_be_visible()
    expect(desk.get_by_text("noté par un recruteur le 24 nov. 2026").first).to_be_visible()
    with house.database.work() as session:
        zoe = session.get_one(Talent, house.ids["Zoé"])
        assert (zoe.place_name, zoe.radius_km, fold(zoe.does)) == ("Villeurbanne", 40, "vous soignez")


@pytest.mark.parametrize("address", ["/today", "/pool", "/pool?place=69123&reach=yes", "talent"])
def test_axe_finds_nothing_on_filled_pages(browser: Browser, house: House, address: str) -> None:
    wrong = []
    for width, light in WINDOWS:
        for page in window(browser, house, "claire", width, light):
            come_alive(page, f"/pool/{house.ids['Mia']}" if address == "talent" else address)
            found = findings(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("one must scroll sideways")
            wrong += [f"{width} {light}: {what}" for what in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("opens", ["Corriger le profil", "Désinscrire à sa demande"])
def test_axe_finds_nothing_in_what_opens_above(house: House, desk: Page, opens: str) -> None:
    come_alive(desk, f"/pool/{house.ids['Tom']}")
    desk.get_by_role("button", name=opens).click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert findings(desk) == []


def test_a_page_of_nobody_says_so(house: House, desk: Page) -> None:
    desk.goto("/pool/999999")
    expect(desk.get_by_text("Cette page n’existe pas", exact=False)).to_be_visible()


def test_a_wrong_address_never_shows_whom_one_looked_at_before(house: House, desk: Page) -> None:
    come_alive(desk, f"/pool/{house.ids['Zoé']}")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Zoé")
    follow = "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
    for gone in ("/pool/999999", "/pool/nobody"):
        desk.evaluate(follow, gone)
        expect(desk.locator("main")).to_contain_text("Cette page n’existe pas")
        expect(desk.locator("main")).not_to_contain_text("Zoé")
        expect(desk.get_by_role("button", name="Corriger le profil")).to_have_count(0)
        desk.evaluate(follow, f"/pool/{house.ids['Zoé']}")
        expect(desk.get_by_role("heading", level=1)).to_contain_text("Zoé")
        expect(desk.get_by_role("button", name="Corriger le profil")).to_be_visible()


def test_a_candidate_is_led_away_from_the_back_office(browser: Browser, house: House) -> None:
    for page in window(browser, house, "lea", 390, "light"):
        come_alive(page, f"/pool/{house.ids['Noé']}")
        assert "/pool/" not in page.url
        expect(page.get_by_text("Noé")).to_have_count(0)
