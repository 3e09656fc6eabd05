"""Signing out: here, on all devices, and never by another site."""

import pytest

from portal.kit.db import Database
from portal.signin.actions import ready_link
from portal.signin.queries import person_of
from tests.trust import NOW, staff
from tests.ui.links.browser import Browser
from tests.ui.links.test_signin_pages import Clock, another, press, ready


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(house: Database, clock: Clock) -> Browser:
    return another(house, clock)


def test_signing_out_takes_the_cookie_and_its_worth_away(house: Database, browser: Browser) -> None:
    press(browser, ready(house))
    before = browser.cookies["vivier_session"]
    answer = browser.post("/signout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
    assert "vivier_session" not in browser.cookies
    with house.work() as session:
        assert person_of(session, before, now=NOW) is None


def test_one_press_signs_a_person_out_on_all_their_devices_and_nobody_else(
    house: Database, clock: Clock, browser: Browser
) -> None:
    telephone, colleague = another(house, clock), another(house, clock)
    for each in (browser, telephone):
        press(each, ready(house))
    with house.work() as session:
        other = ready_link(session, staff_id=staff(session, "marc@maison.example").id, now=NOW)
    press(colleague, other)
    answer = browser.post("/signout", data={"everywhere": "yes"})
    assert answer.headers["location"] == "/signin"
    with house.work() as session:
        assert person_of(session, telephone.cookies["vivier_session"], now=NOW) is None
        assert person_of(session, colleague.cookies["vivier_session"], now=NOW) is not None


def test_another_site_signs_nobody_out(house: Database, browser: Browser) -> None:
    press(browser, ready(house))
    for elsewhere in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/signout", headers=elsewhere).status_code == 403
    with house.work() as session:
        assert person_of(session, browser.cookies["vivier_session"], now=NOW) is not None
