"""The pages of letters about an address: they tell, and only their button acts."""

import pytest

from portal.signin import changing
from portal.talents.models import Talent
from portal.talents.proving import proven
from tests.arrivals import ask, browser, last, press
from tests.cast import cast, talent
from tests.world import World

NEW = "zoe.neuve@x.example"


def proposed(world: World, locale: str = "fr") -> tuple[int, str]:
    with world.database.work() as session:
        people, zoe = cast(session), talent(session, "Zoé", locale=locale)
        for name, value in proven(zoe, now=world.now).items():
            setattr(zoe, name, value)
        session.add(zoe)
        session.flush()
        changing.propose(session, people.claire, zoe.id or 0, NEW, now=world.now)
    world.later(minutes=1)
    return zoe.id or 0, last(world, NEW)


@pytest.mark.parametrize("back", [False, True])
def test_looking_changes_nothing(world: World, back: bool) -> None:
    _, link = proposed(world)
    if back:
        press(browser(world), link)
        link = last(world, "zoe@candidat.example")
    before = world.rows()
    for way in ("GET", "HEAD", "PUT"):
        browser(world).request(way, link)
    blind = browser(world).post(link, data={"back": "1"})
    assert blind.status_code == 403
    assert world.rows() == before


@pytest.mark.parametrize(("locale", "asks"), [("fr", "Est-ce votre adresse"), ("en", "Is this your address")])
def test_the_page_speaks_their_language_and_names_the_address(world: World, locale: str, asks: str) -> None:
    _, link = proposed(world, locale)
    page = browser(world).get(link)
    assert (page.status_code, asks in page.text, NEW in page.text, "Zoé" in page.text) == (200, True, True, False)
    assert len(page.content) < 30_000


def test_a_sign_in_link_lets_nobody_in_by_an_address_of_before(world: World) -> None:
    with world.database.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
    link = ask(world, browser(world), "zoe@candidat.example")
    with world.database.work() as session:
        # Nobody had proven it: a colleague corrects it at once.
        changing.correct(session, people.claire, zoe.id or 0, {"email": NEW}, now=world.now)
    assert browser(world).get(link).status_code == 410
    typed = browser(world)
    link = ask(world, typed, NEW)
    assert press(typed, link).headers["location"] == "/me"
    with world.database.work() as session:
        assert session.get_one(Talent, zoe.id).proven_at == world.now
