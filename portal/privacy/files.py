"""What files taken in keep of someone beside their profile: what stood before, and the lines in doubt.

A line nobody has decided upon may be somebody else's: of it the person reads only what it shares with them (GDPR 15(4)).
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.privacy.said import Rows, named, plain
from portal.talents.merging import UNITS, UNREAD
from portal.talents.models import Doubt, ImportChange, Talent


def replaced(session: Session, me: int) -> Rows:
    """What each file replaced, kept so that the file can be undone: one row a field, who had said it and when."""
    names = named(session)
    query = select(ImportChange).where(col(ImportChange.talent_id) == me).order_by(col(ImportChange.import_id))
    return [
        {"import_id": change.import_id, "field": field, **_stood(field, unit)}
        | ({"names": names[field]} if field in names else {})
        for change in session.exec(query)
        for field, unit in sorted(change.before.items())
        if _stood(field, unit)["value"]
    ]


def _stood(field: str, unit: Mapping[str, Any]) -> dict[str, Any]:
    said = unit.get("said") or {}
    signed = {"said_by": said.get("by"), "said_on": said.get("on"), "source": said.get("source")}
    return {"value": _value(field, unit, said), **signed}


def _value(field: str, unit: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that stood, without those that held nothing."""
    if field.startswith(UNREAD):
        held = {field: said.get("text")}
    elif field == "consent":
        held = dict(unit)
    else:
        columns = ("collected_on", "source_kind") if field == "collected" else (field, *UNITS.get(field, ()))
        held = dict(zip(columns, unit["was"], strict=False))
    return {column: plain(value) for column, value in held.items() if value not in (None, "", [])}


def doubts(session: Session, talent: Talent) -> Rows:
    """Lines of files that may be, or were found to be, about them (`theirs`: None while nobody has decided)."""
    mine = sa.or_(
        col(Doubt.talent_id) == talent.id,
        col(Doubt.undo)["created"].astext == str(talent.id),
    )
    lines = select(Doubt).where(mine, col(Doubt.other_id).is_(None))
    return [_doubt(each, talent) for each in session.exec(lines.order_by(col(Doubt.id)))]


def _doubt(doubt: Doubt, talent: Talent) -> dict[str, Any]:
    theirs = None if doubt.decision is None else talent.id in {doubt.undo.get("talent"), doubt.undo.get("created")}
    values: Mapping[str, Any] = doubt.words.get("values", {})
    if not theirs:
        values = {name: held for name, held in values.items() if held and held == plain(getattr(talent, name, None))}
    return {
        "found_at": plain(doubt.found_at),
        "decided_at": plain(doubt.decided_at),
        "theirs": theirs,
        "source": doubt.words.get("source"),
        "collected_on": doubt.words.get("on"),
        "values": dict(values),
    }
