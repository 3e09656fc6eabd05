from datetime import date
from typing import Any

import pytest

from portal.kit.errors import Refused
from portal.talents.custom import Choice, Field, check, read, shown
from portal.talents.merging import By, Word, weigh
from portal.talents.rules import FieldKind, SourceKind

SHIFTS = (Choice("day", "Jour", "Day"), Choice("night", "Nuit", "Night"), Choice("both", "Jour, nuit", "Day or night"))


def field(kind: FieldKind) -> Field:
    choices = SHIFTS if kind in {FieldKind.CHOICE, FieldKind.CHOICES} else ()
    return Field(7, kind, "Un champ", "A field", choices)


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        (FieldKind.TEXT, "  B,\n C\x00 ", "B, C"),
        (FieldKind.TEXT, "\u200b   ", "\u200b"),
        (FieldKind.TEXT, "\x00 ", None),
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "12,50", 12.5),
        (FieldKind.NUMBER, "-1 200,5", -1200.5),
        (FieldKind.NUMBER, "1\u202f200", 1200),
        (FieldKind.NUMBER, 0, 0),
        (FieldKind.DATE, "2026-11-02", "2026-11-02"),
        (FieldKind.DATE, "02/11/2026", "2026-11-02"),
        (FieldKind.DATE, date(2026, 11, 2), "2026-11-02"),
        (FieldKind.CHOICE, "night", "night"),
        (FieldKind.CHOICES, ["night", "day", "night"], ["day", "night"]),
        (FieldKind.CHOICES, "day", ["day"]),
        (FieldKind.YES_NO, True, "yes"),
        (FieldKind.YES_NO, False, "no"),
        (FieldKind.YES_NO, "no", "no"),
    ],
)
def test_what_a_field_can_hold_is_stored_in_one_form(kind: FieldKind, given: object, stored: Any) -> None:
    assert check(field(kind), given) == stored


@pytest.mark.parametrize("kind", FieldKind)
def test_an_empty_field_takes_the_value_away(kind: FieldKind) -> None:
    assert [check(field(kind), empty) for empty in (None, "", [])] == [None, None, None]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (FieldKind.TEXT, "x" * 2_001),
        (FieldKind.NUMBER, "douze"),
        (FieldKind.NUMBER, "1e9"),
        (FieldKind.NUMBER, "nan"),
        (FieldKind.NUMBER, float("inf")),
        (FieldKind.NUMBER, "9" * 400),
        (FieldKind.NUMBER, "12 34"),
        (FieldKind.DATE, "31/02/2026"),
        (FieldKind.DATE, "demain"),
        (FieldKind.CHOICE, "evening"),
        (FieldKind.CHOICES, ["day", "evening"]),
        (FieldKind.CHOICES, [["day"]]),
        (FieldKind.YES_NO, "peut-être"),
        (FieldKind.YES_NO, {"yes": 1}),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_a_sentence(kind: FieldKind, given: object) -> None:
    with pytest.raises(Refused):
        check(field(kind), given)


@pytest.mark.parametrize(
    ("kind", "cell", "stored"),
    [
        (FieldKind.TEXT, " habilité B2V ", "habilité B2V"),
        (FieldKind.TEXT, "x" * 2_001, None),
        (FieldKind.NUMBER, "1 200,5", 1200.5),
        (FieldKind.NUMBER, "environ 12", None),
        (FieldKind.DATE, "3 février 2026", "2026-02-03"),
        (FieldKind.DATE, "bientôt", None),
        (FieldKind.CHOICE, "NUIT", "night"),
        (FieldKind.CHOICE, " night ", "night"),
        (FieldKind.CHOICE, "Jour, nuit", "both"),
        (FieldKind.CHOICE, "le soir", None),
        (FieldKind.CHOICES, "nuit ; JOUR", ["day", "night"]),
        (FieldKind.CHOICES, "Jour, nuit", ["both"]),
        (FieldKind.CHOICES, "Nuit, jour", ["day", "night"]),
        (FieldKind.CHOICES, "nuit, le soir", None),
        (FieldKind.CHOICES, " ; ", None),
        (FieldKind.YES_NO, "Oui", "yes"),
        (FieldKind.YES_NO, "FALSE", "no"),
        (FieldKind.YES_NO, "X", "yes"),
        (FieldKind.YES_NO, "peut-être", None),
        (FieldKind.YES_NO, "  ", None),
    ],
)
def test_a_cell_of_a_file_is_read_or_left_alone_never_guessed(kind: FieldKind, cell: str, stored: Any) -> None:
    assert read(field(kind), cell) == stored


@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_read_can_be_stored(kind: FieldKind) -> None:
    for cell in ("12", "02/11/2026", "nuit", "oui", "une phrase"):
        if (value := read(field(kind), cell)) is not None:
            assert check(field(kind), value) == value


@pytest.mark.parametrize(
    ("kind", "stored", "fr", "en"),
    [
        (FieldKind.TEXT, "B, C", "B, C", "B, C"),
        (FieldKind.NUMBER, 1200, "1\u202f200", "1,200"),
        (FieldKind.NUMBER, -1200.5, "-1\u202f200,5", "-1,200.5"),
        (FieldKind.DATE, "2026-11-02", "2 nov. 2026", "2 Nov 2026"),
        (FieldKind.CHOICE, "night", "Nuit", "Night"),
        (FieldKind.CHOICES, ["day", "night"], "Jour, Nuit", "Day, Night"),
        (FieldKind.CHOICES, ["day", "evening"], "Jour, evening", "Day, evening"),
        (FieldKind.YES_NO, "yes", "oui", "yes"),
        (FieldKind.YES_NO, None, "", ""),
        (FieldKind.DATE, "soon", "soon", "soon"),
        (FieldKind.NUMBER, "twelve", "twelve", "twelve"),
    ],
)
def test_a_value_is_told_in_the_reader_s_language(kind: FieldKind, stored: object, fr: str, en: str) -> None:
    assert (shown(field(kind), stored, "fr"), shown(field(kind), stored, "en")) == (fr, en)


def told(value: object, by: By, on: date) -> Word:
    kind = SourceKind.ATS_EXPORT if by is By.SOURCE else None
    return Word({"custom.7": value}, by, on, "Export" if kind else "", kind)


def test_the_same_law_says_whose_word_wins_in_a_field_of_the_house_s_own() -> None:
    early, late = date(2026, 1, 1), date(2026, 6, 1)
    noted = weigh({}, [told("day", By.SOURCE, early)])
    assert noted.changes["custom"] == {"7": "day"}
    assert noted.changes["said"]["custom.7"] == {"by": "source", "on": "2026-01-01", "source": "Export"}
    assert noted.units == ("custom.7",)
    said = weigh(noted.changes, [told("night", By.TALENT, early)])
    assert weigh(said.changes | noted.changes | said.changes, [told("day", By.SOURCE, late)]).units == ()


def test_a_value_taken_back_leaves_the_others_and_stays_taken_back() -> None:
    standing = weigh({"custom": {"3": "x", "7": "day"}}, [told(None, By.TALENT, date(2026, 2, 1))])
    assert standing.changes["custom"] == {"3": "x"}
    again = weigh({"custom": {"3": "x"}, **standing.changes}, [told("day", By.SOURCE, date(2026, 6, 1))])
    assert again.units == ()
