"""Every field that takes words, numbers, days or hours: typed in as people do, saved as its page saves, and read back.

Which fields a page has is read from the page itself; here stands only how one comes to them and how they are saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from portal.timeline.who import Role
from tests.browser.filled import House
from tests.browser.looking import come_alive, window
from tests.browser.typed import CHOSEN, TYPED, another, type_in

pytestmark = pytest.mark.browser
Key = tuple[int, str]


@dataclass(frozen=True)
class Form:
    """Fields that are kept: whose page, how one comes to them, what saves them, and what says that they are saved.

    `save` is a button; "" where a page keeps each field as one leaves it. `unfolds` is what opens in turn, one at a time,
    and `body` where its fields are.
    `acts` are fields with a button of their own: what becomes of them is tried where that act is.
    `adds` is pressed before anything is typed, `tab` whenever one comes; `moves`: saving leads to a page of its own.
    `choices`: its lists are chosen from too. `asked` is what its address asks for.
    """

    route: str
    role: Role
    save: str = ""
    opens: str = ""
    unfolds: str = ""
    body: str = ""
    acts: tuple[str, ...] = ()
    adds: str = ""
    tab: str = ""
    moves: bool = False
    choices: bool = False
    asked: str = ""


FORMS = (
    Form("/opportunities/new", Role.RECRUITER, save="Enregistrer", moves=True, choices=True),
    Form("/surveys/new", Role.RECRUITER, save="Enregistrer l’enquête", adds="Un choix parmi plusieurs", moves=True),
    Form("/surveys/[survey_id]", Role.RECRUITER, save="Enregistrer l’enquête", tab="Questions"),
    Form("/settings", Role.ADMIN, save="Enregistrer les règles"),
    Form("/me/wishes", Role.CANDIDATE, acts=("new_address",)),
    Form("/opportunities/[opportunity_id]", Role.RECRUITER, save="Enregistrer", choices=True),
    Form(
        "/chains/[chain_id]", Role.RECRUITER, save="Enregistrer une version", unfolds=".chain-head", body=".chain-body"
    ),
    Form(
        "/chains/new",
        Role.RECRUITER,
        asked="?template=thank_you",
        save="Enregistrer la chaîne",
        unfolds=".chain-head",
        body=".chain-body",
        moves=True,
    ),
    Form("/segments/[segment_id]", Role.RECRUITER, save="Enregistrer"),
    Form(
        "/pool/[talent_id]",
        Role.RECRUITER,
        save="Enregistrer le profil",
        opens="Corriger le profil",
        acts=("available_from", "notice_days"),  # one of the two, with what it goes with
    ),
    Form("/settings/fields", Role.ADMIN, save="Enregistrer le champ", opens="Modifier", acts=("new_choices",)),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.route)
def test_what_is_typed_is_kept(full_house: House, browser: Browser, form: Form) -> None:
    page = window(browser, full_house.site, full_house.sessions[form.role], 1440, "light")
    address = full_house.addresses(form.route)[-1] + form.asked
    typed: dict[Key, str] = {}
    for key, field in _fields(page, address, form, adds=form.adds):
        value = another(field)
        type_in(field, value)
        typed[key] = value
    assert typed, "there is nothing to type in"
    _save(page, form)
    if form.moves:
        expect(page).not_to_have_url(address)
    kept = {key: field.input_value() for key, field in _fields(page, page.url, form) if key in typed}
    page.context.close()
    assert kept == typed


def _fields(page: Page, address: str, form: Form, adds: str = "") -> Iterator[tuple[Key, Locator]]:
    """Open the page anew and come to each of its fields."""
    root = _opened(page, address, form, adds)
    folds = page.locator(form.unfolds).all() if form.unfolds else [None]
    for number, fold in enumerate(folds):
        if fold is not None:
            if fold.get_attribute("aria-expanded") == "false":
                fold.click()
            expect(fold).to_have_attribute("aria-expanded", "true")
            expect(page.locator("[aria-busy='true']")).to_have_count(0)
        here = root.locator(form.body) if number else root
        for order, field in enumerate(here.locator(TYPED + CHOSEN * form.choices).all()):
            name = field.get_attribute("name") or field.get_attribute("id") or f"field {order}"
            if name not in form.acts:
                yield (number, name), field


def _opened(page: Page, address: str, form: Form, adds: str) -> Locator:
    come_alive(page, address)
    root = page.locator("main")
    if form.tab:
        page.get_by_role("tab", name=form.tab).click()
        expect(root.locator(TYPED).first).to_be_visible()
    if adds:
        before = root.locator(TYPED).count()
        page.get_by_role("button", name=adds).click()
        expect(root.locator(TYPED)).not_to_have_count(before)
    if form.opens:
        page.get_by_role("button", name=form.opens).first.click()
        root = page.get_by_role("dialog")
        expect(root).to_be_visible()
    return root


def _save(page: Page, form: Form) -> None:
    if form.save:
        within = page.get_by_role("dialog") if form.opens else page
        within.get_by_role("button", name=form.save).first.click()
        if form.opens:
            refused = "; ".join(within.locator(".error:not(:empty), [role=alert]").all_inner_texts())
            expect(page.get_by_role("dialog"), refused).to_have_count(0)
        else:
            expect(page.get_by_role("status").first).not_to_be_empty()
