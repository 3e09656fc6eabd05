"""Taking people into the pool, many at once; and changing what one of them says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.access.house import house
from portal.kit.bulk import among, copy_in, temporary
from portal.kit.db import new_id
from portal.talents import custom_fields
from portal.talents.changes import update_by_recruiter, update_by_talent
from portal.talents.identity import standing
from portal.talents.merging import Weighed, Word, weigh
from portal.talents.models import Source, Talent
from portal.talents.rules import Outcome
from portal.timeline.actions import record_many
from portal.timeline.who import Who

__all__ = [
    "Arrival",
    "Foreseen",
    "Outcome",
    "change",
    "foresee",
    "take_in",
    "update_by_recruiter",
    "update_by_talent",
]

_TALENT = Talent.__table__  # type: ignore[attr-defined]
_SOURCE = Source.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person as sources tell them, in order: someone new, or `talent_id`."""

    talent_id: int | None
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will become of one arrival. Unchanged means no value of theirs is another; who confirmed it when may be.

    `stood` is what stands of someone known before they are taken in.
    """

    outcome: Outcome
    weighed: Weighed
    stood: Mapping[str, Any]


def foresee(session: Session, arrivals: Sequence[Arrival], *, lock: bool = False) -> list[Foreseen]:
    """Return what taking these people in would do, in their order; writes nothing."""
    stands = standing(session, (each.talent_id for each in arrivals if each.talent_id is not None), lock=lock)
    return [_foreseen(each, stands) for each in arrivals]


def _foreseen(arrival: Arrival, stands: Mapping[int, Mapping[str, Any]]) -> Foreseen:
    if arrival.talent_id is None:
        return Foreseen(Outcome.CREATED, weigh({}, arrival.words), {})
    stood = stands[arrival.talent_id]
    weighed = weigh(stood, arrival.words)
    return Foreseen(Outcome.UPDATED if weighed.units else Outcome.UNCHANGED, weighed, stood)


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


# What the database gives no value of its own.
_NEEDED = frozenset(name for name in _UNSAID if _UNSAID[name] is not None and _TALENT.c[name].server_default is None)


def _create(session: Session, new: list[tuple[int, Foreseen]], now: datetime) -> None:
    if not new:
        return
    told = {name for _, each in new for name in each.weighed.changes}
    names = [name for name in _UNSAID if name in told or name in _NEEDED]
    unsaid = _UNSAID | {"zone": house(session).zone}
    rest = [unsaid[name] for name in names]

    def row(id_: int, changes: Mapping[str, Any]) -> list[Any]:
        values = map(changes.get, names)
        return [id_, new_id(), now, *(b if a is None else a for a, b in zip(values, rest, strict=True))]

    session.flush()
    columns = [_TALENT.c[name] for name in ("id", "pseudonym", "created_at", *names)]
    copy_in(session, columns, (row(id_, each.weighed.changes) for id_, each in new))


def _update(session: Session, known: list[tuple[int, Foreseen]]) -> None:
    change(session, {id_: each.weighed.changes for id_, each in known if each.weighed.changes})


def change(session: Session, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write columns of many talents, to each their own, by one statement."""
    names = sorted({name for each in changes.values() for name in each})
    if not names:
        return
    session.flush()
    staged = temporary(
        session,
        "changed",
        ("this_id", sa.BigInteger),
        ("named", sa.ARRAY(sa.Text)),
        *((name, _TALENT.c[name].type) for name in names),
        rows=((id_, list(each), *map(each.get, names)) for id_, each in sorted(changes.items())),
    )
    other = {
        name: sa.case((sa.literal(name, sa.Text) == sa.any_(staged.c.named), staged.c[name]), else_=_TALENT.c[name])
        for name in names
    }
    session.execute(sa.update(_TALENT).where(_TALENT.c.id == staged.c.this_id).values(other))


def _remember_sources(
    session: Session, ids: Sequence[int], arrivals: Sequence[Arrival], import_id: int | None, now: datetime
) -> None:
    """Write each source of each person once, however often the same file comes."""
    told: dict[tuple[Any, ...], None] = {}
    for id_, arrival in zip(ids, arrivals, strict=True):
        for word in arrival.words:
            if word.kind is not None:
                told[id_, word.kind, word.source, word.on] = None
    known = _known_sources(session, [each.talent_id for each in arrivals if each.talent_id is not None])
    columns = [_SOURCE.c[name] for name in ("talent_id", "kind", "text", "collected_on", "import_id", "recorded_at")]
    session.flush()
    copy_in(session, columns, ((*each, import_id, now) for each in told if each not in known))


def _known_sources(session: Session, ids: Iterable[int]) -> set[tuple[int, str, str, date]]:
    query = sa.select(_SOURCE.c.talent_id, _SOURCE.c.kind, _SOURCE.c.text, _SOURCE.c.collected_on).where(
        among(_SOURCE.c.talent_id, list(ids))
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
        theirs = [each for each in zip(ids, arrivals, foreseen, strict=True) if each[2].outcome is outcome]
        fields = custom_fields.told_each(session, [each.weighed.units for _, _, each in theirs])
        rows = [(id_, _told(arrival, said, import_id)) for (id_, arrival, _), said in zip(theirs, fields, strict=True)]
        record_many(session, who, kind, rows, now=now)


def _told(arrival: Arrival, fields: list[object], import_id: int | None) -> dict[str, object]:
    words = arrival.words
    newest = words[0] if len(words) == 1 else max(words, key=lambda word: word.on)
    return {
        "source_kind": newest.kind,
        "collected_on": newest.on.isoformat(),
        "import_id": import_id,
        "fields": fields,
    }
