"""Letters that belong together arrive together, from the person who writes, and an answer reaches them."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.access.models import Staff
from portal.chains import actions as chains
from portal.conversations.models import Conversation, Message
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.replies.asking import ask
from portal.replies.writing import answer_by_hand
from portal.talents.models import Talent
from portal.talents.vocabulary import Contract
from tests.arrivals import browser, nonce_of
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launch, launched, people_and_job, pick_first
from tests.sink import html_of, links_in, text_of
from tests.world import World

ZOE = "zoe@candidat.example"


@pytest.fixture
def scene(world: World) -> Scene:
    """Zoé said yes to Claire; the house said nothing of where answers go."""
    world.sink.reply_to = None
    scene = launched(world, "Zoe")
    world.later(minutes=1)
    answer(world, "zoe", Answer.YES)
    return scene


def _claire_answers(world: World, scene: Scene, asked: str, answered: str) -> EmailMessage:
    with world.database.work() as session:
        ask(session, as_candidate(session.get_one(Talent, scene.ids["Zoe"])), asked, now=world.now)
        world.later(minutes=2)
        assert answer_by_hand(session, scene.people.claire, scene.ids["Zoe"], answered, now=world.now).goes
    world.work()
    return world.sink.to(ZOE)[-1]


def _reply_link(letter: EmailMessage) -> str:
    return next(link for link in links_in(letter) if "/r/" in link)


def test_every_letter_of_a_conversation_names_those_before_it(world: World, scene: Scene) -> None:
    world.later(minutes=5)
    _claire_answers(world, scene, "C’est où ?", "À Lyon, métro Debourg.")
    letters = world.sink.to(ZOE)
    ids = [letter["Message-ID"] for letter in letters]
    assert len(letters) == 3  # the question, the essential, Claire's answer
    assert letters[0]["In-Reply-To"] is None
    assert letters[0]["References"] is None
    for number, letter in enumerate(letters[1:], start=1):
        assert letter["In-Reply-To"] == ids[number - 1]
        assert letter["References"].split() == ids[:number]


def test_times_and_a_booking_stand_on_the_same_thread(world: World, scene: Scene) -> None:
    answer(world, "zoe", Answer.YES)
    world.later(minutes=5)
    pick_first(world, "zoe")
    letters = world.sink.to(ZOE)
    ids = [letter["Message-ID"] for letter in letters]
    assert [bool(letter["References"]) for letter in letters] == [False, True, True, True]
    assert letters[-1]["References"].split() == ids[:-1]


def test_another_launch_opens_another_thread(world: World, scene: Scene) -> None:
    world.now = datetime(2027, 3, 9, 9, tzinfo=UTC)
    with world.database.work() as session:
        other = Opportunity(
            owner_id=scene.people.claire.id, title="Infirmière", contract=Contract.CDD, created_at=world.now
        )
        session.add(other)
        session.flush()
        scene.job = saved(other.id)
        launch(session, scene, scene.people.claire, now=world.now)
    world.work()
    letters = world.sink.to(ZOE)
    assert letters[-1]["Subject"] == letters[0]["Subject"]
    assert letters[-1]["References"] is None


def test_an_answer_bears_the_subject_it_answers_in_signs_every_mail_program_knows(world: World, scene: Scene) -> None:
    world.later(minutes=5)
    first = _claire_answers(world, scene, "C’est où ?", "À Lyon.")
    again = _claire_answers(world, scene, "Et le salaire ?", "32 000 €.")
    assert first["Subject"] == "Re: En bref : Infirmière de site, Lyon"
    assert again["Subject"] == first["Subject"]


def test_what_they_asked_stands_under_the_answer(world: World, scene: Scene) -> None:
    world.later(minutes=5)
    first = text_of(_claire_answers(world, scene, "C’est où ?", "À Lyon."))
    assert "Vous écriviez le mardi 24 novembre\u00a0:\n\n> C’est où ?" in first
    again = text_of(_claire_answers(world, scene, "Et le salaire ?", "32 000 €."))
    assert "> Et le salaire ?" in again
    assert "C’est où" not in again


def test_a_letter_is_from_whom_it_is_signed_by_and_answers_reach_them(world: World, scene: Scene) -> None:
    for letter in [*world.sink.to(ZOE), _claire_answers(world, scene, "C’est où ?", "À Lyon.")]:
        sender = letter["From"].addresses[0]
        assert (sender.display_name, sender.addr_spec) == ("Claire, La Maison", "maison@vivier.example")
        assert letter["Reply-To"].addresses[0].addr_spec == "claire@vivier.example"
        assert letter["To"].addresses[0].display_name == "Zoe Martin"


def test_where_the_house_says_where_answers_go_they_go_there(world: World, scene: Scene) -> None:
    world.sink.reply_to = "reponses@vivier.example"
    letter = _claire_answers(world, scene, "C’est où ?", "À Lyon.")
    assert letter["Reply-To"] == "reponses@vivier.example"
    assert letter["From"].addresses[0].display_name == "Claire, La Maison"


def test_who_has_left_is_answered_at_the_house(world: World, scene: Scene) -> None:
    with world.database.work() as session:
        session.execute(sa.update(Staff).where(col(Staff.name) == "Claire").values(disabled_at=world.now))
    answer(world, "zoe", Answer.YES)
    letter = world.sink.to(ZOE)[-1]
    assert letter["Reply-To"] is None
    assert letter["From"].addresses[0].addr_spec == "maison@vivier.example"


def test_only_what_the_house_wrote_by_itself_says_so(world: World, scene: Scene) -> None:
    by_hand = _claire_answers(world, scene, "C’est où ?", "À Lyon.")
    assert by_hand["Auto-Submitted"] is None
    assert {letter["Auto-Submitted"] for letter in world.sink.to(ZOE)[:-1]} == {"auto-generated"}


def test_reply_in_a_letter_by_hand_reaches_whoever_wrote_it(world: World, scene: Scene) -> None:
    world.later(minutes=5)
    link = _reply_link(_claire_answers(world, scene, "C’est où ?", "À Lyon."))
    zoe = browser(world)
    page = zoe.get(link)
    assert "Répondre à Claire" in page.text
    assert "<script" not in page.text
    world.later(minutes=10)
    for _ in (1, 2):  # two presses, one message
        pressed = zoe.post(link, data={"nonce": nonce_of(zoe, link), "words": "Merci, quand commence-t-on ?"})
        assert "Votre message est envoyé" in pressed.text
    with world.database.work() as session:
        said = session.exec(select(Message.text).where(col(Message.from_talent)).order_by(col(Message.at))).all()
        assert said == ["C’est où ?", "Merci, quand commence-t-on ?"]
        (thread,) = session.exec(select(Conversation)).all()
        assert thread.waiting_since == world.now
        assert thread.owner_id == scene.people.claire.id


def test_looking_at_reply_changes_nothing_and_its_link_does_nothing_else(world: World, scene: Scene) -> None:
    link = _reply_link(_claire_answers(world, scene, "C’est où ?", "À Lyon."))
    token = link.rsplit("/", 1)[1]
    before = world.rows()
    for way in ("GET", "HEAD", "PUT"):
        browser(world).request(way, link)
    assert browser(world).post(link, data={"words": "Bonjour"}).status_code == 403
    for other in ("a", "p", "q", "u", "c", "s", "e"):
        assert browser(world).get(f"/{other}/{token}").status_code in {404, 410}
    assert browser(world).get("/r/forged").status_code == 404
    answer_link = next(one for one in links_in(world.sink.to(ZOE)[0]) if "/a/" in one)
    assert browser(world).get(f"/r/{answer_link.split('/')[4]}").status_code == 404
    assert world.rows() == before


def test_an_empty_or_endless_reply_is_refused_in_words(world: World, scene: Scene) -> None:
    link = _reply_link(_claire_answers(world, scene, "C’est où ?", "À Lyon."))
    zoe = browser(world)
    assert "Écrivez d’abord votre message" in zoe.post(link, data={"nonce": nonce_of(zoe, link), "words": "  "}).text
    assert "4000" in zoe.post(link, data={"nonce": nonce_of(zoe, link), "words": "x" * 4001}).text.replace("\u202f", "")


def test_an_old_reply_says_so_and_leads_to_their_space(world: World, scene: Scene) -> None:
    link = _reply_link(_claire_answers(world, scene, "C’est où ?", "À Lyon."))
    world.now = datetime(2027, 6, 1, 9, tzinfo=UTC)
    zoe = browser(world)
    page = zoe.get(link)
    assert "trop ancien" in page.text
    assert 'href="/signin"' in page.text


def test_a_letter_that_names_their_space_leads_there(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe")
        chains.ask_for_update(session, scene.people.claire, [scene.ids["Zoe"]], now=world.now)
    world.work()
    (update,) = world.sink.to(ZOE)
    assert "dans votre espace" in text_of(update)
    assert f"Votre espace\u00a0:\n{world.site}/signin" in text_of(update)
    assert f'href="{world.site}/signin"' in html_of(update)


def test_a_letter_that_does_not_name_it_does_not(world: World, scene: Scene) -> None:
    answer(world, "zoe", Answer.YES)
    pick_first(world, "zoe")
    for letter in world.sink.to(ZOE):
        assert "/signin" not in text_of(letter)
