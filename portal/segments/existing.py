"""A rule is saved only about what is there. What it asks for already may have been put away since: that is told, not lost."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.segments.document import Group, Member, Own, Score, Tags, Test, criteria
from portal.segments.models import Segment
from portal.talents.models import CustomField, Tag
from portal.talents.rules import FieldKind

NO_TAG = N_("The rule asks for a tag that is not there any more: take it out.")
NO_FIELD = N_("The rule asks for a field that is not there any more: take it out.")
NO_CHOICE = N_("“{field}” has no such choice any more: choose one from the list, or take the criterion out.")
NO_SURVEY = N_("The rule asks for a survey that is not there any more: take it out.")
NO_SCORE = N_("The survey “{name}” does not ask whether people would recommend us: choose another.")
NO_SEGMENT = N_("The rule names a segment that is not there any more: take it out.")
PUT_AWAY = N_("“{name}” was put away: bring it back, or take it out of the rule.")


def refuse_missing(session: Session, rule: Group, before: Mapping[str, Any] | None) -> None:
    """Refuse a rule that asks for what is not there, or newly for what was put away; `before` is what stood.

    What the rule names is held until the end, so that nobody takes it away meanwhile.
    """
    asked = set(_part_keys(before or {}))
    for criterion in criteria(rule):
        if check := _CHECKS.get(type(criterion)):
            check(session, criterion, asked)


def _part_keys(part: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the fields and segments a rule as it is kept names, even one that no longer reads."""
    below = [key for child in part.get("of") or () for key in _part_keys(child)]
    kind = str(part.get("kind"))
    return [(kind, part[kind]), *below] if kind in {"field", "segment"} and kind in part else below


def _tags(session: Session, criterion: Tags, _: set[tuple[str, int]]) -> None:
    known = select(Tag.id).where(col(Tag.id).in_(criterion.one_of)).with_for_update(key_share=True, read=True)
    if len(session.exec(known).all()) < len(set(criterion.one_of)):
        raise Refused(NO_TAG)


def _own(session: Session, criterion: Own, asked: set[tuple[str, int]]) -> None:
    row = session.exec(
        select(CustomField).where(col(CustomField.id) == criterion.field).with_for_update(read=True),
        execution_options={"populate_existing": True},
    ).first()
    if row is None:
        raise Refused(NO_FIELD)
    if row.archived_at is not None and ("field", criterion.field) not in asked:
        raise Refused(PUT_AWAY, name=row.name_fr)
    yes_no = FieldKind(row.kind) is FieldKind.YES_NO
    known = {"yes", "no"} if yes_no else {str(each.get("code")) for each in row.choices}
    if criterion.test is Test.ONE_OF and not known.issuperset(criterion.one_of or ()):
        raise Refused(NO_CHOICE, field=row.name_fr)


# By name alone: `portal.surveys` stands above segments.
_SURVEY = sa.text(
    "SELECT title_fr, jsonb_path_exists(questions, '$[*] ? (@.kind == \"nps\")') FROM survey WHERE id = :id FOR SHARE"
)


def _score(session: Session, criterion: Score, _: set[tuple[str, int]]) -> None:
    found = session.execute(_SURVEY, {"id": criterion.survey}).first()
    if found is None:
        raise Refused(NO_SURVEY)
    if not found[1]:
        raise Refused(NO_SCORE, name=found[0])


def _member(session: Session, criterion: Member, asked: set[tuple[str, int]]) -> None:
    named = session.get(Segment, criterion.segment)
    if named is None:
        raise Refused(NO_SEGMENT)
    if named.archived_at is not None and ("segment", criterion.segment) not in asked:
        raise Refused(PUT_AWAY, name=named.name)


_CHECKS: dict[type[Any], Callable[[Session, Any, set[tuple[str, int]]], None]] = {
    Tags: _tags,
    Own: _own,
    Score: _score,
    Member: _member,
}
