import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Site

pytestmark = pytest.mark.browser


def test_a_visitor_sees_the_first_page_and_it_comes_alive(site: Site, page: Page) -> None:
    with page.expect_websocket(lambda socket: "_event" in socket.url) as socket:
        page.goto(site.url)
    expect(page.get_by_role("heading", name="Vivier")).to_be_visible()
    assert socket.value.url.startswith(site.url.replace("http", "ws"))
    assert not socket.value.is_closed()


def test_what_never_changes_is_kept_by_the_browser_and_pages_are_asked_for_again(site: Site, page: Page) -> None:
    page.goto(site.url)
    script = page.locator("link[rel=modulepreload]").first.get_attribute("href")
    with urllib.request.urlopen(f"{site.url}{script}") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with urllib.request.urlopen(site.url) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
