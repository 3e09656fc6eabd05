"""Whoever waits for something is due when it is there: a letter that left, times to offer, a conversation closed, a job reopened.

What is there is seen in the rows, so that nobody who frees a time or closes a conversation has to think of chains.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import house
from portal.booking import openings
from portal.booking.rules import HELD_AT_ONCE, served
from portal.chains.models import Enrolment
from portal.chains.rules import Outcome
from portal.chains.turns import Departed, NotDelivered
from portal.chains.world import Heard
from portal.gate.queries import opens_at
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.postbox.rules import LetterState

ROUND = 2000

# Their last letter is neither waiting nor in hand any more.
_LEFT = sa.text(
    """
    SELECT e.id, x.state
      FROM enrolment e
      CROSS JOIN LATERAL (
           SELECT y.state FROM letter y WHERE y.enrolment_id = e.id ORDER BY y.queued_at DESC, y.id LIMIT 1
      ) x
     WHERE e.waits_for = 'letter' AND e.state = 'due' AND x.state NOT IN ('queued', 'sending')
     ORDER BY e.id LIMIT :round FOR UPDATE OF e SKIP LOCKED
    """
)
# `unknown` may have arrived: whoever got it should not get it again.
_NEVER_LEFT = {LetterState.FAILED: Outcome.UNDELIVERED, LetterState.CANCELLED: Outcome.BLOCKED}
_FREE_TO_TALK = sa.text(
    """
    UPDATE enrolment e SET due_at = :now, waits_for = NULL
      FROM launch l
     WHERE l.id = e.launch_id AND e.waits_for = 'conversation' AND e.state = 'due'
       AND NOT EXISTS (SELECT 1 FROM conversation v
                        WHERE v.talent_id = e.talent_id AND v.closed_at IS NULL AND v.owner_id <> l.owner_id)
    """
)
_REOPENED = sa.text(
    """
    UPDATE enrolment e SET due_at = :now, waits_for = NULL
      FROM launch l JOIN opportunity o ON o.id = l.opportunity_id
     WHERE l.id = e.launch_id AND e.waits_for = 'job' AND e.state = 'due' AND o.closed_at IS NULL
    """
)
_WANT_TIMES = sa.text(
    """
    SELECT e.id, e.talent_id, l.owner_id, t.zone
      FROM enrolment e JOIN launch l ON l.id = e.launch_id JOIN talent t ON t.id = e.talent_id
     WHERE e.waits_for = 'times' AND e.state = 'due' AND l.state IN ('running', 'done')
     ORDER BY e.entered_at, e.id
    """
)


def letters_followed(session: Session) -> list[Heard]:
    """Return whose letter has left, or never will."""
    left = session.execute(_LEFT, {"round": ROUND})
    return [Heard(way, _fate(LetterState(state))) for way, state in left]


def _fate(state: LetterState) -> Departed | NotDelivered:
    return NotDelivered(_NEVER_LEFT[state]) if state in _NEVER_LEFT else Departed()


def wake(session: Session, *, now: datetime) -> int:
    """Make those due who waited for times, for a conversation to close or a job to reopen; return how many."""
    talking = session.execute(_FREE_TO_TALK, {"now": now}).rowcount  # type: ignore[attr-defined]
    reopened = session.execute(_REOPENED, {"now": now}).rowcount  # type: ignore[attr-defined]
    return int(talking + reopened) + _wake_for_times(session, now)


def _wake_for_times(session: Session, now: datetime) -> int:
    """Wake as many as there are pairs of times for, those who wait longest first."""
    waiting: dict[int, list[sa.Row[tuple[int, int, int, str]]]] = defaultdict(list)
    for row in session.execute(_WANT_TIMES):
        waiting[row.owner_id].append(row)
    woken = [way for owner, theirs in waiting.items() for way in _served(session, owner, theirs, now)]
    due = sa.update(Enrolment).where(among(col(Enrolment.id), woken))
    session.execute(due.values(due_at=now, waits_for=None))
    return len(woken)


def _served(
    session: Session, owner_id: int, waiting: Sequence[sa.Row[tuple[int, int, int, str]]], now: datetime
) -> list[int]:
    free = {saved(slot.id): slot.span for slot in openings.free_slots(session, owner_id, now=now)}
    if len(free) < HELD_AT_ONCE:
        return []
    hold = timedelta(hours=house(session).hold_hours)
    until = {zone: opens_at(session, zone, now=now) + hold for zone in {row.zone for row in waiting}}
    wanted = [(row.id, row.talent_id, until[row.zone]) for row in waiting]
    return served(openings.wishes(session, wanted), free)
