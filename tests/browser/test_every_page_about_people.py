"""Every page in which recruiters find and take in people and jobs, in a house in full life."""

import pytest
from playwright.sync_api import Browser

from portal.timeline.who import Role
from tests.browser.filled import House
from tests.browser.looking import every_page, wrong_with

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize(("route", "role"), every_page("people"))


@pytest.mark.usefixtures("in_pseudo")
@EVERY
def test_axe_finds_nothing_no_word_is_bare_and_nothing_sticks_out(
    full_house: House, browser: Browser, route: str, role: Role
) -> None:
    wrong = wrong_with(full_house, browser, route, role)
    assert not wrong, "\n".join(wrong)
