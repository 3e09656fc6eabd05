"""What people write in the cells of an export is read as they meant it, or not at all."""

from datetime import date

import pytest

from portal.talents.vocabulary import (
    Availability,
    AvailabilityRead,
    Contract,
    Experience,
    Remote,
    read_availability,
    read_contract,
    read_date,
    read_experience,
    read_radius,
    read_remote,
)

TODAY = date(2026, 11, 16)
NOW = AvailabilityRead(Availability.NOW)


def since(day: date) -> AvailabilityRead:
    return AvailabilityRead(Availability.FROM_DATE, from_date=day)


def notice(months: float) -> AvailabilityRead:
    return AvailabilityRead(Availability.NOTICE, notice_months=months)


@pytest.mark.parametrize(
    ("typed", "contracts"),
    [
        ("CDI, intérim", {Contract.CDI, Contract.INTERIM}),
        ("CDI/CDD", {Contract.CDI, Contract.CDD}),
        ("Contrat à durée indéterminée", {Contract.CDI}),
        ("permanent or temp", {Contract.CDI, Contract.INTERIM}),
        ("Freelance", {Contract.FREELANCE}),
        ("portage salarial", {Contract.FREELANCE}),
        ("fixed-term", {Contract.CDD}),
        ("alternance", {Contract.APPRENTICESHIP}),
        ("apprentissage ou stage", {Contract.APPRENTICESHIP, Contract.INTERNSHIP}),
        ("internship", {Contract.INTERNSHIP}),
    ],
)
def test_contracts_are_read_in_both_languages(typed: str, contracts: set[Contract]) -> None:
    assert read_contract(typed) == frozenset(contracts)


@pytest.mark.parametrize("typed", ["", "peu importe", "CDI uniquement, pas d'intérim", "temps plein"])
def test_a_contract_nobody_named_is_not_guessed(typed: str) -> None:
    assert read_contract(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("immédiate", NOW),
        ("Immédiatement", NOW),
        ("ASAP", NOW),
        ("dès que possible", NOW),
        ("Disponible de suite", NOW),
        ("disponible", NOW),
        ("available immediately", NOW),
        ("préavis 3 mois", notice(3)),
        ("3 mois de préavis", notice(3)),
        ("préavis d'un mois", notice(1)),
        ("2 weeks' notice", notice(0.5)),
        ("préavis 1,5 mois", notice(1.5)),
        ("préavis 1-3 mois", notice(3)),
        ("01/03/2027", since(date(2027, 3, 1))),
        ("2027-03-01", since(date(2027, 3, 1))),
        ("à partir du 15/01/2027", since(date(2027, 1, 15))),
        ("à partir de mars 2027", since(date(2027, 3, 1))),
        ("1er mars 2027", since(date(2027, 3, 1))),
        ("from March 2027", since(date(2027, 3, 1))),
        ("septembre", since(date(2027, 9, 1))),
        ("dans 2 mois", since(date(2027, 1, 16))),
        ("sous 2 semaines", since(date(2026, 12, 1))),
        ("01/03/2026", NOW),
        ("pas disponible avant mars 2027", since(date(2027, 3, 1))),
        ("pas disponible", AvailabilityRead(Availability.NOT_LOOKING)),
        ("not looking", AvailabilityRead(Availability.NOT_LOOKING)),
    ],
)
def test_availability_is_read_as_it_was_meant(typed: str, read: AvailabilityRead) -> None:
    assert read_availability(typed, TODAY) == read


@pytest.mark.parametrize("typed", ["", "à voir", "3 mois", "préavis", "31/02/2027", "selon projet", "oui", "2027"])
def test_an_availability_nobody_can_tell_is_left_open(typed: str) -> None:
    assert read_availability(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("5 ans", Experience.SENIOR),
        ("1 an", Experience.JUNIOR),
        ("2", Experience.CONFIRMED),
        ("2-3 years", Experience.CONFIRMED),
        ("3 à 5 ans", Experience.CONFIRMED),
        ("10+ ans", Experience.EXPERT),
        ("18 mois", Experience.JUNIOR),
        ("30 mois d’expérience", Experience.CONFIRMED),
        ("10 ans et plus", Experience.EXPERT),
        ("4,5 ans", Experience.CONFIRMED),
        ("plus de 5 ans", Experience.SENIOR),
        ("moins de 2 ans", Experience.JUNIOR),
        ("< 2 ans", Experience.JUNIOR),
        ("moins d'un an", Experience.JUNIOR),
        ("Débutante", Experience.JUNIOR),
        ("Senior", Experience.SENIOR),
    ],
)
def test_years_of_experience_become_a_level(typed: str, level: Experience) -> None:
    assert read_experience(typed) == level


@pytest.mark.parametrize("typed", ["", "beaucoup", "depuis 2015", "99 ans", "moins de 10 ans", "bac+5"])
def test_an_experience_that_says_no_number_of_years_is_left_open(typed: str) -> None:
    assert read_experience(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("03/02/2026", date(2026, 2, 3)),
        ("3/2/26", date(2026, 2, 3)),
        ("03-02-2026", date(2026, 2, 3)),
        ("03.02.2026", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("2026-02-03T09:30:00Z", date(2026, 2, 3)),
        ("03/02/2026 09:30", date(2026, 2, 3)),
        (" 3 février 2026 ", date(2026, 2, 3)),
        ("1er mars 2026", date(2026, 3, 1)),
        ("3 February 2026", date(2026, 2, 3)),
        ("Feb 3, 2026", date(2026, 2, 3)),
        ("2026/02/03", date(2026, 2, 3)),
        ("20260203", date(2026, 2, 3)),
        ("2026-02-03 10:00:00 UTC", date(2026, 2, 3)),
        ("03/02/2026 à 14h05", date(2026, 2, 3)),
    ],
)
def test_a_date_is_read_day_first_as_french_exports_write_it(typed: str, day: date) -> None:
    assert read_date(typed) == day


@pytest.mark.parametrize(
    "typed",
    ["", "31/02/2026", "12/25/2026", "2026", "février 2026", "03/02", "hier", "0000-00-00", "1/2/3/4", "03022026"],
)
def test_an_impossible_or_partial_date_is_no_date(typed: str) -> None:
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "km"), [("30 km", 30), ("30", 30), ("30km max", 30), ("30,0", 30), ("50 kilomètres", 50)]
)
def test_a_radius_is_read_in_kilometres(typed: str, km: int) -> None:
    assert read_radius(typed) == km


@pytest.mark.parametrize("typed", ["", "0", "département", "5000 km", "30 miles", "20-30 km", "-5"])
def test_a_radius_that_is_not_kilometres_is_left_open(typed: str) -> None:
    assert read_radius(typed) is None


@pytest.mark.parametrize(
    ("typed", "remote"),
    [
        ("télétravail partiel", Remote.SOME),
        ("hybride", Remote.SOME),
        ("2 jours", Remote.SOME),
        ("full remote", Remote.FULL),
        ("100 % télétravail", Remote.FULL),
        ("sur site", Remote.NONE),
        ("non", Remote.NONE),
        ("télétravail", None),
    ],
)
def test_remote_work_is_read_as_none_some_or_full(typed: str, remote: Remote | None) -> None:
    assert read_remote(typed) == remote
