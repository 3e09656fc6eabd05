"""The fields an admin gives the house: read by every page that shows one, made and changed here, without code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.rules import require_admin
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents import custom
from portal.talents.asked import CHOICE_ASKED, asking_choice, refuse_if_asked
from portal.talents.checks import NOT_TO_CHANGE, TOO_MANY
from portal.talents.custom import Choice, Field, key_of
from portal.talents.models import CustomField, Talent
from portal.talents.naming import clean_name
from portal.talents.rules import FieldKind, TalentMay
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Who

LONGEST_NAME = 60
MOST_FIELDS = 60
MOST_CHOICES = 50
HAS_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})

SAME_NAME = N_("There is a field called “{name}” already.")
NO_CHOICES = N_("Give at least two choices.")
SAME_CHOICE = N_("Two choices are called “{name}”.")
STILL_HELD = N_("“{name}” stands in people’s records: rename it rather than take it away.")


def custom_fields(session: Session, *, archived: bool = False) -> tuple[Field, ...]:
    """Return the house's own fields in their order; those put away too if asked for."""
    query = select(CustomField).order_by(col(CustomField.rank), col(CustomField.id))
    rows = session.exec(query if archived else query.where(col(CustomField.archived_at).is_(None)))
    return tuple(_field(row) for row in rows)


def _field(row: CustomField) -> Field:
    return Field(
        id=saved(row.id),
        kind=FieldKind(row.kind),
        name_fr=row.name_fr,
        name_en=row.name_en,
        choices=tuple(Choice(each["code"], each["fr"], each["en"]) for each in row.choices),
        recruiters_edit=row.recruiters_edit,
        talent_may=TalentMay(row.talent_may),
        rank=row.rank,
        archived=row.archived_at is not None,
    )


def told(session: Session, units: Sequence[str]) -> list[object]:
    """Return units of a profile as a timeline keeps them: a field of the house's own by its name of the day."""
    return next(iter(told_each(session, [units])))


def told_each(session: Session, units_of: Sequence[Sequence[str]]) -> list[list[object]]:
    """Return the units of several profiles so."""
    asked = any(key_of(unit) for units in units_of for unit in units)
    fields = custom_fields(session, archived=True) if asked else ()
    own: dict[str, object] = {field.column: {"fr": field.name_fr, "en": field.name_en} for field in fields}
    return [[own.get(unit, unit) for unit in units] for units in units_of]


def checked(session: Session, changes: Mapping[str, object], *, by_talent: bool) -> dict[str, Any]:
    """Return the changes of own fields ("custom.7" → value) cleaned; Refused for what is not theirs to change."""
    open_to = {
        field.column: field
        for field in (custom_fields(session) if changes else ())
        if (field.talent_may is TalentMay.EDIT if by_talent else field.recruiters_edit)
    }
    if not changes.keys() <= open_to.keys():
        raise Refused(NOT_TO_CHANGE)
    return {column: custom.check(open_to[column], value) for column, value in changes.items()}


def add_field(
    session: Session,
    who: Who,
    kind: FieldKind,
    name_fr: str,
    name_en: str,
    choices: Sequence[tuple[str, str]] = (),
    *,
    recruiters_edit: bool = True,
    talent_may: TalentMay = TalentMay.SEE,
    now: datetime,
) -> Field:
    """Give the house a field of its own, the last in order; an admin's to do. `choices`: pairs of French and English."""
    require_admin(who)
    may = {"recruiters_edit": recruiters_edit, "talent_may": talent_may}
    return _field(_add(session, who, kind, (name_fr, name_en), choices, may, now=now))


@one_act(CustomField, still=lambda field: field.archived_at is None)
def _add(
    session: Session,
    who: Who,
    kind: FieldKind,
    names: tuple[str, str],
    choices: Sequence[tuple[str, str]],
    may: Mapping[str, Any],
    *,
    now: datetime,
) -> CustomField:
    standing = custom_fields(session)
    if len(standing) >= MOST_FIELDS:
        raise Refused(TOO_MANY, most=MOST_FIELDS)
    named = _named(session, standing, *names)
    coded = _choices(session, kind, [Choice("", *pair) for pair in choices], (), ())
    row = CustomField(
        kind=kind,
        name_fr=named[0],
        name_en=named[1],
        choices=coded,
        codes=[each["code"] for each in coded],
        rank=max((field.rank for field in custom_fields(session, archived=True)), default=0) + 1,
        created_at=now,
        **may,
    )
    session.add(row)
    session.flush()
    record(session, who, "field_added", None, now=now, field=row.id)
    return row


