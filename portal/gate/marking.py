"""What became of the letters handed over, written down for all of one round at once."""

import time
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from portal.access.house import house
from portal.consent.actions import show_notice
from portal.consent.rules import Purpose
from portal.kit.bulk import among
from portal.kit.clock import local_day
from portal.kit.db import Database
from portal.postbox.models import Letter, LetterLink
from portal.postbox.reports import Fate, Report
from portal.postbox.rules import LetterKind, LetterState, Refusal
from portal.timeline.actions import record_many
from portal.timeline.who import System

# Minutes to wait before each new try; after the last, the letter has failed.
RETRY_AFTER = (1, 5, 15, 60, 180, 360, 720, 1440)
# Seconds to wait for the database before each new look: it is back from a kill -9 in under one.
PATIENCE = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_WORKER = System("delivery")
# What follows every letter is said in plain SQL: made anew each time, a statement costs more than what it does.
# `unknown` too: another worker may have given us up for dead while we were only slow.
_SENT = sa.text(
    """
    UPDATE letter SET state = 'sent', sent_at = :now, why = NULL
     WHERE id = ANY (:letters) AND claimed_by = :claim AND state IN ('sending', 'unknown')
    RETURNING id, talent_id, template, kind
    """
)
# In one order, like everyone who takes several people: two that meet do not block each other.
_WRITTEN_TO = sa.text(
    """
    UPDATE talent SET last_letter_at = :now
     WHERE id IN (SELECT id FROM talent WHERE id = ANY (:talents) ORDER BY id FOR NO KEY UPDATE)
    """
)


def mark(database: Database, claim: int, reports: Sequence[Report], now: datetime) -> tuple[int, list[uuid.UUID]]:
    """Write the fate of each letter this worker had in hand; return how many left, and which never will.

    Should the database be away, waits for it: what the mail server said is known nowhere else.
    """
    for pause in PATIENCE:
        try:
            return _mark(database, claim, reports, now)
        except OperationalError:
            time.sleep(pause)
    return _mark(database, claim, reports, now)


def _mark(database: Database, claim: int, reports: Sequence[Report], now: datetime) -> tuple[int, list[uuid.UUID]]:
    by_fate: dict[Fate, list[Report]] = {fate: [] for fate in Fate}
    for report in reports:
        by_fate[report.fate].append(report)
    with database.work() as session:
        _mark_sent(session, claim, by_fate[Fate.SENT], now)
        _put_back(session, claim, by_fate[Fate.NOT_TRIED])
        for report in by_fate[Fate.REFUSED]:
            _mark_refused(session, claim, report, now)
        given_up = [report for report in by_fate[Fate.RETRY] if not _queue_again(session, claim, report, now)]
        for report in by_fate[Fate.UNKNOWN]:
            _set(session, claim, report, state=LetterState.UNKNOWN, why=report.words)
    return len(by_fate[Fate.SENT]), [report.letter_id for report in (*by_fate[Fate.REFUSED], *given_up)]


def _in_hand(claim: int, reports: Sequence[Report]) -> Any:  # noqa: ANN401 - a SQL condition
    # `unknown` too: another worker may have given us up for dead while we were only slow.
    ours = col(Letter.state).in_([LetterState.SENDING, LetterState.UNKNOWN]) & (col(Letter.claimed_by) == claim)
    return among(col(Letter.id), [report.letter_id for report in reports]) & ours


def _mark_sent(session: Session, claim: int, reports: Sequence[Report], now: datetime) -> None:
    if not reports:
        return
    letters = [report.letter_id for report in reports]
    rows = session.execute(_SENT, {"letters": letters, "claim": claim, "now": now}).all()
    told = [row for row in rows if row.talent_id is not None]
    record_many(
        session,
        _WORKER,
        "letter_sent",
        [(row.talent_id, {"template": row.template, "letter": str(row.id)}) for row in told],
        now=now,
    )
    written_to = [row.talent_id for row in told if row.kind != LetterKind.SECURITY]
    session.execute(_WRITTEN_TO, {"talents": written_to, "now": now})
    informed = [row.talent_id for row in told if row.kind == LetterKind.NOTICE]
    if informed:
        show_notice(session, _WORKER, informed, Purpose.POOL, interface="letter", now=now)


def _put_back(session: Session, claim: int, reports: Sequence[Report]) -> None:
    """The server was not there: these letters are where they were, and nobody counts a try."""
    if reports:
        _forget_links(session, reports)
        back = sa.update(Letter).where(_in_hand(claim, reports))
        session.execute(back.values(state=LetterState.QUEUED, claimed_by=None, attempts=col(Letter.attempts) - 1))
    for report in reports:
        if report.alike:  # tried alone, to find out whether the mail is back: next time another is
            _set_why(session, report)


def _set_why(session: Session, report: Report) -> None:
    session.execute(sa.update(Letter).where(col(Letter.id) == report.letter_id).values(why=report.words))


