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
    """Names by number. What was put away keeps its name, and is told so; only what is in use can be chosen anew."""

    tags: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[int, OwnField] = field(default_factory=dict)
    surveys: Mapping[int, Told] = field(default_factory=dict)
    segments: Mapping[int, str] = field(default_factory=dict)
    fields_away: Mapping[int, OwnField] = field(default_factory=dict)
    segments_away: Mapping[int, str] = field(default_factory=dict)

    def tag(self, locale: str, number: int) -> str:
        return self.tags.get(number) or say(locale, _GONE["tag"])

    def field(self, locale: str, number: int) -> str:
        if away := self.fields_away.get(number):
            return _put_away(locale, _in(locale, away.name))
        return _in(locale, self.fields[number].name) if number in self.fields else say(locale, _GONE["field"])

    def own(self, number: int) -> OwnField | None:
        """Return a field of the house's own, in use or put away."""
        return self.fields.get(number) or self.fields_away.get(number)

    def choice(self, locale: str, number: int, code: str) -> str:
        """Return what a choice of a field is called; `yes` and `no` by themselves."""
        if code in {"yes", "no"}:
            return say(locale, {"yes": N_("yes"), "no": N_("no")}[code])
        own = self.own(number)
        if own is None:
            return code
        known = own.choices.get(code)
        return _in(locale, known) if known else say(locale, "{choice} (taken away)", choice=code)

    def survey(self, locale: str, number: int) -> str:
        return _in(locale, self.surveys[number]) if number in self.surveys else say(locale, _GONE["survey"])

    def segment(self, locale: str, number: int) -> str:
        if away := self.segments_away.get(number):
            return _put_away(locale, away)
        return self.segments.get(number) or say(locale, _GONE["segment"])


UNNAMED = Names()


def names(session: Session) -> Names:
    """Return every name there is; those tables are small."""
    fields = session.exec(select(CustomField).order_by(col(CustomField.rank))).all()
    segments = sa.select(col(Segment.id), col(Segment.name)).order_by(col(Segment.name))
    in_use = col(Segment.archived_at).is_(None)
    # By name alone: `portal.surveys` stands above segments.
    surveys = session.execute(sa.text("SELECT id, title_fr, title_en FROM survey ORDER BY id DESC"))
    return Names(
        tags=_by_number(session, sa.select(col(Tag.id), col(Tag.name)).order_by(col(Tag.folded))),
        fields={each.id: _own(each) for each in fields if each.id and each.archived_at is None},
        fields_away={each.id: _own(each) for each in fields if each.id and each.archived_at is not None},
        surveys={id_: (french, english) for id_, french, english in surveys},
        segments=_by_number(session, segments.where(in_use)),
        segments_away=_by_number(session, segments.where(~in_use)),
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


def _put_away(locale: str, name: str) -> str:
    return say(locale, "{name} (put away)", name=name)


_GONE = {
    "tag": N_("a tag that is not there any more"),
    "field": N_("a field that is not there any more"),
    "survey": N_("a survey that is not there any more"),
    "segment": N_("a segment that is not there any more"),
}
