"""Taking people into the pool, many at once; and changing what one of them says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.kit.bulk import insert_many
from portal.kit.db import new_id
from portal.talents.changes import update_by_recruiter, update_by_talent
from portal.talents.identity import standing
from portal.talents.merging import Weighed, Word, weigh
from portal.talents.models import Source, Talent
from portal.timeline.actions import record_many
from portal.timeline.who import Who

__all__ = [
    "Arrival",
    "Foreseen",
    "Outcome",
    "foresee",
    "take_in",
    "update_by_recruiter",
    "update_by_talent",
]

_TALENT = Talent.__table__  # type: ignore[attr-defined]
_SOURCE = Source.__table__  # type: ignore[attr-defined]


class Outcome(StrEnum):
    """What an arrival did to the pool."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person as sources tell them, in order: someone new, or `talent_id`."""

    talent_id: int | None
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will become of one arrival. Unchanged means no value of theirs is another; who confirmed it when may be."""

    outcome: Outcome
    weighed: Weighed


def foresee(session: Session, arrivals: Sequence[Arrival], *, lock: bool = False) -> list[Foreseen]:
    """Return what taking these people in would do, in their order; writes nothing."""
    stands = standing(session, (each.talent_id for each in arrivals if each.talent_id is not None), lock=lock)
    return [_foreseen(each, stands) for each in arrivals]


def _foreseen(arrival: Arrival, stands: Mapping[int, Mapping[str, Any]]) -> Foreseen:
    if arrival.talent_id is None:
        return Foreseen(Outcome.CREATED, weigh({}, arrival.words))
    weighed = weigh(stands[arrival.talent_id], arrival.words)
    return Foreseen(Outcome.UPDATED if weighed.units else Outcome.UNCHANGED, weighed)


def take_in(
    session: Session, who: Who, arrivals: Sequence[Arrival], *, import_id: int | None = None, now: datetime
) -> list[tuple[int, Foreseen]]:
    """Take these people into the pool, set-wise; return each one's id and what it did, in their order.

    Every word must come from a source (`Word.kind`). Nobody stands twice among the arrivals: see `imports.doubles`.
    """
    foreseen = foresee(session, arrivals, lock=True)
    ids = _numbered(session, arrivals)
    _create(
        session, [(id_, each) for id_, each in zip(ids, foreseen, strict=True) if each.outcome is Outcome.CREATED], now
    )
    _update(
        session, [(id_, each) for id_, each in zip(ids, foreseen, strict=True) if each.outcome is not Outcome.CREATED]
    )
    _remember_sources(session, ids, arrivals, import_id, now)
    _tell(session, who, ids, arrivals, foreseen, import_id, now)
    session.expire_all()
    return list(zip(ids, foreseen, strict=True))


def _numbered(session: Session, arrivals: Sequence[Arrival]) -> list[int]:
    new = sum(each.talent_id is None for each in arrivals)
    sequence = sa.func.nextval(sa.func.pg_get_serial_sequence("talent", "id"))
    drawn = iter(session.scalars(sa.select(sequence).select_from(sa.func.generate_series(1, new))).all())
    return [next(drawn) if each.talent_id is None else each.talent_id for each in arrivals]


_UNSAID: dict[str, Any] = {
    column.name: None for column in _TALENT.columns if not column.server_default or column.name == "said"
} | {"first_name": "", "last_name": "", "name_key": "", "job_text": "", "does": "", "place_name": "", "refuses": ""} | {
    "address_form": "neutral", "locale": "fr", "zone": "Europe/Paris",
    "contracts": [], "interests": [], "environments": [], "regions": [], "said": {},
    "other_jobs": [], "skills": [], "languages": [], "other_places": [], "custom": {},
}  # fmt: skip


def _create(session: Session, new: list[tuple[int, Foreseen]], now: datetime) -> None:
    rows = []
    for id_, each in new:
        told = {name: value for name, value in each.weighed.changes.items() if value is not None}
        rows.append({**_UNSAID, **told, "id": id_, "pseudonym": new_id(), "created_at": now})
    insert_many(session, _TALENT, rows)


def _update(session: Session, known: list[tuple[int, Foreseen]]) -> None:
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for id_, each in known:
        if each.weighed.changes:
            columns = tuple(sorted(each.weighed.changes))
            by_columns.setdefault(columns, []).append({"this_id": id_, **each.weighed.changes})
    for columns, rows in by_columns.items():
        changed = sa.update(_TALENT).where(_TALENT.c.id == sa.bindparam("this_id"))
        session.execute(changed.values({name: sa.bindparam(name) for name in columns}), rows)


def _remember_sources(
    session: Session, ids: Sequence[int], arrivals: Sequence[Arrival], import_id: int | None, now: datetime
) -> None:
    """Write each source of each person once, however often the same file comes."""
    told = {
        (id_, word.kind, word.source, word.on): None
        for id_, arrival in zip(ids, arrivals, strict=True)
        for word in arrival.words
        if word.kind is not None
    }
    known = _known_sources(session, [each.talent_id for each in arrivals if each.talent_id is not None])
    rows = [
        {"talent_id": id_, "kind": kind, "text": text, "collected_on": on, "import_id": import_id, "recorded_at": now}
        for id_, kind, text, on in told
        if (id_, kind, text, on) not in known
    ]
    insert_many(session, _SOURCE, rows)


def _known_sources(session: Session, ids: Iterable[int]) -> set[tuple[int, str, str, date]]:
    query = sa.select(_SOURCE.c.talent_id, _SOURCE.c.kind, _SOURCE.c.text, _SOURCE.c.collected_on).where(
        _SOURCE.c.talent_id == sa.any_(sa.cast(list(ids), sa.ARRAY(sa.BigInteger)))
    )
    return {tuple(row) for row in session.execute(query)}


def _tell(
    session: Session,
    who: Who,
    ids: Sequence[int],
    arrivals: Sequence[Arrival],
    foreseen: Sequence[Foreseen],
    import_id: int | None,
    now: datetime,
) -> None:
    """Write on each timeline that they came, or what of theirs is another now; nothing for those unchanged."""
    for outcome, kind in ((Outcome.CREATED, "imported"), (Outcome.UPDATED, "import_updated")):
        rows = [
            (id_, _told(arrival, each, import_id))
            for id_, arrival, each in zip(ids, arrivals, foreseen, strict=True)
            if each.outcome is outcome
        ]
        record_many(session, who, kind, rows, now=now)


def _told(arrival: Arrival, each: Foreseen, import_id: int | None) -> dict[str, object]:
    newest = max(arrival.words, key=lambda word: word.on)
    return {
        "source_kind": newest.kind,
        "collected_on": newest.on.isoformat(),
        "import_id": import_id,
        "fields": list(each.weighed.units),
    }
