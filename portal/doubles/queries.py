"""Which doubts are still about two, and what is too little to make one."""

from collections import Counter
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from portal.doubles.likeness import ALONE, SHARED_BY_MANY, orders
from portal.kit.bulk import among
from portal.talents.models import Doubt, Talent


def still_two() -> sa.ColumnElement[bool]:
    """Tell whether a doubt is about a line, or about two who are both in the pool today."""
    one, other = aliased(Talent), aliased(Talent)
    here = [
        sa.exists().where(col(each.id) == id_, col(each.erased_at).is_(None))
        for each, id_ in ((one, col(Doubt.talent_id)), (other, col(Doubt.other_id)))
    ]
    return col(Doubt.other_id).is_(None) | sa.and_(*here)


def about(talent_id: int) -> sa.ColumnElement[bool]:
    """Tell whether a doubt is about this person."""
    return (col(Doubt.talent_id) == talent_id) | (col(Doubt.other_id) == talent_id)


def too_little(
    session: Session, told: Collection[tuple[str, str]], others: Counter[str] | None = None
) -> set[tuple[str, str]]:
    """Return which of these names with a fact tell nobody apart: only job or place, and too many of the pool bear the name.

    In either order of its words; `others` are those of a file who bear it too.
    """
    bearing = {name: orders(name) for name, fact in told if fact in ALONE}
    if not bearing:
        return set()
    every = {each for alike in bearing.values() for each in alike}
    wanted = among(col(Talent.name_key), every) & col(Talent.erased_at).is_(None)
    counted = select(Talent.name_key, sa.func.count()).where(wanted).group_by(col(Talent.name_key))
    often = Counter(dict(session.exec(counted).all())) + (others or Counter())
    many = {name for name, alike in bearing.items() if sum(often[each] for each in alike) > SHARED_BY_MANY}
    return {(name, fact) for name in many for fact in ALONE}
