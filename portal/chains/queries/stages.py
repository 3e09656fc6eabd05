"""Where everyone of one launch stands, in one statement: the numbers of its board and the people behind each are the same rows.

Each stage is a condition on those rows, so that a number and its list can never disagree.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.postbox.actions import ASIDE


class Stage(StrEnum):
    """A number of the board. Those of a person are not exclusive: who booked was also written to."""

    ENROLLED = "enrolled"
    DUE = "due"
    HELD = "held"
    BLOCKED = "blocked"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    ANSWERED = "answered"
    INTERESTED = "interested"
    YES = "yes"
    MORE_INFO = "more_info"
    LATER = "later"
    NO = "no"
    NO_BECAUSE = "no_because"
    WAITED_FOR = "waited_for"
    SILENT = "silent"
    DIGEST_SENT = "digest_sent"
    DIGEST_OK = "digest_ok"
    DIGEST_NO = "digest_no"
    OFFERED = "offered"
    BOOKED = "booked"
    NEITHER = "neither"
    STOPPED = "stopped"
    UNSUBSCRIBED = "unsubscribed"


# Stages that split by a second word: the gate's code, or the reason of a no.
SPLIT = {Stage.HELD: "because", Stage.BLOCKED: "because", Stage.NO_BECAUSE: "reason"}

CONDITIONS: dict[Stage, str] = {
    Stage.ENROLLED: "true",
    Stage.DUE: "state = 'due' AND blocked_by IS NULL AND sent_at IS NULL AND NOT leaving",
    Stage.HELD: "state = 'due' AND blocked_by IS NOT NULL",
    Stage.BLOCKED: "outcome = 'blocked'",
    Stage.LEAVING: "leaving",
    Stage.SENT: "sent_at IS NOT NULL",
    Stage.FAILED: "outcome = 'undelivered' OR failed AND sent_at IS NULL",
    Stage.ANSWERED: "answer IS NOT NULL",
    Stage.INTERESTED: "answer IN ('yes', 'more_info')",
    Stage.YES: "answer = 'yes'",
    Stage.MORE_INFO: "answer = 'more_info'",
    Stage.LATER: "answer = 'later'",
    Stage.NO: "answer = 'no'",
    Stage.NO_BECAUSE: "(answer = 'no' OR digest_answer = 'no')",
    Stage.WAITED_FOR: "asked_at IS NOT NULL AND answer IS NULL AND open AND sent_at IS NOT NULL",
    Stage.SILENT: "asked_at IS NOT NULL AND answer IS NULL AND sent_at IS NOT NULL AND NOT open AND deadline <= :now",
    Stage.DIGEST_SENT: "digest_at IS NOT NULL",
    Stage.DIGEST_OK: "digest_answer = 'yes'",
    Stage.DIGEST_NO: "digest_answer = 'no'",
    Stage.OFFERED: "offered_at IS NOT NULL",
    Stage.BOOKED: "booked_at IS NOT NULL",
    Stage.NEITHER: "refused >= 2 AND booked_at IS NULL",
    Stage.STOPPED: "outcome IN ('stopped', 'closed')",
    Stage.UNSUBSCRIBED: "outcome = 'unsubscribed'",
}

# One index look-up a person and part (LATERAL), whatever the planner knows of the tables: right after a launch it knows
# nothing yet, and any join it would choose between sets is a guess. `asked_*`: what the chain asks first (the last time it
# did); the offer and the times have columns of their own.
WAY = """
    WITH way AS MATERIALIZED (
        SELECT e.*, w.sent_at, coalesce(w.leaving, false) AS leaving, w.leaves_at,
               coalesce(w.failed, false) AS failed, w.failed_why,
               a.asked_at, a.answer, a.answered_at, a.later_on, a.deadline, coalesce(a.open, false) AS open,
               g.digest_at, g.digest_answer, g.digest_answered_at,
               CASE WHEN a.answer = 'no' THEN a.reason WHEN g.digest_answer = 'no' THEN g.digest_reason END AS reason,
               f.offered_at, f.booked_at, f.meets_at, coalesce(f.refused, 0) AS refused,
               CASE WHEN e.blocked_by = 'no_slots' THEN e.blocked_by ELSE coalesce(o.because, e.blocked_by) END
                   AS because,
               o.params AS because_params, CASE WHEN e.waits_for IS NULL THEN coalesce(o.until, e.due_at) END AS held_until
          FROM enrolment e
          LEFT JOIN LATERAL (
               SELECT min(x.sent_at) FILTER (WHERE x.state IN ('sent', 'unknown')) AS sent_at,
                      bool_or(x.state IN ('queued', 'sending')) AS leaving,
                      min(x.not_before) FILTER (WHERE x.state = 'queued' AND x.not_before < :aside) AS leaves_at,
                      bool_or(x.state = 'failed') AS failed, max(x.why) FILTER (WHERE x.state = 'failed') AS failed_why
                 FROM letter x WHERE x.enrolment_id = e.id
          ) w ON true
          LEFT JOIN LATERAL (
               SELECT x.asked_at, x.answer, x.answered_at, x.reason, x.later_on, x.deadline,
                      x.closed_at IS NULL AND x.deadline > :now AS open
                 FROM ask x WHERE x.enrolment_id = e.id AND x.question IN ('still_looking', 'opportunity', 'survey')
                ORDER BY x.id DESC LIMIT 1
          ) a ON true
          LEFT JOIN LATERAL (
               SELECT x.asked_at AS digest_at, x.answer AS digest_answer, x.answered_at AS digest_answered_at,
                      x.reason AS digest_reason
                 FROM ask x WHERE x.enrolment_id = e.id AND x.question = 'digest' ORDER BY x.id DESC LIMIT 1
          ) g ON true
          LEFT JOIN LATERAL (
               SELECT min(x.asked_at) AS offered_at, max(b.booked_at) AS booked_at, min(s.starts_at) AS meets_at,
                      count(*) FILTER (WHERE x.answer = 'no') AS refused
                 FROM ask x
                 LEFT JOIN booking b ON b.ask_id = x.id AND b.cancelled_at IS NULL
                 LEFT JOIN slot s ON s.id = b.slot_id
                WHERE x.enrolment_id = e.id AND x.question = 'slots'
          ) f ON true
          LEFT JOIN LATERAL (
               SELECT d.because, d.params, d.until
                 FROM gate_decision d
                WHERE (e.blocked_by IS NOT NULL OR e.outcome = 'blocked') AND d.talent_id = e.talent_id AND d.verdict <> 'go'
                  AND (d.request->>'enrolment_id')::bigint = e.id
                ORDER BY d.at DESC LIMIT 1
          ) o ON true
         WHERE e.launch_id = :launch
    )
"""


def rows(session: Session, select: str, launch_id: int, now: datetime, **params: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """Return what `select` (a constant of these modules) says of the ways through one launch."""
    asked = {"launch": launch_id, "now": now, "aside": ASIDE, **params}
    return [dict(row) for row in session.execute(sa.text(WAY + select), asked).mappings()]
