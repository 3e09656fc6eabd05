"""What people write in one cell, in French and English, is read as they meant it, or left to a person."""

from datetime import date

import pytest
from hypothesis import given

from portal.imports.cells.availability import Start, read_notice, read_start
from portal.imports.cells.salary import LEAST, MOST, read_salary
from portal.talents.vocabulary import Availability
from tests.imports.cells import CELLS

ON = date(2026, 11, 16)
NOW, NOT_LOOKING = Start(Availability.NOW), Start(Availability.NOT_LOOKING)


def since(year: int, month: int, day: int) -> Start:
    return Start(Availability.FROM_DATE, date(year, month, day))


def notice(days: int) -> Start:
    return Start(Availability.NOTICE, notice_days=days)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("immédiate", NOW),
        ("Immédiatement", NOW),
        ("IMMEDIAT", NOW),
        ("ASAP", NOW),
        ("Dès que possible", NOW),
        ("de suite", NOW),
        ("tout de suite", NOW),
        ("au plus vite", NOW),
        ("dès à présent", NOW),
        ("Disponibilité immédiate", NOW),
        ("Je suis disponible immédiatement", NOW),
        ("immediately available", NOW),
        ("Available now", NOW),
        ("Ready to start", NOW),
        ("immediate start", NOW),
        ("sans préavis", NOW),
        ("no notice", NOW),
        ("préavis 3 mois", notice(90)),
        ("3 mois de préavis", notice(90)),
        ("Préavis : 1 mois", notice(30)),
        ("préavis d'un mois", notice(30)),
        ("préavis d’un mois et demi", notice(45)),
        ("préavis 1,5 mois", notice(45)),
        ("préavis 15 jours", notice(15)),
        ("2 weeks' notice", notice(14)),
        ("Notice period: 3 months", notice(90)),
        ("one month notice", notice(30)),
        ("01/03/2027", since(2027, 3, 1)),
        ("2027-03-01", since(2027, 3, 1)),
        ("2027-03-01 00:00:00", since(2027, 3, 1)),
        ("à partir de mars 2027", since(2027, 3, 1)),
        ("à partir du 15/01/2027", since(2027, 1, 15)),
        ("dispo le 1er mars 2027", since(2027, 3, 1)),
        ("mi-mars 2027", since(2027, 3, 15)),
        ("début janvier 2027", since(2027, 1, 1)),
        ("fin juin", since(2027, 6, 30)),
        ("fin mars 2025", NOW),
        ("end of February 2027", since(2027, 2, 28)),
        ("from March 2027", since(2027, 3, 1)),
        ("septembre", since(2027, 9, 1)),
        ("dans 2 mois", since(2027, 1, 16)),
        ("in 2 weeks", since(2026, 12, 1)),
        ("pas disponible avant mars 2027", since(2027, 3, 1)),
        ("01/03/2026", NOW),
        ("March 15, 2028", since(2028, 3, 15)),
        ("2027/03/01", since(2027, 3, 1)),
        ("46500", since(2027, 4, 23)),
        ("pas disponible", NOT_LOOKING),
        ("en poste, non à l'écoute", NOT_LOOKING),
        ("En poste, pas à l’écoute du marché", NOT_LOOKING),
        ("ne cherche plus", NOT_LOOKING),
        ("Not looking", NOT_LOOKING),
        ("currently employed, not looking", NOT_LOOKING),
        ("no longer available", NOT_LOOKING),
    ],
)
def test_when_someone_is_free_is_read_as_it_was_meant(typed: str, read: Start) -> None:
    assert read_start(typed, ON) == read


