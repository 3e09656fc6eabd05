"""What stands before every answer: what a browser may run of it, and under which name it keeps a session."""

from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from portal.ui.front import NOTHING, beware, host_cookie
from tests.ui.links.browser import Browser

SITE = "https://vivier.test"
PLAIN, HOST = "vivier_session", "__Host-vivier_session"


async def tell(request: Request) -> Response:
    return PlainTextResponse(request.cookies.get(PLAIN, "nobody"))


async def come_in(_: Request) -> Response:
    answer = PlainTextResponse("in")
    answer.set_cookie(PLAIN, "new", max_age=60, httponly=True, secure=True, samesite="lax")
    answer.set_cookie("vivier_locale", "en", secure=True)
    return answer


async def go(_: Request) -> Response:
    answer = PlainTextResponse("gone")
    answer.delete_cookie(PLAIN, secure=True, httponly=True)
    return answer


def house() -> Starlette:
    return Starlette(routes=[Route("/", tell), Route("/in", come_in), Route("/out", go)])


@pytest.fixture
def browser() -> Browser:
    return Browser(host_cookie(house()), SITE)


def test_over_https_a_session_is_taken_from_this_host_alone(browser: Browser) -> None:
    browser.get("/in")
    assert browser.cookies.get(HOST) == "new"
    assert browser.cookies.get(PLAIN) is None
    assert browser.cookies.get("vivier_locale") == "en"
    assert browser.get("/").text == "new"


def test_every_attribute_that_the_name_asks_for_is_there(browser: Browser) -> None:
    kept = browser.get("/in").headers.get_list("set-cookie")
    (ours,) = [one for one in kept if one.startswith(HOST)]
    assert {"Secure", "HttpOnly", "Path=/"} <= set(ours.split("; "))
    assert "Domain" not in ours


def test_one_set_before_is_read_until_it_ends_and_never_over_the_new_one(browser: Browser) -> None:
    assert browser.request("GET", "/", headers={"Cookie": f"{PLAIN}=old"}).text == "old"
    tossed = f"vivier_locale=fr; {PLAIN}=from a sister host; {HOST}=mine; {PLAIN}=again"
    assert browser.request("GET", "/", headers={"Cookie": tossed}).text == "mine"


def test_signing_out_takes_both_away(browser: Browser) -> None:
    browser.cookies.set(PLAIN, "old", domain="vivier.test")
    browser.get("/in")
    browser.get("/out")
    assert browser.cookies.get(HOST) is browser.cookies.get(PLAIN) is None
    assert browser.get("/").text == "nobody"


@pytest.mark.parametrize("path", ["/", "/me/index.html", "/nowhere.txt"])
def test_what_brings_no_policy_of_its_own_runs_nothing(path: str) -> None:
    answer = Browser(partial(beware, https=True)(house()), SITE).get(path)
    assert answer.headers["content-security-policy"] == NOTHING
    assert answer.headers["x-frame-options"] == "DENY"
