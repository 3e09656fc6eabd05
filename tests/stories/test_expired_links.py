"""A link that came too late brings one other, once; after that one writes on its page."""

from datetime import timedelta

from sqlmodel import select

from portal.booking.models import Hold, Slot
from portal.conversations.inbox import inbox
from portal.conversations.models import Conversation, Message
from portal.conversations.rules import Question
from portal.replies import mine
from portal.talents.models import Talent
from tests.arrivals import browser
from tests.cast import as_candidate
from tests.scenes import launched
from tests.stories.test_old_links import RENEW, TO, WRITE, every, link_in, page_nonce, pressed, shown, times_offered
from tests.world import World


def test_expired_four_presses_make_one_letter_good_for_a_week_and_then_one_writes(world: World) -> None:
    scene = launched(world, "Zoe")
    link = link_in(world)
    world.later(days=20)
    world.work()
    page = shown(world, link)
    assert "Ce lien a expiré" in page
    assert RENEW in page
    at, letters = browser(world), len(world.sink.to(TO))
    nonce = {"nonce": page_nonce(at.get(link).text)}
    for _ in range(4):
        assert "C’est parti" in at.post(link, data={**nonce, "renew": "1"}).text
    world.work()
    assert len(world.sink.to(TO)) == letters + 1
    world.later(days=8)
    world.work()
    page = shown(world, link)
    assert "Ce lien a expiré" in page
    assert (RENEW in page, WRITE in page) == (False, True)
    assert at.post(link, data={"nonce": page_nonce(at.get(link).text), "renew": "1"}).status_code == 200
    for _ in range(2):
        assert "Votre message est arrivé" in pressed(world, link, reply="Je suis libre en mars.").text
    world.work()
    assert len(world.sink.to(TO)) == letters + 1
    with world.database.work() as session:
        assert [one.words for one in inbox(session, scene.people.claire)] == ["Je suis libre en mars."]
        assert session.exec(select(Message.text)).all() == ["Je suis libre en mars."]
        assert len(session.exec(select(Conversation)).all()) == 1


def test_expired_times_are_offered_once_more_and_one_card_stands_in_the_portal(world: World) -> None:
    scene, link = times_offered(world)
    with world.database.work() as session:
        for hour in range(4):
            begins = world.now + timedelta(days=10, hours=hour)
            session.add(Slot(staff_id=scene.people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
    world.later(days=3)
    world.work()
    at, letters = browser(world), len(world.sink.to(TO))
    page = at.get(link).text
    assert RENEW in page
    assert "deux autres créneaux vous arrivent par mail" in page
    assert "valable une semaine" not in page  # times are held for two days
    for _ in range(4):
        at.post(link, data={"nonce": page_nonce(page), "renew": "1"})
    world.work()
    assert len(world.sink.to(TO)) == letters + 1
    assert len(every(world, Hold)) == 4
    assert "Un message plus récent" in shown(world, link)
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        assert len(mine.offered(session, zoe, now=world.now)) == 1
        assert len([one for one in mine.waiting(session, zoe, now=world.now) if one.question is Question.SLOTS]) == 1
    newest = link_in(world, "neither")
    world.later(days=3)
    world.work()
    page = shown(world, newest)
    assert (RENEW in page, WRITE in page) == (False, True)