@pytest.mark.parametrize(
    "typed",
    [
        "", "à voir", "3 mois", "préavis", "préavis à définir", "préavis 1-3 mois", "préavis 1 à 3 mois", "31/02/2027", "oui",
        "selon projet", "selon préavis", "2027", "en poste", "en poste, à l'écoute", "non disponible le lundi",
        "préavis 3 mois négociable", "rentrée",
        "disponible depuis mars", "jusqu’en juin", "avant septembre",
        "été 2027", "T1 2027", "notice", "maybe", "disponible si télétravail",
        "x" * 500, "préavis 99 mois",
        "ASAP ou mars 2027", "entre mars et avril 2028", "mars 27", "69003", "may start in March",
    ],
)  # fmt: skip
def test_when_nobody_can_tell_it_is_left_open(typed: str) -> None:
    assert read_start(typed, ON) is None


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("3 mois", 90), ("1 mois", 30), ("un mois", 30), ("2 mois et demi", 75), ("1.5 months", 45), ("2 semaines", 14),
        ("4 weeks", 28), ("30 jours", 30), ("8 j", 8), ("aucun", 0), ("none", 0), ("0", 0), ("trois mois", 90),
        ("3", None), ("", None), ("à négocier", None), ("1 à 3 mois", None), ("1/3 mois", None), ("36 mois", None),
        ("3 mois ou 1 mois", None), ("légal", None),
    ],
)  # fmt: skip
def test_a_length_of_notice_is_days(typed: str, days: int | None) -> None:
    assert read_notice(typed) == days


@pytest.mark.parametrize(
    ("typed", "floor"),
    [
        ("45k", 45_000),
        ("45K€", 45_000),
        ("45 K€", 45_000),
        ("45 k€ brut annuel", 45_000),
        ("45-50 K€", 45_000),
        ("45k-50k", 45_000),
        ("45/50k", 45_000),
        ("45 à 50 k€", 45_000),
        ("entre 40 et 45k", 40_000),
        ("between 40k and 45k", 40_000),
        ("40 000 - 45 000 €", 40_000),
        ("38 000", 38_000),
        ("38000", 38_000),
        ("38 000 €", 38_000),
        ("38.000 €", 38_000),
        ("38,000", 38_000),
        ("38\u202f000 € brut / an", 38_000),
        ("38 000,00 €", 38_000),
        ("€45k gross per year", 45_000),
        ("45k per annum".replace("annum", "year"), 45_000),
        ("30,5k", 30_500),
        ("3 200 € brut/mois", 38_400),
        ("3200 euros brut mensuel", 38_400),
        ("3,2 k€ brut par mois", 38_400),
        ("3 200,50 € brut / mois", 38_406),
        ("2 500 - 2 800 € brut par mois", 30_000),
        ("EUR 3200 gross monthly", 38_400),
        ("min 35k", 35_000),
        ("au moins 35 k€", 35_000),
        ("à partir de 30 000 € brut", 30_000),
        ("Salaire souhaité : 42k", 42_000),
        ("45000.0", 45_000),
        ("30k+", 30_000),
    ],
)
def test_the_least_someone_would_work_for_is_euros_a_year(typed: str, floor: int) -> None:
    assert read_salary(typed) == floor


@pytest.mark.parametrize(
    "typed",
    [
        "", "2500 net", "2 500 € net/mois", "TJM 450", "450 €/jour", "15 €/h", "15 € de l'heure", "3 200 €/mois",
        "3200", "2800 brut", "45", "45-50", "selon profil", "à négocier", "SMIC", "max 40k", "jusqu'à 45k", "up to 45k",
        "45k + variable", "45k$", "£45k", "45k CHF", "50k USD", "10", "1 000 000 €", "50-45k", "40k 45k 50k", "3000 x 13",
        "grille FPH", "45k ou 500 €/j", "convention collective", "12345678901234567890", "k€",
    ],
)  # fmt: skip
def test_a_salary_that_is_not_gross_or_not_a_year_s_is_not_guessed(typed: str) -> None:
    assert read_salary(typed) is None


@given(CELLS)
def test_whatever_stands_in_a_cell_no_reader_stumbles_or_leaves_its_range(text: str) -> None:
    salary, days, start = read_salary(text), read_notice(text), read_start(text, ON)
    assert salary is None or LEAST <= salary <= MOST
    assert days is None or 0 <= days <= 366
    assert start is None or (start.day is None) == (start.kind is not Availability.FROM_DATE)
    assert start is None or start.day is None or start.day > ON
