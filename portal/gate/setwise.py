"""The law of a contact letter for a whole segment, in one statement: `law.decide` for one, this for a hundred thousand.

The rows of `law.APPLIES[LetterKind.CONTACT]`, in their order; a property test holds the two equal on random pools. Hours
are left out: they delay a *go*, they never refuse one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.access.house import house
from portal.gate.law import APPLIES, numbers
from portal.gate.law.basis import NOTICE_DAYS
from portal.gate.law.reason import Reason
from portal.gate.requests import Request
from portal.gate.rules import Check
from portal.kit.bulk import row_by_row
from portal.postbox.rules import LetterKind
from portal.talents.rules import FROM_THE_PERSON


@dataclass(frozen=True, slots=True)
class Objection:
    """Those whom the same reason holds; `reason` is None for those who are reachable."""

    reason: Reason | None
    talent_ids: tuple[int, ...]


# The first that holds decides. `today` is the day where the person lives.
_REASONS = tuple(reason for reason in APPLIES[LetterKind.CONTACT] if reason.check is not Check.HOURS)
_OBJECTIONS = sa.text(
    f"""
    WITH m AS MATERIALIZED (SELECT unnest(:talents) AS id)
    SELECT CASE {" ".join(f"WHEN {reason.sql} THEN {at}" for at, reason in enumerate(_REASONS))} END AS objection,
           array_agg(t.id ORDER BY t.id) AS talents
      FROM m
      JOIN talent t ON t.id = m.id
     CROSS JOIN LATERAL (SELECT (CAST(:now AS timestamptz) AT TIME ZONE t.zone)::date AS today) d
      LEFT JOIN consent c ON c.talent_id = t.id AND c.purpose = :purpose
     CROSS JOIN LATERAL (
           SELECT c.notified_at IS NOT NULL
                  OR coalesce(c.basis = 'consent', false) AND t.source_kind = ANY (:from_the_person) AS informed
     ) i
      LEFT JOIN conversation v ON v.talent_id = t.id AND v.closed_at IS NULL
      LEFT JOIN LATERAL (
           SELECT max(CASE WHEN x.state IN ('queued', 'sending') THEN greatest(x.queued_at, least(x.not_before, :now))
                           ELSE greatest(x.queued_at, x.sent_at) END)
                      FILTER (WHERE x.kind IN ('contact', 'notice', 're_consent')) AS counted_at,
                  max(greatest(x.queued_at, x.sent_at))
                      FILTER (WHERE x.chain_id = CAST(:chain AS bigint) AND x.step = :step AND :asks_nothing
                                AND x.opportunity_id IS NOT DISTINCT FROM CAST(:opportunity AS bigint)) AS step_sent_at
             FROM letter x
            WHERE x.talent_id = t.id AND x.state NOT IN ('cancelled', 'failed')
              AND (x.kind IN ('contact', 'notice', 're_consent') OR x.chain_id = CAST(:chain AS bigint))
      ) l ON true
      LEFT JOIN LATERAL (
           SELECT bool_or(x.opportunity_id = CAST(:opportunity AS bigint) AND NOT s.silent) AS opportunity_asked,
                  bool_or(x.opportunity_id = CAST(:opportunity AS bigint) AND s.silent) AS opportunity_silent,
                  max(x.asked_at) FILTER (WHERE x.survey_id = CAST(:survey AS bigint)) AS survey_asked_at,
                  max(x.asked_at) FILTER (WHERE x.question = :question AND x.question = 'still_looking')
                      AS question_asked_at,
                  bool_or(x.opportunity_id = CAST(:opportunity AS bigint) AND x.answer = 'no' AND x.question <> 'slots')
                      AS no_to_this,
                  max(x.answered_at) FILTER (WHERE x.question = 'still_looking' AND x.answer = 'no') AS no_at,
                  max(x.later_on) FILTER (WHERE x.answer = 'later') AS later_on
             FROM ask x LEFT JOIN letter y ON y.id = x.letter_id
            CROSS JOIN LATERAL (
                  SELECT x.answer IS NULL AND x.answered_at IS NULL AND (x.closed_at IS NOT NULL OR x.deadline <= :now)
                         AS silent
            ) s
            WHERE x.talent_id = t.id AND (y.id IS NULL OR y.state NOT IN ('cancelled', 'failed'))
      ) a ON true
     GROUP BY objection
    """  # noqa: S608 - of constants alone
).bindparams(
    sa.bindparam("talents", type_=pg.ARRAY(sa.BigInteger)),
    sa.bindparam("from_the_person", type_=pg.ARRAY(sa.Text)),
    *(sa.bindparam(name, type_=sa.Text) for name in ("purpose", "question", "step")),
    sa.bindparam("asks_nothing", type_=sa.Boolean),
    *(sa.bindparam(name, type_=sa.DateTime(timezone=True)) for name in ("now", "notice_from")),
    *(sa.bindparam(name, type_=sa.Integer) for name in ("rhythm_days",)),
)


def objections(session: Session, talent_ids: Sequence[int], about: Request, *, now: datetime) -> list[Objection]:
    """Split these people by the first reason that holds a contact letter `about` something, in the order of the law.

    `about` names the purpose, the question, the author…; whom it is about counts for nothing.
    """
    asked = {"talents": list(talent_ids), **_asked(session, about, now)}
    with row_by_row(session):
        found = session.execute(_OBJECTIONS, asked).all()
    ordered = sorted(found, key=lambda row: len(_REASONS) if row.objection is None else row.objection)
    return [
        Objection(None if row.objection is None else _REASONS[row.objection], tuple(row.talents)) for row in ordered
    ]


def _asked(session: Session, about: Request, now: datetime) -> dict[str, Any]:
    return numbers(house(session)) | {
        "now": now,
        "purpose": about.purpose,
        "question": about.question,
        "opportunity": about.opportunity_id,
        "survey": about.survey_id,
        "author": about.author_id,
        "chain": about.chain_id,
        "step": about.step,
        "asks_nothing": about.question is None and about.survey_id is None,
        "notice_from": now - timedelta(days=NOTICE_DAYS),
        "from_the_person": sorted(kind.value for kind in FROM_THE_PERSON),
    }
