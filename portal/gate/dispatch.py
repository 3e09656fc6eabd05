"""The last yards: take letters in hand, dress them, hand them over, write down what became of them.

At most `WINDOW` letters of a worker are between the outbox and the mail server at any moment. Should the worker die
then, those and only those become *unknown*: they are never sent again blindly.
"""

import asyncio
import logging
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import aiosmtplib
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from portal.gate.claiming import Ready, count_due, take_in_hand
from portal.gate.marking import mark
from portal.kit.db import Database
from portal.postbox.delivery import Fate, MailDown, Parcel, Report, connections, send
from portal.postbox.mime import Envelope, Sender, build
from portal.postbox.models import Letter
from portal.postbox.rendering import render
from portal.postbox.rules import LetterState

log = logging.getLogger("vivier.work")

WINDOW = 50
# While the letters of one lane are at the mail server, those of the other are at the database.
LANES = 2
# Advisory locks of delivering workers, apart from every other use of them.
LOCK_CLASS = 77_001


@dataclass(slots=True)
class Delivered:
    """What a run came to: how many letters left, and which never will (held back for good, or refused)."""

    sent: int = 0
    lost: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Round:
    """Everything the lanes of one run share."""

    database: Database
    sender: Sender
    site_url: str
    clock: Callable[[], datetime]
    stopping: Callable[[], bool]
    claim: int
    done: Delivered


async def deliver(
    database: Database,
    sender: Sender,
    site_url: str,
    done: Delivered,
    *,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Send everything that is due, and count it in `done`; when `stopping` says so, only what is in hand.

    Raises MailDown when the server cannot be reached; letters it did not take are then where they were.
    """
    with worker_mark(database) as claim:
        due = await asyncio.to_thread(_count_due, database, clock())
        if not due:
            return
        a_round = Round(database, sender, site_url, clock, stopping, claim, done)
        async with connections(sender, due) as clients:
            # Each ends in its own time: a lane cut short would leave its letters unknown.
            ends = await asyncio.gather(*(_lane(a_round, share) for share in _shares(clients)), return_exceptions=True)
        for failed in ends:
            if failed is not None:
                raise failed


def _shares(clients: Sequence[aiosmtplib.SMTP]) -> list[Sequence[aiosmtplib.SMTP]]:
    return [share for lane in range(LANES) if (share := clients[lane::LANES])]


async def _lane(a_round: Round, clients: Sequence[aiosmtplib.SMTP]) -> None:
    while not a_round.stopping():
        ready = await asyncio.to_thread(_claim_due, a_round)
        if not ready:
            return
        parcels, reports = await _dress(ready, a_round.sender, a_round.clock())
        reports += await send(clients, a_round.sender, parcels)
        left, lost = await asyncio.to_thread(mark, a_round.database, a_round.claim, reports, a_round.clock())
        a_round.done.sent += left  # not in one line: the other lane counts while we wait
        a_round.done.lost += lost
        if any(report.fate is Fate.NOT_TRIED for report in reports):
            raise MailDown("the connection was lost and could not be made again")


@contextmanager
def worker_mark(database: Database) -> Iterator[int]:
    """Hold an advisory lock for as long as this worker lives: whoever can take it knows the worker is gone."""
    claim = secrets.randbelow(2**31)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:class, :claim)"), {"class": LOCK_CLASS, "claim": claim})
        try:
            yield claim
        finally:
            # A server that was killed has forgotten the lock already.
            with suppress(DBAPIError):
                connection.execute(
                    sa.text("SELECT pg_advisory_unlock(:class, :claim)"), {"class": LOCK_CLASS, "claim": claim}
                )


def give_up_lost(session: Session) -> int:
    """Mark as *unknown* the letters a dead worker had in hand; return how many."""
    in_hand = session.execute(
        sa.select(col(Letter.claimed_by)).where(col(Letter.state) == LetterState.SENDING).distinct()
    )
    lost = 0
    for (claim,) in in_hand.all():
        gone = session.execute(
            sa.text("SELECT pg_try_advisory_xact_lock(:class, :claim)"), {"class": LOCK_CLASS, "claim": claim}
        ).scalar_one()
        if gone:
            theirs = (col(Letter.claimed_by) == claim) & (col(Letter.state) == LetterState.SENDING)
            given_up = (
                sa.update(Letter).where(theirs).values(state=LetterState.UNKNOWN, why="worker died while sending")
            )
            lost += len(session.execute(given_up.returning(col(Letter.id))).all())
    return lost


def _count_due(database: Database, now: datetime) -> int:
    with database.work() as session:
        give_up_lost(session)
        return count_due(session, now=now)


def _claim_due(a_round: Round) -> list[Ready]:
    """Take a lane's share of the window in hand, in one transaction; empty when nothing is due."""
    while True:
        with a_round.database.work() as session:
            taken = take_in_hand(session, WINDOW // LANES, a_round.claim, a_round.site_url, now=a_round.clock())
        if taken is None:
            return []
        a_round.done.lost += taken.lost
        if taken.ready:
            return taken.ready


async def _dress(ready: Sequence[Ready], sender: Sender, now: datetime) -> tuple[list[Parcel], list[Report]]:
    """Make bytes of the letters; one that cannot be written is reported and takes no other down with it."""
    parcels, unwritable = [], []
    for one in ready:
        try:
            parcels.append(await _parcel(one, sender, now))
        except Exception as why:
            log.exception("letter %s cannot be written", one.letter.id)
            words = f"this letter cannot be written ({type(why).__name__})"
            unwritable.append(Report(one.letter.id, Fate.REFUSED, words))
    return parcels, unwritable


async def _parcel(one: Ready, sender: Sender, now: datetime) -> Parcel:
    letter = one.letter
    parts = render(
        locale=letter.locale,
        subject=letter.subject,
        blocks=letter.blocks,
        urls=one.urls,
        codes=one.codes,
        unsubscribe=one.unsubscribe,
    )
    envelope = Envelope(letter.address, letter.subject, letter.message_id, now, one.unsubscribe, letter.calendar)
    return Parcel(letter.id, letter.address, await build(sender, envelope, parts))
