"""A yes on the link of a notice: bound to the text on the page, for its person, in time, and undone by its receipt."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select

from portal.access.house import change_house
from portal.consent.models import Consent, LedgerEntry, LedgerEvidence
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.db import saved
from portal.privacy.informing import inform
from portal.replies.stopping import withdraw
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import LinkGrant, System
from tests.arrivals import browser, nonce_of, press
from tests.cast import Cast, as_candidate, cast, talent
from tests.sink import html_of, link_to, links_in, text_of
from tests.ui.links.browser import Browser
from tests.world import World

LEA, ADMIN = "lea@candidat.example", System("an admin")


@pytest.fixture
def informed(world: World) -> tuple[World, Cast, int, str]:
    """Léa applied; Claire wrote her the first information, whose yes stands behind the path."""
    with world.database.work() as session:
        people, id_ = cast(session), saved(talent(session, "Lea", consented=False).id)
        inform(session, people.claire, [id_], now=world.now)
    world.work()
    (letter,) = world.sink.to(LEA)
    return world, people, id_, urlsplit(link_to(letter, "yes")).path


def fields(at: Browser, path: str) -> dict[str, str]:
    """What the form on the page carries."""
    return dict(re.findall(r'name="(version|language|nonce)" value="([^"]+)"', at.get(path).text))


def say_yes(world: World, path: str) -> int:
    at = browser(world)
    return at.post(path, data={**fields(at, path), "keep": "yes"}).status_code


def stands(world: World, id_: int) -> tuple[Basis, Standing]:
    with world.database.work() as session:
        found = session.get(Consent, (id_, Purpose.POOL))
        return (found.basis, found.standing) if found else (Basis.NONE, Standing.NONE)


def given(world: World) -> list[str]:
    """The texts somebody said yes to, as the ledger has them."""
    with world.database.work() as session:
        query = select(LedgerEvidence.personal).join(LedgerEntry, col(LedgerEntry.seq) == col(LedgerEvidence.seq))
        wanted = col(LedgerEntry.act).in_(["given", "renewed"])
        return [row["notice"] for row in session.exec(query.where(wanted).order_by(col(LedgerEntry.seq)))]


def test_a_text_changed_meanwhile_is_shown_and_nothing_is_recorded(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    at = browser(world)
    on_screen = fields(at, path)
    with world.database.work() as session:
        change_house(session, ADMIN, name="Une Tout Autre Maison")
    answer = at.post(path, data={**on_screen, "keep": "yes"})
    assert (answer.status_code, stands(world, id_)[1]) == (409, Standing.NONE)
    assert "Le texte a changé" in answer.text
    assert "Une Tout Autre Maison garde vos coordonnées" in answer.text
    assert given(world) == []
    assert at.post(path, data={**fields(at, path), "keep": "yes"}).status_code == 200
    assert len(given(world)) == 1
    assert given(world)[0].startswith("Une Tout Autre Maison")


def test_the_language_recorded_is_that_of_the_page_however_the_browser_changed(
    informed: tuple[World, Cast, int, str],
) -> None:
    world, _, _, path = informed
    at = browser(world)
    on_screen = fields(at, path)
    at.cookies.set("vivier_locale", "en", domain="vivier.example")
    assert at.post(path, data={**on_screen, "keep": "yes"}).status_code == 200
    assert "garde vos coordonnées" in given(world)[0]


@pytest.mark.parametrize(
    "forged", [{}, {"version": "1"}, {"version": "1", "language": "de"}, {"version": "9" * 30, "language": "fr"}]
)
def test_a_yes_that_does_not_say_to_what_is_asked_again(
    informed: tuple[World, Cast, int, str], forged: dict[str, str]
) -> None:
    world, _, id_, path = informed
    at = browser(world)
    assert at.post(path, data={"nonce": nonce_of(at, path), "keep": "yes", **forged}).status_code == 409
    assert stands(world, id_)[1] is Standing.NONE


def test_after_its_deadline_no_yes_counts_but_a_no_does(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    at = browser(world)
    on_screen = fields(at, path)
    world.later(minutes=59, days=30)
    assert "Cette question est close" in at.post(path, data={**on_screen, "keep": "yes"}).text
    assert stands(world, id_)[1] is Standing.NONE
    assert press(browser(world), path, keep="no").status_code == 200
    assert stands(world, id_)[1] is Standing.WITHDRAWN


def test_a_yes_has_a_receipt_and_pressed_twice_it_is_one_yes(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    assert [say_yes(world, path), say_yes(world, path)] == [200, 200]
    assert stands(world, id_) == (Basis.CONSENT, Standing.GIVEN)
    world.work()
    _, receipt = world.sink.to(LEA)
    assert "garde vos coordonnées" in text_of(receipt)
    assert "Ce n’était pas moi" in html_of(receipt)
    assert len(given(world)) == 1


def test_this_was_not_me_undoes_it_and_tells(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    say_yes(world, path)
    world.work()
    not_me = urlsplit(links_in(world.sink.to(LEA)[-1])[0]).path
    before = world.rows()
    assert "Ce n’était pas vous" in browser(world).get(not_me).text
    assert world.rows() == before, "looking changes nothing"
    assert "C’est annulé" in press(browser(world), not_me, not_me="1").text
    assert stands(world, id_) == (Basis.NONE, Standing.NONE)
    assert "Il n’y a rien à annuler" in press(browser(world), not_me, not_me="1").text
    world.work()
    assert [str(letter["Subject"]).replace("\u00a0", " ") for letter in world.sink.to(LEA)][1:] == [
        "C’est noté : nous restons en contact",
        "C’est annulé",
    ]
    with world.database.work() as session:
        assert "consent_undone" in session.exec(select(TimelineEvent.kind)).all()


def test_a_stranger_s_yes_after_a_stop_leaves_the_stop(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    with world.database.work() as session:
        withdraw(session, LinkGrant(1, id_), id_, interface="unsubscribe", now=world.now)
    assert "Vous nous avez demandé" in browser(world).get(path).text
    say_yes(world, path)
    world.work()
    press(browser(world), urlsplit(links_in(world.sink.to(LEA)[-1])[0]).path, not_me="1")
    assert stands(world, id_)[1] is Standing.WITHDRAWN


def test_what_they_said_since_is_not_undone(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    say_yes(world, path)
    world.work()
    not_me = urlsplit(links_in(world.sink.to(LEA)[-1])[0]).path
    world.later(minutes=1)
    with world.database.work() as session:
        withdraw(session, as_candidate(session.get_one(Talent, id_)), id_, interface="portal", now=world.now)
    assert "rien à annuler" in press(browser(world), not_me, not_me="1").text
    assert stands(world, id_)[1] is Standing.WITHDRAWN


def test_the_receipt_can_only_undo_and_only_for_thirty_days(informed: tuple[World, Cast, int, str]) -> None:
    world, _, id_, path = informed
    say_yes(world, path)
    world.work()
    not_me = urlsplit(links_in(world.sink.to(LEA)[-1])[0]).path
    token = not_me.split("/")[2]
    assert {browser(world).get(f"/{page}/{token}").status_code for page in ("a", "p", "q", "u", "s")} <= {404, 410}
    world.now += timedelta(days=31)
    assert "ne peut plus être annulé" in browser(world).get(not_me).text
    at = browser(world)
    forged = at.post(not_me, data={"nonce": nonce_of(at, path), "keep": "yes", "not_me": "1"})
    assert (forged.status_code, stands(world, id_)[1]) == (403, Standing.GIVEN)


def test_an_old_link_of_a_notice_or_of_a_stop_says_where_they_stand(informed: tuple[World, Cast, int, str]) -> None:
    world, _, _, path = informed
    say_yes(world, path)
    world.later(days=60)
    page = browser(world).get(path).text
    assert "Vous avez donné votre accord le" in page
    stop = urlsplit(next(link for link in links_in(world.sink.to(LEA)[0]) if "/stop/" in link or "/u/" in link)).path
    at = browser(world)
    assert "nous ne vous écrivons plus" not in at.get(stop).text
    press(at, stop)
    for each in (stop, path):
        page = at.get(each).text
        assert "nous ne vous écrivons plus et rien ne vous est demandé" in page, each
        assert 'href="/me/consents"' in page
        assert 'class="first"' not in page
