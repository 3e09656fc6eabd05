"""One build serves any address: a page asks whoever it came from, over http and https, with a port and without."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlmodel import select

from portal.access.models import Staff
from portal.kit import clock, tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.signin.actions import ready_link
from portal.timeline.who import Role
from tests.cast import staff
from tests.conftest import launched
from tests.growing import SECRET
from tests.serving import free_port, serving
from tests.tls import ending_tls

pytestmark = pytest.mark.browser
NAME = "talents.example"  # without a port, which only the machine's administrator may listen on


@contextmanager
def coming_to(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, ignore_https_errors=True, locale="fr-FR")
    try:
        yield context.new_page()
    finally:
        context.close()


def sign_in(page: Page, database: Urls) -> None:
    """By a link, whose page asks where the form that signs in was sent from."""
    tokens.use_secret(SECRET)
    with closing(Database(database.app)) as house, house.work() as session:
        known = session.exec(select(Staff.id)).first()
        link = ready_link(session, staff_id=known or staff(session, "Ada", Role.ADMIN).id, now=clock.now())
    page.goto(link)
    page.locator("main button").click()
    expect(page.locator("[data-alive='true']")).to_be_attached()


def comes_alive(page: Page, address: str) -> None:
    wrong: list[str] = []
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    with page.expect_websocket(lambda socket: "_event" in socket.url) as socket:
        page.goto("/settings")
    expect(page.locator("[data-alive='true']")).to_be_attached()
    expect(page.locator("h1")).to_have_text("Réglages")
    assert socket.value.url.startswith(f"{address.replace('http', 'ws', 1)}/_event")
    assert page.evaluate("location.origin") == address
    assert not wrong


def test_on_another_port_than_the_usual_and_nothing_else_said(browser: Browser, module_database: Urls) -> None:
    with serving(module_database, SITE_URL="", SECRET_KEY=SECRET) as site, coming_to(browser, site.url) as page:
        sign_in(page, module_database)
        comes_alive(page, site.url)
        [cookie] = [one for one in page.context.cookies() if one["name"] == "vivier_session"]
        assert not cookie["secure"]


@pytest.mark.parametrize("address", ["https://localhost:{port}", f"https://{NAME}"])
def test_behind_a_proxy_that_ends_tls(
    playwright: Playwright, module_database: Urls, folder: Path, address: str
) -> None:
    port, behind = free_port(), free_port()
    address = address.format(port=port)
    with (
        launched(playwright, f"--host-resolver-rules=MAP {NAME} 127.0.0.1:{port}") as browser,
        serving(module_database, SITE_URL=address, SECRET_KEY=SECRET, WEB_PORT=str(behind)),
        ending_tls(port, behind, folder),
        coming_to(browser, address) as page,
    ):
        sign_in(page, module_database)
        comes_alive(page, address)
        [cookie] = [one for one in page.context.cookies() if one["name"] == "__Host-vivier_session"]
        assert cookie["secure"]
