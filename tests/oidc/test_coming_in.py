"""A colleague comes in with their work account: real Chromium, a real provider, nothing in between but the network."""

import pytest
from playwright.sync_api import Page, expect

from portal.kit.db import Database
from portal.timeline.who import Role
from tests.axe import findings
from tests.oidc.house_of_keys import HouseOfKeys
from tests.oidc.journeys import (
    BUTTON,
    SIGN_IN_PAGE,
    come_in,
    invite,
    is_in,
    is_refused,
    last,
    refused,
    sessions_of,
    show_keys,
    to_the_provider,
    written,
)
from tests.serving import Site

pytestmark = pytest.mark.browser


def test_an_invited_colleague_comes_in_and_it_is_written_down(window: Page, rows: Database) -> None:
    rachid = invite(rows, "rachid")
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")
    assert last(rows) == {"kind": "signed_in", "who": rachid, "way": "keys"}
    assert [cookie["name"] for cookie in window.context.cookies() if "vivier_way" in cookie["name"]] == []


def test_the_sign_in_page_with_its_buttons_can_be_used_by_everyone(window: Page) -> None:
    window.goto("/signin")
    expect(window.get_by_role("link", name=BUTTON)).to_be_visible()
    assert findings(window) == []


def test_a_wrong_password_opens_nothing_and_the_right_one_still_does(window: Page, rows: Database) -> None:
    invite(rows, "rachid")
    before = len(written(rows))
    to_the_provider(window)
    show_keys(window, "rachid", "not this one")
    expect(window.get_by_role("alert")).to_contain_text("Wrong login or password")
    assert sessions_of(window) == []
    assert len(written(rows)) == before
    show_keys(window, "rachid")
    is_in(window, "Rachid Dubois")


def test_who_turns_back_at_the_provider_is_told_so(window: Page, rows: Database) -> None:
    to_the_provider(window)
    window.get_by_role("button", name="Cancel").click()
    is_refused(window, "ne vous a pas laissé passer")
    assert last(rows) == refused("cancelled")


def test_an_address_the_provider_has_not_verified_opens_nothing(window: Page, rows: Database) -> None:
    invite(rows, "zoe")
    come_in(window, "zoe")
    is_refused(window, "n’a pas vérifié votre adresse")
    assert last(rows) == refused("unverified")


def test_the_unknown_and_those_without_a_role_are_told_the_same(window: Page, rows: Database) -> None:
    come_in(window, "yann")
    is_refused(window, "n’ouvre rien ici")
    unknown = window.get_by_role("alert").inner_text()
    assert last(rows) == refused("unknown")
    paul = invite(rows, "paul", Role.ADMIN)
    window.context.clear_cookies()
    come_in(window, "paul")
    is_refused(window, "n’ouvre rien ici")
    assert window.get_by_role("alert").inner_text() == unknown
    assert last(rows) == refused("no_role", staff_id=paul)


def test_two_tabs_at_once_both_come_in(window: Page, rows: Database) -> None:
    invite(rows, "ines")
    other = window.context.new_page()
    to_the_provider(window)
    to_the_provider(other)
    show_keys(window, "ines")
    is_in(window, "Ines Dubois")
    show_keys(other, "ines")
    is_in(other, "Ines Dubois")
    # The second sign-in replaced the first tab's session: what is pressed there next goes on with the new one.
    window.get_by_role("navigation").get_by_role("link", name="Vivier", exact=True).click()
    is_in(window, "Ines Dubois")
    expect(window.get_by_role("heading", level=1)).to_be_visible()
    assert [row["kind"] for row in written(rows)[-2:]] == ["signed_in", "signed_in"]


def test_the_role_follows_the_group_at_every_sign_in(window: Page, rows: Database, keys: HouseOfKeys) -> None:
    ada = invite(rows, "ada", Role.RECRUITER)
    come_in(window, "ada")
    is_in(window, "Ada Dubois")
    window.goto("/settings")
    expect(window.get_by_role("heading", level=1)).to_contain_text("Réglages")
    assert last(rows) == {"kind": "signed_in", "who": ada, "way": "keys"}


def test_who_loses_the_group_is_refused_and_signed_out_everywhere(
    window: Page, rows: Database, keys: HouseOfKeys
) -> None:
    nadia = invite(rows, "nadia")
    come_in(window, "nadia")
    is_in(window, "Nadia Dubois")
    keys.groups("nadia", "gardening")
    keys.restart()
    elsewhere = window.context.browser.new_context(locale="fr-FR", base_url=window.url)  # type: ignore[union-attr]
    other = elsewhere.new_page()
    come_in(other, "nadia")
    is_refused(other, "n’ouvre rien ici")
    assert last(rows) == refused("no_role", staff_id=nadia)
    window.reload()
    expect(window).to_have_url(SIGN_IN_PAGE)
    elsewhere.close()


def test_signing_out_here_goes_on_to_the_provider_and_comes_back(window: Page, rows: Database, house: Site) -> None:
    invite(rows, "rachid")
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")
    held = sessions_of(window)
    window.locator("nav details > summary").click()
    window.get_by_role("button", name="Se déconnecter", exact=True).click()
    window.get_by_role("button", name="Leave").click()
    expect(window).to_have_url(SIGN_IN_PAGE)
    window.get_by_role("link", name=BUTTON).click()
    expect(window.get_by_label("Password")).to_be_visible()
    window.context.add_cookies([{"name": "vivier_session", "value": held[0], "url": house.url}])
    window.goto("/")
    expect(window).to_have_url(SIGN_IN_PAGE)
