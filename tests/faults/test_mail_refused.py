"""A mail server that puts letters off or refuses them, and letters that should not leave any more."""

import logging
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.access.models import Staff
from portal.chains.models import Enrolment
from portal.chains.queries import Stage, board
from portal.chains.rules import EnrolmentState, Outcome
from portal.conversations.settling import letters_in_trouble
from portal.gate.actions import put
from portal.gate.dispatch import WINDOW
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Talent
from portal.timeline.who import Person, System
from tests.bare_sink import Manners, bare_sink
from tests.cast import NOW
from tests.crowd import crowd, launch_on_all
from tests.faults.posting import House, draft


def test_a_letter_put_off_is_tried_again_later_and_later(house: House) -> None:
    house.queue(2, LetterKind.SERVICE)
    busy = Manners(rcpt={"personne0@candidat.example": b"451 4.3.0 try again\r\n"})
    waits = []
    with bare_sink(busy) as port:
        assert house.post(port) == 1, "the other letter is not held up"
        while (put_off := house.letters()[0]).state is LetterState.QUEUED:
            assert put_off.why == "451 4.3.0 try again"
            waits.append((put_off.not_before - house.now) // timedelta(minutes=1))
            assert house.post(port) == 0, "not before its time"
            house.now = put_off.not_before
            house.post(port)
    assert put_off.state is LetterState.FAILED
    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]


def test_a_letter_put_off_once_leaves_at_the_next_try(house: House) -> None:
    house.queue(1)
    with bare_sink(Manners(every_rcpt=b"450 4.2.1 greylisted\r\n")) as port:
        assert house.post(port) == 0
    house.now += timedelta(minutes=1)
    with bare_sink(Manners()) as port:
        assert house.post(port) == 1
    with house.database.work() as session:
        assert len(session.exec(select(LetterLink)).all()) == 1, "only the links of the letter that left"


def test_somebody_whose_address_does_not_exist_is_never_written_to_again(house: House) -> None:
    nobody, somebody = house.queue(2)
    refusing = Manners(rcpt={"personne0@candidat.example": b"550 5.1.1 no such user\r\n"})
    with bare_sink(refusing) as port:
        assert house.post(port) == 1
    assert [letter.state for letter in house.letters()] == [LetterState.FAILED, LetterState.SENT]
    with house.database.work() as session:
        assert session.get_one(Talent, nobody).bounced_at == NOW
        assert session.get_one(Talent, somebody).bounced_at is None
        (outcome,) = put(session, System("test"), [draft(nobody, LetterKind.SERVICE)], now=NOW)
        assert (outcome.goes, outcome.decision.because) == (False, "bounced")


@pytest.mark.parametrize("when", ["every_rcpt", "data"])
def test_a_letter_refused_for_what_it_says_does_not_end_its_address(house: House, when: str) -> None:
    (person,) = house.queue(1)
    with bare_sink(Manners(**{when: b"554 5.7.1 looks like spam\r\n"})) as port:  # type: ignore[arg-type]
        assert house.post(port) == 0
    (letter,) = house.letters()
    assert (letter.state, letter.why) == (LetterState.FAILED, "554 5.7.1 looks like spam")
    with house.database.work() as session:
        assert session.get_one(Talent, person).bounced_at is None


def test_a_server_that_refuses_the_house_itself_fails_nobody(house: House) -> None:
    house.queue(3)
    with bare_sink(Manners(mail=b"550 5.7.1 who are you\r\n")) as port:
        assert house.post(port) == 0
    assert house.states() == {LetterState.QUEUED}


class EveryThird(Manners):
    """Closes after each third letter, as servers do that allow so many a connection."""

    mails = 0

    def answer(self, line: bytes) -> bytes:
        if line.startswith(b"MAIL"):
            self.mails += 1
            if self.mails % 3 == 0:
                return b"421 4.7.0 enough for one connection\r\n"
        return super().answer(line)


def test_a_server_that_closes_after_a_few_letters_gets_them_all_at_once(house: House) -> None:
    house.queue(60)
    picky = EveryThird()
    with bare_sink(picky) as port:
        house.post(port)
    put_off = [letter for letter in house.letters() if letter.state is LetterState.QUEUED]
    assert len(picky.taken) == len(set(picky.taken)) >= 30
    assert len(picky.taken) + len(put_off) == 60
    assert {letter.attempts for letter in put_off} <= {1}


def test_when_the_house_cannot_sign_in_letters_wait_and_one_sentence_says_why(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.queue(60)
    house.user = "maison"
    stern = Manners(extensions=(b"AUTH PLAIN LOGIN",), auth=b"535 5.7.8 wrong password\r\n")
    with bare_sink(stern) as port, caplog.at_level(logging.WARNING, "vivier.work"):
        assert house.post(port) == 0
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}
    (told,) = caplog.messages
    assert "535 5.7.8 wrong password" in told
    assert not re.search("secret", told)


