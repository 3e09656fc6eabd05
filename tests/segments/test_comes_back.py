"""What leaves as a file comes back the same, whatever the words of a choice hold."""

import io
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session

from portal.imports.lines import Setting, read_line
from portal.imports.mapping import map_columns
from portal.imports.reading import read
from portal.segments.exporting import export
from portal.segments.pool import Filters
from portal.talents import jobs, places
from portal.talents.custom import read as read_own
from portal.talents.custom_fields import add_field, custom_fields
from portal.talents.rules import FieldKind
from portal.talents.telling import LANGUAGES, LEVELS
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote
from portal.timeline.who import Role
from tests.people import NOW, TODAY, staff, talent


def came_back(session: Session, locale: str) -> dict[str, dict[str, Any]]:
    """Return what an import reads in the exported pool, by address."""
    file = io.StringIO(newline="")
    export(session, staff(session, "Expo"), file, "", Filters(), locale, now=NOW)
    table = read("pool.csv", file.getvalue().encode())
    own = custom_fields(session)
    columns = map_columns(table, own=own)
    setting = Setting(TODAY, TODAY, own=own)
    lines = [read_line(record, columns, table.header, setting) for record in table.records]
    assert [line.trouble for line in lines if line.trouble] == []
    assert [line.unread for line in lines if line.unread] == []
    return {line.email or "": dict(line.values) for line in lines}


def worked() -> list[dict[str, Any]]:
    codes, towns = [job.code for job in jobs.everything()][::9], list(places.largest(40))
    several: list[tuple[str, list[str]]] = [
        ("contracts", [each.value for each in Contract]),
        ("interests", [each.value for each in Interest]),
        ("environments", [each.value for each in Environment]),
        ("regions", list(places.regions())),
        ("languages", [f"{code}:{LEVELS[n % 6]}" if n % 2 else code for n, code in enumerate(LANGUAGES)]),
        ("other_places", [town.insee for town in towns]),
        ("other_jobs", codes),
        (
            "skills",
            [
                "soudure TIG",
                "Excel, Word",
                "C++",
                "C#",
                'vis 1/2"',
                "lecture de plan ; cotes",
                "CACES 1, 3, 5",
                "a | b",
            ],
        ),
    ]
    told: list[dict[str, Any]] = []
    for column, values in several:
        told += [{column: [one, other]} for one, other in pairwise(values)]
        told += [{column: [one]} for one in values]
    one_each: list[tuple[str, list[Any]]] = [
        ("experience", list(Experience)),
        ("remote", list(Remote)),
        ("relocation", [True, False]),
        ("salary_floor", [18_000, 31_250, 120_000]),
        ("radius_km", [1, 35, 999]),
        ("availability", [Availability.NOW, Availability.NOT_LOOKING]),
        ("refuses", ["pas de nuit ; ni de week-end, jamais", "= le reste", "x" * 900]),
    ]
    told += [{column: value} for column, values in one_each for value in values]
    told += [{"availability": Availability.NOTICE, "notice_days": days} for days in (7, 15, 30, 45, 90)]
    told += [{"availability": Availability.FROM_DATE, "available_from": date(2027, 3, 1)}]
    return told


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_every_value_of_a_profile_comes_back(session: Session, locale: str) -> None:
    held = {f"p{n}@people.example": columns for n, columns in enumerate(worked())}
    for n, (email, columns) in enumerate(held.items()):
        talent(session, f"Nora{n}", email=email, phone="+33612345678", **columns)
    back = came_back(session, locale)
    wrong = []
    for email, columns in held.items():
        for column, value in columns.items():
            got = back[email].get(column)
            got = list(got) if isinstance(got, tuple | list | frozenset) else got
            if (sorted(got) if isinstance(got, list) else got) != (sorted(value) if isinstance(value, list) else value):
                wrong.append((column, value, got))
    assert wrong == []


CHOICES = [
    "Tour",
    "Fraiseuse",
    "Tour/fraiseuse",
    "Presse, plieuse",
    "Presse",
    "Plieuse",
    "Pièces | séries",
    'Vis 1/2"',
    "3/8",
]
CHOSEN = [
    ["Tour", "Fraiseuse"],
    ["Fraiseuse", "Tour/fraiseuse"],
    ["Tour", "Presse, plieuse"],
    ["Presse", "Plieuse"],
    ["Presse, plieuse"],
    ["Presse, plieuse", "Presse", "Plieuse"],
    ["Pièces | séries", 'Vis 1/2"', "3/8"],
    CHOICES,
]


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_every_value_of_a_field_of_the_house_comes_back(session: Session, locale: str) -> None:
    ada = staff(session, "Ada", Role.ADMIN)
    pairs = [(name, name) for name in CHOICES]
    several = add_field(session, ada, FieldKind.CHOICES, "Machines", "Presses", pairs, now=NOW)
    bread = [("Pain", "Bread"), ("Douleur", "Pain"), ("Four ; pétrin", "Oven, kneader")]
    single = add_field(session, ada, FieldKind.CHOICE, "Atelier", "Shop", bread, now=NOW)
    text = add_field(session, ada, FieldKind.TEXT, "Projet", "Project", now=NOW)
    number = add_field(session, ada, FieldKind.NUMBER, "Prime", "Bonus", now=NOW)
    day = add_field(session, ada, FieldKind.DATE, "Habilitation", "Clearance", now=NOW)
    sure = add_field(session, ada, FieldKind.YES_NO, "Cariste", "Forklift", now=NOW)
    code = {choice.fr: choice.code for choice in several.choices}
    held: list[dict[str, Any]] = [
        {several.key: sorted((code[c] for c in chosen), key=list(code.values()).index)} for chosen in CHOSEN
    ]
    held += [{single.key: choice.code} for choice in single.choices]
    held += [{text.key: words} for words in ("mot " * 300 + "fin", "=1+1", "a; b, c", "« oui »")]
    held += [{number.key: value} for value in (12, 12.5, 1200, 1_234_567, 0.125, -3)]
    held += [{day.key: "2026-11-02"}, {sure.key: "yes"}, {sure.key: "no"}]
    for n, values in enumerate(held):
        talent(session, f"Nora{n}", email=f"p{n}@people.example", custom=values)
    back = came_back(session, locale)
    for n, values in enumerate(held):
        assert {key: back[f"p{n}@people.example"].get(f"custom.{key}") for key in values} == values


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Tour, Fraiseuse", ["Tour", "Fraiseuse"]),
        ("tour / fraiseuse", ["Tour/fraiseuse"]),
        ("TOUR/FRAISEUSE; fraiseuse", ["Fraiseuse", "Tour/fraiseuse"]),
        ("presse,plieuse", ["Presse, plieuse"]),
        ("fraiseuse / presse", ["Fraiseuse", "Presse"]),
        ("pieces séries", ["Pièces | séries"]),
        ("Tour, inconnu", None),
        ('"Presse", "Plieuse"', ["Presse", "Plieuse"]),
        ("tour,", ["Tour"]),
        (",", None),
    ],
)
def test_choices_whose_names_hold_signs_of_lists_are_read_as_people_write_them(
    session: Session, typed: str, named: list[str] | None
) -> None:
    pairs = [(name, name) for name in CHOICES]
    ada = staff(session, "Ada", Role.ADMIN)
    field = add_field(session, ada, FieldKind.CHOICES, "Machines", "Presses", pairs, now=NOW)
    code = {choice.fr: choice.code for choice in field.choices}
    expected = None if named is None else sorted((code[name] for name in named), key=list(code.values()).index)
    assert read_own(field, typed) == expected
