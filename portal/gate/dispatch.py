"""The last yards: take letters in hand, dress them, hand them over, write down what became of them.

At most `WINDOW` letters of a worker are between the outbox and the mail server at any moment. Should the worker die
then, those and only those become *unknown*: they are never sent again blindly. Should the server be gone, or behave as if
it were, the run is over: the mail is down (`portal.postbox.outage`), and one letter alone finds out whether it is back.
"""

import asyncio
import logging
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import aiosmtplib
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from portal.access.house import house
from portal.gate.claiming import Ready, count_due, take_in_hand, take_one_to_try
from portal.gate.dressing import dress
from portal.gate.marking import conclude, mark
from portal.kit.db import Database
from portal.postbox import outage
from portal.postbox.answers import nameless
from portal.postbox.delivery import GRACE, connections, send
from portal.postbox.mime import Sender
from portal.postbox.models import Letter
from portal.postbox.reports import Fate, MailDown, Report, Unreachable
from portal.postbox.rules import LetterState, Refusal
from portal.postbox.watch import Watch

log = logging.getLogger("vivier.work")

WINDOW = 50
# While the letters of one lane are at the mail server, those of the other are at the database.
LANES = 2
# Advisory locks of delivering workers, apart from every other use of them.
LOCK_CLASS = 77_001
# Seconds of silence on every line after which the server is not there; and between two looks at that.
SILENCE, LOOK = 60.0, 0.5


@dataclass(slots=True)
class Delivered:
    """What a run came to: how many letters left, and which never will (held back for good, or refused)."""

    sent: int = 0
    lost: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Round:
    """Everything the lanes of one run share; `gone` are the letters refused because there is no such address."""

    database: Database
    sender: Sender
    site_url: str
    clock: Callable[[], datetime]
    stopping: Callable[[], bool]
    claim: int
    done: Delivered
    watch: Watch = field(default_factory=Watch)
    gone: list[uuid.UUID] = field(default_factory=list)


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

    Raises MailDown when the mail is down; letters the server did not take are then where they were.
    """
    with worker_mark(database) as claim:
        due, is_down = await asyncio.to_thread(_look_around, database, clock())
        if not due:
            return
        sender = await asyncio.to_thread(_named, database, sender)
        a_round = Round(database, sender, site_url, clock, stopping, claim, done)
        watching = asyncio.create_task(_watch_over(a_round))
        try:
            if not is_down or await _is_back(a_round):
                await _send_all(a_round, due)
        except MailDown as down:
            await asyncio.to_thread(_begin_outage, a_round, down)
            raise
        finally:
            watching.cancel()
            await asyncio.to_thread(_conclude, a_round)


async def _watch_over(a_round: Round) -> None:
    """See to it that nobody waits for a server that says nothing, nor for long when told to stop."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(LOOK)
        a_round.watch.look(loop.time(), silence=SILENCE)
        if a_round.watch.down or a_round.stopping():
            a_round.watch.hurry(loop.time() + GRACE)


async def _is_back(a_round: Round) -> bool:
    """Try one letter on one connection; MailDown unless the server takes it, False when there is none to try."""
    async with connections(a_round.sender, 1) as clients:
        while ready := await asyncio.to_thread(_claim_one, a_round):
            (report,) = await _hand(a_round, clients, ready, trying=True)
            if report.fate is Fate.SENT:
                await asyncio.to_thread(_end_outage, a_round)
                return True
            if report.fate is not Fate.REFUSED:  # else it could not even be written: that says nothing of the server
                raise _why_not(a_round.watch, ready[0].letter.address, report)
    return False


def _why_not(watch: Watch, address: str, report: Report) -> MailDown:
    words = nameless(report.words, address)
    return Unreachable(words) if report.fate is Fate.NOT_TRIED and not report.alike else MailDown(watch.down or words)


