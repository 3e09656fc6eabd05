"""Ways of looking at the pool that a recruiter keeps: their own, or shared with the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.talents.checks import one_line
from portal.talents.models import SavedView
from portal.talents.naming import refuse_protected
from portal.timeline.pressing import one_act
from portal.timeline.who import Who

LONGEST_NAME = 60
MOST_VIEWS = 50
NAMELESS = N_("Give the view a name.")
SAME_NAME = N_("Another of your views has this name: choose another one.")
TOO_MANY = N_("You keep {most} views already: delete one first.")


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view: what the address of the pool's page says; `opens_first` when it is what the pool opens with, for me."""

    id: int
    name: str
    filters: Mapping[str, str]
    owner: str
    mine: bool
    shared: bool
    opens_first: bool


def views(session: Session, who: Who) -> list[ViewRow]:
    """Return one's own views by name, then those colleagues share."""
    me = recruiter(who)
    mine = col(SavedView.staff_id) == me.id
    query = (
        select(SavedView, Staff.name)
        .join(Staff, col(Staff.id) == col(SavedView.staff_id))
        .where(mine | col(SavedView.shared))
        .order_by((~mine), sa.func.lower(col(SavedView.name)), col(SavedView.id))
    )
    return [
        ViewRow(
            saved(view.id),
            view.name,
            {str(name): str(value) for name, value in view.filters.items()},
            owner,
            view.staff_id == me.id,
            view.shared,
            view.opens_first and view.staff_id == me.id,
        )
        for view, owner in session.execute(query)
    ]


@one_act(SavedView)
def keep_view(
    session: Session, who: Who, name: str, filters: Mapping[str, str], *, shared: bool = False, now: datetime
) -> SavedView:
    """Keep a view under a name; one's own of the same name is replaced."""
    me, name = recruiter(who), _named(session, name)
    own = session.exec(select(SavedView).where(col(SavedView.staff_id) == me.id).with_for_update()).all()
    view = next((view for view in own if view.name == name), None)
    if view is None:
        if len(own) >= MOST_VIEWS:
            raise Refused(TOO_MANY, most=MOST_VIEWS)
        view = SavedView(staff_id=me.id, name=name, filters={}, created_at=now)
    view.filters, view.shared = dict(filters), shared
    session.add(view)
    session.flush()
    return view


def change_view(session: Session, who: Who, view_id: int, *, name: str, shared: bool) -> None:
    """Rename one's own view, share it or take it back; Refused under the name of another one."""
    view, name = _own(session, who, view_id), _named(session, name)
    others = select(SavedView.id).where(col(SavedView.staff_id) == view.staff_id, col(SavedView.id) != view_id)
    if session.exec(others.where(col(SavedView.name) == name)).first() is not None:
        raise Refused(SAME_NAME)
    view.name, view.shared = name, shared
    session.add(view)
    session.flush()


def open_first(session: Session, who: Who, view_id: int | None) -> None:
    """Let the pool open with one's own view; None: with everyone."""
    me = recruiter(who)
    mine = col(SavedView.staff_id) == me.id
    if view_id is not None:
        _own(session, who, view_id)
    session.execute(
        sa.update(SavedView).where(mine).values(opens_first=col(SavedView.id).is_not_distinct_from(view_id))
    )
    session.expire_all()


def delete_view(session: Session, who: Who, view_id: int) -> SavedView:
    """Forget one's own view; returns what it was."""
    view = _own(session, who, view_id)
    session.delete(view)
    session.flush()
    return view


def _own(session: Session, who: Who, view_id: int) -> SavedView:
    me = recruiter(who)
    view = session.get(SavedView, view_id, with_for_update=True)
    if view is None or view.staff_id != me.id:
        raise NotFound
    return view


def _named(session: Session, name: str) -> str:
    name = one_line(name, LONGEST_NAME)
    if not name:
        raise Refused(NAMELESS)
    refuse_protected(name, session)
    return name
