"""Whoever opens a page of ours reads whose house it is, why they were written to, how to stop, and what becomes of their data."""

import re
from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select

from portal.access.house import change_house
from portal.consent.models import Consent, Notice
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose, Standing
from portal.conversations.rules import Answer
from portal.talents.models import Talent
from portal.timeline.who import System
from portal.ui.links.app import PAGES
from tests.arrivals import browser, nonce_of, press
from tests.scenes import answer, launched, pick_first
from tests.sink import html_of, link_to, links_in, text_of
from tests.world import World

ADMIN, HOUSE = System("an admin"), "Acme <Santé>"
SHOWN = "Acme &lt;Santé&gt;"
ZOE = "zoe@candidat.example"


@pytest.fixture
def acme(world: World) -> World:
    """Acme has asked Zoé whether she is still looking."""
    with world.database.work() as session:
        change_house(
            session, ADMIN, name=HOUSE, controller_contact="1 rue du Lac\n69001 Lyon", dpo_contact="dpo@acme.example"
        )
    world.sink.from_name = ""
    launched(world, "Zoe")
    return world


def asked(world: World, tail: str = "yes") -> str:
    return urlsplit(link_to(world.sink.to(ZOE)[0], tail)).path


def standing(world: World) -> Standing:
    with world.database.work() as session:
        query = select(Consent.standing).join(Talent, col(Talent.id) == col(Consent.talent_id))
        return session.exec(query.where(col(Consent.purpose) == Purpose.POOL)).one()


def test_every_page_names_the_house_and_never_the_product(acme: World) -> None:
    at = browser(acme)
    paths = [page.path.replace("{token}", "forged").replace("{choice}", "yes") for page in PAGES if page.show]
    for path in [*paths, asked(acme)]:
        answered = at.get(path)
        if answered.status_code != 303:
            assert f"· {SHOWN}</title>" in answered.text, path
            assert f"<header>{SHOWN}</header>" in answered.text, path
            assert "Vivier" not in answered.text.replace(f"{SHOWN}", ""), path
            assert path == "/information" or 'href="/information"' in answered.text, path


def test_a_question_says_why_and_how_to_stop_and_a_forged_link_tells_nothing(acme: World) -> None:
    at, path = browser(acme), asked(acme)
    shown = at.get(path).text
    assert "Vous recevez ce message parce que vous avez accepté le" in shown
    stop = re.search(r'href="(/stop/[^"]+)"', shown)
    assert stop
    assert at.get("/a/forged").text.count("/stop/") == 0
    before = acme.rows()
    assert SHOWN in at.get(stop[1]).text
    assert at.head(stop[1]).text == ""
    assert at.post(stop[1]).status_code == 403
    assert acme.rows() == before, "looking, and posting blindly, change nothing"
    other = browser(acme)
    nonce = nonce_of(other, stop[1])
    assert "ne vous écrivons plus" in press(at, stop[1]).text
    assert standing(acme) is Standing.WITHDRAWN
    assert other.post(stop[1], data={"nonce": nonce}).status_code == 200, "pressing twice is pressing once"
    assert "Souhaitez-vous revenir" in at.get(stop[1]).text


@pytest.mark.parametrize("kind", ["a", "p", "u"])
def test_every_link_of_a_letter_stops_whatever_it_was_made_for(acme: World, kind: str) -> None:
    if kind == "p":
        answer(acme, "zoe", Answer.YES)
        acme.work()
        answer(acme, "zoe", Answer.YES)
        acme.work()
    link = next(link for letter in reversed(acme.sink.to(ZOE)) for link in links_in(letter) if f"/{kind}/" in link)
    stop = f"/stop/{urlsplit(link).path.split('/')[2]}"
    acme.later(days=200)
    press(browser(acme), stop)
    assert standing(acme) is Standing.WITHDRAWN


def test_a_sign_in_link_and_a_forged_one_stop_nothing(acme: World) -> None:
    at = browser(acme)
    press(at, "/signin", email=ZOE)
    acme.work()
    token = urlsplit(links_in(acme.sink.to(ZOE)[-1])[0]).path.split("/")[2]
    for forged in token, "forged", "x" * 400:
        assert at.get(f"/stop/{forged}").status_code == 404
        assert at.post(f"/stop/{forged}", data={"nonce": nonce_of(at, "/signin")}).status_code in {403, 404}
    assert standing(acme) is Standing.GIVEN


def test_the_information_stands_where_anyone_may_read_it_in_their_language(acme: World) -> None:
    at = browser(acme)
    french = at.get("/information").text
    english = at.request("GET", "/information", headers={"accept-language": "en"}).text
    assert "69001 Lyon" in french
    assert "dpo@acme.example" in english
    for words, shown in (("notre intérêt légitime", french), ("our legitimate interest", english)):
        assert words in shown
        assert "<script" not in shown
    assert len(french.encode()) < 30_000
    with acme.database.work() as session:
        assert session.exec(select(Notice)).all() == [], "reading it writes no new version"
        text = current_notice(session, Purpose.SURVEY, "fr", now=acme.now).text
    assert "Responsable du traitement\u00a0: Acme <Santé>, 1 rue du Lac, 69001 Lyon." in text
    assert "Délégué à la protection des données\u00a0: dpo@acme.example." in text


def test_a_contact_changed_is_a_new_version_of_the_text(acme: World) -> None:
    with acme.database.work() as session:
        before = current_notice(session, Purpose.POOL, "fr", now=acme.now).version
        change_house(session, ADMIN, dpo_contact="autre@acme.example")
        assert current_notice(session, Purpose.POOL, "fr", now=acme.now).version == before + 1


def test_every_letter_to_a_candidate_leads_to_the_information_and_names_the_house(acme: World) -> None:
    for _ in range(2):
        answer(acme, "zoe", Answer.YES)
        acme.work()
    pick_first(acme, "zoe")
    press(browser(acme), "/signin", email=ZOE)
    acme.work()
    letters = acme.sink.to(ZOE)
    assert len(letters) >= 4
    for letter in letters:
        assert f"{acme.site}/information" in text_of(letter)
        assert f'href="{acme.site}/information"' in html_of(letter)
        assert HOUSE in text_of(letter) + str(letter["From"])
        assert "Vivier" not in text_of(letter)
    assert all("/information" not in text_of(letter) for letter in acme.sink.letters if letter not in letters)


def test_a_browser_that_keeps_no_cookie_is_told_so_in_words(acme: World) -> None:
    at, path = browser(acme), asked(acme)
    brought = nonce_of(at, path)
    at.cookies.clear()
    refused = at.post(path, data={"nonce": brought, "answer": "yes"})
    assert refused.status_code == 403
    assert "votre navigateur refuse les cookies" in refused.text
    at.get(path)
    assert "Utilisez ce bouton sur la page elle-même" in at.post(path, data={"nonce": "no", "answer": "yes"}).text


def test_a_day_that_cannot_be_is_said_at_its_field_and_kept_in_it(acme: World) -> None:
    at, path = browser(acme), asked(acme)
    refused = press(at, path, answer="later", later="2020-01-01")
    assert refused.status_code == 400
    (field,) = re.findall(r"<input type=\"date\"[^>]+>", refused.text)
    assert all(part in field for part in ('value="2020-01-01"', 'aria-invalid="true"', "autofocus"))
    assert 'id="problem" role="alert">Choisissez un jour' in refused.text
    assert press(at, path, answer="more_info", words="a" * 4001).text.count("a" * 4001) == 1, "nothing typed is lost"
    assert press(at, path, answer="later", later="2027-01-11").status_code == 200
