"""By night: who of the pool is likely one person. Found block by block in the database, judged pair by pair, bounded.

A block is what the two share: the name (of two words, in either order), the telephone, what stands before the @, or job,
place of work and the sound of the name. What many share tells nobody apart. Whoever stands in a doubt together already,
decided or not, never comes back.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.doubles.apart import told_apart
from portal.doubles.likeness import SHARED_BY_MANY, SHORTEST, TOO_MANY, InPool, fact_of, is_same_name
from portal.doubles.queries import too_little
from portal.kit.errors import NotFound
from portal.kit.i18n import N_
from portal.talents.models import Doubt
from portal.timeline.who import System, Who

ALIKE = N_("Both have this name, and {fact} as well: are they one person?")
NEARLY = N_("Both have nearly this name, and {fact}: are they one person?")
# More than so many at once nobody reads. So many pairs of a block are looked at in one night, and others the next.
MOST_WAITING, LOOKED_AT = 500, 100_000

_PART = "split_part(email, '@', 1)"
# What is shared, by whom it can be, and what two must share besides to be worth judging.
_BLOCKS = (
    (
        r"""CASE WHEN name_key ~ '^\S+ \S+$' THEN least(name_key COLLATE "C",
            split_part(name_key, ' ', 2) || ' ' || split_part(name_key, ' ', 1)) ELSE name_key COLLATE "C" END""",
        "name_key ~ ' '",
        """a.place_code = b.place_code OR a.job_code = b.job_code OR left(a.email, 3) = left(b.email, 3)
            OR left(a.phone, 6) = left(b.phone, 6) OR right(a.phone, 6) = right(b.phone, 6)""",
    ),
    ('phone COLLATE "C"', "phone IS NOT NULL", "true"),
    (f'{_PART} COLLATE "C"', f"length({_PART}) >= {SHORTEST}", "true"),
    (
        """concat_ws(' ', place_code, job_code, sounds(name_key)) COLLATE "C" """,
        "place_code IS NOT NULL AND job_code IS NOT NULL AND name_key ~ ' '",
        "a.name_key <> b.name_key",
    ),
)
_PAIRS = """
    WITH shared AS MATERIALIZED (
        SELECT array_agg(id) AS ids FROM (
            SELECT id, told, count(*) OVER (PARTITION BY told) AS often
              FROM (SELECT id, {told} AS told FROM talent WHERE erased_at IS NULL AND {whom}) living
        ) counted WHERE often BETWEEN 2 AND :many GROUP BY told
    )
    SELECT a.id, a.email, a.phone, a.name_key, a.place_code, a.job_code,
           b.id, b.email, b.phone, b.name_key, b.place_code, b.job_code
      FROM shared, unnest(ids) one, unnest(ids) other, talent a, talent b
     WHERE one < other AND a.id = one AND b.id = other AND ({besides})
       AND NOT EXISTS (SELECT FROM doubt d WHERE d.talent_id = a.id AND d.other_id = b.id)
     ORDER BY hashint8extended(a.id, :night) LIMIT :most
"""
_STATEMENTS = tuple(sa.text(_PAIRS.format(told=told, whom=whom, besides=besides)) for told, whom, besides in _BLOCKS)


def search(session: Session, who: Who, *, now: datetime) -> int:
    """Add a doubt for each two who are likely one person, as long as not too many wait; return how many."""
    if not isinstance(who, System):
        raise NotFound
    waiting = sa.select(sa.func.count()).where(col(Doubt.other_id).is_not(None), col(Doubt.decided_at).is_(None))
    room = MOST_WAITING - (session.scalar(waiting) or 0)
    rows = [_row(one, other, fact, now) for one, other, fact in _likely(session, now.toordinal())[: max(room, 0)]]
    if not rows:
        return 0
    added = pg.insert(Doubt).values(rows).on_conflict_do_nothing().returning(col(Doubt.id))
    return len(session.scalars(added).all())


def _likely(session: Session, night: int) -> list[tuple[InPool, InPool, str]]:
    found = {
        (one.id, other.id): (one, other, fact)
        for one, other in _pairs(session, night)
        if (fact := fact_of(one, other)) is not None
    }
    little = too_little(session, {(one.name_key, fact) for one, _, fact in found.values()})
    found = {pair: told for pair, told in found.items() if (told[0].name_key, told[2]) not in little}
    often = Counter(id_ for pair in found for id_ in pair)
    rare = [told for pair, told in sorted(found.items()) if max(often[id_] for id_ in pair) <= TOO_MANY]
    apart = told_apart(session, [(one, other) for one, other, _ in rare])
    return [(one, other, fact) for one, other, fact in rare if (one, other) not in apart]


def _pairs(session: Session, night: int) -> Iterator[tuple[InPool, InPool]]:
    bounds = {"many": SHARED_BY_MANY, "most": LOOKED_AT, "night": night}
    for statement in _STATEMENTS:
        for row in session.execute(statement, bounds):
            yield _face(row[:6]), _face(row[6:])


def _face(values: Sequence[object]) -> InPool:
    return InPool(*values)  # type: ignore[arg-type]  # a row of six columns


def _row(one: InPool, other: InPool, fact: str, now: datetime) -> dict[str, object]:
    sentence = ALIKE if is_same_name(one, other) else NEARLY
    told = {"sentence": sentence, "params": {"fact": fact}, "words": {}, "undo": {}}
    return {"talent_id": one.id, "other_id": other.id, "found_at": now, **told}
