"""Another answer undoes what the first one led to: letters, times, a talk, the exchange."""

from email.message import EmailMessage

import pytest
from sqlmodel import Session, col, select

from portal.booking.models import Booking, Hold
from portal.booking.queries import meetings_of
from portal.chains.models import Enrolment
from portal.chains.queries import board
from portal.chains.queries.stages import Stage
from portal.conversations.inbox import inbox
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import Refused
from portal.replies import actions as replies
from portal.replies import mine, picking, stopping
from portal.talents.models import Talent
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launched, pick_first
from tests.sink import calendar_of, link_to, links_in, text_of
from tests.world import World


def _says(world: World, scene: Scene, name: str, to: Question, said: Answer, words: str = "") -> None:
    """They answer a question, the newest of its kind, from their own space."""
    with world.database.work() as session:
        them = as_candidate(session.get_one(Talent, scene.ids[name]))
        asked = select(Ask).where(col(Ask.talent_id) == them.id, col(Ask.question) == to)
        ask = session.exec(asked.order_by(col(Ask.id).desc())).first()
        assert ask is not None
        replies.record(session, them, ask, said, via="portal", words=words, now=world.now)
    world.work()


def _booked(world: World, name: str = "Zoe") -> Scene:
    scene = launched(world, name)
    for _ in range(2):
        answer(world, name.lower(), Answer.YES)
    pick_first(world, name.lower())
    return scene


def _event(letter: EmailMessage) -> dict[str, str]:
    lines = calendar_of(letter).replace("\r\n ", "").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _living(session: Session) -> list[Booking]:
    return list(session.exec(select(Booking).where(col(Booking.cancelled_at).is_(None))))


@pytest.mark.parametrize(
    ("to", "said", "why"),
    [
        (Question.DIGEST, Answer.NO, "Vous nous avez dit non"),
        (Question.STILL_LOOKING, Answer.NO, "Vous nous avez dit non"),
        (Question.STILL_LOOKING, Answer.LATER, "Vous nous avez dit plus tard"),
    ],
)
def test_a_no_after_a_booking_cancels_the_talk_in_both_calendars_and_tells_both_why(
    world: World, to: Question, said: Answer, why: str
) -> None:
    scene = _booked(world)
    invited = _event(world.sink.to("zoe@candidat.example")[-1])
    _says(world, scene, "Zoe", to, said)
    theirs = next(letter for letter in world.sink.to("zoe@candidat.example") if why in text_of(letter))
    hers = world.sink.to("claire@vivier.example")[-1]
    for letter in (theirs, hers):
        cancelled = _event(letter)
        assert (cancelled["METHOD"], cancelled["UID"]) == ("CANCEL", invited["UID"])
        assert int(cancelled["SEQUENCE"]) > int(invited["SEQUENCE"])
    assert "Zoe" in str(hers["Subject"])
    assert "ne vous appellera pas" in text_of(theirs)
    with world.database.work() as session:
        claire = scene.people.claire
        assert _living(session) == []
        assert meetings_of(session, claire, claire.id, now=world.now) == []
        assert board(session, claire, scene.launch, now=world.now).counts[Stage.BOOKED] == 0
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        assert mine.meetings(session, zoe, now=world.now) == []
        assert mine.offered(session, zoe, now=world.now) == []
        assert mine.free_times(session, zoe, now=world.now) is None
        (way,) = session.exec(select(Enrolment)).all()
        assert way.outcome == said.value


def test_the_same_no_pressed_again_tells_nobody_twice(world: World) -> None:
    scene = _booked(world)
    for _ in range(2):
        _says(world, scene, "Zoe", Question.DIGEST, Answer.NO)
    told = [letter for letter in world.sink.to("claire@vivier.example") if "annulé" in str(letter["Subject"])]
    assert len(told) == 1


