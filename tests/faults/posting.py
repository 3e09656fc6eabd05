"""A house with letters to send, for tests of what a mail server may do to them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, select

from portal.consent.rules import Purpose
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.db import Database
from portal.postbox.content import Content, p
from portal.postbox.mime import Sender
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.schedule import Work
from portal.timeline.who import System
from tests.cast import NOW
from tests.crowd import crowd

WORDS = Content("hello", "fr", "Bonjour", (p("Bonjour"),))


@dataclass
class House:
    """A house with letters to send, and a clock moved by hand."""

    database: Database
    now: datetime = field(default=NOW)
    user: str = ""

    def queue(self, count: int, kind: LetterKind = LetterKind.CONTACT) -> list[int]:
        """A letter to each of so many people; their ids."""
        with self.database.work() as session:
            people = crowd(session, count, now=self.now)
            put(session, System("test"), [draft(person, kind) for person in people], now=self.now)
        return people

    def worker(self, port: int) -> Work:
        sender = Sender("127.0.0.1", port, "maison@vivier.example", "La Maison", user=self.user, password="secret")
        return Work(self.database, sender, "http://vivier.test", lambda: self.now)

    def post(self, port: int) -> int:
        return asyncio.run(self.worker(port).post())

    def letters(self) -> Sequence[Letter]:
        with self.database.work() as session:
            return session.exec(select(Letter).order_by(col(Letter.address))).all()

    def states(self) -> set[LetterState]:
        return {letter.state for letter in self.letters()}


def draft(person: int, kind: LetterKind) -> Draft:
    return Draft(Request(kind, talent_id=person, purpose=Purpose.POOL), WORDS)
