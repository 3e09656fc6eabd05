"""What became of the letters handed over, written down for all of one round at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.consent.actions import show_notice
from portal.consent.rules import Purpose
from portal.kit.db import Database
from portal.postbox.delivery import Fate, Report
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Talent
from portal.timeline.actions import record_many
from portal.timeline.who import System

# Minutes to wait before each new try; after the last, the letter has failed.
RETRY_AFTER = (1, 5, 15, 60, 180, 360, 720, 1440)
_WORKER = System("delivery")


def mark(database: Database, claim: int, reports: Sequence[Report], now: datetime) -> int:
    """Write the fate of each letter this worker had in hand; return how many left."""
    by_fate: dict[Fate, list[Report]] = {fate: [] for fate in Fate}
    for report in reports:
        by_fate[report.fate].append(report)
    with database.work() as session:
        _mark_sent(session, claim, by_fate[Fate.SENT], now)
        for report in by_fate[Fate.REFUSED]:
            _mark_refused(session, report, now)
        for report in by_fate[Fate.RETRY]:
            queue_again(session, report, now)
        for report in by_fate[Fate.UNKNOWN]:
            _set(session, report, state=LetterState.UNKNOWN, why=report.words)
    return len(by_fate[Fate.SENT])


def _mark_sent(session: Session, claim: int, reports: Sequence[Report], now: datetime) -> None:
    if not reports:
        return
    # `unknown` too: another worker may have given us up for dead while we were only slow.
    in_hand = col(Letter.state).in_([LetterState.SENDING, LetterState.UNKNOWN]) & (col(Letter.claimed_by) == claim)
    ids = [report.letter_id for report in reports]
    sent = (
        sa.update(Letter).where(col(Letter.id).in_(ids), in_hand).values(state=LetterState.SENT, sent_at=now, why=None)
    )
    rows = session.execute(
        sent.returning(col(Letter.talent_id), col(Letter.template), col(Letter.kind), col(Letter.id))
    ).all()
    told = [(talent, template, kind, letter) for talent, template, kind, letter in rows if talent is not None]
    record_many(
        session,
        _WORKER,
        "letter_sent",
        [(talent, {"template": template, "letter": str(letter)}) for talent, template, _, letter in told],
        now=now,
    )
    written_to = [talent for talent, _, kind, _ in told if kind is not LetterKind.SECURITY]
    session.execute(sa.update(Talent).where(col(Talent.id).in_(written_to)).values(last_letter_at=now))
    informed = [talent for talent, _, kind, _ in told if kind is LetterKind.NOTICE]
    if informed:
        show_notice(session, _WORKER, informed, Purpose.POOL, interface="letter", now=now)


def _mark_refused(session: Session, report: Report, now: datetime) -> None:
    _set(session, report, state=LetterState.FAILED, why=report.words)
    if report.no_such_person:
        theirs = sa.select(col(Letter.talent_id)).where(col(Letter.id) == report.letter_id).scalar_subquery()
        session.execute(sa.update(Talent).where(col(Talent.id) == theirs).values(bounced_at=now))


def queue_again(session: Session, report: Report, now: datetime) -> None:
    """Put a letter back that the server did not take, a little later each time; its unused links go."""
    attempts = session.execute(sa.select(col(Letter.attempts)).where(col(Letter.id) == report.letter_id)).scalar_one()
    session.execute(sa.delete(LetterLink).where(col(LetterLink.letter_id) == report.letter_id))
    if attempts > len(RETRY_AFTER):
        _set(session, report, state=LetterState.FAILED, why=report.words)
        return
    later = now + timedelta(minutes=RETRY_AFTER[attempts - 1])
    _set(session, report, state=LetterState.QUEUED, not_before=later, why=report.words)


def _set(session: Session, report: Report, **values: Any) -> None:  # noqa: ANN401 - columns of one table
    session.execute(sa.update(Letter).where(col(Letter.id) == report.letter_id).values(**values))
