"""What is told of a talk is how it stands when the letter leaves, however long the mail was down."""

from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select

from portal.booking.models import Slot
from portal.conversations.models import Ask
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.replies import actions as replies
from portal.replies import picking
from portal.replies.talks import cancel_booking, give_number, move_booking
from portal.talents.models import Talent
from tests.arrivals import browser, press
from tests.cast import as_candidate
from tests.scenes import answer, launched, pick_first
from tests.sink import links_in, text_of
from tests.world import World

ZOE = "zoe@candidat.example"
TOLD = {"moved": "déplacé", "cancelled": "annulé", "no longer wanted": "annulé", "given a number": "12 34 56 78"}


@pytest.mark.parametrize("then", TOLD)
def test_of_a_talk_that_changed_before_a_letter_left_both_read_only_how_it_stands(world: World, then: str) -> None:
    scene = launched(world, "Zoe")
    for _ in range(2):
        answer(world, "zoe", Answer.YES)
    world.sink.letters.clear()
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        slots, digest = session.exec(select(Ask).order_by(col(Ask.id).desc()).limit(2)).all()
        first, *_, last = session.exec(select(Slot.id).order_by(col(Slot.starts_at))).all()
        made = picking.pick(session, zoe, slots, saved(first), now=world.now)  # told to both, and the mail is down
        session.flush()
        match then:
            case "moved":
                move_booking(session, zoe, zoe.id, saved(made.id), saved(last), now=world.now)
            case "cancelled":
                cancel_booking(session, scene.people.claire, zoe.id, saved(made.id), now=world.now)
            case "no longer wanted":
                replies.record(session, zoe, digest, Answer.NO, via="portal", now=world.now)
            case _:
                give_number(session, zoe, made, "06 12 34 56 78", now=world.now)
    world.work()
    invitations = [
        one for one in world.sink.letters if "text/calendar" in [part.get_content_type() for part in one.walk()]
    ]
    assert sorted(str(one["To"]).rpartition("<")[2] for one in invitations) == [
        "claire@vivier.example>",
        "zoe@candidat.example>",
    ]
    for letter in invitations:
        assert TOLD[then] in (str(letter["Subject"]) + text_of(letter)).lower().replace("\xa0", " ")


def test_who_stops_with_a_talk_to_come_is_told_that_it_stands_and_that_its_letters_reach_them(world: World) -> None:
    launched(world, "Zoe")
    for _ in range(2):
        answer(world, "zoe", Answer.YES)
    stop = urlsplit(next(link for link in links_in(world.sink.to(ZOE)[0]) if "/u/" in link)).path
    stands = "Le rendez-vous convenu tient toujours"
    assert stands not in browser(world).get(stop).text
    pick_first(world, "zoe")
    settled = world.sink.to(ZOE)[-1]
    assert "l’indiquer avec le lien ci-dessous" in text_of(settled)
    assert "Votre numéro de téléphone" in browser(world).get(urlsplit(links_in(settled)[0]).path).text
    assert stands in browser(world).get(stop).text
    done = press(browser(world), stop).text
    assert stands in done
    assert "plus rien ne partira" not in done
    world.later(days=3)
    world.work()
    assert "Rappel" in str(world.sink.to(ZOE)[-1]["Subject"])
