"""Every page of a recruiter but those about people, found by asking: pages to come are seen as well. In a house in full life."""

import pytest
from playwright.sync_api import Browser, expect

from portal.timeline.who import Role
from tests.browser.filled import House, speaking
from tests.browser.looking import come_alive, every_page, window, wrong_with

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize(("route", "role"), every_page("the rest"))


@pytest.mark.usefixtures("in_pseudo")
@EVERY
def test_axe_finds_nothing_no_word_is_bare_and_nothing_sticks_out(
    full_house: House, browser: Browser, route: str, role: Role
) -> None:
    wrong = wrong_with(full_house, browser, route, role)
    assert not wrong, "\n".join(wrong)


def test_a_launch_that_waits_for_times_leads_to_offering_them(full_house: House, browser: Browser) -> None:
    page = window(browser, full_house.site, full_house.sessions[Role.RECRUITER], 1440, "light")
    come_alive(page, f"{full_house.site.url}/today")
    page.get_by_role("listitem").filter(has_text="attend un créneau").get_by_role("link").click()
    expect(page).to_have_url(f"{full_house.site.url}/availability")
    expect(page.get_by_role("button", name="Proposer")).to_be_visible()
    page.context.close()


def test_an_english_reader_never_reads_french(full_house: House, browser: Browser) -> None:
    with speaking(full_house, "en"):
        page = window(browser, full_house.site, full_house.sessions[Role.ADMIN], 1440, "light")
        answer = page.goto(f"{full_house.site.url}/settings")
        assert answer is not None
        assert '<html lang="en" data-wait="">' in answer.text()
        expect(page.locator("h1")).to_have_text("Settings")
        expect(page.locator("html[lang=en]:not([data-wait])")).to_be_attached()
        expect(page).to_have_title("Settings · Vivier")
        page.context.close()