def _mark_refused(session: Session, claim: int, report: Report, now: datetime) -> None:
    said: Refusal | None = report.refusal
    if said is Refusal.PERHAPS and _on_another_day(session, [report.letter_id], now):
        said = Refusal.PERHAPS_AGAIN
    _set(session, claim, report, state=LetterState.FAILED, why=report.words, refusal=said, refused_at=now)


def _queue_again(session: Session, claim: int, report: Report, now: datetime) -> bool:
    """Put a letter back that the server did not take, a little later each time; False if it was its last try."""
    attempts = session.execute(_TRIES, {"letter": report.letter_id}).scalar_one()
    if attempts > len(RETRY_AFTER):
        _set(session, claim, report, state=LetterState.FAILED, why=report.words)
        return False
    _forget_links(session, [report])
    later = now + timedelta(minutes=RETRY_AFTER[attempts - 1])
    _set(session, claim, report, state=LetterState.QUEUED, not_before=later, why=report.words)
    return True


# A question that could no longer be answered was written anew: the tries of those before it count with its own, or an address
# whose server only ever says "later" would be tried for ever.
_TRIES = sa.text(
    """
    SELECT x.attempts + coalesce(sum(y.attempts), 0)
      FROM letter x
      LEFT JOIN letter y ON y.enrolment_id = x.enrolment_id AND y.step = x.step AND y.address = x.address
                        AND y.state = 'cancelled' AND y.why IN ('late', 'too_late')
                        AND NOT EXISTS (SELECT FROM letter z WHERE z.enrolment_id = x.enrolment_id AND z.step = x.step
                                           AND z.state = 'sent' AND z.queued_at >= y.queued_at)
     WHERE x.id = :letter
     GROUP BY x.attempts
    """
)


def conclude(
    database: Database,
    claim: int,
    blameless: Collection[uuid.UUID],
    gone: Collection[uuid.UUID],
    *,
    taken: bool,
    now: datetime,
) -> None:
    """End a run: letters refused like all others are where they were, and addresses that are gone are written to no more.

    An address is believed to be gone when the same run had some letter taken, or the second time on another day.
    """
    if not blameless and not gone:
        return
    with database.work() as session:
        if blameless:
            _let_go_again(session, claim, blameless)
        if gone:
            believed = gone if taken else _on_another_day(session, gone, now)
            _stop_writing_to(session, believed, now)


def _let_go_again(session: Session, claim: int, letters: Collection[uuid.UUID]) -> None:
    ours = among(col(Letter.id), letters) & (col(Letter.claimed_by) == claim)
    session.execute(sa.delete(LetterLink).where(among(col(LetterLink.letter_id), letters)))
    back = sa.update(Letter).where(ours, col(Letter.state).in_([LetterState.FAILED, LetterState.QUEUED]))
    free = {"state": LetterState.QUEUED, "claimed_by": None, "refusal": None, "refused_at": None}
    session.execute(back.values(attempts=sa.func.greatest(col(Letter.attempts) - 1, 0), **free))


def _on_another_day(session: Session, letters: Collection[uuid.UUID], now: datetime) -> list[uuid.UUID]:
    """Return those of the letters whose address had refused one on a day before, and taken none since."""
    asked = {"letters": list(letters), "today": local_day(now, house(session).zone), "zone": house(session).zone}
    return list(session.scalars(_BEFORE, asked))


_BEFORE = sa.text(
    """
    SELECT x.id FROM letter x
     WHERE x.id = ANY (:letters) AND EXISTS (
           SELECT FROM letter y
            WHERE y.talent_id = x.talent_id AND y.address = x.address AND y.refusal IN ('gone', 'perhaps', 'perhaps_again')
              AND (y.refused_at AT TIME ZONE :zone)::date < :today
              AND NOT EXISTS (SELECT FROM letter z WHERE z.talent_id = x.talent_id AND z.address = x.address
                                 AND z.state = 'sent' AND z.sent_at > y.refused_at))
    """
)


def _stop_writing_to(session: Session, letters: Collection[uuid.UUID], now: datetime) -> None:
    stopped = session.scalars(_STOP, {"letters": list(letters), "now": now}).all()
    record_many(session, _WORKER, "address_refused", [(talent, {}) for talent in stopped], now=now)


# Only the address that was refused: another may stand there by now.
_STOP = sa.text(
    """
    UPDATE talent t SET bounced_at = :now FROM letter x
     WHERE x.id = ANY (:letters) AND t.id = x.talent_id AND t.email = x.address AND t.bounced_at IS NULL
    RETURNING t.id
    """
)


def _forget_links(session: Session, reports: Sequence[Report]) -> None:
    unused = among(col(LetterLink.letter_id), [report.letter_id for report in reports])
    session.execute(sa.delete(LetterLink).where(unused))


def _set(session: Session, claim: int, report: Report, **values: Any) -> None:  # noqa: ANN401 - columns of one table
    session.execute(sa.update(Letter).where(_in_hand(claim, [report])).values(**values))