def change_field(
    session: Session,
    who: Who,
    field_id: int,
    *,
    name_fr: str,
    name_en: str,
    choices: Sequence[Choice] = (),
    recruiters_edit: bool,
    talent_may: TalentMay,
    now: datetime,
) -> Field:
    """Rename a field or its choices, add choices, say who sees and edits it; its kind stays, and so do the values.

    `choices`: all of them, in order; one whose code is empty is new. One that people hold, or that a segment asks for,
    cannot be left out.
    """
    row = _row(session, who, field_id)
    others = [field for field in custom_fields(session) if field.id != field_id]
    row.name_fr, row.name_en = _named(session, others, name_fr, name_en)
    before = _field(row).choices
    _refuse_losing(session, field_id, before, choices)
    row.choices = _choices(session, FieldKind(row.kind), choices, before, row.codes)
    row.codes = list(dict.fromkeys((*row.codes, *(each["code"] for each in row.choices))))
    row.recruiters_edit, row.talent_may = recruiters_edit, talent_may
    session.add(row)
    session.flush()
    record(session, who, "field_changed", None, now=now, field=field_id)
    return _field(row)


def order_fields(session: Session, who: Who, ids: Sequence[int], *, now: datetime) -> None:
    """Put the fields in this order; those not named come after, as they stood."""
    require_admin(who)
    asked = {field_id: place for place, field_id in enumerate(ids)}
    rows = session.exec(select(CustomField).with_for_update()).all()
    last = len(asked)
    rows = sorted(rows, key=lambda row: (asked.get(saved(row.id), last), row.rank, saved(row.id)))
    for rank, row in enumerate(rows, start=1):
        row.rank = rank
        session.add(row)
    session.flush()
    record(session, who, "fields_ordered", None, now=now)


def archive_field(session: Session, who: Who, field_id: int, *, now: datetime) -> None:
    """Put a field away: nobody fills or filters by it any more; what people said stays in their data until erased."""
    row = _row(session, who, field_id)
    if row.archived_at is None:
        row.archived_at = now
        session.add(row)
        record(session, who, "field_archived", None, now=now, field=field_id)


def bring_field_back(session: Session, who: Who, field_id: int, *, now: datetime) -> None:
    """Undo `archive_field`, unless another took its name."""
    row = _row(session, who, field_id)
    if row.archived_at is not None:
        _named(session, custom_fields(session), row.name_fr, row.name_en)
        row.archived_at = None
        session.add(row)
        record(session, who, "field_brought_back", None, now=now, field=field_id)


def _row(session: Session, who: Who, field_id: int) -> CustomField:
    require_admin(who)
    row = session.get(CustomField, field_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def _named(session: Session, others: Iterable[Field], name_fr: str, name_en: str) -> tuple[str, str]:
    names = clean_name(name_fr, LONGEST_NAME, session), clean_name(name_en, LONGEST_NAME, session)
    taken = {fold(name) for field in others for name in (field.name_fr, field.name_en)}
    for name in names:
        if fold(name) in taken:
            raise Refused(SAME_NAME, name=name)
    return names


def _choices(
    session: Session, kind: FieldKind, given: Sequence[Choice], before: Sequence[Choice], ever: Sequence[str]
) -> list[dict[str, str]]:
    """Return the choices as they are stored; each keeps its code for good, a new one gets one that none `ever` had."""
    if kind not in HAS_CHOICES:
        return []
    if len(given) > MOST_CHOICES:
        raise Refused(TOO_MANY, most=MOST_CHOICES)
    known = {choice.code for choice in before}
    coded: list[Choice] = []
    for choice in given:
        clean = replace(
            choice, fr=clean_name(choice.fr, LONGEST_NAME, session), en=clean_name(choice.en, LONGEST_NAME, session)
        )
        taken = {*ever, *known, *(each.code for each in coded)}
        coded.append(clean if clean.code in known else replace(clean, code=_code(clean.en, taken)))
    _refuse_twins(coded)
    return [{"code": choice.code, "fr": choice.fr, "en": choice.en} for choice in coded]


def _refuse_twins(choices: Sequence[Choice]) -> None:
    if len(choices) < 2:
        raise Refused(NO_CHOICES)
    for names in ([choice.fr for choice in choices], [choice.en for choice in choices]):
        folded = [fold(name) for name in names]
        twin = next((name for name, word in zip(names, folded, strict=True) if folded.count(word) > 1), None)
        if twin is not None:
            raise Refused(SAME_CHOICE, name=twin)


def _code(words: str, taken: set[str]) -> str:
    start = fold(words).replace(" ", "_")[:40] or "choice"
    return next(code for code in chain((start,), (f"{start}_{n}" for n in count(2))) if code not in taken)


def _refuse_losing(session: Session, field_id: int, before: Sequence[Choice], after: Sequence[Choice]) -> None:
    kept = {choice.code for choice in after}
    held = col(Talent.custom)[str(field_id)]
    for choice in before:
        if choice.code in kept:
            continue
        # `?` finds a string that stands alone as well as one in a list.
        found = sa.select(col(Talent.id)).where(held.op("?")(choice.code)).limit(1)
        if session.execute(found).first() is not None:
            raise Refused(STILL_HELD, name=choice.fr)
        refuse_if_asked(CHOICE_ASKED, asking_choice(session, field_id, choice.code), choice=choice.fr)