def test_a_letter_that_cannot_be_written_takes_no_other_down(house: House) -> None:
    with house.database.work() as session:
        people = crowd(session, 20, now=house.now)
        for person, address in (
            (people[1], "x@y.example>\r\nRCPT TO:<z@y.example"),
            (people[2], "zoé@candidat.example"),
        ):
            session.execute(sa.update(Talent).where(col(Talent.id) == person).values(email=address))
        put(session, System("test"), [draft(person, LetterKind.CONTACT) for person in people], now=house.now)
        first = col(Letter.address) == "personne0@candidat.example"
        session.execute(sa.update(Letter).where(first).values(blocks=[{"nonsense": 1}]))
    good = Manners()
    with bare_sink(good) as port:
        assert house.post(port) == 17
    failed = [letter.address for letter in house.letters() if letter.state is LetterState.FAILED]
    assert len(failed) == 3
    assert len(good.taken) == 17


def test_a_letter_nothing_in_could_be_pressed_any_more_is_written_anew(house: House) -> None:
    """The server was away for longer than the question was open."""
    with house.database.work() as session:
        crowd(session, 2, now=NOW)
        launch_on_all(session, now=NOW)
    house.worker(1).plan()
    house.now += timedelta(days=15)
    with bare_sink(Manners()) as port:
        assert house.post(port) == 0
        assert {(letter.state, letter.why) for letter in house.letters()} == {(LetterState.CANCELLED, "too_late")}
        house.worker(port).plan()
        assert house.post(port) == 2


def test_nobody_waits_for_an_answer_to_a_letter_that_was_refused(house: House) -> None:
    with house.database.work() as session:
        nobody, somebody = crowd(session, 2, now=NOW)
        launch_on_all(session, now=NOW)
    refusing = Manners(rcpt={"personne0@candidat.example": b"550 5.1.1 no such user\r\n"})
    with bare_sink(refusing) as port:
        house.worker(port).plan()
        assert house.post(port) == 1
    with house.database.work() as session:
        ways = {way.talent_id: (way.state, way.outcome) for way in session.exec(select(Enrolment))}
    assert ways == {nobody: (EnrolmentState.ENDED, Outcome.UNDELIVERED), somebody: (EnrolmentState.ASKED, None)}


def test_nobody_waits_for_an_answer_to_a_letter_that_was_put_off_too_often(house: House) -> None:
    with house.database.work() as session:
        (somebody,) = crowd(session, 1, now=NOW)
        launch_on_all(session, now=NOW)
    with bare_sink(Manners(every_rcpt=b"452 4.2.2 mailbox full\r\n")) as port:
        house.worker(port).plan()
        assert house.post(port) == 0
        while (letter := house.letters()[0]).state is LetterState.QUEUED:
            house.now = letter.not_before
            house.post(port)
    with house.database.work() as session:
        (way,) = session.exec(select(Enrolment))
        claire = session.exec(select(Staff)).one()
        who = Person(claire.id or 0, claire.role, claire.name, "en", "Europe/Paris")
        assert (way.state, way.outcome, way.due_at) == (EnrolmentState.ENDED, Outcome.UNDELIVERED, None)
        assert board(session, who, way.launch_id, now=house.now).counts[Stage.FAILED] == 1
        (trouble,), total = letters_in_trouble(session, who)
    assert (trouble.talent_id, trouble.why, total) == (somebody, "452 4.2.2 mailbox full", 1)


class ThenGone(Manners):
    """Refuses a few, and closes for the day."""

    refused = 0

    def answer(self, line: bytes) -> bytes:
        if line.startswith(b"RCPT") and self.refused < 3:
            self.refused += 1
            return super().answer(line)
        if self.refused == 3:
            self.greeting = b"554 5.3.2 closed\r\n"
            return b"421 4.3.2 closed\r\n"
        return b"421 4.3.2 closed\r\n" if line.startswith(b"RCPT") else super().answer(line)


def test_letters_refused_just_before_the_line_broke_leave_nobody_waiting(house: House) -> None:
    with house.database.work() as session:
        crowd(session, 60, now=NOW)
        launch_on_all(session, now=NOW)
    with bare_sink(ThenGone(every_rcpt=b"550 5.1.1 no such user\r\n")) as port:
        house.worker(port).plan()
        assert house.post(port) == 0
    assert house.states() == {LetterState.FAILED, LetterState.QUEUED}, "the server went away before it had seen all"
    with house.database.work() as session:
        failed = select(Letter.enrolment_id).where(col(Letter.state) == LetterState.FAILED)
        ways = session.exec(select(Enrolment).where(col(Enrolment.id).in_(failed))).all()
    assert {(way.state, way.outcome) for way in ways} == {(EnrolmentState.ENDED, Outcome.UNDELIVERED)}


def test_who_asked_to_come_in_does_not_wait_behind_a_launch(house: House) -> None:
    first, *_ = house.queue(200)
    house.now += timedelta(minutes=30)
    with house.database.work() as session:
        (outcome,) = put(session, System("test"), [draft(first, LetterKind.SECURITY)], now=house.now)
    patient = Manners()
    with bare_sink(patient) as port:
        assert house.post(port) == 201
    with house.database.work() as session:
        letter = session.get_one(Letter, outcome.letter_id)
    assert letter.message_id.strip("<>") in {identity.strip("<>") for identity in patient.taken[:WINDOW]}
