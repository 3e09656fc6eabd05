"""National numbers of telephone are those of the line's country, or of the file's."""

from pathlib import Path

import pytest

from portal.imports.countries import country_in, town_in
from portal.kit.db import Database
from tests.imports.files import bring, pool

FILES = Path(__file__).parent / "files_of_tools"


@pytest.mark.parametrize(
    ("town", "country", "typed", "number"),
    [
        ("Bruxelles", "", "0475 12 34 56", "+32475123456"),
        ("Genève", "", "079 123 45 67", "+41791234567"),
        ("Barcelone", "", "612 345 678", "+34612345678"),
        ("Lyon", "Belgique", "0475 12 34 56", "+32475123456"),
        ("Liège (Belgique)", "", "04 223 45 67", "+3242234567"),
        ("San Francisco", "", "(415) 555-2671", "+14155552671"),
        ("Lyon", "", "0475 12 34 56", "+33475123456"),
        # A French number of somebody who works abroad, and one that says where it is from.
        ("Bruxelles", "BE", "06 12 34 56 78", "+33612345678"),
        ("Bruxelles", "BE", "+41 79 123 45 67", "+41791234567"),
        ("Valence", "France", "0475 12 34 56", "+33475123456"),
    ],
)
def test_a_national_number_is_that_of_the_line_s_country(
    house: Database, town: str, country: str, typed: str, number: str
) -> None:
    rows = [
        "Email,Ville,Pays,Tel",
        f"a@x.example,{town},{country},{typed}",
        "b@x.example,Lyon,France,",
        "c@x.example,Lille,FR,",
    ]
    bring(house, "\n".join(rows).encode())
    assert pool(house)[0].phone == number


def test_a_line_that_names_no_country_is_of_its_file_s(house: Database) -> None:
    rows = ["Email,City,Phone", "a@x.example,Lausanne,", "b@x.example,Genève,", "c@x.example,,079 123 45 67"]
    bring(house, "\n".join(rows).encode())
    assert pool(house)[2].phone == "+41791234567"


def test_nobody_guesses_where_two_countries_are_named_alike_often(house: Database) -> None:
    rows = ["Email,City,Phone", "a@x.example,Lausanne,", "b@x.example,Bruxelles,", "c@x.example,,0475 12 34 56"]
    bring(house, "\n".join(rows).encode())
    assert pool(house)[2].phone == "+33475123456"


def test_countries_and_towns_are_named_as_people_do() -> None:
    assert [country_in(name) for name in ("Suisse", "CH", "Schweiz", "Pays-Bas", "États-Unis", "Nulle part", "")] == [
        "CH", "CH", "CH", "NL", "US", None, None,
    ]  # fmt: skip
    assert [town_in(name) for name in ("Zürich", "Anvers", "Lyon", "Paris, France", "it")] == [
        "CH",
        "BE",
        None,
        "FR",
        None,
    ]
