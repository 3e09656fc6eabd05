"""An operator takes people in from a terminal."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from portal.cli import app
from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.kit.db import Database
from portal.kit.embedded import Urls
from tests.imports.files import CHOICES, export, pool, recruiter
from tests.imports.test_workbooks import several_sheets
from tests.trust import NOW

HEADER = ("Colonne A", "Colonne B")


@pytest.fixture(autouse=True)
def settings(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", database.owner)
    monkeypatch.setenv("SECRET_KEY", "a secret of the tests, long enough to be one")
    monkeypatch.setenv("VIVIER_ENV", "test")


def take_in(file: Path, *more: str, source: str = CHOICES.source_text) -> Result:
    said = ("--source-kind", "ats_export", "--source", source, "--collected-on", "2026-11-16", "--basis", "none")
    return CliRunner().invoke(app, ["import", str(file), *said, *more])


def test_the_sheet_that_is_named_is_taken_in_and_an_unknown_one_is_told_which_there_are(
    house: Database, tmp_path: Path
) -> None:
    book, plain = tmp_path / "pool.xlsx", tmp_path / "pool.csv"
    book.write_bytes(several_sheets())
    plain.write_bytes(export(("z@x.example",), header=("E-mail",)))
    wrong = take_in(book, "--sheet", "Caché")
    assert wrong.exit_code == 2
    assert "“pool.xlsx” has no sheet “Caché”. It has: Lisez-moi, Candidats 2026, Anciens." in wrong.output
    sheetless = take_in(plain, "--sheet", "Anciens")
    assert (sheetless.exit_code, "is no workbook" in sheetless.output) == (2, True)
    assert pool(house) == []
    assert json.loads(take_in(book, "--sheet", "Anciens", "--json").output)["created"] == 2
    assert [one.email for one in pool(house)] == ["l@x.example", "n@x.example"]
    with house.work() as session:
        assert session.exec(select(ImportRun.file_name)).all() == ["pool.xlsx › Anciens"]


def test_whatever_was_not_understood_or_not_read_is_told_on_the_terminal_too(house: Database, tmp_path: Path) -> None:
    file, book = tmp_path / "pool.csv", tmp_path / "pool.xlsx"
    head = b"E-mail;Pr\xc3\xa9tentions;Permis\n"
    file.write_bytes(head + b"z@x.example;selon profil;B\nl@x.example;45k;no\xebl\ni@x.example;45k;\xc3\xa9t\xc3\xa9\n")
    book.write_bytes(several_sheets())
    told = take_in(file, "--dry-run").output
    assert "Two encodings are mixed in the file" in told
    assert "line 2: Salary floor: “selon profil” was not understood: it stands beside the field as text." in told
    assert "Columns not taken in: Permis." in told
    said = json.loads(take_in(file, "--json").output)
    assert (said["ignored_columns"], [each["line"] for each in said["remarks"]], len(said["notes"])) == (
        ["Permis"],
        [2],
        1,
    )
    assert "Only the sheet “Candidats 2026” was read. The file also has: Lisez-moi, Anciens." in take_in(book).output


def test_a_file_is_understood_as_the_last_ones_of_its_source_were_on_the_page(house: Database, tmp_path: Path) -> None:
    who = recruiter(house)
    with house.work() as session:
        content = export(("z@x.example", "Soudeur"), header=HEADER)
        run = imports.upload(session, who, "a.csv", content, now=NOW)
        chosen = {"Colonne A": "email", "Colonne B": "job"}
        imports.take(session, who, run, replace(CHOICES, columns=chosen), now=NOW)
    file = tmp_path / "b.csv"
    file.write_bytes(export(("l@x.example", "Cariste"), header=HEADER))
    elsewhere = take_in(file, "--json", source="Another ATS")
    assert (elsewhere.exit_code, "No column holds an e-mail address" in elsewhere.output) == (2, True)
    assert json.loads(take_in(file, "--json").output)["created"] == 1
    assert {one.email: one.job_text for one in pool(house)} == {
        "z@x.example": "Soudeur",
        "l@x.example": "Cariste",
    }
