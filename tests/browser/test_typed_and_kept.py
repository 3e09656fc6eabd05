"""Every field that takes words, numbers, days or hours: typed in as people do, saved as its page saves, and read back.

Which fields a page has is read from the page itself; here stands only how one comes to them and how they are saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from portal.timeline.who import Role
from tests.browser.filled import House
from tests.browser.looking import come_alive, window

pytestmark = pytest.mark.browser
NOT_TYPED = ("hidden", "checkbox", "radio", "file", "submit", "search")
# What is typed in, as it stands on the page now: not what is ticked, sent as a file or looked for, and no finder of a list.
TYPED = (
    f"input{''.join(f':not([type={kind}])' for kind in NOT_TYPED)}:not([role=combobox]):not(:disabled):visible, "
    "textarea:not(:disabled):visible"
)
# What is looked up: any words will not do.
LOOKED_UP = {"place": "Lyon", "place_name": "Lyon", "zone": "Europe/Brussels"}
# What is typed key by key; longer words come as from a keyboard that guesses.
SHORT = 20
Key = tuple[int, str]


@dataclass(frozen=True)
class Form:
    """Fields that are kept: whose page, how one comes to them, what saves them, and what says that they are saved.

    `save` is a button; "" where a page keeps each field as one leaves it. `unfolds` is what opens in turn, one at a time,
    and `body` where its fields are.
    `acts` are fields with a button of their own: what becomes of them is tried where that act is.
    """

    route: str
    role: Role
    save: str = ""
    opens: str = ""
    unfolds: str = ""
    body: str = ""
    acts: tuple[str, ...] = ()


FORMS = (
    Form("/settings", Role.ADMIN, save="Enregistrer les règles"),
    Form("/me/wishes", Role.CANDIDATE, acts=("new_address",)),
    Form("/opportunities/[opportunity_id]", Role.RECRUITER, save="Enregistrer"),
    Form(
        "/chains/[chain_id]", Role.RECRUITER, save="Enregistrer une version", unfolds=".chain-head", body=".chain-body"
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
    address = full_house.addresses(form.route)[-1]
    typed: dict[Key, str] = {}
    for key, field in _fields(page, address, form):
        value = _another(field)
        _type(field, value)
        typed[key] = value
    assert typed, "there is nothing to type in"
    _save(page, form)
    kept = {key: field.input_value() for key, field in _fields(page, address, form) if key in typed}
    page.context.close()
    assert kept == typed


def _fields(page: Page, address: str, form: Form) -> Iterator[tuple[Key, Locator]]:
    """Open the page anew and come to each of its fields."""
    come_alive(page, address)
    root = page.locator("main")
    if form.opens:
        page.get_by_role("button", name=form.opens).first.click()
        root = page.get_by_role("dialog")
        expect(root).to_be_visible()
    folds = page.locator(form.unfolds).all() if form.unfolds else [None]
    for number, fold in enumerate(folds):
        if fold is not None:
            if fold.get_attribute("aria-expanded") == "false":
                fold.click()
            expect(fold).to_have_attribute("aria-expanded", "true")
            expect(page.locator("[aria-busy='true']")).to_have_count(0)
        here = root.locator(form.body) if number else root
        for field in here.locator(TYPED).all():
            name = field.get_attribute("name") or field.get_attribute("id") or ""
            if name not in form.acts:
                yield (number, name), field


def _another(field: Locator) -> str:
    """Return something this field takes and does not hold."""
    kind, now = field.get_attribute("type") or "text", field.input_value()
    most = int(field.get_attribute("maxlength") or 200)
    taken = {
        "number": str(int(now) - 1 if kind == "number" and now and int(now) > 1 else 7),
        "date": (date.fromisoformat(now if kind == "date" and now else "2027-03-01") + timedelta(days=1)).isoformat(),
        "time": f"{(int(now[:2]) + 1) % 24:02}:15" if kind == "time" else "",
        "email": "autre.adresse@candidat.example",
        "tel": "+33612345678",
    }.get(kind, f"{now[: most - 9]} autrement".strip())
    if field.get_attribute("inputmode") == "numeric" and kind == "text":
        return str(int(now or 30_000) + 1_000)
    return LOOKED_UP.get(field.get_attribute("name") or "") or taken


def _type(field: Locator, value: str) -> None:
    if field.get_attribute("type") in {"date", "time"}:
        field.fill(value)
    else:
        field.click()
        field.press("Control+a")
        if len(value) > SHORT:
            field.page.keyboard.insert_text(value)
        else:
            field.press_sequentially(value)
    field.press("Tab")
    expect(field).to_have_value(value)


def _save(page: Page, form: Form) -> None:
    if form.save:
        within = page.get_by_role("dialog") if form.opens else page
        within.get_by_role("button", name=form.save).first.click()
        if form.opens:
            refused = "; ".join(within.locator(".error:not(:empty), [role=alert]").all_inner_texts())
            expect(page.get_by_role("dialog"), refused).to_have_count(0)
        else:
            expect(page.get_by_role("status").first).not_to_be_empty()
