"""What a file's columns were taken in as comes back with the next file of the same source, and with no other."""

from dataclasses import replace

import pytest

from portal.imports import actions as imports
from portal.imports.fields import Field
from portal.imports.looking import NO_LONGER_WAITS, Look, choose_sheet, look
from portal.imports.mapping import Why, understand
from portal.imports.memory import Origin, origin_of, remembered
from portal.imports.reading import Table, read
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.rules import SourceKind
from tests.cast import as_candidate, talent
from tests.imports.files import CHOICES, export, recruiter
from tests.imports.test_workbooks import several_sheets
from tests.trust import NOW

HEADER = ("Nom", "Colonne A", "Colonne B", "Sexe")
ROWS = (("Roux", "z@x.example", "Soudeur", "F"), ("Blanc", "l@x.example", "Cariste", "F"))
CHOSEN = {"Nom": "last_name", "Colonne A": "email", "Colonne B": "job"}
KIND, TEXT = CHOICES.source_kind, CHOICES.source_text


def test_the_next_file_of_a_source_is_understood_as_the_last_one_was(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        first = imports.upload(session, who, "a.csv", export(*ROWS, header=HEADER), now=NOW)
        imports.take(session, who, first, replace(CHOICES, columns=CHOSEN), now=NOW)
        second = imports.upload(session, who, "b.csv", export(*ROWS, header=HEADER), now=NOW)
    with house.work() as session:
        assert origin_of(session, who, HEADER) == Origin(KIND, TEXT)
        assert origin_of(session, who, (*HEADER, "Ville")) is None
        seen = look(session, who, second)
        other = look(session, who, second, source=Origin(SourceKind.REFERRAL, TEXT))
        corrected = look(session, who, second, {"Colonne B": "ignore"}, source=Origin(KIND, f" {TEXT.upper()}"))
    assert whys(seen) == {"Nom": Why.REMEMBERED, "Colonne A": Why.REMEMBERED, "Colonne B": Why.REMEMBERED, "Sexe": None}
    assert fields(other) == {"Nom": "last_name", "Colonne A": "email", "Colonne B": None, "Sexe": None}
    assert fields(corrected)["Colonne B"] is None
    assert whys(corrected)["Colonne B"] is Why.CHOSEN


def test_what_was_left_out_stays_left_out_and_nobody_outside_is_told(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "a.csv", export(*ROWS, header=HEADER), now=NOW)
        imports.take(session, who, run, replace(CHOICES, columns=CHOSEN | {"Nom": "ignore"}), now=NOW)
    table = read("x.csv", export(*ROWS, header=HEADER))
    with house.work() as session:
        memory = remembered(session, who, KIND, TEXT)
        assert understand(table, {}, memory).columns == {Field.EMAIL: 1, Field.JOB: 2}
        assert remembered(session, who, KIND, "Un autre") == {}
        outside = as_candidate(talent(session, "Camille"))
        for ask in (
            lambda: remembered(session, outside, KIND, TEXT),
            lambda: origin_of(session, outside, HEADER),
            lambda: choose_sheet(session, outside, 1, "x"),
        ):
            with pytest.raises(NotFound):
                ask()


def test_the_sheet_a_recruiter_chose_is_the_one_taken_in(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.xlsx", several_sheets(), now=NOW)
        assert look(session, who, run).lines == 1
        with pytest.raises(Refused, match="It has: Lisez-moi, Candidats 2026, Anciens"):
            choose_sheet(session, who, run, "Caché")
        choose_sheet(session, who, run, "Anciens")
        assert (look(session, who, run).sheet, look(session, who, run).lines) == ("Anciens", 2)
        assert imports.take(session, who, run, CHOICES, now=NOW).created == 2
        with pytest.raises(Refused, match=NO_LONGER_WAITS):
            choose_sheet(session, who, run, "Anciens")


@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        ("Courriel", ("a@x.example", "b@x.example"), Why.NAMED),
        ("Courriel du candidat (perso)", ("a@x.example", "b@x.example"), Why.ALIKE),
        ("Colonne A", ("a@x.example", "b@x.example"), Why.VALUES),
        ("Colonne A", ("a@x.example", "pas d’adresse"), None),
        ("Recruteur", ("claire@x.example", "claire@x.example"), None),
    ],
)
def test_the_reason_of_a_guess_is_told(header: str, cells: tuple[str, ...], why: Why | None) -> None:
    table = read("x.csv", "\n".join([f"Nom;{header}", *(f"Roux;{cell}" for cell in cells)]).encode())
    assert understand(table).why.get(header) == why


def test_bare_digits_are_no_telephone_for_all_that() -> None:
    dossiers = read(
        "x.csv", b"Nom;Dossier;Contact 1\nRoux;123456789;06 12 34 56 78\nBlanc;987654321;+33 7 11 22 33 44\n"
    )
    assert understand(dossiers).columns == {Field.LAST_NAME: 0, Field.PHONE: 2}


def test_values_of_a_column_the_law_protects_are_never_asked() -> None:
    assert understand(Table(("Sexe", "Adresse"), ())).columns == {}


def whys(seen: Look) -> dict[str, Why | None]:
    return {one.name: one.why for one in seen.columns}


def fields(seen: Look) -> dict[str, str | None]:
    return {one.name: one.field for one in seen.columns}
