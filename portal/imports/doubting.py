"""Lines in doubt, kept until a person decides whom they are about."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.consent.rules import Basis
from portal.doubles.apart import told_apart
from portal.imports.doubles import HERE
from portal.imports.likely import ABOVE, IN_POOL
from portal.imports.lines import Line
from portal.imports.planning import Plan, words_of
from portal.imports.reader import Mark
from portal.kit.bulk import among, insert_many
from portal.talents.identity import Holder, holders
from portal.talents.merging import By, Word
from portal.talents.models import Doubt, HeldBack
from portal.talents.returning import DAYS, told
from portal.talents.rules import SourceKind


def lines_meant(plan: Plan) -> set[int]:
    """Return the lines whose people others below may be about as well."""
    told = (plan.rejected[number] for number in plan.doubts)
    return {int(why.params["line"]) for why in told if why.sentence in ABOVE | HERE}


def keep_doubts(session: Session, plan: Plan, run_id: int, taken: Mapping[int, int], *, now: datetime) -> int:
    """Keep what the lines in doubt say, beside whom they may be about; return how many.

    `taken` tells whom the lines above are about that others may be about as well (see `likely_above`), by their number.
    Where nobody in the pool is meant, two lines contradict each other: they stay rejected.
    """
    marks = list(plan.doubts.values())
    if not marks:
        return 0
    known = holders(session, {m.email for m in marks if m.email}, {m.phone for m in marks if m.phone})
    of: dict[str | None, list[Holder]] = {}
    for holder in known:
        for contact in filter(None, (holder.email, holder.phone)):
            of.setdefault(contact, []).append(holder)
    meant = {mark: ids for mark in marks if (ids := _meant(plan, mark, of, taken))}
    by_id = {holder.id: holder for holder in known}
    pairs = [(mark, by_id[id_]) for mark, ids in meant.items() for id_ in ids if id_ in by_id]
    apart = {(mark, holder.id) for mark, holder in told_apart(session, pairs)}
    waiting = _waiting(session, {id_ for ids in meant.values() for id_ in ids})
    rows = []
    for mark, ids in meant.items():
        left = [id_ for id_ in ids if (mark, id_) not in apart]
        if left and (left[0], *_told(mark), mark.stop) not in waiting:
            rows.append(_row(plan, mark, left, run_id, now))
    insert_many(session, Doubt, rows)
    hold_back(session, (col(Doubt.import_id) == run_id) & col(Doubt.decided_at).is_(None))
    return len(rows)


def hold_back(session: Session, which: sa.ColumnElement[bool]) -> None:
    """Let nobody write to those whom a stop in doubt may mean, and to nobody else, until it is decided."""
    session.flush()
    found = session.execute(select(Doubt.id, Doubt.talent_id, Doubt.words).where(which))
    rows = [
        {"talent_id": id_, "doubt_id": doubt_id}
        for doubt_id, talent_id, words in found
        if words.get("stop")
        for id_ in dict.fromkeys((talent_id, *words.get("also", ())))
    ]
    insert_many(session, HeldBack, rows)


def _meant(plan: Plan, mark: Mark, of: Mapping[str | None, Sequence[Holder]], taken: Mapping[int, int]) -> list[int]:
    """Return whom a line may be about: whose address it has first."""
    why = plan.rejected[mark.number]
    if mark.number in plan.named:
        return list(plan.named[mark.number])
    if why.sentence in IN_POOL:
        return [int(why.params["talent"])]
    if why.sentence in ABOVE | HERE:
        line = int(why.params["line"])
        return [taken[line]] if line in taken else []
    return list(dict.fromkeys(holder.id for contact in (mark.email, mark.phone) for holder in of.get(contact, ())))


def _waiting(session: Session, ids: set[int]) -> set[tuple[Any, ...]]:
    undecided = (among(col(Doubt.talent_id), ids), col(Doubt.decided_at).is_(None), col(Doubt.other_id).is_(None))
    found = session.exec(select(Doubt.talent_id, Doubt.words).where(*undecided))
    return {(talent_id, *words.get("mark", ()), words.get("stop", False)) for talent_id, words in found}


def _row(plan: Plan, mark: Mark, meant: Sequence[int], run_id: int, now: datetime) -> dict[str, Any]:
    why = plan.rejected[mark.number]
    (line,) = plan.file.lines([mark])
    (word,) = words_of([mark], [line], plan.choices)
    return {
        "talent_id": meant[0],
        "import_id": run_id,
        "line": mark.number,
        "sentence": why.sentence,
        "params": why.params,
        "words": packed(mark, word, line, meant[1:], plan.choices.basis),
        "found_at": now,
        "undo": {},
    }


def packed(mark: Mark, word: Word, line: Line, also: Sequence[int], basis: Basis) -> dict[str, Any]:
    """Return what a line says as a document."""
    return {
        "mark": _told(mark),
        "values": {name: told(value) for name, value in word.values.items()},
        "unread": dict(word.unread),
        "on": word.on.isoformat(),
        "source": word.source,
        "kind": word.kind,
        "also": list(also),
        "basis": basis.value,
        "consent_on": told(line.consent_on),
        "consent_text": line.consent_text,
        "consent_until": told(line.consent_until),
        "consent_over": line.consent_over,
        "stop": line.stop,
    }


def _told(mark: Mark) -> list[str | None]:
    return [mark.email, mark.phone, mark.name_key]


def mark_of(words: Mapping[str, Any]) -> Mark:
    """Return what tells whom the line is about."""
    return Mark(0, *words["mark"])


def word_of(words: Mapping[str, Any], *, without: str = "") -> Word:
    """Return what the line says, `without` one column."""
    values = {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in words["values"].items()
        if name != without
    }
    on, kind = date.fromisoformat(words["on"]), SourceKind(words["kind"])
    return Word(values, By.SOURCE, on, words["source"], kind, words.get("unread") or {})
