"""An operator takes people in from a terminal."""

import json
from dataclasses import replace
from datetime import date
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
from tests.imports.test_stops import why_not
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
    assert (said["ignored_columns"], [each["line"] for each in said["remarks"]]) == (["Permis"], [2])
    assert [note[:13] for note in said["notes"]] == ["Two encodings", "No column tel"]
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


def test_a_terminal_says_which_comes_first_and_nothing_is_taken_in_before(house: Database, tmp_path: Path) -> None:
    file = tmp_path / "pool.csv"
    file.write_bytes(b"Email,Application Date\nz@x.example,02/03/2026\n")
    asked = take_in(file)
    assert (asked.exit_code, "--dates dmy or --dates mdy" in asked.output, pool(house)) == (2, True, [])
    assert take_in(file, "--dates", "mdy").exit_code == 0
    assert [one.collected_on for one in pool(house)] == [date(2026, 2, 3)]


def test_a_terminal_says_what_a_column_is(house: Database, tmp_path: Path) -> None:
    file, kept = tmp_path / "pool.csv", tmp_path / "mapping.json"
    file.write_bytes(export(("z@x.example", "Soudeur", "Lyon"), header=("Colonne A", "=Colonne B=", "Ville")))
    told = take_in(
        file, "--map", "colonne a=email", "--map", "=Colonne B==job", "--ignore", "Ville", "--dry-run", "--json"
    )
    said = json.loads(told.output)
    assert said["mapping"] == {"Colonne A": "email", "=Colonne B=": "job", "Ville": "ignore"}
    assert said["guessed"] == {"Colonne A": "chosen", "=Colonne B=": "chosen"}
    kept.write_text(told.output, encoding="utf-8")
    assert take_in(file, "--mapping", str(kept)).exit_code == 0
    kept.write_text(json.dumps({"Colonne A": "email", "Elsewhere": "job"}), encoding="utf-8")
    assert json.loads(take_in(file, "--mapping", str(kept), "--json").output)["mapping"]["Ville"] == "place"
    assert [(one.email, one.job_text, one.place_name) for one in pool(house)] == [("z@x.example", "Soudeur", "Lyon")]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--map", "Métier"), "Header=field"),
        (("--map", "Nulle part=job"), "no column “Nulle part”"),
        (("--ignore", "Nulle part"), "no column “Nulle part”"),
        (("--map", "Métier=shoes"), "“shoes” is not something"),
        (("--map", "Sexe=job"), "never be taken in"),
        (("--mapping", "nowhere.json"), "is no mapping"),
    ],
)
def test_what_cannot_stand_of_a_column_is_one_sentence(
    house: Database, tmp_path: Path, more: tuple[str, str], says: str
) -> None:
    file = tmp_path / "pool.csv"
    file.write_bytes(export(("z@x.example", "Soudeur", "F"), header=("E-mail", "Métier", "Sexe")))
    told = take_in(file, *more)
    assert (told.exit_code, says in told.output, pool(house)) == (2, True, [])


def test_everybody_in_a_stop_list_is_left_in_peace_and_stays_outside_of_every_later_file(
    house: Database, tmp_path: Path
) -> None:
    pool_file, stops, later = tmp_path / "pool.csv", tmp_path / "stops.csv", tmp_path / "later.csv"
    pool_file.write_bytes(b"Nom,Email\nZoe Roux,z@x.example\nMarc Blanc,m@x.example\n")
    # Days nobody could tell, an answer that would mean "write to them": of a stop list neither counts.
    stops.write_bytes(b"Email,Unsubscribed,On\nZ@x.example,no,02/03/2026\nnew@x.example,,\n")
    later.write_bytes(b"Nom,Email\nAnna Neuf,new@x.example\nZoe Roux,z@x.example\n")
    take_in(pool_file)
    told = json.loads(take_in(stops, "--stop-list", "--dry-run", "--json").output)
    assert (told["created"], len(told["rejected"]), why_not(house, "z@x.example")) == (0, 2, "no_basis")
    heard = take_in(stops, "--stop-list", "--strict", "--json")
    told = json.loads(heard.output)
    assert (heard.exit_code, told["created"], len(told["rejected"])) == (0, 0, 2)
    assert any(note.startswith("In the pool already, and asked not to be written to: 1.") for note in told["notes"])
    assert [why_not(house, each) for each in ("z@x.example", "m@x.example")] == ["withdrawn", "no_basis"]
    later.write_bytes(later.read_bytes() + b"Ida Belle,i@x.example\n")
    told = json.loads(take_in(later, "--strict", "--json").output)
    assert told["created"] == 1, "that somebody wants to stay outside is nothing wrong with the file"
    assert [one.email for one in pool(house)] == ["z@x.example", "m@x.example", "i@x.example"]
    assert why_not(house, "z@x.example") == "withdrawn"
