"""What the house calls its tags, fields, surveys and segments: a rule names them by number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.kit.i18n import N_, say
from portal.segments.models import Segment
from portal.talents.models import CustomField, Tag
from portal.talents.rules import FieldKind

Told = tuple[str, str]  # in French and in English


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the house's own: its name and its choices by code."""

    kind: FieldKind
    name: Told
    choices: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """Names by number. What is not there any more is told as a number."""

    tags: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[int, OwnField] = field(default_factory=dict)
    surveys: Mapping[int, Told] = field(default_factory=dict)
    segments: Mapping[int, str] = field(default_factory=dict)

    def tag(self, locale: str, number: int) -> str:
        return self.tags.get(number) or _number(locale, number)

    def field(self, locale: str, number: int) -> str:
        return _in(locale, self.fields[number].name) if number in self.fields else _number(locale, number)

    def choice(self, locale: str, number: int, code: str) -> str:
        """Return what a choice of a field is called; `yes` and `no` by themselves."""
        if code in {"yes", "no"}:
            return say(locale, {"yes": N_("yes"), "no": N_("no")}[code])
        known = self.fields[number].choices.get(code) if number in self.fields else None
        return _in(locale, known) if known else code

    def survey(self, locale: str, number: int) -> str:
        return _in(locale, self.surveys[number]) if number in self.surveys else _number(locale, number)

    def segment(self, locale: str, number: int) -> str:
        return self.segments.get(number) or _number(locale, number)


UNNAMED = Names()


def names(session: Session) -> Names:
    """Return every name there is; those tables are small."""
    fields = session.exec(
        select(CustomField).where(col(CustomField.archived_at).is_(None)).order_by(col(CustomField.rank))
    )
    in_use = col(Segment.archived_at).is_(None)
    segments = sa.select(col(Segment.id), col(Segment.name)).where(in_use).order_by(col(Segment.name))
    # By name alone: `portal.surveys` stands above segments.
    surveys = session.execute(sa.text("SELECT id, title_fr, title_en FROM survey ORDER BY id DESC"))
    return Names(
        tags=_by_number(session, sa.select(col(Tag.id), col(Tag.name)).order_by(col(Tag.folded))),
        fields={each.id: _own(each) for each in fields if each.id},
        surveys={id_: (french, english) for id_, french, english in surveys},
        segments=_by_number(session, segments),
    )


def _by_number(session: Session, query: sa.Executable) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(query)}


def _own(row: CustomField) -> OwnField:
    choices: list[dict[str, Any]] = row.choices
    named = {str(each.get("code")): (str(each.get("fr", "")), str(each.get("en", ""))) for each in choices}
    return OwnField(row.kind, (row.name_fr, row.name_en), named)


def _in(locale: str, told: Told) -> str:
    french, english = told
    return (french or english) if locale.startswith("fr") else (english or french)


def _number(locale: str, number: int) -> str:
    return say(locale, "no. {number}", number=number)
