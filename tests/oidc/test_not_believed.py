"""What a certified provider would never do, done to it on the way: the portal believes none of it."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from portal.kit.db import Database
from tests.oidc.front import Front, HungUp
from tests.oidc.house_of_keys import HouseOfKeys, new_key
from tests.oidc.journeys import come_in, invite, is_in, is_refused, last, refused, show_keys, to_the_provider, written
from tests.serving import Site

pytestmark = pytest.mark.browser

UNBELIEVED = "n’a pas pu être vérifiée"
FORGED = "n’a pas été commencée dans ce navigateur"


@pytest.fixture(autouse=True)
def rachid(rows: Database) -> int:
    return invite(rows, "rachid")


def seconds(**span: float) -> int:
    return int((datetime.now(UTC) + timedelta(**span)).timestamp())


def changed(keys: HouseOfKeys, **claims: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda told: told | {"id_token": keys.signed(told["id_token"], **claims)}


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another attempt's"}, "wrong_nonce"),
        ({"nonce": None}, "wrong_nonce"),
        ({"aud": "another-app"}, "wrong_audience"),
        ({"aud": ["vivier", "another-app"], "azp": "another-app"}, "wrong_audience"),
        ({"iss": "https://another.example"}, "wrong_issuer"),
        ({"iat": timedelta(hours=-2), "exp": timedelta(minutes=-2)}, "expired"),
        ({"nbf": timedelta(minutes=5)}, "not_yet"),
        ({"iat": timedelta(minutes=5)}, "not_yet"),
        ({"sub": None}, "bad_signature"),
    ],
    ids=str,
)
def test_a_token_for_somebody_else_or_another_time_opens_nothing(
    window: Page, rows: Database, front: Front, keys: HouseOfKeys, claims: dict[str, Any], why: str
) -> None:
    # A time is told from the moment of the token, not from when the tests were listed.
    now = datetime.now(UTC)
    times = {name: int((now + span).timestamp()) for name, span in claims.items() if isinstance(span, timedelta)}
    front.on_token = changed(keys, **claims | times)
    come_in(window, "rachid")
    is_refused(window, UNBELIEVED)
    assert last(rows) == refused(why)


def test_a_refusal_is_one_line_of_the_log_with_nothing_secret_in_it(
    window: Page, front: Front, keys: HouseOfKeys, house: Site
) -> None:
    told: list[dict[str, Any]] = []
    swap = changed(keys, nonce="another attempt's")
    front.on_token = lambda answer: (told.append(answer), swap(answer))[1]
    heard(house)
    with window.expect_request("**/signin/back/keys?*") as back:
        come_in(window, "rachid")
    is_refused(window, UNBELIEVED)
    log = heard(house)
    assert log.splitlines() == ["Not let in by keys: wrong_nonce (invalid_claim)"]
    secrets = [*parse_qs(urlsplit(back.value.url).query).values(), [told[0]["id_token"]], [told[0]["access_token"]]]
    assert not any(secret in log for (secret,) in secrets)


def heard(site: Site) -> str:
    """What the portal has logged since it was last asked."""
    return site.log.read()


def test_clocks_may_stand_a_minute_apart(window: Page, front: Front, keys: HouseOfKeys) -> None:
    front.on_token = changed(keys, iat=seconds(seconds=30), nbf=seconds(seconds=30), exp=seconds(seconds=-20))
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")


def test_a_token_signed_by_anyone_else_opens_nothing(
    window: Page, rows: Database, front: Front, keys: HouseOfKeys
) -> None:
    front.on_token = changed(keys, key=new_key("first"))
    come_in(window, "rachid")
    is_refused(window, UNBELIEVED)
    assert last(rows) == refused("bad_signature")


def test_new_keys_are_learnt_at_the_first_token_they_sign(window: Page, front: Front, keys: HouseOfKeys) -> None:
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")
    keys.key = new_key("second")
    keys.restart()
    front.asked.clear()
    window.context.clear_cookies()
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")
    assert front.asked.count("/jwks") == 1
    front.asked.clear()
    window.context.clear_cookies()
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")
    assert front.asked.count("/jwks") == 0


def test_a_forged_state_opens_nothing(window: Page, rows: Database, front: Front) -> None:
    front.on_ask = lambda asked: asked | {"state": "forged" + asked["state"][6:]}
    come_in(window, "rachid")
    is_refused(window, FORGED)
    assert last(rows) == refused("forged")
    window.goto("/signin/back/keys?state=&code=anything")
    is_refused(window, FORGED)


def test_a_sign_in_begun_in_another_browser_opens_nothing(
    window: Page, rows: Database, front: Front, house: Site
) -> None:
    """Somebody sends a colleague the end of their own sign-in, so that the colleague works in their name."""
    theirs: list[str] = []
    elsewhere = f"{front.issuer}/.well-known/openid-configuration"
    front.on_back = lambda address: (theirs.append(address), elsewhere)[1]
    to_the_provider(window)
    show_keys(window, "rachid")
    window.wait_for_url(elsewhere)
    victim = window.context.browser.new_context(locale="fr-FR", base_url=house.url).new_page()  # type: ignore[union-attr]
    victim.goto(theirs[0])
    is_refused(victim, FORGED)
    assert last(rows) == refused("forged")
    victim.context.close()


def test_a_code_that_comes_back_twice_opens_nothing(window: Page, rows: Database, house: Site) -> None:
    to_the_provider(window)
    kept = [cookie for cookie in window.context.cookies() if cookie["name"].startswith("vivier_way_")]
    with window.expect_request("**/signin/back/keys?*") as asked:
        show_keys(window, "rachid")
    is_in(window, "Rachid Dubois")
    window.context.clear_cookies()
    window.goto(asked.value.url)
    is_refused(window, FORGED)
    # Even the browser that still holds its half gets nothing more for the same code.
    window.context.add_cookies(kept)  # type: ignore[arg-type]
    window.goto(asked.value.url)
    is_refused(window, UNBELIEVED)
    assert last(rows) == refused("code_refused")


def test_without_pkce_the_provider_itself_refuses(window: Page, rows: Database, front: Front) -> None:
    front.on_ask = lambda asked: {name: value for name, value in asked.items() if not name.startswith("code_")}
    window.goto("/signin")
    window.get_by_role("link", name="Se connecter avec La Maison des clés").click()
    is_refused(window, "ne vous a pas laissé passer")
    assert last(rows) == refused("cancelled")


def test_a_code_bound_to_another_verifier_opens_nothing(window: Page, rows: Database, front: Front) -> None:
    """A stolen code is worth nothing: the challenge it was issued for is not that of this browser."""
    front.on_ask = lambda asked: asked | {"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}
    come_in(window, "rachid")
    is_refused(window, UNBELIEVED)
    assert last(rows) == refused("code_refused")


def test_an_answer_in_the_name_of_another_provider_opens_nothing(window: Page, rows: Database, front: Front) -> None:
    front.on_back = lambda address: address.split("&iss=")[0] + "&iss=https%3A%2F%2Fother.example"
    come_in(window, "rachid")
    is_refused(window, UNBELIEVED)
    assert last(rows) == refused("wrong_issuer")


def test_a_provider_that_hangs_up_is_told_in_one_sentence(window: Page, rows: Database, front: Front) -> None:
    def hang_up() -> None:
        raise HungUp

    front.before_token = hang_up
    come_in(window, "rachid")
    is_refused(window, "La Maison des clés ne répond pas")
    assert last(rows) == refused("silent")
    front.behave()
    come_in_again(window)


def test_a_provider_that_takes_its_time_is_not_waited_for(window: Page, rows: Database, front: Front) -> None:
    released = threading.Event()
    front.before_token = lambda: released.wait(30) and None
    try:
        come_in(window, "rachid")
        is_refused(window, "La Maison des clés ne répond pas")
    finally:
        released.set()
    assert last(rows) == refused("silent")


@pytest.mark.parametrize(("way", "label"), [("down", "L’Absente"), ("slow", "La Lente")])
def test_a_provider_that_is_down_or_mute_leaves_the_other_ways_open(
    window: Page, rows: Database, way: str, label: str
) -> None:
    before = len(written(rows))
    window.goto("/signin")
    window.get_by_role("link", name=f"Se connecter avec {label}").click()
    is_refused(window, f"{label} ne répond pas")
    assert written(rows)[before:] == [refused("silent") | {"way": way}]
    come_in(window, "rachid")
    is_in(window, "Rachid Dubois")


def come_in_again(page: Page) -> None:
    page.goto("/signin")
    page.get_by_role("link", name="Se connecter avec La Maison des clés").click()
    is_in(page, "Rachid Dubois")
