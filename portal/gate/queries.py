"""What the gate knows of people, one or thousands, in one statement; and the facts of each request."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.access.house import house
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.rules import Answer, Question
from portal.gate.known import Asked, Ground, Known, Stepped, Talk, Written, facts
from portal.gate.law.already_asked import SAME_STEP_DAYS
from portal.gate.law.hours import next_open, public_holidays
from portal.gate.requests import Request
from portal.gate.rules import Facts
from portal.postbox.rules import LetterKind
from portal.talents.rules import SourceKind

__all__ = ["facts_for", "known", "opens_at", "public_holidays"]

# What belongs to a person comes as JSON with their row: rows of their own would cost four round trips instead of one, and
# twice the time. A letter of contact counts while it waits and for as long as their rhythm is; the others are asked about for
# ever. Of letters of security only the confirmation of an erasure is known: written while there was an address, and the
# last to it.
_KNOWN = sa.text(
    """
    SELECT t.id, t.zone, t.source_kind, t.created_at, t.erased_at IS NOT NULL, t.email IS NOT NULL,
           t.bounced_at IS NOT NULL, t.do_not_contact_at IS NOT NULL,
           EXISTS (SELECT FROM held_back h WHERE h.talent_id = t.id), t.rhythm_days, t.paused_until, t.last_act_at,
           v.owner_id, o.name, v.follow_ups_stopped_at IS NOT NULL, v.opportunity_id,
           EXISTS (SELECT FROM message m WHERE m.conversation_id = v.id),
           (SELECT json_agg(json_build_array(c.purpose, c.basis, c.standing, c.since, c.expires_on, c.notified_at))
              FROM consent c WHERE c.talent_id = t.id),
           (SELECT json_agg(json_build_array(x.id, x.kind, x.queued_at,
                                             CASE WHEN x.state IN ('queued', 'sending') THEN x.not_before END, x.sent_at))
              FROM letter x
             WHERE x.talent_id = t.id AND x.state NOT IN ('cancelled', 'failed')
               AND (x.kind IN ('notice', 're_consent')
                    OR x.kind = 'contact'
                       AND (x.state IN ('queued', 'sending')
                            OR greatest(x.queued_at, x.sent_at)
                               + make_interval(hours => 24 * coalesce(nullif(t.rhythm_days, 0), :rhythm_days)) > :now))),
           (SELECT json_agg(json_build_array(x.id, x.question, x.asked_at, x.opportunity_id, x.survey_id, x.enrolment_id,
                                             x.letter_id, x.answer, x.answered_at, x.later_on,
                                             y.id IS NULL OR y.state NOT IN ('cancelled', 'failed'),
                                             x.deadline, x.closed_at IS NOT NULL))
              FROM ask x LEFT JOIN letter y ON y.id = x.letter_id WHERE x.talent_id = t.id),
           (SELECT json_agg(x.id) FROM letter x
             WHERE x.talent_id = t.id AND x.kind = 'security' AND x.queued_at <= t.erased_at AND x.address <> ''),
           (SELECT json_agg(json_build_array(x.id, x.chain_id, x.step, x.opportunity_id, x.enrolment_id,
                                             greatest(x.queued_at, x.sent_at)))
              FROM letter x
             WHERE x.talent_id = t.id AND x.chain_id IS NOT NULL AND x.state NOT IN ('cancelled', 'failed')
               AND greatest(x.queued_at, x.sent_at) + make_interval(days => :step_days) > :now),
           (SELECT json_agg(e.id) FROM enrolment e JOIN launch l ON l.id = e.launch_id
             WHERE e.talent_id = t.id AND l.confirmed_at IS NOT NULL)
      FROM talent t
      LEFT JOIN conversation v ON v.talent_id = t.id AND v.closed_at IS NULL
      LEFT JOIN staff o ON o.id = v.owner_id
     WHERE t.id = ANY (:ids)
    """
).bindparams(
    sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)),
    sa.bindparam("now", type_=sa.DateTime(timezone=True)),
    sa.bindparam("rhythm_days", type_=sa.Integer),
    sa.bindparam("step_days", type_=sa.Integer),
)


def facts_for(
    session: Session, requests: Sequence[Request], *, now: datetime, learnt: dict[int, Known] | None = None
) -> list[Facts]:
    """Return the facts for each request, in their order. A letter to staff has none but the kind.

    Whoever is in `learnt` already is not read again; the others are added to it.
    """
    rules, people = house(session), {} if learnt is None else learnt
    asked = {request.talent_id for request in requests if request.talent_id is not None}
    people |= known(session, asked - people.keys(), now=now)
    closed = _closed(session, {request.opportunity_id for request in requests if request.opportunity_id is not None})
    return [
        Facts(now=now, kind=request.kind)
        if request.talent_id is None
        else facts(people[request.talent_id], request, rules, closed_jobs=closed, now=now)
        for request in requests
    ]


def _closed(session: Session, job_ids: Collection[int]) -> frozenset[int]:
    return frozenset(session.scalars(_CLOSED, {"jobs": list(job_ids)})) if job_ids else frozenset()


_CLOSED = sa.text("SELECT id FROM opportunity WHERE id = ANY (:jobs) AND closed_at IS NOT NULL").bindparams(
    sa.bindparam("jobs", type_=pg.ARRAY(sa.BigInteger))
)


def known(session: Session, ids: Collection[int], *, now: datetime) -> dict[int, Known]:
    """Return what the gate knows of each of these people."""
    if not ids:
        return {}
    days = {"rhythm_days": house(session).rhythm_days, "step_days": SAME_STEP_DAYS}
    asked = {"ids": list(ids), "now": now} | days
    return {row[0]: _known(row) for row in session.execute(_KNOWN, asked)}


def _known(row: Any) -> Known:  # noqa: ANN401 - a row of _KNOWN
    _, zone, source, created_at, *flags, rhythm_days, paused_until, last_act_at = row[:12]
    owner_id, owner, *talk, grounds, letters, asks, farewells, steps, confirmed = row[12:]
    erased, has_address, bounced, do_not_contact, stop_to_decide = flags
    return Known(
        zone=zone,
        source_kind=SourceKind(source),
        created_at=created_at,
        erased=erased,
        has_address=has_address,
        bounced=bounced,
        do_not_contact=do_not_contact,
        stop_to_decide=stop_to_decide,
        rhythm_days=rhythm_days,
        paused_until=paused_until,
        last_act_at=last_act_at,
        talk=None if owner_id is None else Talk(owner_id, owner, *talk),
        grounds={Purpose(each[0]): _ground(*each[1:]) for each in grounds or ()},
        letters=tuple([_written(*each) for each in letters or ()]),
        asks=tuple([_asked(*each) for each in asks or ()]),
        farewells=tuple(farewells or ()),
        steps=tuple([_stepped(*each) for each in steps or ()]),
        confirmed=frozenset(confirmed or ()),
    )


def _ground(basis: str, standing: str, since: str, expires_on: str | None, notified_at: str | None) -> Ground:
    return Ground(Basis(basis), Standing(standing), _at(since), _on(expires_on), _at(notified_at))


def _written(id_: str, kind: str, queued_at: str, not_before: str | None, sent_at: str | None) -> Written:
    return Written(id_, LetterKind(kind), datetime.fromisoformat(queued_at), _at(not_before), _at(sent_at))


def _stepped(
    id_: str, chain_id: int, step: str | None, opportunity_id: int | None, enrolment_id: int | None, at: str
) -> Stepped:
    return Stepped(id_, chain_id, step, opportunity_id, enrolment_id, datetime.fromisoformat(at))


def _asked(
    id_: int,
    question: str,
    asked_at: str,
    opportunity_id: int | None,
    survey_id: int | None,
    enrolment_id: int | None,
    letter_id: str | None,
    answer: str | None,
    answered_at: str | None,
    later_on: str | None,
    arrives: bool,
    deadline: str,
    closed: bool,
) -> Asked:
    return Asked(
        id_,
        Question(question),
        datetime.fromisoformat(asked_at),
        opportunity_id,
        survey_id,
        enrolment_id,
        letter_id,
        None if answer is None else Answer(answer),
        _at(answered_at),
        _on(later_on),
        arrives,
        _at(deadline),
        closed,
    )


def _at(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)


def _on(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def opens_at(session: Session, zone: str, *, now: datetime) -> datetime:
    """Return when a letter planned now may leave for someone who lives in `zone`."""
    rules = house(session)
    return next_open(now, zone, rules.quiet_from, rules.quiet_to, public_holidays(now.year, zone))
