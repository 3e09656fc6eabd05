"""Reading the doubts: who may be one person, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.imports.queries import may_import
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.talents.models import Doubt, Talent
from portal.talents.rules import Decision
from portal.timeline.who import Who

PAGE = 20
# What is compared, in order; the first two make one name.
COMPARED = ("first_name", "last_name", "email", "phone", "job_text", "place_name", "experience", "availability")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a line (`talent_id` None) or someone of the pool."""

    talent_id: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt: the line, and those it may be about (whose address it has first)."""

    id: int
    sentence: str
    params: Mapping[str, Any]
    source: str
    line: int | None
    import_id: int | None
    found_at: datetime
    told: Side
    meant: tuple[Side, ...]


def waiting(session: Session, who: Who) -> int:
    """Return how many doubts wait for somebody to decide."""
    may_import(who)
    return session.scalar(sa.select(sa.func.count()).select_from(Doubt).where(*_open())) or 0


def doubts(session: Session, who: Who, page: int = 1) -> list[DoubtRow]:
    """Return one page of the doubts that wait, oldest first."""
    may_import(who)
    query = select(Doubt).where(*_open()).order_by(col(Doubt.id)).limit(PAGE).offset(PAGE * (max(page, 1) - 1))
    found = session.exec(query).all()
    ids = {id_ for each in found for id_ in (each.talent_id, *each.words.get("also", ()))}
    living = among(col(Talent.id), ids) & col(Talent.erased_at).is_(None)
    people = {saved(one.id): one for one in session.exec(select(Talent).where(living))}
    return [_row(each, people) for each in found]


def decided_lately(session: Session, who: Who, limit: int = 10) -> list[tuple[int, Decision, str, datetime]]:
    """Return the newest decisions that can be taken back: number, what was decided, the line's name, when."""
    may_import(who)
    made = (col(Doubt.decided_at).is_not(None), col(Doubt.words) != sa.cast({}, Doubt.__table__.c.words.type))  # type: ignore[attr-defined]
    query = select(Doubt).where(*made).order_by(col(Doubt.decided_at).desc(), col(Doubt.id).desc()).limit(limit)
    return [
        (saved(each.id), each.decision, _name(each.words["values"]), each.decided_at)
        for each in session.exec(query)
        if each.decision is not None and each.decided_at is not None
    ]


def _open() -> tuple[sa.ColumnElement[bool], ...]:
    return (col(Doubt.decided_at).is_(None), col(Doubt.other_id).is_(None))


def _row(doubt: Doubt, people: Mapping[int, Talent]) -> DoubtRow:
    values, mark = doubt.words["values"], doubt.words["mark"]
    meant = [doubt.talent_id, *doubt.words["also"]]
    return DoubtRow(
        saved(doubt.id),
        doubt.sentence,
        doubt.params,
        doubt.words["source"],
        doubt.line,
        doubt.import_id,
        doubt.found_at,
        Side(None, {**{name: values.get(name) for name in COMPARED}, "email": mark[0], "phone": mark[1]}),
        tuple(Side(id_, {name: getattr(people[id_], name) for name in COMPARED}) for id_ in meant if id_ in people),
    )


def _name(values: Mapping[str, Any]) -> str:
    return f"{values.get('first_name') or ''} {values.get('last_name') or ''}".strip()
