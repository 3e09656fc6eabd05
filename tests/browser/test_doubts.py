"""An import undone, one that a worker has in hand, doubts of both kinds decided by keyboard: as a recruiter does it."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from portal.doubles.actions import make_one
from portal.doubles.searching import search
from portal.imports import actions as imports
from portal.imports.models import Wish
from portal.kit.db import Database
from portal.talents.models import Doubt, Talent
from portal.timeline.who import Person, Role, System
from tests.axe import findings
from tests.browser.looking import come_alive
from tests.imports.files import CHOICES, ZOE, export
from tests.imports.test_doubts import SIBLING
from tests.people import talent
from tests.serving import Site
from tests.trust import NOW

pytestmark = pytest.mark.browser


@pytest.fixture
def who(signed_in: dict[Role, tuple[Person, str]]) -> Person:
    return signed_in[Role.RECRUITER][0]


def _in(base: Database, who: Person, content: bytes) -> int:
    with base.work() as session:
        run = imports.upload(session, who, "pool.csv", content, now=NOW)
        imports.take(session, who, run, replace(CHOICES), now=NOW)
    return run


def _people(base: Database) -> set[str | None]:
    with base.work() as session:
        return {one.email for one in session.exec(select(Talent)) if one.erased_at is None}


def test_a_doubt_is_decided_by_keyboard_and_taken_back(site: Site, claire: Page, base: Database, who: Person) -> None:
    _in(base, who, export(ZOE))
    _in(base, who, export(SIBLING))
    come_alive(claire, f"{site.url}/today")
    claire.get_by_role("link", name="1 doublon possible à trancher").click()
    claire.wait_for_url("**/doubts")
    expect(claire.get_by_text("Paul Roux").first).to_be_visible()
    expect(claire.get_by_role("columnheader", name="Zoé Roux")).to_be_visible()
    assert findings(claire) == []
    claire.keyboard.press("j")
    claire.keyboard.press("t")
    expect(claire.get_by_text("Paul Roux : deux personnes")).to_be_visible()
    assert _people(base) >= {ZOE[2], SIBLING[2]}
    claire.get_by_role("button", name="Revenir dessus").click()
    expect(claire.get_by_role("button", name="La même personne")).to_be_visible()
    assert SIBLING[2] not in _people(base)
    claire.keyboard.press("j")
    claire.keyboard.press("m")
    expect(claire.get_by_text("Paul Roux : une seule personne")).to_be_visible()
    expect(claire.get_by_text("Aucun doublon à trancher")).to_be_visible()
    assert findings(claire) == []
    with base.work() as session:
        assert session.exec(select(Doubt).where(col(Doubt.line) == 2)).one().decision == "same"


def test_the_doubts_of_one_import_are_decided_one_after_the_other_and_undone_from_the_notice(
    site: Site, claire: Page, base: Database, who: Person
) -> None:
    odette = ("Blanc", "Odette", "odette@w.example", "07 55 66 77 88", *ZOE[4:])
    _in(base, who, export(odette))
    run = _in(base, who, export(*(("Noir", name, f"{name}@w.example", *odette[3:]) for name in ("Anna", "Brice"))))
    come_alive(claire, f"{site.url}/imports/{run}")
    claire.get_by_role("link", name="Décider des doublons possibles").click()
    claire.wait_for_url(f"**/doubts?import={run}")
    first, second = claire.locator("#doubt-0"), claire.locator("#doubt-1")
    expect(second).to_have_text("Brice Noir")
    assert findings(claire) == []
    claire.keyboard.press("/")
    claire.keyboard.type("brice@w")
    expect(first).to_have_text("Brice Noir")
    assert claire.evaluate("location.search") == f"?import={run}&find=brice%40w"
    claire.get_by_role("link", name="Voir tous les doublons à trancher").click()
    claire.wait_for_url("**/doubts")
    claire.get_by_label("De l’import").select_option(str(run))
    expect(first).to_have_text("Anna Noir")
    expect(claire.get_by_text("Identique des deux côtés").first).to_be_visible()
    claire.keyboard.press("Escape")
    first.focus()
    claire.keyboard.press("t")
    expect(first).to_have_text("Brice Noir")
    expect(first).to_be_focused()
    assert "anna@w.example" in _people(base)
    claire.get_by_role("button", name="Annuler", exact=True).click()
    expect(first).to_have_text("Anna Noir")
    expect(first).to_be_focused()
    assert "anna@w.example" not in _people(base)
    claire.keyboard.press("t")
    expect(first).to_have_text("Brice Noir")
    claire.keyboard.press("t")
    expect(claire.get_by_text("Personne de tel parmi les doublons à trancher")).to_be_visible()
    assert _people(base) >= {"anna@w.example", "brice@w.example"}
    assert findings(claire) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_two_of_the_pool_are_compared_made_one_and_parted_by_keyboard(
    site: Site, claire: Page, base: Database, who: Person, width: int
) -> None:
    name = "Nadia Benhaddou" if width == 390 else "Luc Garnier"
    with base.work() as session:
        job = {"place": "69123", "job_code": "J1506"}
        emails = [f"{each}{width}@people.example" for each in ("nadia", "nb")]
        one, _ = (talent(session, name, email=email, **job) for email in emails)
        assert search(session, System("nightly"), now=NOW) == 1
    claire.set_viewport_size({"width": width, "height": 900})
    come_alive(claire, f"{site.url}/pool/{one.id}")
    claire.get_by_role("link", name="Comparer").click()
    claire.wait_for_url(f"**/doubts?talent={one.id}")
    expect(claire.get_by_role("columnheader", name=name)).to_have_count(2)
    expect(claire.get_by_text("Les deux fiches portent ce nom")).to_be_visible()
    assert findings(claire) == []
    assert claire.evaluate("document.documentElement.scrollWidth <= innerWidth")
    claire.keyboard.press("j")
    claire.keyboard.press("m")
    expect(claire.get_by_text(f"{name} : une seule personne")).to_be_visible()
    assert len(_people(base) & set(emails)) == 1
    claire.get_by_role("button", name="Revenir dessus").first.click()
    expect(claire.get_by_role("button", name="La même personne")).to_be_visible()
    assert _people(base) >= set(emails)
    claire.keyboard.press("j")
    claire.keyboard.press("t")
    expect(claire.get_by_text(f"{name} : deux personnes")).to_be_visible()
    claire.get_by_role("link", name="Voir tous les doublons à trancher").or_(
        claire.get_by_text("Aucun doublon à trancher")
    ).first.wait_for()
    assert findings(claire) == []
    come_alive(claire, f"{site.url}/pool/{one.id}")
    expect(claire.get_by_role("heading", name=name)).to_be_visible()
    expect(claire.get_by_role("link", name="Comparer")).to_have_count(0)


def test_a_link_to_the_row_that_went_leads_to_the_one_that_stands(
    site: Site, claire: Page, base: Database, who: Person
) -> None:
    with base.work() as session:
        job = {"place": "69123", "job_code": "J1506"}
        rows = [talent(session, "Odile Renard", email=f"{each}@renards.example", **job).id for each in ("odile", "or")]
        search(session, System("nightly"), now=NOW)
        doubt = session.exec(select(Doubt).where(col(Doubt.talent_id).in_(rows), col(Doubt.decision).is_(None))).one()
        stands = make_one(session, who, doubt.id or 0, now=NOW)
    (gone,) = set(rows) - {stands}
    come_alive(claire, f"{site.url}/pool/{gone}")
    claire.wait_for_url(f"**/pool/{stands}")
    expect(claire.get_by_role("heading", name="Odile Renard")).to_be_visible()


def test_an_import_is_undone_by_one_press_that_says_how_many(
    site: Site, claire: Page, base: Database, who: Person
) -> None:
    run = _in(base, who, export(("Blanc", "Marc", "marc@x.example", "", *ZOE[4:])))
    come_alive(claire, f"{site.url}/imports/{run}")
    claire.get_by_role("button", name="Annuler cet import").click()
    expect(claire.get_by_text("1 personne venue par lui s’en va.")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_role("dialog").get_by_role("button", name="Annuler l’import").click()
    expect(claire.locator(".callout", has_text="1 personne est partie.")).to_be_visible()
    assert "marc@x.example" not in _people(base)
    come_alive(claire, claire.url)
    expect(claire.locator(".callout", has_text="1 personne est partie.")).to_be_visible()
    expect(claire.get_by_role("button", name="Annuler cet import")).to_have_count(0)
    assert findings(claire) == []


def test_a_preview_is_looked_through_and_what_a_worker_has_in_hand_is_cancelled(
    site: Site, claire: Page, base: Database, who: Person
) -> None:
    with base.work() as session:
        content = export(*((f"Blanc {n}", "Léa", f"lea{n}@y.example", "", *ZOE[4:]) for n in range(120)))
        run = imports.upload(session, who, "pool.csv", content, now=NOW)
        imports.ask(session, who, run, CHOICES, Wish.LOOK, now=NOW)
    come_alive(claire, f"{site.url}/imports/{run}")
    expect(claire.get_by_text("En attente de traitement")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_role("button", name="Annuler", exact=True).click()
    claire.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(claire.get_by_text("1 à 50 sur 120")).to_be_visible()
    assert findings(claire) == []
    claire.get_by_role("button", name="Suivant").click()
    expect(claire.get_by_text("51 à 100 sur 120")).to_be_visible()
    expect(claire.get_by_role("tabpanel").get_by_text("lea60@y.example")).to_be_visible()
    claire.get_by_role("tab", name="Rejetées").click()
    expect(claire.get_by_role("tabpanel").get_by_text("lea60@y.example")).to_have_count(0)