def test_yes_again_after_a_no_brings_times_again_and_one_talk(world: World) -> None:
    scene = _booked(world)
    _says(world, scene, "Zoe", Question.DIGEST, Answer.NO)
    _says(world, scene, "Zoe", Question.DIGEST, Answer.YES)
    pick_first(world, "zoe")
    with world.database.work() as session:
        assert len(_living(session)) == 1


def test_wanting_to_know_more_leaves_the_talk_where_it_is_and_sends_nothing_twice(world: World) -> None:
    scene = _booked(world)
    before = len(world.sink.to("zoe@candidat.example"))
    _says(world, scene, "Zoe", Question.STILL_LOOKING, Answer.MORE_INFO, "C’est de jour ?")
    assert len(world.sink.to("zoe@candidat.example")) == before
    with world.database.work() as session:
        assert len(_living(session)) == 1
        assert [one.words for one in inbox(session, scene.people.claire)] == ["C’est de jour ?"]


@pytest.mark.parametrize("words", ["", "C’est où exactement ?"])
def test_after_a_no_no_time_is_offered_whatever_was_opened_before(world: World, words: str) -> None:
    scene = launched(world, "Zoe")
    _says(world, scene, "Zoe", Question.STILL_LOOKING, Answer.MORE_INFO, words)
    _says(world, scene, "Zoe", Question.DIGEST, Answer.NO)
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        assert mine.free_times(session, zoe, now=world.now) is None
        # What they asked is still owed an answer; that they want none of our letters is told beside it.
        assert [one.words for one in inbox(session, scene.people.claire)] == ([words] if words else [])
        stopping.withdraw(session, zoe, zoe.id, interface="portal", now=world.now)
        assert all(one.stopped for one in inbox(session, scene.people.claire))
        assert [said.text for said in session.exec(select(Message))] == ([words] if words else [])


def test_a_free_time_taken_before_the_no_is_given_back_and_none_can_be_taken_after_it(world: World) -> None:
    scene = launched(world, "Zoe", slots=8)
    _says(world, scene, "Zoe", Question.STILL_LOOKING, Answer.MORE_INFO, "C’est où ?")
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        free = mine.free_times(session, zoe, now=world.now)
        assert free is not None
        picking.book_alone(session, zoe, free.times[0].slot_id, now=world.now)
    _says(world, scene, "Zoe", Question.DIGEST, Answer.NO)
    with world.database.work() as session:
        assert _living(session) == []
        with pytest.raises(Refused):
            picking.book_alone(session, zoe, free.times[1].slot_id, now=world.now)


def test_a_reason_given_on_the_page_is_not_asked_for_again_by_the_thanks(world: World) -> None:
    scene = launched(world, "Zoe")
    with world.database.work() as session:
        them = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        ask = session.exec(select(Ask)).one()
        replies.record(session, them, ask, Answer.NO, via="link", now=world.now)
        session.flush()
        replies.give_reason(session, them, ask, Reason.TOO_FAR, via="link", now=world.now)
    world.work()
    thanks = world.sink.to("zoe@candidat.example")[1:]
    assert [str(letter["Subject"]) for letter in thanks] == ["Merci de nous l’avoir dit"]
    assert "pourquoi" not in text_of(thanks[0])


def test_later_instead_of_yes_lets_go_of_what_the_yes_had_set_in_motion(world: World) -> None:
    scene = launched(world, "Zoe")
    for _ in range(2):
        answer(world, "zoe", Answer.YES)
    offer = world.sink.to("zoe@candidat.example")[-1]
    assert [link for link in links_in(offer) if link_to(offer, "neither")]
    _says(world, scene, "Zoe", Question.STILL_LOOKING, Answer.LATER)
    with world.database.work() as session:
        assert session.exec(select(Hold.id).where(col(Hold.released_at).is_(None))).all() == []
        assert session.exec(select(Conversation.id).where(col(Conversation.closed_at).is_(None))).all() == []
        still_open = select(Ask.question).where(col(Ask.closed_at).is_(None))
        assert session.exec(still_open).all() == [Question.STILL_LOOKING]
