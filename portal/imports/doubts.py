"""Reading the doubts: who may be one person, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.doubles.queries import about, still_two
from portal.imports.models import ImportRun
from portal.imports.queries import may_import
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.kit.fold import fold
from portal.segments.finding import telephones
from portal.talents.identity import goes_on_as
from portal.talents.models import Doubt, Talent
from portal.talents.rules import Decision
from portal.timeline.who import Who

PAGE = 20
_MOST_WORDS = 8
_TABLE = Doubt.__table__  # type: ignore[attr-defined]
# What is compared, in order; the first two make one name.
PROVEN = "proven_at"  # since when the address is their own word: of a line it never is
COMPARED = ("first_name", "last_name", "email", "phone", "job_text", "place_name", "experience", "availability")


@dataclass(frozen=True, slots=True)
class Only:
    """Which doubts are looked at: about one person, of one import, and where either of the two has what is looked for."""

    talent_id: int = 0
    import_id: int = 0
    find: str = ""


ALL = Only()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a line (`talent_id` None) or someone of the pool."""

    talent_id: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt: what a line says, or one of two of the pool (`told`), and who that may be (whose address it has first)."""

    id: int
    sentence: str
    params: Mapping[str, Any]
    source: str
    line: int | None
    import_id: int | None
    found_at: datetime
    told: Side
    meant: tuple[Side, ...]
    stop: bool = False  # the line says not to write to its person


def waiting(session: Session, who: Who, only: Only = ALL) -> int:
    """Return how many doubts wait for somebody to decide."""
    may_import(who)
    return session.scalar(sa.select(sa.func.count()).select_from(Doubt).where(*_open(only))) or 0


def doubts(session: Session, who: Who, page: int = 1, only: Only = ALL) -> list[DoubtRow]:
    """Return one page of the doubts that wait, oldest first.

    Two who are both in the pool come before lines outside it: to them the house may be writing.
    """
    may_import(who)
    query = select(Doubt).where(*_open(only)).order_by(col(Doubt.other_id).is_(None), col(Doubt.id))
    found = session.exec(query.limit(PAGE).offset(PAGE * (max(page, 1) - 1))).all()
    people = _people(session, {id_ for each in found for id_ in _named(each)})
    return [_row(each, people) for each in found]


def imports_in_doubt(session: Session, who: Who) -> list[tuple[int, str, int]]:
    """Return the imports of which doubts wait, newest first: number, name of the file, how many."""
    may_import(who)
    query = (
        select(ImportRun.id, ImportRun.file_name, sa.func.count())
        .join(Doubt, col(Doubt.import_id) == col(ImportRun.id))
        .where(*_open(ALL))
        .group_by(col(ImportRun.id))
        .order_by(col(ImportRun.id).desc())
    )
    return [(saved(id_), name, count) for id_, name, count in session.exec(query)]


def decided_lately(session: Session, who: Who, limit: int = 10) -> list[tuple[int, Decision, str, datetime]]:
    """Return the newest decisions that can be taken back: number, what was decided, the line's name, when."""
    may_import(who)
    kept = (col(Doubt.words) != sa.cast({}, _TABLE.c.words.type)) | col(Doubt.other_id).is_not(None)
    made = select(Doubt).where(col(Doubt.decided_at).is_not(None), kept)
    newest = made.order_by(col(Doubt.decided_at).desc(), col(Doubt.id).desc()).limit(limit)
    found = session.exec(newest).all()
    people = _people(session, {each.talent_id for each in found if each.other_id})
    return [
        (
            saved(each.id),
            each.decision,
            _name(each.words["values"] if each.words else _values(each.talent_id, people)),
            each.decided_at,
        )
        for each in found
        if each.decision is not None and each.decided_at is not None
    ]


def _open(only: Only) -> list[sa.ColumnElement[bool]]:
    wanted = [col(Doubt.decided_at).is_(None), still_two()]
    if only.talent_id:
        wanted.append(about(only.talent_id))
    if only.import_id:
        wanted.append(col(Doubt.import_id) == only.import_id)
    return wanted + [_tells(part) for part in _parts(only.find)]


def _parts(text: str) -> list[str]:
    """Return what each of the two may hold of what was typed: words, and telephones without what spells them differently."""
    rest, numbers = telephones(text.replace("\0", ""))
    return [*(number.end for number in numbers), *rest.split()][:_MOST_WORDS]


def _tells(part: str) -> sa.ColumnElement[bool]:
    """Tell whether the line, or someone of the pool it may be about, has this in name, address or number."""
    mark = _TABLE.c.words["mark"]
    line = _holds(part, mark[2].astext, mark[0].astext, mark[1].astext)
    also = _TABLE.c.words["also"].contains(sa.func.to_jsonb(col(Talent.id)))
    named = col(Talent.id).in_([_TABLE.c.talent_id, _TABLE.c.other_id]) | also
    known = _holds(part, col(Talent.name_key), col(Talent.email), col(Talent.phone))
    return line | sa.select(sa.literal(1)).where(named, known).correlate(_TABLE).exists()


def _holds(part: str, name: Any, *ways: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - columns, or parts of a document
    held = [sa.func.coalesce(way, "").contains(part.lower(), autoescape=True) for way in ways]
    return sa.or_(name.contains(fold(part), autoescape=True) if fold(part) else sa.false(), *held)


def _named(doubt: Doubt) -> list[int]:
    """Return whom of the pool a doubt names, whose address it has first."""
    return [doubt.talent_id, *([doubt.other_id] if doubt.other_id else doubt.words.get("also", ()))]


def _people(session: Session, ids: set[int]) -> dict[int, Talent]:
    """Return these people by the ids they were named by, as they go on."""
    goes_on = goes_on_as(session, ids)
    living = among(col(Talent.id), set(goes_on.values())) & col(Talent.erased_at).is_(None)
    found = {saved(one.id): one for one in session.exec(select(Talent).where(living))}
    return {id_: found[other] for id_, other in goes_on.items() if other in found}


def _row(doubt: Doubt, people: Mapping[int, Talent]) -> DoubtRow:
    named = list({people[id_].id: _side(people[id_]) for id_ in _named(doubt) if id_ in people}.values())
    told, meant = (named[0], named[1:]) if doubt.other_id else (_line(doubt.words), named)
    return DoubtRow(
        saved(doubt.id),
        doubt.sentence,
        doubt.params,
        doubt.words.get("source", ""),
        doubt.line,
        doubt.import_id,
        doubt.found_at,
        told,
        tuple(meant),
        bool(doubt.words.get("stop")),
    )


def _line(words: Mapping[str, Any]) -> Side:
    email, phone, *_ = words["mark"]
    values = {name: words["values"].get(name) for name in COMPARED}
    return Side(None, {**values, "email": email, "phone": phone})


def _side(one: Talent) -> Side:
    return Side(saved(one.id), {name: getattr(one, name) for name in (*COMPARED, PROVEN)})


def _values(id_: int, people: Mapping[int, Talent]) -> Mapping[str, Any]:
    return _side(people[id_]).values if id_ in people else {}


def _name(values: Mapping[str, Any]) -> str:
    return f"{values.get('first_name') or ''} {values.get('last_name') or ''}".strip()