async def _send_all(a_round: Round, due: int) -> None:
    async with connections(a_round.sender, due) as clients:
        # Each ends in its own time: a lane cut short would leave its letters unknown.
        ends = await asyncio.gather(*(_lane(a_round, share) for share in _shares(clients)), return_exceptions=True)
    for failed in ends:
        if failed is not None:
            raise failed
    a_round.watch.end(told_to=a_round.stopping())
    if a_round.watch.down:
        raise MailDown(a_round.watch.down)


def _shares(clients: Sequence[aiosmtplib.SMTP]) -> list[Sequence[aiosmtplib.SMTP]]:
    return [share for lane in range(LANES) if (share := clients[lane::LANES])]


async def _lane(a_round: Round, clients: Sequence[aiosmtplib.SMTP]) -> None:
    while not a_round.stopping() and not a_round.watch.down:
        ready = await asyncio.to_thread(_claim_due, a_round)
        if not ready:
            return
        reports = await _hand(a_round, clients, ready)
        left_over = [report.words for report in reports if report.fate is Fate.NOT_TRIED]
        if left_over and not a_round.watch.down:
            raise Unreachable(left_over[0])


async def _hand(
    a_round: Round, clients: Sequence[aiosmtplib.SMTP], ready: Sequence[Ready], *, trying: bool = False
) -> list[Report]:
    """Hand these letters over and write down what became of them; of one that is tried, a refusal says nothing."""
    parcels, reports = await dress(ready, a_round.sender, a_round.site_url, a_round.clock())
    reports += await send(clients, a_round.sender, parcels, a_round.watch)
    if trying:
        reports = [replace(one, fate=Fate.NOT_TRIED) if one.alike else one for one in reports]
    left, lost = await asyncio.to_thread(mark, a_round.database, a_round.claim, reports, a_round.clock())
    a_round.done.sent += left  # not in one line: the other lane counts while we wait
    a_round.done.lost += lost
    a_round.gone.extend(report.letter_id for report in reports if report.refusal is Refusal.GONE)
    return reports


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


def _look_around(database: Database, now: datetime) -> tuple[int, bool]:
    """Return how many letters are due, none while the mail is down and it is too early to try, and whether it is."""
    with database.work() as session:
        give_up_lost(session)
        due = count_due(session, now=now)
        if not due or outage.outage(session) is None:
            return due, False
        return due if outage.take_try(session, now=now) else 0, True


def _named(database: Database, sender: Sender) -> Sender:
    """Return who the house writes as; without a name of its own, the sender bears the house's as it is today."""
    if sender.from_name:
        return sender
    with database.work() as session:
        return replace(sender, from_name=house(session).name)


def _begin_outage(a_round: Round, down: MailDown) -> None:
    """Where the server did something to letters every worker waits before one is tried again."""
    log.warning("the mail is down: %s", down)
    with a_round.database.work() as session:
        outage.begin(session, str(down), at_once=isinstance(down, Unreachable), now=a_round.clock())


def _end_outage(a_round: Round) -> None:
    with a_round.database.work() as session:
        outage.end(session, now=a_round.clock())


def _conclude(a_round: Round) -> None:
    """The run is over: nobody is to blame for what the server said to everybody, others it spoke of truly."""
    watch, lost = a_round.watch, a_round.done.lost
    blameless = set(watch.refused) if watch.down else set()
    gone = [] if watch.down else a_round.gone
    conclude(a_round.database, a_round.claim, blameless, gone, taken=watch.taken > 0, now=a_round.clock())
    lost[:] = [letter for letter in lost if letter not in blameless]


def _claim_one(a_round: Round) -> list[Ready]:
    """Take the one letter in hand that tells best whether the server is back."""
    while True:
        with a_round.database.work() as session:
            taken = take_one_to_try(session, a_round.claim, a_round.site_url, now=a_round.clock())
        if taken is None:
            return []
        a_round.done.lost += taken.lost
        if taken.ready:
            return taken.ready


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
