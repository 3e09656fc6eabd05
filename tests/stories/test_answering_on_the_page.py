"""A candidate with an old phone: plain pages, no script, one button."""

import re

import pytest
from sqlmodel import SQLModel, select

from portal.booking.models import Booking
from portal.conversations.models import Ask, Message
from portal.conversations.rules import Answer, Reason
from portal.ui.links.app import links_app
from tests.scenes import launched
from tests.sink import link_to, links_in, text_of
from tests.ui.links.browser import Browser
from tests.world import SITE, World


def _phone(world: World) -> Browser:
    return Browser(links_app(world.database, now=lambda: world.now), SITE)


def _press(phone: Browser, address: str, **form: str) -> str:
    """Open the page and press one of its buttons; return what it then says."""
    path = address.removeprefix(SITE)
    shown = phone.get(path)
    assert shown.status_code == 200, shown.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown.text.split("<footer>")[0]))
    answer = phone.post(path, data={**hidden, **form})
    assert answer.status_code in {200, 409}, answer.text
    return answer.text


def _one(world: World, model: type[SQLModel]) -> list[SQLModel]:
    with world.database.work() as session:
        return list(session.exec(select(model)))


def test_a_scanner_that_opens_every_link_twice_changes_nothing(world: World) -> None:
    launched(world, "Zoé")
    (question,) = world.sink.to("zoe@candidat.example")
    before = world.rows()
    for link in links_in(question):
        for _ in range(2):
            assert _phone(world).head(link.removeprefix(SITE)).status_code == 200
            shown = _phone(world).get(link.removeprefix(SITE))
            assert shown.status_code == 200
            assert len(shown.content) < 30_000
            assert shown.headers["cache-control"] == "no-store"
            assert shown.headers["referrer-policy"] == "no-referrer"
            assert "<script" not in shown.text
    assert world.rows() == before


def test_from_yes_to_a_picked_time_without_a_script(world: World) -> None:
    launched(world, "Zoé")
    address = "zoe@candidat.example"
    said = _press(_phone(world), link_to(world.sink.to(address)[0], "yes"), answer="yes")
    assert "L’essentiel de l’offre vous arrive par mail" in said
    world.work()
    _press(_phone(world), link_to(world.sink.to(address)[1], "yes"), answer="yes")
    world.work()
    offer = world.sink.to(address)[2]
    chosen = next(link for link in links_in(offer) if link.rsplit("/", 1)[1].isdigit())
    assert "C’est noté" in _press(_phone(world), chosen, slot=chosen.rsplit("/", 1)[1])
    assert "C’est noté" in _phone(world).get(chosen.removeprefix(SITE)).text
    assert len(_one(world, Booking)) == 1


def test_a_no_is_thanked_and_its_reason_is_free(world: World) -> None:
    launched(world, "Inès")
    link = link_to(world.sink.to("ines@candidat.example")[0], "no")
    assert "Nous vous laissons en paix" in _press(_phone(world), link, answer="no")
    world.work()
    why = link_to(world.sink.to("ines@candidat.example")[1], "reason")
    _press(_phone(world), why, reason="too_far")
    (ask,) = _one(world, Ask)
    assert isinstance(ask, Ask)
    assert (ask.answer, ask.reason) == (Answer.NO, Reason.TOO_FAR)


def test_a_question_typed_on_the_page_reaches_the_thread(world: World) -> None:
    launched(world, "Luc")
    link = link_to(world.sink.to("luc@candidat.example")[0], "more_info")
    _press(_phone(world), link, answer="more_info", words="C’est où exactement ?")
    assert [message.text for message in _one(world, Message)] == ["C’est où exactement ?"]  # type: ignore[attr-defined]


def test_an_old_link_brings_a_new_one_with_one_press(world: World) -> None:
    launched(world, "Mia")
    link = link_to(world.sink.to("mia@candidat.example")[0], "yes")
    world.later(days=20)
    world.work()
    assert "Ce lien a expiré" in _phone(world).get(link.removeprefix(SITE)).text
    _press(_phone(world), link, renew="1")
    world.work()
    letter = world.sink.to("mia@candidat.example")[1]
    assert "valable une semaine" in text_of(letter)
    said = _press(_phone(world), links_in(letter)[0], answer="yes")
    assert "L’essentiel" in said


@pytest.mark.parametrize("path", ["/a/forged", "/a/forged/yes", "/p/forged", "/u/forged", "/q/forged"])
def test_a_forged_link_opens_nothing(world: World, path: str) -> None:
    assert _phone(world).get(path).status_code == 404


def test_a_press_without_the_page_is_refused(world: World) -> None:
    launched(world, "Noa")
    link = link_to(world.sink.to("noa@candidat.example")[0], "yes")
    before = world.rows()
    assert _phone(world).post(link.removeprefix(SITE), data={"answer": "yes"}).status_code in {400, 403}
    assert world.rows() == before


def test_letter_and_page_tell_one_deadline_before_and_after_the_press(world: World) -> None:
    launched(world, "Zoé")
    world.later(minutes=30)
    _press(_phone(world), link_to(world.sink.letters[-1], "yes"), answer="yes")
    world.work()
    offer = world.sink.letters[-1]
    told = "jusqu’au mardi 1er décembre à 10 h"
    link = link_to(offer, "yes")
    seen = [text_of(offer), _phone(world).get(link.removeprefix(SITE)).text, _press(_phone(world), link, answer="yes")]
    assert [re.findall(r"jusqu’au mardi [^.,\n<]+", one.replace("\xa0", " ")) for one in seen] == [[told]] * 3
