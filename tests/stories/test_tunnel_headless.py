"""The main story without a page: a segment, a launch, letters on real SMTP, answers, a slot, an invitation."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from portal.booking.models import Booking
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState, Outcome
from portal.conversations.models import Ask, Conversation
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import Refused
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.replies import actions as replies
from portal.replies import picking
from portal.replies.stopping import unsubscribe
from tests.cast import NOW
from tests.scenes import launched, press
from tests.sink import calendar_of, link_to, links_in, text_of
from tests.world import World


def _answer(world: World, link: str, answer: Answer) -> None:
    with world.database.work() as session:
        grant, ask = press(session, link)
        replies.record(session, grant, ask, answer, via="link", now=world.now)
    world.work()


def test_a_nurse_who_says_yes_ends_the_day_with_an_interview(world: World) -> None:
    ids = launched(world, "Zoé").ids
    (question,) = world.sink.to("zoe@candidat.example")
    assert "Bonjour Zoé" in text_of(question)
    assert "vous" in text_of(question)
    assert question["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    world.later(hours=1)
    _answer(world, link_to(question, "yes"), Answer.YES)
    digest = world.sink.to("zoe@candidat.example")[1]
    assert "Infirmière de site, Lyon" in text_of(digest)

    _answer(world, link_to(digest, "yes"), Answer.YES)
    offer = world.sink.to("zoe@candidat.example")[2]
    slot_id = int(next(link for link in links_in(offer) if link.rsplit("/", 1)[1].isdigit()).rsplit("/", 1)[1])
    with world.database.work() as session:
        grant, ask = press(session, link_to(offer, "neither"))
        picking.pick(session, grant, ask, slot_id, now=world.now)
        picking.pick(session, grant, ask, slot_id, now=world.now)  # pressing again is harmless
    world.work()

    hers, ours = world.sink.to("zoe@candidat.example")[3], world.sink.to("claire@vivier.example")[0]
    for letter in (hers, ours):
        event = Calendar.from_ical(calendar_of(letter)).walk("VEVENT")[0]
        assert event.decoded("dtstart") == NOW + timedelta(days=4)
    with world.database.work() as session:
        enrolment = session.exec(select(Enrolment).where(col(Enrolment.talent_id) == ids["Zoé"])).one()
        assert enrolment.outcome == Outcome.BOOKED
        assert len(session.exec(select(Booking)).all()) == 1


def test_someone_who_says_no_is_thanked_once_and_left_in_peace(world: World) -> None:
    ids = launched(world, "Inès").ids
    (question,) = world.sink.to("ines@candidat.example")
    _answer(world, link_to(question, "no"), Answer.NO)
    _answer(world, link_to(question, "no"), Answer.NO)
    thanks = world.sink.to("ines@candidat.example")[1:]
    assert [letter["Subject"] for letter in thanks] == ["Merci de nous l’avoir dit"]
    with world.database.work() as session:
        grant, _ = press(session, link_to(question, "no"))
        ask = session.exec(select(Ask).where(col(Ask.talent_id) == ids["Inès"])).one()
        replies.give_reason(session, grant, ask, Reason.TOO_FAR, via="link", now=world.now)
    world.later(days=20)
    assert world.work() == 0
    with world.database.work() as session:
        enrolment = session.exec(select(Enrolment)).one()
        assert (enrolment.state, enrolment.outcome) == (EnrolmentState.ENDED, Outcome.NO)


def test_someone_who_wants_to_know_more_gets_the_digest_and_stands_in_the_inbox(world: World) -> None:
    launched(world, "Luc")
    (question,) = world.sink.to("luc@candidat.example")
    _answer(world, link_to(question, "more_info"), Answer.MORE_INFO)
    assert world.sink.to("luc@candidat.example")[1]["Subject"] == "En bref : Infirmière de site, Lyon"
    with world.database.work() as session:
        assert session.exec(select(Conversation)).one().waiting_since == world.now


def test_changing_ones_mind_cancels_what_had_not_left(world: World) -> None:
    launched(world, "Ali")
    (question,) = world.sink.to("ali@candidat.example")
    with world.database.work() as session:
        grant, ask = press(session, link_to(question, "yes"))
        replies.record(session, grant, ask, Answer.YES, via="link", now=world.now)
    world.worker.plan()  # the digest is queued, not yet sent
    _answer(world, link_to(question, "no"), Answer.NO)
    with world.database.work() as session:
        digest = session.exec(select(Letter).where(col(Letter.template) == "digest")).one()
        assert digest.state is LetterState.CANCELLED
    subjects = [letter["Subject"] for letter in world.sink.to("ali@candidat.example")]
    assert subjects[1:] == ["Merci de nous l’avoir dit"]
    _answer(world, link_to(question, "yes"), Answer.YES)
    assert "En bref" in world.sink.to("ali@candidat.example")[-1]["Subject"]


def test_silence_ends_the_way_and_a_late_answer_is_told_so(world: World) -> None:
    launched(world, "Mia")
    (question,) = world.sink.to("mia@candidat.example")
    world.later(days=14, minutes=1)
    world.work()
    with world.database.work() as session:
        assert session.exec(select(Enrolment)).one().outcome == Outcome.SILENCE
        grant, ask = press(session, link_to(question, "yes"))
        with pytest.raises(Refused):
            replies.record(session, grant, ask, Answer.YES, via="link", now=world.now)


def test_a_stop_cancels_everything_queued_in_the_same_breath(world: World) -> None:
    launched(world, "Noa")
    (question,) = world.sink.to("noa@candidat.example")
    with world.database.work() as session:
        grant, ask = press(session, link_to(question, "yes"))
        replies.record(session, grant, ask, Answer.YES, via="link", now=world.now)
    world.worker.plan()
    with world.database.work() as session:
        unsubscribe(session, grant, now=world.now)
        assert session.exec(select(Letter).where(col(Letter.state) == LetterState.QUEUED)).all() == []
    assert world.work() == 0


def test_neither_slot_brings_two_others_once_then_a_person(world: World) -> None:
    launched(world, "Eva")
    address = "eva@candidat.example"
    _answer(world, link_to(world.sink.to(address)[0], "yes"), Answer.YES)
    _answer(world, link_to(world.sink.to(address)[1], "yes"), Answer.YES)
    offered = []
    for turn in (2, 3):
        offer = world.sink.to(address)[turn]
        offered.append([link.rsplit("/", 1)[1] for link in links_in(offer) if link.rsplit("/", 1)[1].isdigit()])
        with world.database.work() as session:
            grant, ask = press(session, link_to(offer, "neither"))
            assert picking.neither(session, grant, ask, now=world.now) is (turn == 2)
        world.work()
    assert not set(offered[0]) & set(offered[1])
    with world.database.work() as session:
        assert session.exec(select(Enrolment)).one().outcome == Outcome.NEITHER_SLOT
        assert session.exec(select(Conversation)).one().waiting_since is not None


def test_nobody_is_written_to_at_night_or_on_a_sunday(world: World) -> None:
    world.now = NOW.replace(day=28, hour=21)  # Saturday, 22:00 in Paris
    launched(world, "Tom")
    assert world.sink.letters == []
    world.now = NOW.replace(day=29, hour=12)  # Sunday
    world.work()
    assert world.sink.letters == []
    world.now = NOW.replace(day=30, hour=8)  # Monday, 9:00 in Paris
    world.work()
    assert len(world.sink.to("tom@candidat.example")) == 1


def test_the_same_question_waits_for_its_deadline_of_rhythm_and_memory(world: World) -> None:
    launched(world, "Léa")
    with world.database.work() as session:
        asks = session.exec(select(Ask)).all()
        assert [ask.question for ask in asks] == [Question.STILL_LOOKING]
