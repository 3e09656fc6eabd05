"""Search as one types: each word begins a word of their name, job, place, skills, address, what they do or our notes."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.kit.fold import fold
from portal.segments.models import Projection, TalentSearch
from portal.talents import jobs, places

_MOST_WORDS = 8
_LONGEST_WORD = 60  # `searched` keeps no more of a word
_MOST_JOBS = 100
_MOST_PLACES = 30
_TOO_SHORT = 2  # so few letters begin too many jobs to mean any


def searched(text: str) -> sa.ColumnElement[bool]:
    """Return whom a search finds; accents and case do not matter."""
    typed = text.replace("\0", "").split()[:_MOST_WORDS]
    if not typed:
        return sa.true()
    asked = [_word(word) for word in typed]
    if not all(asked):
        return sa.false()  # nothing of a word is left once folded
    query = sa.cast(" & ".join(asked), pg.TSQUERY)
    found = sa.select(col(TalentSearch.talent_id)).where(col(TalentSearch.document).op("@@", is_comparison=True)(query))
    return col(Projection.talent_id).in_(found)


def _word(typed: str) -> str:
    """Return one typed word as a query: all its parts begin words, or it begins an address, or names a job or a place."""
    parts = fold(typed).split()
    if not parts:
        return ""
    ways = [" & ".join(_begins(part) for part in parts)]
    if "@" in typed:
        ways.append(_begins(typed.lower()))
    if len(fold(typed)) > _TOO_SHORT:
        ways += [f"'job:{job.code}'" for job in jobs.search(typed, limit=_MOST_JOBS)]
        ways += [f"'place:{place.insee}'" for place in places.search(typed, limit=_MOST_PLACES)]
    return f"({' | '.join(f'({way})' for way in ways)})"


def _begins(start: str) -> str:
    quoted = start[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"
