"""A mail server that takes letters and says nothing, or says it in a strange way."""

import asyncio
import threading

import pytest

from portal.gate import dispatch
from portal.postbox.rules import LetterState
from portal.postbox.watch import MOST_UNKNOWN, SILENT
from tests.bare_sink import SILENCE, Manners, bare_sink
from tests.faults.posting import House
from tests.faults.sick_servers import count, down, healthy


def test_a_server_that_takes_letters_and_says_nothing_is_not_waited_for_with_all_of_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "SILENCE", 0.2)
    monkeypatch.setattr(dispatch, "LOOK", 0.1)
    monkeypatch.setattr(dispatch, "GRACE", 0.2)
    house.queue(100)
    with bare_sink(Manners(data=SILENCE)) as port:
        assert house.post(port) == 0
    assert count(house, LetterState.UNKNOWN) == MOST_UNKNOWN
    assert down(house) == SILENT
    with healthy(house) as (_, port):
        assert house.post(port) == 90


class ThenStopped(Manners):
    """Hears a letter, and then the worker is told to stop."""

    stopping: threading.Event

    def take(self, message: bytes) -> bytes:
        self.stopping.set()
        return super().take(message)


def test_a_worker_told_to_stop_does_not_wait_for_a_server_that_says_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "LOOK", 0.1)
    monkeypatch.setattr(dispatch, "GRACE", 0.2)
    house.queue(3)
    silent = ThenStopped(data=SILENCE)
    with bare_sink(silent) as port:

        async def told_to_stop() -> int:
            going = house.worker(port)
            silent.stopping = going.stopping
            return await going.post()

        assert asyncio.run(told_to_stop()) == 0
    assert count(house, LetterState.UNKNOWN) == len(silent.seen) > 0
    assert down(house) == "", "it was we who left"


def test_a_server_that_speaks_another_alphabet_is_understood(house: House) -> None:
    house.queue(2)
    odd = "552 5.2.2 boîte pleine \x00\r\n".encode("latin-1")
    with bare_sink(Manners(rcpt={"personne0@candidat.example": odd})) as port:
        assert house.post(port) == 1
    failed = house.letters()[0]
    assert (failed.state, (failed.why or "")[:9]) == (LetterState.FAILED, "552 5.2.2")


def test_in_chunks_everybody_gets_their_letter_whole(house: House) -> None:
    house.queue(40)
    chunked = Manners(extensions=(b"PIPELINING", b"CHUNKING"))
    with bare_sink(chunked) as port:
        assert house.post(port) == 40
    assert len(set(chunked.taken)) == 40
