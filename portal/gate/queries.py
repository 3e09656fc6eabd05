"""The facts the gate decides on, for one person or thousands, in one statement."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import holidays
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.access.house import house
from portal.access.models import House
from portal.gate.requests import Request
from portal.gate.rules import Facts, next_open
from portal.kit.clock import local_day
from portal.talents.rules import FROM_THE_PERSON

# The same open question is not put twice within this many days, whoever asks.
SAME_QUESTION_DAYS = 60
# GDPR 14(3)(a): within one month; a record nobody informed by then is blocked.
NOTICE_DAYS = 31

_FACTS = sa.text(
    """
    SELECT r.idx, t.zone, t.erased_at IS NOT NULL AND g.id IS NULL AS erased,
           t.email IS NULL AND g.id IS NULL AS no_address,
           t.bounced_at IS NOT NULL AS bounced, t.do_not_contact_at IS NOT NULL AS do_not_contact,
           t.source_kind, t.created_at, t.rhythm_days, t.paused_until,
           c.standing, c.basis, c.expires_on, c.notified_at,
           l.counted_at, l.noticed, l.renewal_asked_at >= greatest(c.since, t.last_act_at) AS renewal_asked,
           a.opportunity_asked, a.survey_asked, a.question_asked_at, a.no_to_this, a.no_at, a.later_on,
           f.answer AS answer_now, o.name AS conversation_with, v.follow_ups_stopped_at IS NOT NULL AS stopped
      FROM unnest(:talent, :purpose, :question, :opportunity, :survey, :enrolment, :author, :follows, :letter)
           WITH ORDINALITY AS r(talent_id, purpose, question, opportunity_id, survey_id, enrolment_id, author_id,
                                follows, letter_id, idx)
      JOIN talent t ON t.id = r.talent_id
      -- the confirmation of an erasure: written while there was an address, and the last letter to it
      LEFT JOIN letter g ON g.id = r.letter_id AND g.kind = 'security' AND g.queued_at <= t.erased_at AND g.address <> ''
      LEFT JOIN consent c ON c.talent_id = t.id AND c.purpose = r.purpose
      LEFT JOIN conversation v ON v.talent_id = t.id AND v.closed_at IS NULL
      LEFT JOIN staff o ON o.id = v.owner_id AND v.owner_id IS DISTINCT FROM r.author_id
      LEFT JOIN ask f ON f.id = r.follows
      LEFT JOIN LATERAL (
           SELECT max(CASE WHEN x.state IN ('queued', 'sending') THEN greatest(x.queued_at, least(x.not_before, :now))
                           ELSE greatest(x.queued_at, x.sent_at) END)
                     FILTER (WHERE x.kind IN ('contact', 'notice', 're_consent')) AS counted_at,
                  bool_or(x.kind = 'notice') AS noticed,
                  max(x.queued_at) FILTER (WHERE x.kind = 're_consent') AS renewal_asked_at
             FROM letter x
            WHERE x.talent_id = t.id AND x.id <> r.letter_id AND x.state NOT IN ('cancelled', 'failed')
      ) l ON true
      LEFT JOIN LATERAL (
           SELECT bool_or(x.opportunity_id = r.opportunity_id AND x.letter_id IS DISTINCT FROM r.letter_id
                          AND (r.enrolment_id IS NULL OR x.enrolment_id IS DISTINCT FROM r.enrolment_id))
                      AS opportunity_asked,
                  bool_or(x.survey_id = r.survey_id AND x.letter_id IS DISTINCT FROM r.letter_id) AS survey_asked,
                  max(x.asked_at) FILTER (WHERE x.question = r.question AND x.question = 'still_looking'
                                            AND x.letter_id IS DISTINCT FROM r.letter_id
                                            AND (r.enrolment_id IS NULL
                                                 OR x.enrolment_id IS DISTINCT FROM r.enrolment_id))
                      AS question_asked_at,
                  bool_or(x.opportunity_id = r.opportunity_id AND x.answer = 'no') AS no_to_this,
                  max(x.answered_at) FILTER (WHERE x.question = 'still_looking' AND x.answer = 'no') AS no_at,
                  max(x.later_on) FILTER (WHERE x.answer = 'later') AS later_on
             FROM ask x LEFT JOIN letter y ON y.id = x.letter_id
            WHERE x.talent_id = t.id AND (y.id IS NULL OR y.state NOT IN ('cancelled', 'failed'))
      ) a ON true
     ORDER BY r.idx
    """
).bindparams(
    *(
        sa.bindparam(name, type_=pg.ARRAY(sa.BigInteger))
        for name in ("talent", "opportunity", "survey", "enrolment", "author", "follows")
    ),
    *(sa.bindparam(name, type_=pg.ARRAY(sa.Text)) for name in ("purpose", "question")),
    sa.bindparam("letter", type_=pg.ARRAY(sa.Uuid)),
)


def facts_for(session: Session, requests: Sequence[Request], *, now: datetime) -> list[Facts]:
    """Return the facts for each request, in their order. A letter to staff has none but the kind."""
    rules = house(session)
    of_talents = [request for request in requests if request.talent_id is not None]
    rows = iter(session.execute(_FACTS, _arrays(of_talents) | {"now": now}).mappings()) if of_talents else iter(())
    return [
        _facts(request, next(rows), rules, now) if request.talent_id is not None else Facts(now=now, kind=request.kind)
        for request in requests
    ]


def _arrays(requests: Sequence[Request]) -> dict[str, list[Any]]:
    return {
        "talent": [r.talent_id for r in requests],
        "purpose": [r.purpose for r in requests],
        "question": [r.question for r in requests],
        "opportunity": [r.opportunity_id for r in requests],
        "survey": [r.survey_id for r in requests],
        "enrolment": [r.enrolment_id for r in requests],
        "author": [r.author_id for r in requests],
        "follows": [r.follows for r in requests],
        "letter": [r.letter_id for r in requests],
    }


def _facts(request: Request, row: Any, rules: House, now: datetime) -> Facts:  # noqa: ANN401 - a row mapping
    consented = row["basis"] == "consent"
    told_by_themself = row["source_kind"] in FROM_THE_PERSON
    informed = row["notified_at"] is not None or (consented and told_by_themself)
    follows = request.follows is not None
    return Facts(
        now=now,
        kind=request.kind,
        zone=row["zone"],
        erased=row["erased"],
        no_address=row["no_address"] and not request.elsewhere,
        bounced=row["bounced"] and not request.elsewhere,
        do_not_contact=row["do_not_contact"],
        basis_given=row["standing"] == "given",
        basis_withdrawn=row["standing"] == "withdrawn",
        basis_expires_on=row["expires_on"],
        basis_is_consent=consented,
        informed=informed,
        notice_overdue=not informed and not told_by_themself and row["created_at"] + timedelta(days=NOTICE_DAYS) < now,
        already_noticed=bool(row["noticed"]),
        already_asked_to_renew=bool(row["renewal_asked"]),
        same_opportunity_asked=bool(row["opportunity_asked"]),
        same_question_until=_plus(row["question_asked_at"], SAME_QUESTION_DAYS, row["zone"]),
        same_survey_asked=bool(row["survey_asked"]),
        conversation_with=row["conversation_with"],
        # A letter that follows up an answer listens to that answer alone: the thanks for a no must not be stopped by it.
        no_to_this=bool(row["no_to_this"]) and not follows,
        no_until=None if follows else _plus(row["no_at"], rules.no_holds_days, row["zone"]),
        later_until=None if follows else row["later_on"],
        stopped=row["stopped"],
        answer_changed=follows and request.on is not None and row["answer_now"] != request.on,
        rhythm_days=row["rhythm_days"] or rules.rhythm_days,
        counted_at=row["counted_at"],
        paused_until=row["paused_until"],
        quiet_from=rules.quiet_from,
        quiet_to=rules.quiet_to,
        holidays=public_holidays(now.year),
    )


def _plus(instant: datetime | None, days: int, zone: str) -> date | None:
    """Return the day, where they live, so many days after an instant."""
    return None if instant is None else local_day(instant, zone) + timedelta(days=days)


def opens_at(session: Session, zone: str, *, now: datetime) -> datetime:
    """Return when a letter planned now may leave for someone who lives in `zone`."""
    rules = house(session)
    return next_open(now, zone, rules.quiet_from, rules.quiet_to, public_holidays(now.year))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of France in `year` and the next."""
    return frozenset(holidays.country_holidays("FR", years=(year, year + 1)))
