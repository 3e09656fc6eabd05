"""Writing a chain, launching it and watching its board, as Claire does it in her browser."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from portal.access.sessions import open_session
from portal.chains import actions as chains
from portal.chains.models import Launch
from portal.chains.rules import LaunchState
from portal.chains.templates import STILL_LOOKING
from portal.conversations.rules import Answer, Reason
from portal.kit.db import saved
from portal.kit.embedded import Urls
from tests.axe import findings
from tests.browser.looking import come_alive, window
from tests.cast import NOW, talent
from tests.scenes import Scene, answer, launch, people_and_job
from tests.serving import Site, serving
from tests.world import World, living

pytestmark = pytest.mark.browser
T = TypeVar("T")


@dataclass
class Office:
    """Claire's browser, and the house behind it."""

    site: Site
    world: World
    scene: Scene
    token: str
    clock: Path

    def tick(self) -> None:
        """Let the house live at the story's own time."""
        self.clock.write_text(self.world.now.isoformat())


@pytest.fixture(scope="module")
def office(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = tmp_path_factory.mktemp("clock") / "now"
    clock.write_text(NOW.isoformat())
    with serving(module_database, VIVIER_CLOCK_FILE=str(clock)) as site, living(module_database) as world:
        with world.database.work() as session:
            scene = people_and_job(session, "Zoe", "Luc", "Ines", "Mia")
            talent(session, "Grace", job_code="J1506", locale="en")
            talent(session, "Tom", job_code="J1506", consented=False)
            token = open_session(session, staff_id=scene.people.claire.id, now=NOW)
        yield Office(site, world, scene, token, clock)


@pytest.fixture
def claire(browser: Browser, office: Office) -> Iterator[Page]:
    page = window(browser, office.site, office.token, 1440, "light")
    yield page
    page.context.close()


def test_claire_writes_a_chain_from_the_template_and_mends_it_before_it_is_saved(office: Office, claire: Page) -> None:
    come_alive(claire, f"{office.site.url}/chains")
    claire.get_by_text("Partir d’un modèle").click()
    claire.get_by_role("link", name="Partir de ce modèle").first.click()
    expect(claire.get_by_label("Nom de la chaîne")).to_have_value(re.compile("Toujours en veille"))
    expect(claire.get_by_text("Rien à corriger")).to_be_visible()

    letter = claire.get_by_label("Message", exact=True)
    letter.fill("Bonjour {prenom},")
    expect(claire.get_by_role("heading", name="1 point à corriger")).to_be_visible()
    expect(claire.get_by_role("button", name=re.compile("{prenom} n’est pas un nom"))).to_be_visible()
    claire.get_by_role("button", name="Enregistrer la chaîne").click()
    expect(claire.get_by_role("alert")).to_contain_text("{prenom}")

    letter.fill("Bonjour , êtes-vous toujours en veille ?")
    # What was to be mended goes, and with it the place of all below: a press in that moment would fall beside.
    expect(claire.get_by_text("Rien à corriger")).to_be_visible()
    letter.evaluate("field => field.setSelectionRange(8, 8)")
    claire.get_by_role("button", name="Prénom").click()
    expect(letter).to_have_value("Bonjour {first_name}, êtes-vous toujours en veille ?")
    expect(claire.get_by_text("Rien à corriger")).to_be_visible()
    phone = claire.frame_locator("iframe.phone-letter")
    expect(phone.get_by_text("Bonjour Camille, êtes-vous toujours en veille ?")).to_be_visible()

    claire.get_by_role("tab", name="En anglais").click()
    expect(phone.get_by_text("Hello Camille,")).to_be_visible()

    claire.get_by_label("Nom de la chaîne").fill("Réveil des infirmières")
    claire.get_by_role("button", name="Enregistrer la chaîne").click()
    expect(claire).to_have_url(re.compile(r"/chains/\d+$"))
    expect(claire.get_by_role("heading", level=1)).to_contain_text("Réveil des infirmières Version 1")

    claire.get_by_role("button", name="+ Attente").click()
    expect(claire.get_by_label("Attendre")).to_have_value("5")
    expect(claire.get_by_text("Rien à corriger")).to_be_visible()
    claire.get_by_role("button", name="Enregistrer une version").click()
    expect(claire.get_by_role("heading", level=1)).to_contain_text("Version 2")
    assert findings(claire) == []


def test_every_number_of_the_editor_is_what_was_typed(office: Office, claire: Page) -> None:
    come_alive(claire, f"{office.site.url}/chains")
    claire.get_by_text("Partir d’un modèle").click()
    claire.get_by_role("link", name="Partir de ce modèle").first.click()
    claire.get_by_label("Le silence vaut réponse après").fill("21")
    expect(claire.get_by_text("21 jours de silence")).to_be_visible()
    claire.get_by_label("Le silence vaut réponse après").fill("0")
    expect(claire.get_by_role("heading", name="1 point à corriger")).to_be_visible()
    claire.get_by_label("Le silence vaut réponse après").fill("21")
    expect(claire.get_by_text("Rien à corriger")).to_be_visible()
    claire.get_by_role("button", name="+ Attente").click()
    claire.get_by_label("Attendre").fill("9")
    expect(claire.get_by_text("9 jours ouvrés").first).to_be_visible()
    claire.get_by_label("Nom de la chaîne").fill("Des jours choisis")
    claire.get_by_role("button", name="Enregistrer la chaîne").click()
    expect(claire).to_have_url(re.compile(r"/chains/\d+$"))
    come_alive(claire, claire.url)
    expect(claire.get_by_label("Le silence vaut réponse après")).to_have_value("21")
    claire.get_by_role("button", name=re.compile("Attente")).first.click()
    expect(claire.get_by_label("Attendre")).to_have_value("9")


def test_what_was_being_written_is_still_there_after_a_look_elsewhere(office: Office, claire: Page) -> None:
    come_alive(claire, f"{office.site.url}/chains/{office.scene.chain}")
    claire.get_by_label("Objet").fill("Une seule question")
    expect(claire.get_by_text("Une seule question").first).to_be_visible()
    expect(claire.locator(".phone-subject")).to_have_text("Une seule question")
    claire.get_by_role("link", name="Chaînes").first.click()
    claire.get_by_role("link", name="Toujours en veille ?").first.click()
    expect(claire.get_by_label("Objet")).to_have_value("Une seule question")
    claire.get_by_role("button", name="Abandonner les modifications").click()
    expect(claire.get_by_label("Objet")).to_have_value("Êtes-vous toujours en veille ?")


def test_claire_sees_whom_a_launch_reaches_and_nothing_leaves_before_she_presses(office: Office, claire: Page) -> None:
    scene = office.scene
    come_alive(
        claire,
        f"{office.site.url}/chains/launch?chain={scene.chain}&segment={scene.segment}&opportunity={scene.job}",
    )
    expect(claire.get_by_text("6 correspondent")).to_be_visible()
    expect(claire.get_by_text("5 joignables maintenant")).to_be_visible()
    expect(claire.get_by_text("sans base légale valable")).to_be_visible()
    letters = claire.locator("iframe.phone-letter")
    expect(letters).to_have_count(3)
    assert sum("Hello Grace" in (frame.get_attribute("srcdoc") or "") for frame in letters.all()) == 1
    claire.get_by_role("button", name="Créneaux au choix").click()
    expect(claire.locator(".phone-subject").first).to_have_text("Deux créneaux gardés pour vous")
    assert findings(claire) == []
    assert _beside(office.world.work) == 0  # nothing stood ready to leave

    claire.get_by_role("button", name="Lancer").dblclick()
    expect(claire).to_have_url(re.compile(r"/launches/\d+$"))
    office.scene.launch = int(claire.url.rsplit("/", 1)[1])
    assert _beside(office.world.work) == 5
    assert _beside(lambda: _launches(office.world)) == [office.scene.launch]


def test_what_runs_already_is_named_and_runs_once_more_in_claire_s_own_words(office: Office, claire: Page) -> None:
    scene = office.scene
    _on_its_way(office)
    office.world.later(minutes=5)
    office.tick()
    come_alive(
        claire,
        f"{office.site.url}/chains/launch?chain={scene.chain}&segment={scene.segment}&opportunity={scene.job}",
    )
    expect(
        claire.get_by_text(f"déjà en cours pour ces personnes et ce poste\u00a0: lancement n°\u00a0{scene.launch}")
    ).to_be_visible()
    expect(claire.get_by_role("link", name="Le voir")).to_have_attribute("href", f"/launches/{scene.launch}")
    press = claire.get_by_role("button", name="Lancer", exact=True)
    expect(press).to_be_disabled()
    claire.get_by_label("Dites pourquoi vous la lancez une fois de plus").fill("Deux personnes sont arrivées depuis.")
    expect(press).to_be_enabled()
    assert findings(claire) == []
    press.click()
    expect(claire).to_have_url(re.compile(r"/launches/\d+$"))
    expect(claire.get_by_text("Deux personnes sont arrivées depuis.")).to_be_visible()
    again = int(claire.url.rsplit("/", 1)[1])
    claire.get_by_role("button", name="Arrêter", exact=True).click()
    claire.get_by_role("button", name="L’arrêter").click()
    claire.get_by_role("button", name="Annuler l’arrêt").click()
    expect(claire.get_by_role("heading", level=1)).not_to_contain_text("arrêté")
    with office.world.database.work() as session:
        chains.stop(session, scene.people.claire, again, now=office.world.now)


def test_answers_appear_on_the_board_by_themselves_and_each_number_opens_its_people(
    office: Office, claire: Page
) -> None:
    world = office.world
    _on_its_way(office)
    come_alive(claire, f"{office.site.url}/launches/{office.scene.launch}")
    river = claire.get_by_role("list", name="Du segment au rendez-vous")
    expect(river.get_by_role("link", name=re.compile("5 ?Contactés"))).to_be_visible()
    expect(river.get_by_role("link", name=re.compile("0 ?Ont répondu"))).to_be_visible()

    world.later(hours=1)
    office.tick()
    _beside(lambda: answer(world, "zoe", Answer.YES))
    _beside(lambda: answer(world, "ines", Answer.NO, reason=Reason.TOO_FAR))
    expect(river.get_by_role("link", name=re.compile("2 ?Ont répondu"))).to_be_visible(timeout=15_000)
    expect(claire.get_by_role("list", name="Au fil de l’eau")).to_contain_text("Zoe Martin")

    claire.get_by_role("link", name="trop loin").click()
    expect(claire.get_by_role("heading", name=re.compile("Pourquoi non · trop loin"))).to_be_visible()
    people = claire.locator("#people")
    expect(people.get_by_role("link")).to_have_text(["Ines Martin"])
    expect(people.get_by_role("link")).to_have_attribute("href", f"/pool/{office.scene.ids['Ines']}")
    claire.get_by_role("link", name="sans base légale valable").click()
    expect(people.get_by_role("link")).to_have_text(["Tom Martin"])
    assert findings(claire) == []


def _beside(act: Callable[[], T]) -> T:
    """Let the worker act in a thread of its own: the browser's is taken by its own event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()


def _launches(world: World) -> list[int]:
    with world.database.work() as session:
        return [saved(id_) for id_ in session.exec(select(Launch.id))]


def _on_its_way(office: Office) -> None:
    """Launch as Claire would, unless she has done it in her browser already."""
    scene, world = office.scene, office.world
    if not scene.launch:
        with world.database.work() as session:
            scene.launch = launch(session, scene, scene.people.claire, now=world.now)
        _beside(world.work)


def test_claire_pauses_goes_on_and_stops_only_after_being_asked(office: Office, claire: Page) -> None:
    _on_its_way(office)
    come_alive(claire, f"{office.site.url}/launches/{office.scene.launch}")
    claire.get_by_role("button", name="Mettre en pause").click()
    expect(claire.get_by_role("heading", level=1)).to_contain_text("en pause")
    claire.get_by_role("button", name="Reprendre").click()
    expect(claire.get_by_role("heading", level=1)).to_contain_text("en cours")
    claire.get_by_role("button", name="Arrêter", exact=True).click()
    claire.get_by_role("button", name="Le laisser continuer").click()
    expect(claire.get_by_role("heading", level=1)).to_contain_text("en cours")
    claire.get_by_role("button", name="Arrêter", exact=True).click()
    claire.get_by_role("button", name="L’arrêter").click()
    expect(claire.get_by_role("heading", level=1)).to_contain_text("arrêté")
    expect(claire.get_by_role("button", name="Reprendre")).to_have_count(0)


def test_a_launch_may_begin_another_day(office: Office, claire: Page) -> None:
    scene = office.scene
    come_alive(claire, f"{office.site.url}/chains/launch?chain={scene.chain}&segment={scene.segment}")
    expect(claire.get_by_text("Cette chaîne parle d’un poste").first).to_be_visible()
    claire.get_by_label("Pour quel poste").select_option(index=1)
    claire.get_by_label("À une date").click()
    claire.get_by_label("Jour et heure").fill("2020-01-01T09:00")
    claire.get_by_role("button", name="Lancer").click()
    expect(claire.get_by_role("alert")).to_contain_text("Cette heure est passée")
    day = (office.world.now + timedelta(days=2)).strftime("%Y-%m-%dT09:30")
    claire.get_by_label("Jour et heure").fill(day)
    claire.get_by_role("button", name="Lancer").click()
    expect(claire).to_have_url(re.compile(r"/launches/\d+$"))
    expect(claire.get_by_role("heading", level=1)).to_contain_text("prévu")
    expect(claire.get_by_text("Personne n’est encore en chemin")).to_be_visible()


@pytest.mark.parametrize(("width", "light"), [(390, "dark"), (1440, "dark")])
def test_chains_fit_a_phone_and_axe_finds_nothing(browser: Browser, office: Office, width: int, light: str) -> None:
    scene, world = office.scene, office.world
    with world.database.work() as session:
        begun = chains.launch(
            session,
            scene.people.marc,
            version_id=chains.create(session, scene.people.marc, "Marc", STILL_LOOKING, now=world.now).id or 0,
            segment_id=scene.segment,
            opportunity_id=scene.job,
            now=world.now,
        )
        assert begun.state is LaunchState.PLANNED
    page = window(browser, office.site, office.token, width, light)
    for path in (f"/chains/{scene.chain}", f"/launches/{begun.id}", f"/launches/{begun.id}?people=held", "/chains"):
        come_alive(page, f"{office.site.url}{path}")
        assert findings(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()
