"""What a recruiter does with a segment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal.access.guards import recruiter
from portal.kit.errors import Refused
from portal.segments.document import Group, Own, criteria
from portal.segments.existing import refuse_missing
from portal.segments.membership import refuse_circle
from portal.segments.models import Segment
from portal.segments.queries import segment_for
from portal.segments.reading import read
from portal.segments.rules import refuse_nonsense
from portal.talents.custom_fields import custom_fields
from portal.talents.naming import refuse_protected
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Who

LONGEST_NAME = 80


def save(
    session: Session,
    who: Who,
    name: str,
    rule: Group | Mapping[str, Any],
    *,
    now: datetime,
    segment_id: int | None = None,
) -> Segment:
    """Save a new segment, or the rule and name of an existing one; Refused if the rule makes no sense."""
    recruiter(who)
    name, rule = _named(session, name), read(rule)
    refuse_unlawful(session, rule)
    before = None if segment_id is None else segment_for(session, who, segment_id).rule
    refuse_missing(session, rule, before)
    if segment_id is None:
        return _new(session, who, name, rule, now=now)
    segment = segment_for(session, who, segment_id)
    refuse_circle(session, segment_id, rule)
    segment.name, segment.rule, segment.updated_at = name, rule.model_dump(mode="json"), now
    session.add(segment)
    session.flush()
    record(session, who, "segment_saved", None, now=now, segment=segment.id)
    return segment


@one_act(Segment, still=lambda segment: segment.archived_at is None)
def _new(session: Session, who: Who, name: str, rule: Group, *, now: datetime) -> Segment:
    written = rule.model_dump(mode="json")
    segment = Segment(name=name, owner_id=recruiter(who).id, rule=written, created_at=now, updated_at=now)
    session.add(segment)
    session.flush()
    record(session, who, "segment_saved", None, now=now, segment=segment.id)
    return segment


def refuse_unlawful(session: Session, rule: Group) -> None:
    """Refuse a rule that chooses by what the law protects: in its own words, or by a field of the house's that is about it.

    Asked when it is saved and again when it is launched: a rule may be older than the law's words.
    """
    refuse_nonsense(rule)
    asked = {each.field for each in criteria(rule) if isinstance(each, Own)}
    for own in custom_fields(session, archived=True) if asked else ():
        if own.id in asked:
            for name in (own.name_fr, own.name_en):
                refuse_protected(name, session)


def rename(session: Session, who: Who, segment_id: int, name: str, *, now: datetime) -> None:
    """Give a segment another name."""
    segment = segment_for(session, who, segment_id)
    segment.name, segment.updated_at = _named(session, name), now
    session.add(segment)
    record(session, who, "segment_renamed", None, now=now, segment=segment_id)


def archive(session: Session, who: Who, segment_id: int, *, now: datetime) -> None:
    """Put a segment away; launches that began with it go on. Pressing twice changes nothing."""
    segment = segment_for(session, who, segment_id)
    if segment.archived_at is None:
        segment.archived_at = now
        session.add(segment)
        record(session, who, "segment_archived", None, now=now, segment=segment_id)


def bring_back(session: Session, who: Who, segment_id: int, *, now: datetime) -> None:
    """Undo `archive`."""
    segment = segment_for(session, who, segment_id)
    if segment.archived_at is not None:
        segment.archived_at = None
        session.add(segment)
        record(session, who, "segment_brought_back", None, now=now, segment=segment_id)


def _named(session: Session, name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Refused("Give the segment a name.")
    if len(name) > LONGEST_NAME:
        raise Refused("A name has {most} characters at most.", most=LONGEST_NAME)
    refuse_protected(name, session)
    return name
