"""The house's own fields: what each may hold, how a cell is read into it, how it is told. Pure; see `custom_fields`.

A value stands in `Talent.custom` under the field's id as text ("7"), in this form; what is not known does not stand there:
text `"B, C"` · number `12` or `12.5` · date `"2026-11-02"` · choice `"night"` · choices `["day", "night"]` in the field's
order · yes/no `"yes"` or `"no"`. Who said it and when stands in `Talent.said` under "custom.7", as for any other value.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_, number, say, short_day
from portal.talents import custom_choices
from portal.talents.checks import NOT_A_VALUE, one_line
from portal.talents.dates import read_date
from portal.talents.rules import FieldKind, TalentMay

NOT_A_NUMBER = N_("“{value}” is not a number. Write one like 12 or 12.5.")
NOT_A_DAY = N_("“{value}” is not a day. Write one like 02/11/2026.")
YES, NO = N_("yes"), N_("no")

LONGEST = 2_000
_MOST = 1e12
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?")
_YES = frozenset({"oui", "yes", "o", "y", "vrai", "true", "x", "1", "ok"})
_NO = frozenset({"non", "no", "n", "faux", "false", "0"})
CUSTOM = "custom."


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice: `code` is stored and never changes, the words may."""

    code: str
    fr: str
    en: str

    def label(self, locale: str) -> str:
        """Return its words in the reader's language."""
        return self.fr if locale.startswith("fr") else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the house's own."""

    id: int
    kind: FieldKind
    name_fr: str
    name_en: str
    choices: tuple[Choice, ...] = ()
    recruiters_edit: bool = True
    talent_may: TalentMay = TalentMay.SEE
    rank: int = 0
    archived: bool = False

    @property
    def key(self) -> str:
        """Return what its values stand under in `Talent.custom`: "7"."""
        return str(self.id)

    @property
    def column(self) -> str:
        """Return what it is called among the columns of `Talent`, in changes and in `said`: "custom.7"."""
        return f"{CUSTOM}{self.id}"

    def name(self, locale: str) -> str:
        """Return its label in the reader's language."""
        return self.name_fr if locale.startswith("fr") else self.name_en


def key_of(column: str) -> str | None:
    """Return "7" for "custom.7"; None for any other column."""
    return column.removeprefix(CUSTOM) if column.startswith(CUSTOM) else None


def check(field: Field, value: object) -> Any:  # noqa: ANN401 - what a JSON document holds
    """Return `value`, as a form or a program gives it, in the form it is stored in; None takes it away.

    Refused, with a sentence, when the field cannot hold it.
    """
    return None if value in (None, "", [], ()) else _CHECKS[field.kind](field, value)


def read(field: Field, text: str) -> Any | None:  # noqa: ANN401 - what a JSON document holds
    """Return what a cell of a file says, in the form it is stored in; None rather than a guess.

    Reads "1 200,5", "02/11/2026", "oui", and a choice by its words in either language, whatever their case and accents;
    several choices stand between commas, semicolons, bars or lines, and all of them must be known.
    """
    text = text.strip()
    if not text:
        return None
    match field.kind:
        case FieldKind.CHOICE:
            codes = custom_choices.chosen(field.choices, text)
            return codes[0] if codes and len(codes) == 1 else None
        case FieldKind.CHOICES:
            return check(field, custom_choices.chosen(field.choices, text))
        case FieldKind.YES_NO:
            word = fold(text)
            return "yes" if word in _YES else "no" if word in _NO else None
        case FieldKind.TEXT | FieldKind.NUMBER | FieldKind.DATE:
            try:
                return check(field, text)
            except Refused:
                return None


def shown(field: Field, value: object, locale: str) -> str:
    """Return a stored value in the reader's language; empty for none, as it stands where a choice is no longer known."""
    if value in (None, "", []):
        return ""
    match field.kind:
        case FieldKind.YES_NO if value in ("yes", "no"):
            return say(locale, YES if value == "yes" else NO)
        case FieldKind.DATE if isinstance(value, str) and read_date(value):
            return short_day(locale, date.fromisoformat(value))
        case FieldKind.NUMBER if isinstance(value, int | float):
            return _told(value, locale)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            labels = {choice.code: choice.label(locale) for choice in field.choices}
            return ", ".join(labels.get(code, code) for code in _each(value))
        case _:
            return str(value)


def written(field: Field, value: object, locale: str) -> str:
    """Return a stored value as a file holds it: `read` reads the same again."""
    if isinstance(value, int | float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    if field.kind in {FieldKind.CHOICE, FieldKind.CHOICES}:
        return custom_choices.told(field.choices, _each(value), locale)
    return str(value) if field.kind is FieldKind.DATE else shown(field, value, locale)


def _text(_field: Field, value: object) -> str | None:
    return one_line(value, LONGEST) or None


def _number(_field: Field, value: object) -> int | float:
    text = str(value).strip()
    found = _NUMBER.fullmatch(text)
    read_as = float(re.sub(r"\s", "", text).replace(",", ".")) if found else math.nan
    if not abs(read_as) <= _MOST:
        raise Refused(NOT_A_NUMBER, value=text[:50])
    return int(read_as) if read_as.is_integer() else read_as


def _day(_field: Field, value: object) -> str:
    day = value if isinstance(value, date) else read_date(str(value))
    if day is None:
        raise Refused(NOT_A_DAY, value=str(value)[:50])
    return day.isoformat()[:10]


def _yes_no(_field: Field, value: object) -> str:
    if value in (True, "yes"):
        return "yes"
    if value in (False, "no"):
        return "no"
    raise Refused(NOT_A_VALUE, value=str(value)[:50])


def _chosen(field: Field, value: object) -> list[str]:
    given = set(_each(value))
    known = [choice.code for choice in field.choices]
    unknown = sorted(given.difference(known))
    if unknown:
        raise Refused(NOT_A_VALUE, value=unknown[0][:50])
    return [code for code in known if code in given]


_CHECKS: dict[FieldKind, Callable[[Field, object], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: lambda field, value: _chosen(field, [value])[0],
    FieldKind.CHOICES: _chosen,
    FieldKind.YES_NO: _yes_no,
}


def _each(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple | set | frozenset) else [str(value)]


def _told(value: float, locale: str) -> str:
    if isinstance(value, int) or value.is_integer():
        return number(locale, int(value))
    whole, _, rest = f"{abs(value):.6f}".rstrip("0").partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{number(locale, int(whole))}{',' if locale.startswith('fr') else '.'}{rest}"
