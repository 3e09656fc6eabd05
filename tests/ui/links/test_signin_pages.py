"""The sign-in pages as a browser without scripts meets them."""

import re
import uuid
from datetime import datetime

import pytest
from sqlmodel import select

from portal.access.models import SignInRequest
from portal.consent import actions as consent
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.kit.db import Database, saved
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LinkPurpose
from portal.replies.stopping import withdraw
from portal.signin import actions
from portal.signin.queries import person_of
from portal.talents.models import Talent
from portal.timeline.who import Role
from portal.ui.links import signin
from portal.ui.links.app import PAGES, links_app
from tests.trust import NOW, candidate, contents_of, dispatch, later, rows_of, staff, talent
from tests.ui.links.browser import Browser


class Clock:
    """The time the pages live at."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(house: Database, clock: Clock) -> Browser:
    return another(house, clock)


def another(house: Database, clock: Clock, *, https: bool = False) -> Browser:
    base = "https://vivier.example" if https else "http://vivier.example"
    return Browser(links_app(house, now=clock, https=https), base)


def nonce_in(html: str) -> str:
    found = re.search(r'name="nonce" value="([0-9a-f]+)"', html)
    assert found
    return found.group(1)


def press(browser: Browser, path: str, **form: str):  # noqa: ANN201 - the client's own answer
    """Open a page and press its button."""
    return browser.post(path, data={"nonce": nonce_in(browser.get(path).text), **form})


def ready(house: Database, role: Role = Role.RECRUITER) -> str:
    with house.work() as session:
        return actions.ready_link(session, staff_id=staff(session, role=role).id, now=NOW)


@pytest.mark.parametrize(("role", "home"), [(Role.RECRUITER, "/"), (Role.ADMIN, "/"), (Role.DPO, "/privacy")])
def test_a_link_leads_staff_to_their_own_door(house: Database, browser: Browser, role: Role, home: str) -> None:
    answer = press(browser, ready(house, role))
    assert (answer.status_code, answer.headers["location"]) == (303, home)
    with house.work() as session:
        who = person_of(session, browser.cookies["vivier_session"], now=NOW)
    assert who is not None
    assert who.role is role


def test_who_asked_us_to_stop_comes_in_where_they_may_come_back(browser: Browser, house: Database) -> None:
    with house.work() as session:
        camille, notice = saved(talent(session).id), current_notice(session, Purpose.POOL, "fr", now=NOW)
        consent.give(session, candidate(camille), camille, Purpose.POOL, notice, interface="portal", now=NOW)
        withdraw(session, candidate(camille), camille, interface="portal", now=NOW)
        link = actions.ready_link(session, talent_id=camille, now=NOW)
    assert press(browser, link).headers["location"] == "/me/consents"


def test_a_candidate_asks_types_the_code_and_comes_in(house: Database, browser: Browser) -> None:
    with house.work() as session:
        talent(session)
    asked = press(browser, "/signin", email="camille@exemple.example")
    assert (asked.status_code, asked.headers["location"]) == (303, "/signin/code")
    with house.work() as session:
        _, code = dispatch(session, session.exec(select(Letter)).one(), now=NOW)
    wrong = press(browser, "/signin/code", code="00000000")
    assert wrong.status_code == 400
    answer = press(browser, "/signin/code", code=code)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(house: Database, clock: Clock) -> None:
    kept = press(another(house, clock, https=True), ready(house)).headers.get_list("set-cookie")
    session_cookie = next(line for line in kept if line.startswith("vivier_session="))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(session_cookie.split("; "))


def test_signing_in_again_makes_the_cookie_before_worthless(house: Database, browser: Browser) -> None:
    press(browser, ready(house))
    before = browser.cookies["vivier_session"]
    press(browser, ready(house))
    with house.work() as session:
        assert person_of(session, before, now=NOW) is None
        assert person_of(session, browser.cookies["vivier_session"], now=NOW) is not None


def test_the_same_answer_for_known_and_unknown_addresses(house: Database, clock: Clock) -> None:
    with house.work() as session:
        staff(session)
        talent(session)
    answers, rows = [], []
    for email in ("rachid@maison.example", "camille@exemple.example", "nobody@nowhere.example"):
        browser = another(house, clock)
        asked = press(browser, "/signin", email=email)
        page = browser.get("/signin/code")
        body = page.text.replace(nonce_in(page.text), "")
        cookies = sorted(name for name in browser.cookies)
        answers.append((asked.status_code, asked.headers["location"], asked.text, page.status_code, body, cookies))
        with house.work() as session:
            rows.append(len(session.exec(select(SignInRequest)).all()))
        wrong = press(browser, "/signin/code", code="12345678")
        answers[-1] += (wrong.status_code, wrong.text.replace(nonce_in(wrong.text), ""))
    assert answers[0] == answers[1] == answers[2]
    assert rows == [1, 2, 3]


def test_the_answer_takes_as_long_for_everyone(browser: Browser, house: Database) -> None:
    with house.work() as session:
        staff(session)
    emails = ("rachid@maison.example", "nobody@nowhere.example")
    took = [press(browser, "/signin", email=email).elapsed.total_seconds() for email in emails]
    assert min(took) >= signin.AT_LEAST


@pytest.mark.parametrize("path", ["/signin", "/signin/code", "LINK", "STOP"])
def test_a_post_without_the_pages_nonce_does_nothing(house: Database, clock: Clock, path: str) -> None:
    path = {"LINK": ready(house), "STOP": stop_link(house)}.get(path, path)
    before = contents_of(house)
    blind, opened = another(house, clock), another(house, clock)
    elsewhere = nonce_in(opened.get("/signin").text)
    for answer in (
        blind.post(path, data={"email": "rachid@maison.example"}),
        blind.post(path, data={"nonce": elsewhere}),
        opened.post(path, data={}),
        opened.post(path, data={"nonce": elsewhere if path != "/signin" else "é"}),
    ):
        assert answer.status_code == 403
        assert "open" in answer.text.lower() or "ouvr" in answer.text.lower()
    assert contents_of(house) == before


def stop_link(house: Database) -> str:
    token = uuid.uuid4().hex
    with house.work() as session:
        row = talent(session, f"{token}@exemple.example", locale="en")
        session.add(
            LetterLink(
                talent_id=row.id,
                purpose=LinkPurpose.UNSUBSCRIBE,
                token_hash=actions.token_hash(token),
                created_at=NOW,
                expires_at=later(days=365),
            )
        )
    return f"/u/{token}"


def test_head_and_get_change_no_row(house: Database, browser: Browser) -> None:
    paths = [page.path.replace("{token}", "forged") for page in PAGES] + [ready(house), stop_link(house)]
    before = contents_of(house)
    for path in paths * 2:
        assert browser.head(path).text == ""
        browser.get(path)
    assert contents_of(house) == before


def test_used_expired_and_forged_links_each_say_why_and_offer_a_new_one(
    house: Database, browser: Browser, clock: Clock
) -> None:
    used, expired = ready(house), ready(house)
    press(browser, used)
    told = [browser.get(used).text, browser.get("/s/forged").text]
    clock.now = later(hours=25)
    told.append(browser.get(expired).text)
    for sentence, html in zip(("déjà servi", "pas l’un des nôtres", "expiré"), told, strict=True):
        assert sentence in html
        assert 'action="/signin"' in html


def test_every_answer_forbids_keeping_framing_scripts_and_telling_where_one_came_from(
    house: Database, browser: Browser
) -> None:
    for path in ("/signin", "/s/forged", "/u/forged", ready(house), stop_link(house)):
        for answer in (browser.get(path), browser.head(path), browser.post(path), browser.put(path)):
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert "script" not in answer.headers["content-security-policy"]
            assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_pages_are_small_and_need_no_script(house: Database, browser: Browser) -> None:
    for path in ("/signin", "/signin/code", "/s/forged", ready(house), stop_link(house)):
        html = browser.get(path).text
        assert len(html.encode()) < 30_000
        assert "<script" not in html
        assert "src=" not in html


def test_a_mail_program_unsubscribes_at_once_without_cookie_or_page(house: Database, clock: Clock) -> None:
    path = stop_link(house)
    for form in ({"data": {"List-Unsubscribe": "One-Click"}}, {"files": {"List-Unsubscribe": (None, "One-Click")}}):
        answer = another(house, clock).post(path, **form)
        assert answer.status_code == 200
        assert "we write to you no more" in answer.text
    assert rows_of(house)["consent"] == 3


def test_stopping_by_the_button_works_twice(house: Database, browser: Browser) -> None:
    path = stop_link(house)
    nonces = 2 * [nonce_in(browser.get(path).text)]
    assert [browser.post(path, data={"nonce": one}).status_code for one in nonces] == [200, 200]
    assert rows_of(house)["ledger_entry"] == 3


def test_a_language_is_remembered_here_and_by_the_person(house: Database, browser: Browser) -> None:
    with house.work() as session:
        id_ = talent(session).id
        path = actions.ready_link(session, talent_id=id_, now=NOW)
    assert "Se connecter" in browser.get(path).text
    press(browser, path)
    answer = browser.post("/language", data={"locale": "en", "back": "/signin"})
    assert answer.headers["location"] == "/signin"
    assert '<html lang="en">' in browser.get("/signin").text
    with house.work() as session:
        assert session.exec(select(Talent.locale).where(Talent.id == id_)).one() == "en"


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:alert(1)"]
)
def test_choosing_a_language_never_leads_to_another_site(browser: Browser, back: str) -> None:
    answer = browser.post("/language", data={"locale": "en", "back": back})
    assert answer.headers["location"] == "/signin"


@pytest.mark.parametrize("email", ["", "nobody", "a b@c.example", "x" * 70_000, "<b>@x.example\r\nX: y"])
def test_what_is_no_address_gets_a_sentence(browser: Browser, email: str) -> None:
    answer = press(browser, "/signin", email=email)
    assert answer.status_code in {400, 413}
    assert "<b>" not in answer.text


def test_a_scanner_that_presses_with_another_browsers_nonce_gets_nothing(house: Database, clock: Clock) -> None:
    path = ready(house)
    taken = nonce_in(another(house, clock).get(path).text)
    other = another(house, clock)
    other.get(path)
    assert other.post(path, data={"nonce": taken}).status_code == 403


@pytest.mark.own_database
def test_no_token_is_logged_when_something_breaks(
    house: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = ready(house)
    browser = another(house, clock)
    house.close()
    house.engine = Database("postgresql+psycopg://nobody@/none?host=/nowhere").engine
    answer = browser.get(path)
    assert answer.status_code == 500
    assert "OperationalError on /s/{token}" in caplog.text
    assert path.removeprefix("/s/") not in caplog.text
