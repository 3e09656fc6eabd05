"""A mail server that is down, slow or hangs up: letters wait and leave later, and none goes twice."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from portal.postbox import delivery
from portal.postbox.models import LetterLink
from portal.postbox.rules import LetterState
from tests.bare_sink import CUT, SILENCE, Manners, bare_sink
from tests.cast import NOW
from tests.faults.posting import House
from tests.serving import free_port


def each_message_id(house: House) -> list[str]:
    return sorted(letter.message_id for letter in house.letters())


def test_with_the_server_down_letters_wait_and_leave_when_it_is_back(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.queue(60)
    port = free_port()
    with caplog.at_level(logging.WARNING, "vivier.work"):
        assert house.post(port) == 0
    assert len(caplog.records) == 1
    assert {(letter.state, letter.attempts, letter.not_before) for letter in house.letters()} == {
        (LetterState.QUEUED, 0, NOW)
    }
    back = Manners()
    with bare_sink(back, port):
        assert house.post(port) == 60
    assert sorted(back.taken) == each_message_id(house)


class GoesAway(Manners):
    """Takes so many letters and is gone for good: whoever connects again is hung up on."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def answer(self, line: bytes) -> bytes:
        if len(self.taken) >= self.after:
            self.greeting = CUT
            return CUT
        return super().answer(line)


def test_a_server_that_goes_away_in_the_middle_costs_no_letter_a_try(house: House) -> None:
    house.queue(120)
    first, second = GoesAway(40), Manners()
    with bare_sink(first) as port:
        assert house.post(port) <= 120
    waiting = [letter for letter in house.letters() if letter.state is LetterState.QUEUED]
    assert len(waiting) >= 120 - 40 - delivery.CONNECTIONS
    assert {(letter.attempts, letter.not_before) for letter in waiting} == {(0, NOW)}
    with house.database.work() as session:
        unused = col(LetterLink.letter_id).in_([letter.id for letter in waiting])
        assert session.exec(select(LetterLink).where(unused)).all() == []
    with bare_sink(second) as port:
        house.post(port)
    unknown = {letter.message_id for letter in house.letters() if letter.state is LetterState.UNKNOWN}
    assert not set(first.taken) & set(second.taken)
    assert set(first.taken) | set(second.taken) | unknown == set(each_message_id(house))


def bounded(work: Callable[[], int], seconds: float = 8) -> int:
    began = time.monotonic()
    done = work()
    assert time.monotonic() - began < seconds
    return done


def test_a_server_too_slow_to_greet_is_not_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    house.queue(60)
    with bare_sink(Manners(greeting=SILENCE)) as port:
        assert bounded(lambda: house.post(port)) == 0
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}


def test_a_server_too_slow_to_take_an_address_keeps_letters_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    house.queue(60)
    slow = Manners(every_rcpt=SILENCE)
    with bare_sink(slow) as port:
        assert bounded(lambda: house.post(port)) == 0
    assert {(letter.state, letter.attempts) for letter in house.letters()} == {(LetterState.QUEUED, 0)}
    with bare_sink(Manners()) as port:
        assert house.post(port) == 60


def test_a_letter_the_server_never_answered_for_is_unknown_and_not_sent_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DATA_TIMEOUT", 0.3)
    house.queue(5)
    with bare_sink(Manners(data=SILENCE)) as port:
        assert bounded(lambda: house.post(port)) == 0
    assert house.states() == {LetterState.UNKNOWN}
    house.now += timedelta(days=1)
    with bare_sink(Manners()) as port:
        assert house.post(port) == 0


def test_a_line_cut_after_the_letter_leaves_it_unknown_and_it_is_not_sent_again(house: House) -> None:
    house.queue(5)
    cutting, good = Manners(data=CUT), Manners()
    with bare_sink(cutting) as port:
        assert house.post(port) == 0
    assert house.states() == {LetterState.UNKNOWN}
    assert sorted(cutting.seen) == each_message_id(house)
    with bare_sink(good) as port:
        assert house.post(port) == 0
    assert good.seen == []
