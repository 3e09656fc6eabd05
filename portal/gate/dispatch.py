"""The last yards: ask the gate again, dress the letters, hand them over, write down what became of them.

At most `WINDOW` letters of a worker are between the outbox and the mail server at any moment. Should the worker die
then, those and only those become *unknown*: they are never sent again blindly.
"""

import asyncio
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.gate.actions import ask_again
from portal.gate.marking import mark
from portal.gate.models import GateDecision
from portal.gate.requests import request_from
from portal.gate.rules import Decision, Verdict
from portal.kit.db import Database
from portal.postbox import links as postbox_links
from portal.postbox.delivery import Parcel, connections, send
from portal.postbox.mime import Envelope, Sender, build
from portal.postbox.models import Letter
from portal.postbox.rendering import render
from portal.postbox.rules import WITHOUT_UNSUBSCRIBE, LetterState, LinkPurpose

WINDOW = 50
# Advisory locks of delivering workers, apart from every other use of them.
LOCK_CLASS = 77_001
# One unsubscribes from an old letter too.
UNSUBSCRIBE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed letter with its fresh links, not yet bytes."""

    letter: Letter
    urls: dict[str, str]
    codes: dict[str, str]
    unsubscribe: str | None


async def deliver(database: Database, sender: Sender, site_url: str, *, clock: Callable[[], datetime]) -> int:
    """Send everything that is due; return how many left.

    Raises MailDown when the server cannot be reached, before any letter was touched.
    """
    with worker_mark(database) as claim:
        due = await asyncio.to_thread(_count_due, database, clock())
        if not due:
            return 0
        sent = 0
        async with connections(sender, due) as clients:
            while ready := await asyncio.to_thread(_claim_due, database, claim, site_url, clock()):
                parcels = await _dress(ready, sender)
                reports = await send(clients, sender, parcels)
                sent += await asyncio.to_thread(mark, database, claim, reports, clock())
        return sent


@contextmanager
def worker_mark(database: Database) -> Iterator[int]:
    """Hold an advisory lock for as long as this worker lives: whoever can take it knows the worker is gone."""
    claim = secrets.randbelow(2**31)
    with database.engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:class, :claim)"), {"class": LOCK_CLASS, "claim": claim})
        connection.commit()
        try:
            yield claim
        finally:
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


def _claim_due(database: Database, claim: int, site_url: str, now: datetime) -> list[Ready]:
    """Take up to WINDOW letters in hand, in one transaction; those the gate now holds back are put aside."""
    while True:
        with database.work() as session:
            letters = _lock_due(session, now)
            if not letters:
                return []
            going = _still_going(session, letters, now)
            ready = [_with_links(letter, site_url, now) for letter in going]
            postbox_links.store(session, [link for _, minted in ready for link in minted])
            taken = sa.update(Letter).where(col(Letter.id).in_([letter.id for letter in going]))
            session.execute(
                taken.values(state=LetterState.SENDING, claimed_by=claim, attempts=col(Letter.attempts) + 1)
            )
        if ready:
            return [made for made, _ in ready]


def _lock_due(session: Session, now: datetime) -> list[Letter]:
    due = select(Letter).where(*_due(now)).order_by(col(Letter.not_before), col(Letter.id)).limit(WINDOW)
    return list(session.exec(due.with_for_update(skip_locked=True)))


def _still_going(session: Session, letters: Sequence[Letter], now: datetime) -> list[Letter]:
    asked = sa.select(col(GateDecision.id), col(GateDecision.request)).where(
        col(GateDecision.id).in_([letter.decision_id for letter in letters])
    )
    about: dict[uuid.UUID, dict[str, Any]] = {row[0]: row[1] for row in session.execute(asked)}
    requests = [
        request_from(
            about[letter.decision_id],
            kind=letter.kind,
            talent_id=letter.talent_id,
            staff_id=letter.staff_id,
            purpose=letter.purpose,
            letter_id=letter.id,
        )
        for letter in letters
    ]
    going = []
    for letter, decision in zip(letters, ask_again(session, requests, now=now), strict=True):
        if decision.verdict is Verdict.GO and (decision.until is None or decision.until <= now):
            going.append(letter)
        else:
            _hold_back(session, letter, decision, now)
    return going


def _hold_back(session: Session, letter: Letter, decision: Decision, now: datetime) -> None:
    if decision.verdict is Verdict.NEVER:
        held: dict[str, object] = {"state": LetterState.CANCELLED, "why": decision.because}
    else:
        held = {"not_before": decision.until or now + timedelta(days=1)}
    session.execute(sa.update(Letter).where(col(Letter.id) == letter.id).values(**held))


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


async def _dress(ready: Sequence[Ready], sender: Sender) -> list[Parcel]:
    mailer = sender.mailer()
    parcels = []
    for one in ready:
        letter = one.letter
        parts = render(
            locale=letter.locale,
            subject=letter.subject,
            blocks=letter.blocks,
            urls=one.urls,
            codes=one.codes,
            unsubscribe=one.unsubscribe,
        )
        envelope = Envelope(letter.address, letter.subject, letter.message_id, one.unsubscribe, letter.calendar)
        parcels.append(Parcel(letter.id, letter.address, await build(mailer, sender, envelope, parts)))
    return parcels
