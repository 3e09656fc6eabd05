"""What the gate knows of people, for one or thousands, in four statements; and the facts of each request."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.access.house import house
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.rules import Answer, Question
from portal.gate.known import Asked, Ground, Known, Talk, Written, facts
from portal.gate.law.hours import next_open, public_holidays
from portal.gate.requests import Request
from portal.gate.rules import Facts
from portal.postbox.rules import LetterKind
from portal.talents.rules import SourceKind

__all__ = ["facts_for", "known", "opens_at", "public_holidays"]

T = TypeVar("T")


def _about(statement: str) -> sa.TextClause:
    """Return a statement about the people `:ids`, the id of each first."""
    return sa.text(statement).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))


_PEOPLE = _about(
    """
    SELECT t.id, t.zone, t.source_kind, t.created_at, t.erased_at IS NOT NULL, t.email IS NOT NULL,
           t.bounced_at IS NOT NULL, t.do_not_contact_at IS NOT NULL, t.rhythm_days, t.paused_until, t.last_act_at,
           v.owner_id, o.name, v.follow_ups_stopped_at IS NOT NULL
      FROM talent t
      LEFT JOIN conversation v ON v.talent_id = t.id AND v.closed_at IS NULL
      LEFT JOIN staff o ON o.id = v.owner_id
     WHERE t.id = ANY (:ids)
    """
)
_GROUNDS = _about(
    "SELECT talent_id, purpose, basis, standing, since, expires_on, notified_at FROM consent WHERE talent_id = ANY (:ids)"
)
# What the rhythm counts; and the confirmation of an erasure: written while there was an address, and the last letter to it.
_LETTERS = _about(
    """
    SELECT x.talent_id, x.id, x.kind, x.queued_at, CASE WHEN x.state IN ('queued', 'sending') THEN x.not_before END, x.sent_at
      FROM letter x
     WHERE x.talent_id = ANY (:ids)
       AND (x.kind IN ('contact', 'notice', 're_consent') AND x.state NOT IN ('cancelled', 'failed')
            OR x.kind = 'security' AND x.address <> ''
               AND x.queued_at <= (SELECT t.erased_at FROM talent t WHERE t.id = x.talent_id))
    """
)
_ASKS = _about(
    """
    SELECT x.talent_id, x.id, x.question, x.asked_at, x.opportunity_id, x.survey_id, x.enrolment_id, x.letter_id,
           x.answer, x.answered_at, x.later_on, y.id IS NULL OR y.state NOT IN ('cancelled', 'failed')
      FROM ask x LEFT JOIN letter y ON y.id = x.letter_id
     WHERE x.talent_id = ANY (:ids)
    """
)


def facts_for(session: Session, requests: Sequence[Request], *, now: datetime) -> list[Facts]:
    """Return the facts for each request, in their order. A letter to staff has none but the kind."""
    rules = house(session)
    people = known(session, {request.talent_id for request in requests if request.talent_id is not None})
    return [
        Facts(now=now, kind=request.kind)
        if request.talent_id is None
        else facts(people[request.talent_id], request, rules, now=now)
        for request in requests
    ]


def known(session: Session, ids: Collection[int]) -> dict[int, Known]:
    """Return what the gate knows of each of these people."""
    if not ids:
        return {}
    asked = {"ids": list(ids)}
    grounds, letters, asks = (_each(session, statement, asked) for statement in (_GROUNDS, _LETTERS, _ASKS))
    return {
        row[0]: _known(row, grounds.get(row[0], ()), letters.get(row[0], ()), asks.get(row[0], ()))
        for row in session.execute(_PEOPLE, asked)
    }


def _each(session: Session, statement: sa.TextClause, asked: dict[str, Any]) -> dict[int, list[Any]]:
    """Return the rows of each person."""
    theirs = defaultdict(list)
    for row in session.execute(statement, asked):
        theirs[row[0]].append(row)
    return theirs


def _known(person: Any, grounds: Sequence[Any], letters: Sequence[Any], asks: Sequence[Any]) -> Known:  # noqa: ANN401
    _, zone, source, created_at, erased, *flags, rhythm_days, paused_until, last_act_at, owner_id, owner, stopped = (
        person
    )
    has_address, bounced, do_not_contact = flags
    return Known(
        zone=zone,
        source_kind=SourceKind(source),
        created_at=created_at,
        erased=erased,
        has_address=has_address,
        bounced=bounced,
        do_not_contact=do_not_contact,
        rhythm_days=rhythm_days,
        paused_until=paused_until,
        last_act_at=last_act_at,
        talk=None if owner_id is None else Talk(owner_id, owner, stopped),
        grounds={
            Purpose(purpose): Ground(Basis(basis), Standing(standing), *rest)
            for _, purpose, basis, standing, *rest in grounds
        },
        letters=tuple(Written(row[1], LetterKind(row[2]), *row[3:]) for row in letters if row[2] != "security"),
        asks=tuple(_asked(row) for row in asks),
        farewell=next((row[1] for row in letters if row[2] == "security"), None),
    )


def _asked(row: Any) -> Asked:  # noqa: ANN401 - a row of _ASKS
    _, id_, question, asked_at, opportunity_id, survey_id, enrolment_id, letter_id, answer, *answered, arrives = row
    said = None if answer is None else Answer(answer)
    return Asked(
        id_, Question(question), asked_at, opportunity_id, survey_id, enrolment_id, letter_id, said, *answered, arrives
    )


def opens_at(session: Session, zone: str, *, now: datetime) -> datetime:
    """Return when a letter planned now may leave for someone who lives in `zone`."""
    rules = house(session)
    return next_open(now, zone, rules.quiet_from, rules.quiet_to, public_holidays(now.year))
