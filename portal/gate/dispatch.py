"""The last yards: ask the gate again, dress the letters, hand them over, write down what became of them.

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
from datetime import datetime, timedelta
from typing import Any

import aiosmtplib
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from portal.gate.actions import ask_again
from portal.gate.marking import mark
from portal.gate.models import GateDecision
from portal.gate.requests import Request, request_from
from portal.gate.rules import Verdict
from portal.kit.bulk import among
from portal.kit.db import Database
from portal.postbox import links as postbox_links
from portal.postbox.delivery import Fate, MailDown, Parcel, Report, connections, send
from portal.postbox.mime import Envelope, Sender, build
from portal.postbox.models import Letter
from portal.postbox.rendering import render
from portal.postbox.rules import WITHOUT_UNSUBSCRIBE, LetterKind, LetterState, LinkPurpose

log = logging.getLogger("vivier.work")

WINDOW = 50
# While the letters of one lane are at the mail server, those of the other are at the database.
LANES = 2
# Advisory locks of delivering workers, apart from every other use of them.
LOCK_CLASS = 77_001
# One unsubscribes from an old letter too.
UNSUBSCRIBE_DAYS = 365
TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed letter with its fresh links, not yet bytes."""

    letter: Letter
    urls: dict[str, str]
    codes: dict[str, str]
    unsubscribe: str | None


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
        due = sa.select(sa.func.count()).select_from(Letter).where(*_due(now))
        return int(session.execute(due).scalar_one())


def _due(now: datetime) -> tuple[Any, ...]:
    return (col(Letter.state) == LetterState.QUEUED, col(Letter.not_before) <= now)


def _claim_due(a_round: Round) -> list[Ready]:
    """Take a lane's share of WINDOW in hand, in one transaction; those the gate now holds back are put aside."""
    while True:
        now = a_round.clock()
        with a_round.database.work() as session:
            due = _lock_due(session, now)
            if not due:
                return []
            going, lost = _still_going(session, due, now)
            ready = [_with_links(letter, a_round.site_url, now) for letter in going]
            postbox_links.store(session, [link for _, minted in ready for link in minted])
            taken = sa.update(Letter).where(among(col(Letter.id), [letter.id for letter in going]))
            in_hand = {"state": LetterState.SENDING, "claimed_by": a_round.claim, "attempts": col(Letter.attempts) + 1}
            session.execute(taken.values(**in_hand).execution_options(synchronize_session=False))
        a_round.done.lost += lost
        if ready:
            return [made for made, _ in ready]


# PostgreSQL thinks few letters are due, and would sort all of a launch for every share of it: each share dearer than the
# launch is long. Without sorting it walks the index and stops after the first few.
_IN_ORDER = sa.text("SET LOCAL enable_sort = off")


def _lock_due(session: Session, now: datetime) -> list[tuple[Letter, dict[str, Any]]]:
    """Take a share of what is due, each with what the gate was asked about it: first what somebody waits for to come in."""
    session.execute(_IN_ORDER)
    return _lock(session, *_due(now), col(Letter.kind) == LetterKind.SECURITY) or _lock(session, *_due(now))


def _lock(session: Session, *due_now: Any) -> list[tuple[Letter, dict[str, Any]]]:  # noqa: ANN401 - SQL conditions
    due = sa.select(Letter, col(GateDecision.request)).join(
        GateDecision, col(GateDecision.id) == col(Letter.decision_id)
    )
    first = due.where(*due_now).order_by(col(Letter.not_before)).limit(WINDOW // LANES)
    locked = session.execute(first.with_for_update(of=Letter, skip_locked=True))
    return [(letter, about) for letter, about in locked]


def _still_going(
    session: Session, due: Sequence[tuple[Letter, dict[str, Any]]], now: datetime
) -> tuple[list[Letter], list[uuid.UUID]]:
    """Split off the letters that still may go, and those that never will; the others wait."""
    requests = [_request(letter, about) for letter, about in due]
    going, lost = [], []
    for (letter, _), decision in zip(due, ask_again(session, requests, now=now), strict=True):
        if decision.verdict is Verdict.NEVER or _too_late(letter, now):
            _set(session, letter, state=LetterState.CANCELLED, why=decision.because or TOO_LATE)
            lost.append(letter.id)
        elif decision.until is not None and decision.until > now:
            _set(session, letter, not_before=decision.until)
        else:
            going.append(letter)
    return going, lost


def _request(letter: Letter, about: dict[str, Any]) -> Request:
    return request_from(
        about,
        kind=letter.kind,
        talent_id=letter.talent_id,
        staff_id=letter.staff_id,
        purpose=letter.purpose,
        letter_id=letter.id,
    )


def _too_late(letter: Letter, now: datetime) -> bool:
    """Tell whether the letter waited so long that nothing in it could be pressed any more."""
    return bool(letter.links) and all(datetime.fromisoformat(link["until"]) <= now for link in letter.links)


def _set(session: Session, letter: Letter, **values: Any) -> None:  # noqa: ANN401 - columns of one table
    session.execute(sa.update(Letter).where(col(Letter.id) == letter.id).values(**values))


def _with_links(letter: Letter, site_url: str, now: datetime) -> tuple[Ready, list[postbox_links.Minted]]:
    documents = list(letter.links)
    if letter.kind not in WITHOUT_UNSUBSCRIBE:
        until = now + timedelta(days=UNSUBSCRIBE_DAYS)
        documents.append({"name": "_stop", "purpose": LinkPurpose.UNSUBSCRIBE, "until": until.isoformat()})
    minted = [
        postbox_links.mint(document, letter_id=letter.id, talent_id=letter.talent_id, staff_id=letter.staff_id, now=now)
        for document in documents
    ]
    urls = {link.name: f"{site_url}/{_PATH[link.row['purpose']]}/{link.token}" for link in minted}
    codes = {link.name: link.code for link in minted if link.code}
    return Ready(letter, urls, codes, urls.pop("_stop", None)), minted


# Short, because some mail programs still cut long lines in two.
_PATH = {
    LinkPurpose.SIGN_IN: "s",
    LinkPurpose.ANSWER: "a",
    LinkPurpose.SLOTS: "p",
    LinkPurpose.SURVEY: "q",
    LinkPurpose.CONSENT: "c",
    LinkPurpose.UNSUBSCRIBE: "u",
}


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
