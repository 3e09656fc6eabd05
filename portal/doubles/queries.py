"""Which doubts are still about two."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

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
