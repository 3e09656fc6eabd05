"""What is typed beside the forms that are read back as they stand: values of criteria, columns, hours, choices by the line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
from playwright.sync_api import Browser, Locator, Page, expect

from portal.kit.i18n import say
from portal.timeline.who import Role
from portal.ui import pages
from portal.ui.recruiter.segment.lines import TITLES
from portal.ui.recruiter.segment.tree import BLANKS
from tests.browser.filled import House
from tests.browser.looking import come_alive, window
from tests.browser.test_typed_and_kept import FORMS
from tests.browser.typed import CHOSEN, NOT_TYPED, TYPED, another, type_in

pytestmark = pytest.mark.browser
# What a criterion may hold that is typed: a kind to come that holds one of these is typed in here too.
VALUES = {"km", "days", "day", "at_most"}
CRITERIA = [kind for kind, blank in BLANKS.items() if VALUES & blank.keys()]
# How many values go with what was chosen: one, but for these.
MANY = dict.fromkeys(("now", "never", "owed", "over"), 0)


def _open(house: House, browser: Browser, path: str, role: Role = Role.RECRUITER) -> Page:
    page = window(browser, house.site, house.sessions[role], 1440, "light")
    come_alive(page, f"{house.site.url}{path}")
    return page


def _type_all(root: Locator) -> dict[str, str]:
    for field in root.locator(TYPED).all():
        type_in(field, another(field))
    return _values(root)


def _values(root: Locator, also: str = "") -> dict[str, str]:
    return {field.get_attribute("name") or "": field.input_value() for field in root.locator(TYPED + also).all()}


def test_every_value_of_every_criterion_is_kept(full_house: House, browser: Browser) -> None:
    page = _open(full_house, browser, "/segments/new")
    page.locator("#part-1").select_option("any")  # alternatives contradict nothing
    typed = [values for kind in CRITERIA for values in _criteria(page, kind)]
    assert {name.removeprefix("field-") for values in typed for name in values} >= VALUES
    page.get_by_label("Nom du segment").fill("Tout ce qui se tape")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page).to_have_url(re.compile(r"/segments/\d+"))
    come_alive(page, page.url)
    kept = []
    for number, values in enumerate(typed):
        line = page.locator(".rule-words").nth(number)
        line.click()
        expect(line).to_have_attribute("aria-expanded", "true")
        editor = page.locator("[data-editor]")
        expect(editor.locator(TYPED)).to_have_count(len(values))
        kept.append(_values(editor))
    page.context.close()
    assert kept == typed


def _criteria(page: Page, kind: str) -> list[dict[str, str]]:
    """Fill a criterion for each thing that a kind can ask."""
    first, ways = _begun(page, kind)
    return [_filled(first, ways[0]), *(_filled(_begun(page, kind)[0], way) for way in ways[1:])]


def _begun(page: Page, kind: str) -> tuple[Locator, list[tuple[str, ...]]]:
    """Add one; return its fields, and what may be chosen before anything is typed."""
    page.locator("#add-1").click()
    page.locator("[data-kinds]").get_by_role("button", name=say("fr", TITLES[kind]), exact=True).click()
    editor = page.locator("[data-editor]")
    expect(editor).to_be_visible()
    return editor, [(str(radio.get_attribute("id")),) for radio in editor.locator("[type=radio]").all()] or [()]


def _filled(editor: Locator, way: tuple[str, ...]) -> dict[str, str]:
    for radio in way:
        editor.locator(f"#{radio}").check()
    finder = editor.locator("#find")
    if finder.count():
        finder.fill("Lyon")
        editor.get_by_role("button", name="Lyon (69)", exact=True).click()
        expect(finder).to_have_value("")
    if way and way[-1].endswith("-by"):
        expect(editor.locator("#field-day")).to_be_visible()
    if way:
        expect(editor.locator(TYPED)).to_have_count(MANY.get(way[-1].rsplit("-", 1)[-1], 1))
    box = editor.locator("fieldset [type=checkbox]").first
    if box.count():
        box.check()
    typed = _type_all(editor)
    editor.get_by_role("button", name="C’est fait").click()
    expect(editor).to_have_count(0)
    return typed


def test_how_columns_are_taken_in_is_kept(full_house: House, browser: Browser) -> None:
    page = _open(full_house, browser, f"/imports/{full_house.ids['import_id'][-1]}")
    lists = page.locator("select[name^='column.']")
    chosen = {one.input_value() for one in lists.all()}
    for column in lists.all():
        if column.input_value() == "ignore":
            offered = [one.get_attribute("value") or "" for one in column.locator("option").all()]
            value = next(one for one in offered if one not in chosen)
            chosen.add(value)
            type_in(column, value)
    typed = _type_all(page.locator("main")) | _values(page.locator("main"), CHOSEN)
    assert {"source_text", "collected_on", "source_kind", "column.0"} <= typed.keys()
    page.get_by_role("button", name="Voir ce qui va se passer").click()
    page.get_by_role("button", name="Revenir aux colonnes").click()
    expect(page.locator("#source_text")).to_be_visible()
    assert _values(page.locator("main"), CHOSEN) == typed
    come_alive(page, page.url)
    assert _values(page.locator("main"), CHOSEN) == typed
    page.context.close()


def test_the_day_and_hour_of_a_launch_are_those_that_were_typed(full_house: House, browser: Browser) -> None:
    page = _open(full_house, browser, "/chains/launch")
    page.locator("#chain").select_option("Merci pour votre candidature")
    page.locator("#segment").select_option(index=1)
    page.get_by_label("À une date").click()
    expect(page.get_by_label("À une date")).to_be_checked()
    page.locator("#at").fill("2026-12-15T10:30")
    expect(page.locator("#at")).to_have_value("2026-12-15T10:30")
    page.get_by_role("button", name="Lancer", exact=True).click()
    expect(page).to_have_url(re.compile(r"/launches/\d+"))
    expect(page.locator("main")).to_contain_text(re.compile("15 décembre.*10.h.30"))
    page.context.close()


def test_times_are_offered_and_booked_at_the_hours_that_were_typed(full_house: House, browser: Browser) -> None:
    page = _open(full_house, browser, "/availability")
    day = date.fromisoformat(page.locator("#day").input_value()) + timedelta(weeks=3)
    for name, value in (("day", day.isoformat()), ("starts", "17:15"), ("ends", "18:45"), ("weeks", "2")):
        type_in(page.locator(f"#{name}"), value)
    type_in(page.locator("#minutes"), "45")
    page.get_by_role("button", name="Proposer", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="4 créneaux")).to_be_visible()
    for _ in range(3):
        page.get_by_role("button", name="Semaine suivante").click()
    for hour in ("^17.h.15", "^18.h"):
        expect(page.locator(".row-title").filter(has_text=re.compile(hour))).to_have_count(1)
    page.get_by_role("button", name="Noter un rendez-vous convenu au téléphone").click()
    type_in(page.locator("#agreed-day"), day.isoformat())
    type_in(page.locator("#agreed-at"), "16:20")
    type_in(page.locator("#agreed-minutes"), "20")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".row-title").filter(has_text=re.compile("^16.h.20"))).to_have_count(1)
    page.context.close()


def test_choices_given_one_a_line_are_choices_of_the_field(full_house: House, browser: Browser) -> None:
    page = _open(full_house, browser, "/settings/fields", Role.ADMIN)
    page.get_by_role("button", name="Ajouter un champ").click()
    page.locator("#name_fr").fill("Engins")
    page.locator("#name_en").fill("Machines")
    page.locator("#kind").select_option("choices")
    type_in(page.locator("#new_choices"), "Cariste | Forklift\nGrue | Crane")
    page.get_by_role("button", name="Enregistrer le champ").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    come_alive(page, page.url)
    page.get_by_role("listitem").filter(has_text="Engins").get_by_role("button", name="Modifier").click()
    expect(page.locator("[name^='fr.']")).to_have_count(2)
    for language, words in {"fr": ["Cariste", "Grue"], "en": ["Forklift", "Crane"]}.items():
        assert [one.input_value() for one in page.locator(f"[name^='{language}.']").all()] == words
    page.context.close()


# Fields whose words are an act of their own, or only narrow a list: what becomes of them is tried there.
ELSEWHERE = {
    "/me": "tests/stories/test_answering_on_the_page.py",
    "/me/messages": "tests/browser/test_my_space.py",
    "/me/survey/[ask_id]": "tests/browser/test_my_space.py",
    "/pool": "tests/browser/test_living_talent.py",
    "/pool/tags": "tests/browser/test_living_talent.py",
    "/privacy": "tests/browser/test_every_page_of_others.py",
    "/privacy/decisions": "tests/browser/test_every_page_of_others.py",
    "/today": "tests/browser/test_recruiter_room.py",
}
HERE = {"/segments/new", "/imports/[import_id]", "/chains/launch", "/availability"}


def test_no_page_with_fields_is_passed_by() -> None:
    """Found in what pages are drawn of, dialogs and branches included: a page to come must say where it is tried."""
    pages.load()
    with_fields = {route for route, page in pages.every().items() if any(map(_is_typed, _parts(page.draw())))}
    assert with_fields == {*(form.route for form in FORMS), *ELSEWHERE, *HERE}
    assert [file for file in ELSEWHERE.values() if not Path(file).exists()] == []


def _parts(part: Any) -> Iterator[Any]:
    yield part
    branches = [case[-1] for case in getattr(part, "match_cases", ())]
    for inside in (*part.children, *branches, getattr(part, "default", None)):
        if isinstance(inside, rx.Component):
            yield from _parts(inside)


def _is_typed(part: Any) -> bool:
    kind = str(getattr(part, "type", None)).strip('"')
    if part.tag == "textarea":
        return True
    return part.tag == "input" and kind not in NOT_TYPED and str(getattr(part, "role", None)).strip('"') != "combobox"
