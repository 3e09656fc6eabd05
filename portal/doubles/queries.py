"""Who waits to be told apart from whom."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.talents.models import Doubt, Talent
from portal.timeline.who import Who


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


def waiting_about(session: Session, who: Who, talent_id: int) -> int:
    """Return how many doubts about this person wait for somebody to decide."""
    recruiter(who)
    query = sa.select(sa.func.count()).select_from(Doubt)
    return session.scalar(query.where(col(Doubt.decided_at).is_(None), still_two(), about(talent_id))) or 0
