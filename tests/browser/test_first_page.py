"""The first thing that happens to a browser."""

import urllib.request

import pytest
from playwright.sync_api import Page, expect

from portal.access.sessions import open_session
from portal.kit import clock
from portal.kit.db import Database
from portal.timeline.who import Role
from tests.browser.looking import come_alive
from tests.cast import staff
from tests.serving import Site
from tests.signed_in import sessions

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tokens(site: Site) -> dict[Role, str]:
    return sessions(site)


@pytest.fixture(scope="module")
def admin(tokens: dict[Role, str]) -> str:
    return tokens[Role.ADMIN]


def test_a_stranger_is_led_to_the_sign_in_page_before_any_script_runs(site: Site, page: Page) -> None:
    for path in ("/", "/settings"):
        page.goto(f"{site.url}{path}")
        assert page.url == f"{site.url}/signin"
        assert page.locator("script").count() == 0


def test_who_is_signed_in_comes_home_and_the_page_comes_alive(site: Site, page: Page, admin: str) -> None:
    page.context.add_cookies([{"name": "vivier_session", "value": admin, "url": site.url}])
    with page.expect_websocket(lambda socket: "_event" in socket.url) as socket:
        page.goto(site.url)
    expect(page.locator("[data-alive='true']")).to_be_attached()
    assert socket.value.url.startswith(site.url.replace("http", "ws"))
    assert not socket.value.is_closed()


@pytest.mark.parametrize(("role", "room"), [(Role.DPO, "Vie privée"), (Role.ADMIN, "Réglages")])
def test_on_a_page_two_share_each_stands_in_a_room_of_their_own(
    site: Site, page: Page, tokens: dict[Role, str], role: Role, room: str
) -> None:
    page.context.add_cookies([{"name": "vivier_session", "value": tokens[role], "url": site.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}/entries")
    expect(page.locator(".bar [aria-current='page']")).to_have_text(room)


def test_who_signs_out_is_out(site: Site, page: Page) -> None:
    database = Database(site.database.app)
    with database.work() as session:
        token = open_session(session, staff_id=staff(session, "Ines", Role.ADMIN).id, now=clock.now())
    database.close()
    page.context.add_cookies([{"name": "vivier_session", "value": token, "url": site.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    come_alive(page, f"{site.url}/settings")
    page.locator("nav details > summary").click()
    page.locator("nav").get_by_role("button", name="Se déconnecter", exact=True).click()
    page.wait_for_url("**/signin")
    page.goto(f"{site.url}/settings")
    assert page.url == f"{site.url}/signin"


def test_an_address_that_leads_nowhere_says_so_and_runs_nothing(site: Site, page: Page) -> None:
    answer = page.goto(f"{site.url}/no/such/page")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading")).to_have_text("Cette page n’existe pas, ou vous n’y avez pas accès.")
    assert page.locator("script").count() == 0


def test_what_never_changes_is_kept_by_the_browser_and_pages_are_asked_for_again(
    site: Site, page: Page, admin: str
) -> None:
    page.context.add_cookies([{"name": "vivier_session", "value": admin, "url": site.url}])
    answer = page.goto(f"{site.url}/settings")
    assert answer is not None
    assert answer.headers["cache-control"] == "private, no-cache"
    script = page.locator("link[rel=modulepreload]").first.get_attribute("href")
    with urllib.request.urlopen(f"{site.url}{script}") as kept:
        assert "immutable" in kept.headers["Cache-Control"]
    with urllib.request.urlopen(f"{site.url}/vivier.js") as asked_again:
        assert asked_again.headers["Cache-Control"] == "no-cache"


def test_a_page_runs_only_the_scripts_that_were_built(site: Site, page: Page, admin: str) -> None:
    page.context.add_cookies([{"name": "vivier_session", "value": admin, "url": site.url}])
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(f"{site.url}/settings")
    expect(page.locator("[data-alive='true']")).to_be_attached()
    assert refused == []
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.body.append(s); }"
    )
    assert page.evaluate("window.bad") is None
