"""The buttons of identity providers, as a browser without scripts meets them."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import col, select

from portal.access.actions import disable
from portal.access.oidc.rules import Refusal
from portal.access.sessions import open_session
from portal.kit.db import Database
from portal.kit.providers import Grant, Provider
from portal.signin.actions import ready_link
from portal.signin.ways import ways
from portal.timeline.models import TimelineEvent
from portal.ui.links.app import links_app
from portal.ui.links.nonce import kept, mark
from tests.serving import free_port
from tests.trust import DEMO, NOW, contents_of, staff, talent
from tests.ui.links.browser import Browser

SECRETS = ("a-state-of-mine", "a-code-of-mine", "hush")


@pytest.fixture
def browser(house: Database) -> Browser:
    away = Provider(
        "away", "Là-bas & Cie", f"http://127.0.0.1:{free_port()}", "vivier", "hush", (Grant("admin", "groups", "a"),)
    )
    return Browser(links_app(house, now=lambda: NOW, ways=ways([away], "http://vivier.example", staff_links=True)))


def test_each_provider_has_its_button_and_without_one_the_page_is_as_before(browser: Browser, house: Database) -> None:
    html = browser.get("/signin").text
    assert '<a class="button" href="/signin/with/away">Se connecter avec Là-bas &amp; Cie</a>' in html
    assert "Vous travaillez ici" not in Browser(links_app(house, now=lambda: NOW)).get("/signin").text


def test_setting_out_changes_no_row_even_when_nobody_answers(
    browser: Browser, house: Database, caplog: pytest.LogCaptureFixture
) -> None:
    before = contents_of(house)
    answer = browser.get("/signin/with/away")
    assert answer.status_code == 503
    assert "Là-bas &amp; Cie ne répond pas" in answer.text
    assert contents_of(house) == before
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "Not let in by away: silent (ConnectError)"
    ]


def test_a_way_nobody_set_up_does_not_exist(browser: Browser, house: Database) -> None:
    before = contents_of(house)
    for path in ("/signin/with/entra", "/signin/back/entra?state=s&code=c", "/signin/with/..%2Faway"):
        assert browser.get(path).status_code == 404
    assert contents_of(house) == before


def test_coming_back_from_nowhere_is_refused_in_one_sentence_and_one_line_without_what_it_brought(
    browser: Browser, house: Database, caplog: pytest.LogCaptureFixture
) -> None:
    answer = browser.get("/signin/back/away?state=a-state-of-mine&code=a-code-of-mine&iss=x")
    assert answer.status_code == 400
    assert "pas été commencée dans ce navigateur" in answer.text
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == ["Not let in by away: forged"]
    with house.work() as session:
        row = session.exec(select(TimelineEvent)).one()
    assert (row.kind, row.params) == ("entry_refused", {"way": "away", "why": Refusal.FORGED.value})
    assert not any(secret in f"{answer.text}{told}{row}" for secret in SECRETS)


def test_an_error_of_the_provider_is_logged_as_a_word_and_never_as_it_came(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    for error in ("access_denied", "hush\nforged line", "x" * 5000):
        browser.request("GET", "/signin/back/away", params={"state": "s", "error": error})
    assert not any("hush" in record.getMessage() or len(record.getMessage()) > 100 for record in caplog.records)


def test_a_scanner_and_a_form_of_elsewhere_come_no_further(browser: Browser, house: Database) -> None:
    before = contents_of(house)
    for path in ("/signin/with/away", "/signin/back/away?state=s&code=c"):
        assert browser.head(path).text == ""
        assert browser.post(path).status_code == 405
    assert contents_of(house) == before


def test_links_and_codes_that_let_no_staff_in_are_written_down_and_those_of_candidates_are_not(
    browser: Browser, house: Database
) -> None:
    with house.work() as session:
        rachid, camille = staff(session), talent(session)
        used, late, closed = (ready_link(session, staff_id=rachid.id, now=NOW, hours=h) for h in (1, -1, 1))
        theirs = ready_link(session, talent_id=camille.id, now=NOW, hours=-1)
    for path in (used, used, late, theirs, "/s/forged"):
        press(browser, path)
    press(browser, "/signin", email="rachid@maison.example")
    press(browser, "/signin/code", code="0000 0000")
    press(browser, "/signin", email="camille@exemple.example")
    press(browser, "/signin/code", code="0000 0000")
    with house.work() as session:
        disable(session, DEMO, rachid.id or 0, now=NOW)
    press(browser, closed)
    with house.work() as session:
        rows = session.exec(select(TimelineEvent).where(col(TimelineEvent.kind) == "entry_refused"))
        told = [(row.params["staff_id"], row.params["way"], row.params["why"]) for row in rows]
    assert told == [(rachid.id, "letter", why) for why in ("used", "too_late", "wrong_code", "closed")]


def press(browser: Browser, path: str, **form: str) -> None:
    """Open a page and press its button, or one that was still open when it went stale."""
    browser.get(path)
    nonce = mark(kept(browser.cookies), path)
    browser.post(path, data={"nonce": nonce, **form})


def test_signing_out_goes_on_to_where_one_came_in_and_nowhere_else(browser: Browser, house: Database) -> None:
    farewell = "https://keys.example/end?client_id=vivier&post_logout_redirect_uri=http%3A%2F%2Fvivier.example%2Fsignin"
    with house.work() as session:
        rachid = staff(session)
        tokens = [open_session(session, staff_id=rachid.id, now=NOW, farewell=to) for to in (farewell, None)]
    left = browser.post("/signout", headers={"Cookie": f"vivier_session={tokens[0]}"})
    address = left.text.split('content="0;url=')[1].split('"')[0].replace("&amp;", "&")
    assert address == farewell
    assert parse_qs(urlsplit(address).query)["client_id"] == ["vivier"]
    assert 'vivier_session=""; HttpOnly; Max-Age=0' in left.headers["set-cookie"]
    for token in (tokens[1], tokens[0]):  # by a link in a letter; and once more with what is worth nothing now
        answer = browser.post("/signout", headers={"Cookie": f"vivier_session={token}"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
