"""Who of the new is likely someone the pool knows already, or someone a line above is about. A person decides.

Never all pairs: only those who share the whole name (in either order), what stands before the @, or job, place of work and
the sound of the name are compared. What many share tells nobody apart, and is passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portal.doubles.apart import told_apart
from portal.doubles.likeness import (
    SHARED_BY_MANY,
    SHORTEST,
    TOO_MANY,
    InPool,
    fact_of,
    is_same_name,
    local_part,
    orders,
    sounds,
)
from portal.doubles.queries import too_little
from portal.imports.doubles import OnePerson
from portal.imports.reader import Mark
from portal.imports.reading.table import Trouble
from portal.kit.bulk import temporary
from portal.kit.i18n import N_
from portal.talents.models import Talent

ALIKE = N_("Someone in the pool has this name, and {fact} as well: is it the same person?")
NEARLY = N_("Someone in the pool has nearly this name, and {fact}: is it the same person?")
ALIKE_ABOVE = N_("The person of line {line} has this name, and {fact} as well: is it the same person?")
NEARLY_ABOVE = N_("The person of line {line} has nearly this name, and {fact}: is it the same person?")
NAME_ALONE = N_("Only this name stands in the line: is it about this person?")
IN_POOL, ABOVE = frozenset({ALIKE, NEARLY}), frozenset({ALIKE_ABOVE, NEARLY_ABOVE})
_TABLE = Talent.__table__  # type: ignore[attr-defined]


def likely_known(session: Session, new: Sequence[OnePerson]) -> dict[int, Trouble]:
    """Find the lines about someone new who is likely someone known, unless the two were told apart."""
    maybe = _candidates(session, [mark for one in new for mark in one.lines])
    alike = {
        mark: {each: fact for each in maybe[mark.number] if (fact := fact_of(mark, each))}
        for one in new
        for mark in one.lines
        if mark.number in maybe
    }
    told = {(mark.name_key, fact) for mark, facts in alike.items() for fact in facts.values()}
    little = too_little(session, told, _others(new, told))
    telling = {
        mark: {each: fact for each, fact in facts.items() if (mark.name_key, fact) not in little}
        for mark, facts in alike.items()
    }
    found = {mark: facts for mark, facts in telling.items() if len(facts) <= TOO_MANY}
    apart = told_apart(session, ((mark, each) for mark, facts in found.items() for each in facts))
    doubts: dict[int, Trouble] = {}
    for one in new:
        waits = [(mark, each) for mark in one.lines for each in found.get(mark, ()) if (mark, each) not in apart]
        if waits:
            mark, each = waits[0]
            sentence = ALIKE if is_same_name(mark, each) else NEARLY
            why = Trouble(sentence, {"fact": found[mark][each], "talent": each.id})
            doubts |= dict.fromkeys((line.number for line in one.lines), why)
    return doubts


def likely_above(session: Session, new: Sequence[OnePerson]) -> dict[int, Trouble]:
    """Find the lines about someone new who is likely the one that a line above is about, who is new as well.

    Only where one line says all there is of each: which of several will stand is not known yet.
    """
    people = {one.lines[0]: one for one in new if len(one.lines) == 1}
    alike = {
        (above, mark): fact
        for some in _alike(people)
        for above, mark in combinations(sorted(some), 2)
        if people[above] is not people[mark] and (fact := fact_of(above, mark))
    }
    told = {(mark.name_key, fact) for (_, mark), fact in alike.items()}
    little = too_little(session, told, _others(new, told))
    pairs = {(above, mark): fact for (above, mark), fact in alike.items() if (mark.name_key, fact) not in little}
    often = Counter(people[mark].lines for pair in pairs for mark in pair)
    rare = [pair for pair in sorted(pairs) if max(often[people[mark].lines] for mark in pair) <= TOO_MANY]
    apart = told_apart(session, rare)
    doubts: dict[int, Trouble] = {}
    for above, mark in rare:
        if (above, mark) in apart or above.number in doubts or mark.number in doubts:
            continue
        sentence = ALIKE_ABOVE if is_same_name(above, mark) else NEARLY_ABOVE
        why = Trouble(sentence, {"fact": pairs[above, mark], "line": people[above].lines[0].number})
        doubts |= dict.fromkeys((line.number for line in people[mark].lines), why)
    return doubts


def _others(new: Sequence[OnePerson], told: Collection[tuple[str, str]]) -> Counter[str]:
    """Return how many of the new bear each name, but for the one asked about: they may be one of those they are like."""
    bear = Counter(name for one in new for name in {mark.name_key for mark in one.lines})
    return bear - Counter({name for name, _ in told})


def _alike(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """Yield those worth comparing: who share a name, what stands before the @, or job, place and sound."""
    sharing: dict[tuple[str, ...], list[Mark]] = defaultdict(list)
    for mark in marks:
        for key in _keys(mark):
            sharing[key].append(mark)
    return (some for some in sharing.values() if 1 < len(some) <= SHARED_BY_MANY)


def _keys(mark: Mark) -> Iterator[tuple[str, ...]]:
    if " " in mark.name_key:
        yield from (("name", each) for each in orders(mark.name_key))
    if mark.email and len(part := local_part(mark.email)) >= SHORTEST:
        yield ("part", part)
    if mark.place_code and mark.job_code:
        yield ("sounds", mark.place_code, mark.job_code, sounds(mark.name_key))


def _candidates(session: Session, marks: Sequence[Mark]) -> Mapping[int, list[InPool]]:
    """Return, by line, whom of the pool it might be about."""
    often = Counter(mark.name_key for mark in marks)
    telling = [mark for mark in marks if " " in mark.name_key and often[mark.name_key] <= SHARED_BY_MANY]
    names = [(mark.number, each) for mark in telling for each in orders(mark.name_key)]
    parts = [(mark.number, part) for mark in marks if mark.email and len(part := local_part(mark.email)) >= SHORTEST]
    found: dict[int, list[InPool]] = defaultdict(list)
    for rows, key in ((names, _TABLE.c.name_key), (parts, sa.func.split_part(_TABLE.c.email, "@", 1))):
        for number, *told in _sharing(session, rows, key) if rows else ():
            found[number].append(InPool(*told))
    for number, *told in _sounding(session, telling):
        found[number].append(InPool(*told))
    return found


def _sharing(session: Session, rows: list[tuple[int, str]], key: Any) -> Sequence[Any]:  # noqa: ANN401 - an expression
    asked = temporary(session, "likely", ("line", sa.Integer), ("told", sa.Text), rows=rows)
    living = _TABLE.c.erased_at.is_(None)
    rare = (
        sa.select(key.label("told"))
        .where(key.in_(sa.select(asked.c.told).distinct()), living)
        .group_by(key)
        .having(sa.func.count() <= SHARED_BY_MANY)
        .subquery()
    )
    query = (
        sa.select(asked.c.line, *_compared())
        .join(rare, rare.c.told == asked.c.told)
        .join(_TABLE, key == rare.c.told)
        .where(living)
    )
    return session.execute(query).all()


def _sounding(session: Session, marks: Sequence[Mark]) -> Sequence[Any]:
    """Find who has the job, the place of work and the sound of the name of a line; an index holds the three."""
    rows = [
        (mark.number, mark.place_code, mark.job_code, sounds(mark.name_key))
        for mark in marks
        if mark.place_code and mark.job_code
    ]
    if not rows:
        return ()
    columns = (("line", sa.Integer), ("place", sa.Text), ("job", sa.Text), ("sound", sa.Text))
    asked = temporary(session, "sounding", *columns, rows=rows)
    alike = (
        (_TABLE.c.place_code == asked.c.place)
        & (_TABLE.c.job_code == asked.c.job)
        & (sa.func.sounds(_TABLE.c.name_key) == asked.c.sound)
    )
    often = sa.func.count().over(partition_by=asked.c.line)
    each = sa.select(asked.c.line, *_compared(), often.label("often")).join(_TABLE, alike)
    found = each.where(_TABLE.c.erased_at.is_(None)).subquery()
    return session.execute(sa.select(*found.c[:-1]).where(found.c.often <= SHARED_BY_MANY)).all()


def _compared() -> list[sa.Column[Any]]:
    return [_TABLE.c[name] for name in ("id", "email", "phone", "name_key", "place_code", "job_code")]


def by_name_alone(session: Session, marks: Sequence[Mark]) -> dict[int, tuple[int, ...]]:
    """Return, for lines that hold but a name, everyone of the pool who bears it, in either order."""
    rows = [(mark.number, each) for mark in marks if mark.name_key for each in orders(mark.name_key)]
    if not rows:
        return {}
    asked = temporary(session, "by_name", ("line", sa.Integer), ("told", sa.Text), rows=rows)
    query = (
        sa.select(asked.c.line, _TABLE.c.id)
        .join(_TABLE, _TABLE.c.name_key == asked.c.told)
        .where(_TABLE.c.erased_at.is_(None))
        .order_by(asked.c.line, _TABLE.c.id)
    )
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for line, id_ in session.execute(query):
        found[line][id_] = None
    return {line: tuple(ids) for line, ids in found.items()}
