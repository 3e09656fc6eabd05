"""A mail server that behaves as if it were not there: the run stops, nobody is to blame, and everybody gets one letter."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState
from portal.gate.actions import put
from portal.postbox import delivery
from portal.postbox.models import Letter, LetterLink
from portal.postbox.outage import TRY_AFTER, outage
from portal.postbox.rules import LetterKind, LetterState
from portal.postbox.watch import MOST_UNKNOWN
from portal.timeline.who import System
from tests.bare_sink import CUT, Manners, bare_sink
from tests.cast import NOW
from tests.crowd import crowd, launch_on_all
from tests.faults.posting import House, draft
from tests.faults.sick_servers import BLOCKED, Listening, ToAll, count, dead, down, healthy
from tests.serving import free_port

CUTS = {
    "before the 354": Manners(go_on=CUT),
    "at the address": Manners(every_rcpt=CUT),
    "in a chunk": Manners(chunk=CUT),
}


@pytest.mark.parametrize("where", CUTS)
def test_a_line_cut_before_all_of_a_letter_is_there_leaves_it_where_it_was(house: House, where: str) -> None:
    house.queue(120)
    cutting = CUTS[where]
    if where == "in a chunk":
        cutting.extensions = (b"CHUNKING",)
    with bare_sink(cutting) as port:
        assert house.post(port) == 0
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}
    assert down(house) == delivery.CUT
    with healthy(house) as (good, port):
        assert house.post(port) == 120
    assert len(set(good.taken)) == len(good.taken) == 120
    assert down(house) == ""


@pytest.mark.parametrize(
    "cutting", [Manners(body=CUT), Manners(data=CUT), Manners(data=CUT, extensions=(b"CHUNKING",))]
)
def test_of_lines_cut_within_letters_ten_and_no_more_stay_unknown(house: House, cutting: Manners) -> None:
    house.queue(600)
    with bare_sink(cutting) as port:
        assert house.post(port) == 0
    assert count(house, LetterState.UNKNOWN) == MOST_UNKNOWN
    assert count(house, LetterState.QUEUED) == 590
    with bare_sink(cutting) as port:
        house.post(port)
    assert count(house, LetterState.UNKNOWN) == MOST_UNKNOWN, "nothing is tried before its time"
    with healthy(house) as (good, port):
        assert house.post(port) == 590
    assert len(set(good.taken)) == 590
    unknown = {letter.message_id for letter in house.letters() if letter.state is LetterState.UNKNOWN}
    assert not unknown & set(good.taken)


@pytest.mark.parametrize(
    "words",
    [
        BLOCKED,
        b"550 5.1.1 <{}>: Recipient address rejected: User unknown\r\n",
        b"554 5.7.1 <{}>: Relay access denied\r\n",
        b"550 User unknown\r\n",
        b"550-5.1.1 The account {} does not exist, try\r\n550 5.1.1 again q7-2002a5d\r\n",
    ],
)
def test_a_server_that_refuses_everybody_in_the_same_words_marks_nobody(house: House, words: bytes) -> None:
    with house.database.work() as session:
        crowd(session, 300, now=NOW)
        launch_on_all(session, now=NOW)
    with bare_sink(ToAll(words)) as port:
        house.worker(port).plan()
        assert house.post(port) == 0
        house.now += timedelta(minutes=TRY_AFTER[0])
        assert house.post(port) == 0, "one letter is tried, and refused too"
    assert {(letter.state, letter.attempts, letter.refusal) for letter in house.letters()} == {
        (LetterState.QUEUED, 0, None)
    }
    assert dead(house) == set()
    assert down(house).startswith(words[:3].decode())
    assert "@" not in down(house)
    with house.database.work() as session:
        assert set(session.exec(select(Enrolment.state))) == {EnrolmentState.ASKED}
        assert session.exec(select(LetterLink)).all() == []
    with healthy(house, TRY_AFTER[1]) as (good, port):
        assert house.post(port) == 300
    assert len(set(good.taken)) == 300


def test_our_own_address_refused_to_every_letter_is_the_mail_being_down(house: House) -> None:
    house.queue(60)
    with bare_sink(Manners(mail=b"550 5.7.1 who are you\r\n")) as port:
        assert house.post(port) == 0
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}
    assert down(house) == "550 5.7.1 who are you"


class OneTaken(Manners):
    """Took a letter to one address; whom else it refuses."""

    def __init__(self, good: str, **more: bytes) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.rcpt = {good: b"250 2.1.5 OK\r\n"}


def test_people_who_are_all_gone_are_not_taken_for_a_server_that_is_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, *gone = house.queue(40)
    # One after the other, the good address first: side by side, ten refusals may be heard before it is taken.
    monkeypatch.setattr("portal.postbox.delivery.CONNECTIONS", 1)
    with house.database.work() as session:
        first = sa.update(Letter).where(col(Letter.address) == "personne0@candidat.example")
        session.execute(first.values(not_before=NOW - timedelta(minutes=1)))
    with bare_sink(OneTaken("personne0@candidat.example", every_rcpt=b"550 5.1.1 no such user\r\n")) as port:
        assert house.post(port) == 1
    assert count(house, LetterState.FAILED) == 39
    assert dead(house) == set(gone)
    assert down(house) == ""


def test_what_tries_whether_the_mail_is_back_is_one_letter_to_somebody_who_took_one(house: House) -> None:
    with house.database.work() as session:
        *others, good = crowd(session, 51, now=NOW)
        put(session, System("test"), [draft(good, LetterKind.SERVICE)], now=NOW)
    with bare_sink(Manners()) as port:
        assert house.post(port) == 1
    with house.database.work() as session:
        put(session, System("test"), [draft(person, LetterKind.SERVICE) for person in (*others, good)], now=NOW)
    with bare_sink(Listening(BLOCKED)) as port:
        assert house.post(port) == 0
    for minutes in TRY_AFTER:
        house.now += timedelta(minutes=minutes)
        refusing = Listening(BLOCKED)
        with bare_sink(refusing) as port:
            assert house.post(port) == 0
            assert house.post(port) == 0, "one try, and then a longer wait"
        assert refusing.asked == ["RCPT TO:<personne50@candidat.example>"]
        assert refusing.connections == 1
    with healthy(house, TRY_AFTER[-1]) as (back, port):
        assert house.post(port) == 51
    assert len(set(back.taken)) == 51


def test_with_nobody_known_to_take_letters_another_is_tried_each_time(house: House) -> None:
    house.queue(30)
    with bare_sink(Listening(BLOCKED)) as port:
        house.post(port)
    tried = []
    for minutes in TRY_AFTER:
        house.now += timedelta(minutes=minutes)
        refusing = Listening(BLOCKED)
        with bare_sink(refusing) as port:
            house.post(port)
        tried += refusing.asked
    assert len(set(tried)) == len(tried) == len(TRY_AFTER)


def test_a_letter_that_is_tried_and_vanishes_is_the_only_one_in_doubt(house: House) -> None:
    house.queue(30)
    with bare_sink(ToAll(BLOCKED)) as port:
        house.post(port)
    house.now += timedelta(minutes=TRY_AFTER[0])
    with bare_sink(Manners(body=CUT)) as port:
        assert house.post(port) == 0
    assert count(house, LetterState.UNKNOWN) == 1
    with healthy(house, TRY_AFTER[1]) as (_, port):
        assert house.post(port) == 29


def test_a_few_letters_that_vanish_while_none_is_taken_put_no_others_in_doubt(house: House) -> None:
    people = house.queue(2)
    with bare_sink(Manners(body=CUT)) as port:
        house.post(port)
        assert down(house) == delivery.CUT
        with house.database.work() as session:
            put(session, System("test"), [draft(person, LetterKind.SERVICE) for person in people], now=house.now)
        house.now += timedelta(minutes=TRY_AFTER[0])
        house.post(port)
    assert count(house, LetterState.UNKNOWN) == 3
    with healthy(house, TRY_AFTER[1]) as (_, port):
        assert house.post(port) == 1


@pytest.mark.parametrize("sick", [Manners(go_on=CUT), Manners(mail=b"550 5.7.1 who are you\r\n")])
def test_a_few_letters_nothing_was_said_of_are_where_they_were_however_long_it_lasts(
    house: House, sick: Manners
) -> None:
    house.queue(3)
    with bare_sink(sick) as port:
        for _ in range(12):
            assert house.post(port) == 0
            house.now += timedelta(minutes=TRY_AFTER[-1])
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}
    with healthy(house) as (_, port):
        assert house.post(port) == 3


def test_a_letter_that_cannot_be_written_says_nothing_of_the_server(house: House) -> None:
    house.queue(12)
    with bare_sink(ToAll(BLOCKED)) as port:
        house.post(port)
    with house.database.work() as session:
        broken = session.exec(select(Letter.id).order_by(col(Letter.why).is_not(None), col(Letter.attempts))).first()
        session.execute(sa.update(Letter).where(col(Letter.id) == broken).values(blocks=[{"nonsense": 1}]))
    with healthy(house) as (_, port):
        assert house.post(port) == 11
    assert down(house) == ""


def test_every_worker_knows_that_the_mail_is_down(house: House) -> None:
    house.queue(30)
    with bare_sink(ToAll(BLOCKED)) as port:
        house.post(port)
    other = Manners()
    with bare_sink(other) as port:
        assert asyncio.run(House(house.database, house.now).worker(port).post()) == 0
    assert other.connections == 0


def test_since_when_the_mail_is_down_stays_when_its_words_change(house: House) -> None:
    house.queue(30)
    with bare_sink(ToAll(BLOCKED)) as port:
        house.post(port)
    house.now += timedelta(minutes=5)
    closed = free_port()
    house.post(closed)
    with house.database.work() as session:
        lasts = outage(session)
        assert lasts is not None
        assert (lasts.since, lasts.because) == (NOW, f"127.0.0.1:{closed}: {lasts.because.partition(': ')[2]}")
        assert lasts.because != BLOCKED.decode()
