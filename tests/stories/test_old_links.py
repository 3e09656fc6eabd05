"""Old links say what happened: seven sentences, one new link where only the deadline passed, and never a second booking."""

from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import SQLModel, col, select

from portal.booking.models import Booking, Hold
from portal.chains import actions as chains
from portal.conversations.inbox import inbox
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.errors import Refused
from portal.opportunities import actions as opportunities
from portal.postbox.rules import LinkPurpose
from portal.replies import actions as replies
from portal.replies import mine, picking, stopping
from portal.replies.queries import granted
from portal.talents.models import Talent
from tests.arrivals import browser, press
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launched, pick_first
from tests.sink import link_to
from tests.world import World

TO = "zoe@candidat.example"
RENEW = "M’envoyer un nouveau lien"
WRITE = 'name="reply"'


def link_in(world: World, tail: str = "yes", number: int = -1) -> str:
    return urlsplit(link_to(world.sink.to(TO)[number], tail)).path


def shown(world: World, link: str) -> str:
    answered = browser(world).get(link)
    assert answered.status_code == 200, answered.text
    return answered.text.replace("\xa0", " ")


def pressed(world: World, link: str, **form: str) -> httpx.Response:
    return press(browser(world), link, **form)


def every(world: World, model: type[SQLModel]) -> list[SQLModel]:
    with world.database.work() as session:
        return list(session.exec(select(model)))


def times_offered(world: World) -> tuple[Scene, str]:
    scene = launched(world, "Zoe", slots=12)
    for _ in range(2):
        answer(world, "zoe", Answer.YES)
    return scene, link_in(world, "neither")


def _says(world: World, scene: Scene, to: Question, said: Answer) -> None:
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        ask = session.exec(select(Ask).where(col(Ask.question) == to)).one()
        replies.record(session, zoe, ask, said, via="portal", now=world.now)
    world.work()


def page_nonce(text: str) -> str:
    return text.split('name="nonce" value="', 1)[1].split('"', 1)[0]


def test_answered(world: World) -> None:
    launched(world, "Zoe")
    link = link_in(world)
    answer(world, "zoe", Answer.NO)
    world.later(days=20)
    page = shown(world, link)
    assert "Vous avez déjà répondu" in page
    assert "« Non merci »" in page
    assert RENEW not in page
    assert WRITE in page


def test_replaced_by_a_newer_letter(world: World) -> None:
    _, link = times_offered(world)
    pressed(world, link, slot="neither")
    world.work()
    page = shown(world, link)
    assert "Un message plus récent remplace celui-ci" in page
    assert RENEW not in page
    letters, holds = len(world.sink.to(TO)), len(every(world, Hold))
    assert 'name="renew"' not in page
    world.work()
    assert (len(world.sink.to(TO)), len(every(world, Hold))) == (letters, holds)


def test_neither_pressed_twice_tells_the_same_twice(world: World) -> None:
    _, link = times_offered(world)
    world.later(minutes=1)
    for _ in range(2):
        assert "Deux autres créneaux vous arrivent par mail." in pressed(world, link, slot="neither").text
    letters = len(world.sink.to(TO))
    world.work()
    assert len(world.sink.to(TO)) == letters + 1


def test_already_booked_and_never_booked_twice(world: World) -> None:
    scene, first = times_offered(world)
    pressed(world, first, slot="neither")
    world.work()
    pick_first(world, "zoe")
    page = shown(world, first)
    assert "Vous avez déjà un rendez-vous : samedi 28 novembre" in page
    assert RENEW not in page
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        older = session.exec(select(Ask).where(col(Ask.question) == Question.SLOTS).order_by(col(Ask.id))).first()
        assert older is not None
        older.closed_at = None  # as it stood in older houses
        session.add(older)
        session.flush()
        with pytest.raises(Refused, match="You have a time already"):
            picking.pick(session, zoe, older, _another(session, older), now=world.now)
        assert mine.offered(session, zoe, now=world.now) == []
    assert len(every(world, Booking)) == 1


def _another(session: object, ask: Ask) -> int:
    return picking.slots_to_pick(session, ask, now=ask.asked_at)[-1].id or 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "by"), [("Ce que vous avez dit", "her own answer"), ("Nous ne vous posons plus", "us")]
)
def test_taken_back(world: World, told: str, by: str) -> None:
    scene, link = times_offered(world)
    if by == "us":
        with world.database.work() as session:
            chains.stop(session, scene.people.claire, scene.launch, now=world.now)
    else:
        _says(world, scene, Question.DIGEST, Answer.NO)
    page = shown(world, link)
    assert "Cette demande n’a plus cours" in page
    assert told in page
    assert RENEW not in page


