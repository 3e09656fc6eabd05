"""What is said of someone, value by value: by whom and when, and what nobody could read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from portal.kit.i18n import LOCALES
from portal.talents.custom import Field, shown
from portal.talents.custom_fields import custom_fields
from portal.talents.merging import UNREAD
from portal.talents.models import Talent
from portal.talents.queries import TOLD, own_values, unread_of

# What says who they are, and what says what they want: columns of Talent.
ABOUT = ("first_name", "last_name", "email", "phone", "address_form", "locale", "zone")
WISHES = tuple(name for name in TOLD if name not in ABOUT)
Rows = list[dict[str, Any]]


def profile(talent: Talent) -> Rows:
    """What they want and what they do: each value with who said it and when."""
    rows = []
    for name in WISHES:
        value = getattr(talent, name)
        if value not in (None, "", []):
            rows.append({"field": name, "value": plain(value), **_said(talent, name)})
    return rows


def own_fields(session: Session, talent: Talent) -> Rows:
    """The house's own fields, those put away and those hidden from their pages too (GDPR 15): each named and told."""
    known = _fields(session)
    rows = []
    for name, value in own_values(talent.custom).items():
        field = known.get(name)
        names = {locale: field.name(locale) if field else name for locale in LOCALES}
        words = {locale: shown(field, value, locale) if field else str(value) for locale in LOCALES}
        rows.append({"field": name, "names": names, "value": plain(value), "words": words, **_said(talent, name)})
    return rows


def unread(session: Session, talent: Talent) -> Rows:
    """What a source wrote and nobody could read: it stands as text beside its field."""
    known = named(session)
    return [
        {"field": name, "text": text, **_said(talent, UNREAD + name)}
        | ({"names": known[name]} if name in known else {})
        for name, text in unread_of(talent.said).items()
    ]


def named(session: Session) -> dict[str, dict[str, str]]:
    """Return what the house calls its own fields, by column and language."""
    return {column: _names(field) for column, field in _fields(session).items()}


def _names(field: Field) -> dict[str, str]:
    return {locale: field.name(locale) for locale in LOCALES}


def _fields(session: Session) -> dict[str, Field]:
    return {field.column: field for field in custom_fields(session, archived=True)}


def _said(talent: Talent, name: str) -> dict[str, Any]:
    said = talent.said.get(name, {})
    return {"said_by": said.get("by"), "said_on": said.get("on"), "source": said.get("source")}


def plain(value: object) -> Any:  # noqa: ANN401 - a JSON value
    """Return a value as a document may hold it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):  # an instant is one as well
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)
