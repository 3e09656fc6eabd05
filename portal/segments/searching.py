"""Search as one types: each word begins a word of their name, job, place, skills, address, what they do or our notes."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.kit.bulk import among
from portal.kit.fold import fold
from portal.segments.models import Projection, TalentSearch
from portal.talents import jobs, places

MOST = 10_000  # of more than so many, nobody asks how many
_MOST_WORDS = 8
_LONGEST_WORD = 60  # `searched` keeps no more of a word
_MOST_JOBS = 100
_MOST_PLACES = 30
_TOO_SHORT = 2  # so few letters begin too many jobs and places to mean any

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search finds; `many` where the words alone find more than `MOST`, `surely` where nothing narrows them."""

    condition: Condition
    many: bool = False
    surely: bool = False


def searched(session: Session, text: str) -> Found:
    """Return whom a search finds; accents and case do not matter. A letter alone begins a word of their name."""
    typed = text.replace("\0", "").split()[:_MOST_WORDS]
    folded = [fold(word) for word in typed]
    if not typed:
        return Found(sa.true())
    if not all(folded):
        return Found(sa.false())  # nothing of a word is left once folded
    letters = sa.and_(sa.true(), *(_begins_a_name(word) for word in folded if len(word) == 1))
    words = [_word(word) for word, told in zip(typed, folded, strict=True) if len(told) > 1]
    if not words:
        return _few_or_many(session, sa.select(col(Projection.talent_id)).where(letters), letters)
    found = _holding(session, " & ".join(words))
    alone = all(len(word) > 1 for word in folded)
    return found if alone else Found(sa.and_(found.condition, letters), found.many)


def _begins_a_name(letter: str) -> Condition:
    return (" " + col(Projection.name_key)).contains(f" {letter}", autoescape=True)


def _holding(session: Session, query: str) -> Found:
    meets = col(TalentSearch.document).op("@@", is_comparison=True)(sa.cast(query, pg.TSQUERY))
    mine = col(TalentSearch.talent_id) == col(Projection.talent_id)
    held = sa.select(sa.literal(1)).where(mine, meets).exists()
    # Behind a CASE it is asked row by row: names come in order, and the page is full long before everyone was asked.
    one_by_one = sa.case((col(Projection.talent_id).is_not(None), held), else_=False)
    return _few_or_many(session, sa.select(col(TalentSearch.talent_id)).where(meets), one_by_one)


def _few_or_many(session: Session, query: sa.Select[int], condition: Condition) -> Found:
    """Ask first: a few people are named one by one, so that no plan can go astray over them."""
    ids = session.scalars(query.limit(MOST + 1)).all()
    return (
        Found(among(col(Projection.talent_id), ids)) if len(ids) <= MOST else Found(condition, many=True, surely=True)
    )


def _word(typed: str) -> str:
    """Return one typed word as a query: all its parts begin words, or it begins an address, or names a job or a place."""
    ways = [" & ".join(_begins(part) for part in fold(typed).split())]
    if "@" in typed:
        ways.append(_begins(typed.lower()))
    if len(fold(typed)) > _TOO_SHORT:
        ways += [f"'job:{job.code}'" for job in jobs.search(typed, limit=_MOST_JOBS)]
        ways += [f"'place:{place.insee}'" for place in places.search(typed, limit=_MOST_PLACES)]
    return f"({' | '.join(f'({way})' for way in ways)})"


def _begins(start: str) -> str:
    quoted = start[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"