@pytest.mark.parametrize(("by_us", "says"), [(True, "n’a pas pu l’assurer"), (False, "Cette demande n’a plus cours")])
def test_a_talk_cancelled_says_so_on_the_link_it_was_picked_with(world: World, by_us: bool, says: str) -> None:
    scene, link = times_offered(world)
    pick_first(world, "zoe")
    assert "C’est noté" in shown(world, link)
    with world.database.work() as session:
        booking = session.exec(select(Booking)).one()
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        who = scene.people.claire if by_us else zoe
        picking.cancel_booking(session, who, zoe.id, booking.id or 0, now=world.now)
    assert says in shown(world, link)


@pytest.mark.parametrize(
    "form", [{"renew": "1"}, {"answer": "yes"}, {"answer": "more_info", "words": "Et si ?"}, {"reply": "?"}]
)
def test_after_a_stop_an_old_link_asks_whether_they_wish_to_come_back_and_sends_nothing(
    world: World, form: dict[str, str]
) -> None:
    scene, slots = times_offered(world)
    question, at = link_in(world, "yes", 0), browser(world)
    nonce = page_nonce(at.get(question).text)  # a page that was open when they stopped us
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        stopping.withdraw(session, zoe, zoe.id, interface="portal", now=world.now)
    world.work()
    before = world.rows()
    for link in (question, slots):
        page = shown(world, link)
        assert "Vous nous avez demandé de ne plus écrire" in page
        assert "Souhaitez-vous revenir" in page
        assert 'href="/me/consents"' in page
        assert (RENEW in page, WRITE in page) == (False, False)
    assert "Souhaitez-vous revenir" in at.post(question, data={"nonce": nonce, **form}).text
    world.work()
    assert world.rows() == before
    with world.database.work() as session:
        ask = session.exec(select(Ask).order_by(col(Ask.id).desc())).first()
        assert ask is not None
        with pytest.raises(Refused, match="asked us to stop"):
            replies.record(session, zoe, ask, Answer.YES, via="portal", now=world.now)


def test_whom_a_file_asked_us_not_to_write_to_comes_back_by_a_word_to_a_person(world: World) -> None:
    scene, link = times_offered(world)
    with world.database.work() as session:
        zoe = session.get_one(Talent, scene.ids["Zoe"])
        zoe.do_not_contact_at = world.now
        session.add(zoe)
    page = shown(world, link)
    assert "Vous nous avez demandé de ne plus écrire" in page
    assert ('href="/me/consents"' in page, WRITE in page) == (False, True)


def test_no_longer_open_once_the_job_is_closed(world: World) -> None:
    scene = launched(world, "Zoe")
    link = link_in(world)
    at = browser(world)
    nonce = page_nonce(at.get(link).text)  # a page that was open before
    with world.database.work() as session:
        opportunities.close(session, scene.people.claire, scene.job, now=world.now)
    before = world.rows()
    page = shown(world, link)
    assert "plus à pourvoir" in at.post(link, data={"nonce": nonce, "answer": "yes"}).text
    assert world.rows() == before
    # They were asked whether they are open to an offer, and read of no job.
    assert "Cette question est close" in page
    assert "Le poste pour lequel nous la posions n’est plus à pourvoir" in page
    assert "Ce poste" not in page
    assert (RENEW in page, WRITE in page) == (False, True)
    assert "Votre message est" in at.post(link, data={"nonce": nonce, "reply": "Je reste à l’écoute."}).text
    with world.database.work() as session:
        assert [one.words for one in inbox(session, scene.people.claire)] == ["Je reste à l’écoute."]
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        assert mine.waiting(session, zoe, now=world.now) == []


def test_of_an_offer_that_is_no_longer_open_the_job_is_named(world: World) -> None:
    scene = launched(world, "Zoe")
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        opportunities.close(session, scene.people.claire, scene.job, now=world.now)
    assert "Ce poste n’est plus à pourvoir" in shown(world, link_in(world))


def test_looking_at_an_old_link_changes_nothing(world: World) -> None:
    _, link = times_offered(world)
    world.later(days=3)
    world.work()
    before = world.rows()
    for _ in range(2):
        shown(world, link)
    assert world.rows() == before


def test_a_strangers_token_opens_none_of_this(world: World) -> None:
    launched(world, "Zoe")
    token = link_in(world).split("/")[2]
    with world.database.work() as session:
        assert granted(session, token, LinkPurpose.ANSWER, now=world.now).letter_id is not None
    assert browser(world).get(f"/p/{token}").status_code == 404
