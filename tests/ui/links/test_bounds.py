"""What strangers send is bounded before anything looks at it."""

import pytest

from portal.kit.db import Database
from portal.ui.links.app import links_app
from portal.ui.links.visit import own_path
from tests.trust import NOW
from tests.ui.links.browser import Browser


@pytest.fixture
def browser(house: Database) -> Browser:
    return Browser(links_app(house, now=lambda: NOW))


@pytest.mark.parametrize("path", ["/", "/me", "/me/", "/pool/12", "/a.b/~c_d-e", "/" + "a" * 199])
def test_a_path_of_ours_is_gone_back_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "me",
        "//evil.example",
        "/a//b",
        "/a?b",
        "/a b",
        "https://evil.example",
        "/" + "a" * 40 + "!",
        "/" + "a" * 200,
    ],
)
def test_any_other_is_not(path: str) -> None:
    assert own_path(path) == "/signin"


@pytest.mark.parametrize("letters", [40, 7_000])
def test_one_anonymous_press_does_not_freeze_the_house(browser: Browser, letters: int) -> None:
    hostile = "/" + "a" * letters + "!"
    by_form = browser.post("/language", data={"locale": "fr", "back": hostile})
    by_header = browser.post("/language", data={"locale": "fr"}, headers={"Referer": f"http://vivier.example{hostile}"})
    assert [each.headers["location"] for each in (by_form, by_header)] == ["/signin", "/signin"]


@pytest.mark.parametrize(
    "form", [{"locale": "fr", "back": "/" + "a" * 9_000}, {"locale": "fr"} | {f"field{n}": "" for n in range(1_001)}]
)
def test_a_form_that_cannot_be_ours_is_not_read(browser: Browser, form: dict[str, str]) -> None:
    assert browser.post("/language", data=form).status_code == 413


@pytest.mark.parametrize("path", ["/a/" + "x" * 600, "/u/" + "x" * 32 + "?why=" + "x" * 5_000])
def test_an_address_that_cannot_be_ours_is_told_so(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, "trop longue" in answer.text) == (414, True)


def test_headers_too_long_to_mean_anything_are_left_aside(browser: Browser) -> None:
    told = {"Accept-Language": "en," * 3_000, "Referer": "http://vivier.example/" + "a" * 5_000}
    answer = browser.get("/signin")
    assert '<html lang="fr"' in browser.request("GET", "/signin", headers=told).text
    assert answer.status_code == 200
