"""Tags joined or deleted, with the rules and views that name them: a rule names a tag by its number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.segments.models import Segment
from portal.talents import tags
from portal.talents.models import SavedView
from portal.timeline.who import Who

IN_USE = N_("These segments ask for this tag: {names}. Take it out of them, or join it with another tag.")


def join_tags(session: Session, who: Who, tag_id: int, into: int, *, now: datetime) -> None:
    """Make two tags one; segments and views that named `tag_id` name `into`."""
    tags.join_tags(session, who, tag_id, into, now=now)
    for segment in _naming(session, tag_id):
        segment.rule = _renamed(segment.rule, tag_id, into)
        session.add(segment)
    told = col(SavedView.filters)["tag"].astext == str(tag_id)
    for view in session.exec(select(SavedView).where(told).with_for_update()):
        view.filters = {**view.filters, "tag": str(into)}
        session.add(view)
    session.flush()


def delete_tag(session: Session, who: Who, tag_id: int, *, now: datetime) -> None:
    """Take a tag off everyone, for good; Refused as long as a segment asks for it, even one put away."""
    recruiter(who)
    if asking := _naming(session, tag_id):
        raise Refused(IN_USE, names=", ".join(segment.name for segment in asking))
    tags.delete_tag(session, who, tag_id, now=now)


def _naming(session: Session, tag_id: int) -> list[Segment]:
    """Return the segments whose rule names a tag, however deep, by name; nobody changes them meanwhile."""
    path = sa.cast(f'$.** ? (@.kind == "tag").one_of[*] ? (@ == {int(tag_id)})', JSONPATH)
    named = sa.func.jsonb_path_exists(col(Segment.rule), path)
    query = select(Segment).where(named).order_by(col(Segment.name), col(Segment.id))
    return list(session.exec(query.with_for_update()))


def _renamed(part: Mapping[str, Any], tag_id: int, into: int) -> dict[str, Any]:
    told = dict(part)
    if "of" in told:
        told["of"] = [_renamed(child, tag_id, into) for child in told["of"]]
    elif told["kind"] == "tag":
        told["one_of"] = list(dict.fromkeys(into if each == tag_id else each for each in told["one_of"]))
    return told
