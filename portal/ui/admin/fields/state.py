"""What an admin sees and changes of the fields of the house."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.talents.custom import Choice, Field
from portal.talents.custom_fields import (
    HAS_CHOICES,
    add_field,
    archive_field,
    bring_field_back,
    change_field,
    custom_fields,
    order_fields,
)
from portal.talents.rules import FieldKind, TalentMay
from portal.ui.doors import ADMINS, Audience, Door, Room, Told
from portal.ui.session import notice

KINDS = {
    FieldKind.TEXT: N_("Words"),
    FieldKind.NUMBER: N_("A number"),
    FieldKind.DATE: N_("A day"),
    FieldKind.CHOICE: N_("One choice"),
    FieldKind.CHOICES: N_("Several choices"),
    FieldKind.YES_NO: N_("Yes or no"),
}
MAY = {
    TalentMay.EDIT: N_("The person sees it on their page and may change it"),
    TalentMay.SEE: N_("The person sees it on their page"),
    TalentMay.NOTHING: N_("It is not on their page"),
}
ADDED = N_("“{name}” is there now: on profiles, in imports, segments and exports.")
SAVED = N_("“{name}” is saved.")
ARCHIVED = N_("“{name}” is put away. What people said in it stays in their data.")
BACK = N_("“{name}” is back.")
NO_KIND = N_("Choose what the field holds.")
TWO_WORDS = N_("Write each choice as “French | English”, one a line. “{line}” is not.")


@dataclass
class FieldRow:
    """One field of the list, in words."""

    id: int
    name: str
    other: str
    kind: str
    choices: str
    who: str
    first: bool
    last: bool


@dataclass
class ChoiceRow:
    """One choice that stands, to be renamed."""

    code: str
    fr: str
    en: str


class Fields(Room):
    """The fields, and the form of one of them."""

    audience: ClassVar[Audience] = ADMINS
    loaded: bool = False
    rows: list[FieldRow] = []
    away: list[FieldRow] = []
    editing: bool = False
    field_id: int = 0
    held: dict[str, str] = {}
    choices: list[ChoiceRow] = []
    kind: str = ""
    problem: str = ""
    _archived_last: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the fields."""
        self.rows, self.away = await self.inside(_listed)
        self.loaded, self.editing = True, False

    @rx.event
    def begin(self) -> None:
        """Open an empty form."""
        self._open(
            0, {"name_fr": "", "name_en": "", "talent_may": TalentMay.EDIT.value, "recruiters_edit": "1"}, [], ""
        )

    @rx.event
    async def open(self, field_id: int) -> None:
        """Open the form of one field."""
        self._open(*await self.inside(lambda door: _form(door, field_id)))

    def _open(self, field_id: int, held: dict[str, str], choices: list[ChoiceRow], kind: str) -> None:
        self.field_id, self.held, self.choices, self.kind = field_id, held, choices, kind
        self.editing, self.problem = True, ""

    @rx.event
    def leave(self) -> None:
        """Put the form away."""
        self.editing = False

    @rx.event
    def choose_kind(self, kind: str) -> None:
        """Show the choices where there are any."""
        self.kind = kind if kind in set(FieldKind) else ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Add or change the field, or say beside the form what cannot be."""
        field_id, kind = self.field_id, self.kind
        try:
            (self.rows, self.away), told = await self.inside(lambda door: _save(door, field_id, kind, form))
        except Told as told:
            self.problem = str(told)
            return None
        self.editing = False
        return notice(told)

    @rx.event
    async def move(self, field_id: int, by: int) -> None:
        """Put a field one place up or down."""
        self.rows, self.away = await self.inside(lambda door: _move(door, field_id, 1 if by > 0 else -1))

    @rx.event
    async def archive(self, field_id: int) -> EventSpec:
        """Put a field away; one press brings it back."""
        (self.rows, self.away), told = await self.inside(lambda door: _archive(door, field_id))
        self._archived_last = field_id
        return notice(told, undo=Fields.undo)

    @rx.event
    async def bring_back(self, field_id: int) -> EventSpec:
        """Bring a field back."""
        (self.rows, self.away), told = await self.inside(lambda door: _bring_back(door, field_id))
        return notice(told)

    @rx.event
    def undo(self) -> EventSpec:
        """Bring back what was put away last."""
        return Fields.bring_back(self._archived_last)


_Lists = tuple[list[FieldRow], list[FieldRow]]


def _listed(door: Door) -> _Lists:
    everything = custom_fields(door.session, archived=True)
    used = [field for field in everything if not field.archived]
    shown = [_row(door, field, first=field is used[0], last=field is used[-1]) for field in used]
    return shown, [_row(door, field) for field in everything if field.archived]


def _row(door: Door, field: Field, *, first: bool = True, last: bool = True) -> FieldRow:
    staff = "" if field.recruiters_edit else say(door.locale, N_("recruiters only read it"))
    may = say(door.locale, MAY[field.talent_may])
    return FieldRow(
        id=field.id,
        name=field.name(door.locale),
        other=field.name_en if door.locale == "fr" else field.name_fr,
        kind=say(door.locale, KINDS[field.kind]),
        choices=", ".join(choice.label(door.locale) for choice in field.choices),
        who=" · ".join(part for part in (may, staff) if part),
        first=first,
        last=last,
    )


def _field(door: Door, field_id: int) -> Field:
    found = next((field for field in custom_fields(door.session, archived=True) if field.id == field_id), None)
    if found is None:
        raise NotFound
    return found


def _form(door: Door, field_id: int) -> tuple[int, dict[str, str], list[ChoiceRow], str]:
    field = _field(door, field_id)
    held = {
        "name_fr": field.name_fr,
        "name_en": field.name_en,
        "talent_may": field.talent_may.value,
        "recruiters_edit": "1" if field.recruiters_edit else "",
    }
    return field.id, held, [ChoiceRow(each.code, each.fr, each.en) for each in field.choices], field.kind.value


def _save(door: Door, field_id: int, kind: str, form: dict[str, Any]) -> tuple[_Lists, str]:
    names = {"name_fr": str(form.get("name_fr", "")), "name_en": str(form.get("name_en", ""))}
    may = str(form.get("talent_may", ""))
    who = {
        "recruiters_edit": bool(form.get("recruiters_edit")),
        "talent_may": TalentMay(may) if may in set(TalentMay) else TalentMay.SEE,
    }
    if kind not in set(FieldKind):
        raise Refused(NO_KIND)
    new = _written(str(form.get("new_choices", ""))) if kind in HAS_CHOICES else []
    if field_id:
        standing = [_renamed(choice, form) for choice in _field(door, field_id).choices]
        choices = [choice for choice in standing if choice.fr or choice.en] + [Choice("", *pair) for pair in new]
        saved = change_field(door.session, door.who, field_id, **names, choices=choices, **who, now=door.now)
    else:
        saved = add_field(door.session, door.who, FieldKind(kind), *names.values(), new, **who, now=door.now)
    told = say(door.locale, SAVED if field_id else ADDED, name=saved.name(door.locale))
    return _listed(door), told


def _renamed(choice: Choice, form: dict[str, Any]) -> Choice:
    words = (str(form.get(f"{language}.{choice.code}", "")).strip() for language in ("fr", "en"))
    return Choice(choice.code, *words)


def _written(text: str) -> list[tuple[str, str]]:
    """Return the pairs written one a line as "French | English"."""
    pairs = []
    for line in filter(str.strip, text.splitlines()):
        fr, bar, en = (part.strip() for part in line.partition("|"))
        if not (bar and fr and en):
            raise Refused(TWO_WORDS, line=line.strip()[:60])
        pairs.append((fr, en))
    return pairs


def _move(door: Door, field_id: int, by: int) -> _Lists:
    ids = [field.id for field in custom_fields(door.session)]
    if field_id not in ids:
        raise NotFound
    place = ids.index(field_id)
    other = min(max(place + by, 0), len(ids) - 1)
    ids[place], ids[other] = ids[other], ids[place]
    order_fields(door.session, door.who, ids, now=door.now)
    return _listed(door)


def _archive(door: Door, field_id: int) -> tuple[_Lists, str]:
    archive_field(door.session, door.who, field_id, now=door.now)
    return _listed(door), say(door.locale, ARCHIVED, name=_field(door, field_id).name(door.locale))


def _bring_back(door: Door, field_id: int) -> tuple[_Lists, str]:
    bring_field_back(door.session, door.who, field_id, now=door.now)
    return _listed(door), say(door.locale, BACK, name=_field(door, field_id).name(door.locale))
