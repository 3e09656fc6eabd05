"""Mail servers that refuse everybody, and what a house says of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlmodel import col, select

from portal.postbox.outage import TRY_AFTER, outage
from portal.postbox.rules import LetterState
from portal.talents.models import Talent
from tests.bare_sink import Manners, bare_sink
from tests.faults.posting import House

BLOCKED = b"550 5.7.1 Service unavailable; Client host [185.1.20.30] blocked using zen.example.org\r\n"


class ToAll(Manners):
    """Refuses everybody in the same words, whom it is about aside."""

    def __init__(self, words: bytes) -> None:
        super().__init__()
        self.words = words

    def answer(self, line: bytes) -> bytes:
        if not line.startswith(b"RCPT"):
            return super().answer(line)
        return self.words.replace(b"{}", line.partition(b"<")[2].partition(b">")[0])


def down(house: House) -> str:
    """In which words the mail is down; empty when it is not."""
    with house.database.work() as session:
        lasts = outage(session)
        return lasts.because if lasts else ""


def dead(house: House) -> set[int | None]:
    with house.database.work() as session:
        return set(session.exec(select(Talent.id).where(col(Talent.bounced_at).is_not(None))))


def count(house: House, state: LetterState) -> int:
    return sum(letter.state is state for letter in house.letters())


@contextmanager
def healthy(house: House, minutes: int = TRY_AFTER[0]) -> Iterator[tuple[Manners, int]]:
    """The server again in good health, when it is time to try."""
    house.now += timedelta(minutes=minutes)
    with bare_sink(good := Manners()) as port:
        yield good, port


class Listening(ToAll):
    """Refuses everybody, and keeps whom it was asked about."""

    def __init__(self, words: bytes) -> None:
        super().__init__(words)
        self.asked: list[str] = []

    def answer(self, line: bytes) -> bytes:
        if line.startswith(b"RCPT"):
            self.asked.append(line.decode().strip())
        return super().answer(line)
