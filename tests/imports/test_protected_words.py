"""What the law protects comes in by no column, and by no cell; what is not taken in is kept nowhere."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from portal.imports import actions as imports
from portal.imports.fields import Field
from portal.imports.mapping import understand
from portal.imports.models import ImportRun
from portal.imports.queries import rejected_csv
from portal.imports.reading import read
from portal.kit.db import Database
from portal.talents.naming import clear_name
from portal.talents.protected import Ground
from portal.timeline.who import System
from tests.imports.files import CHOICES, bring, pool, recruiter
from tests.trust import DEMO, NOW, later

FILES = Path(__file__).parent / "files_of_tools"


def file(name: str) -> bytes:
    return (FILES / f"{name}.csv").read_bytes()


def stored(database: Database) -> str:
    """Return all that is kept of imports, as text."""
    with database.work() as session:
        runs = [json.dumps(run.report, ensure_ascii=False) for run in session.exec(select(ImportRun))]
        previews = session.scalars(sa.text("SELECT told::text FROM import_preview"))
        doubts = session.scalars(sa.text("SELECT words::text || params::text FROM doubt"))
        return " ".join([*runs, *previews, *doubts])


@pytest.mark.parametrize(
    ("column", "ground"),
    [
        ("DDN", Ground.AGE),
        ("DDN naissance abrégée", Ground.AGE),
        ("Bénéficiaire OETH", Ground.HEALTH),
        ("TH (O/N)", Ground.HEALTH),
        ("Restrictions médicales", Ground.HEALTH),
        ("Sit. fam.", Ground.FAMILY),
        ("Nat.", Ground.ORIGIN),
        ("Civ.", Ground.SEX),
        ("Current Pay", Ground.PAY),
        ("Salaire actuel", Ground.PAY),
        ("Rémunération actuelle", Ground.PAY),
        ("Dernier salaire", Ground.PAY),
    ],
)
def test_a_column_is_dropped_and_named_by_its_short_name_too(column: str, ground: Ground) -> None:
    table = read("x.csv", f"E-mail,{column}\nz@x.example,x\n".encode(), cap=10_000)
    assert understand(table).dropped == {column: ground}


@pytest.mark.parametrize(
    "column",
    ["Permis poids lourd", "Secteur santé", "Famille de métier", "Public enfants", "Ne pas placer chez", "Promotion",
     "Adresse de courrier électronique", "Orientation client"],
)  # fmt: skip
def test_a_column_about_work_is_not_dropped(column: str) -> None:
    table = read("x.csv", f"E-mail,{column}\nz@x.example,x\n".encode(), cap=10_000)
    assert understand(table).dropped == {}


def test_a_column_is_known_by_its_cells_where_its_name_says_nothing(house: Database) -> None:
    report = bring(house, file("ddn"))
    assert report.dropped_columns == ["DDN", "Situation", "MDPH"]
    at_work = b"E-mail,Situation\na@x.example,en poste\nb@x.example,en recherche\n"
    assert understand(read("x.csv", at_work, cap=10_000)).dropped == {}


def test_cells_of_what_is_not_taken_in_stand_nowhere(house: Database) -> None:
    who = recruiter(house)
    report = bring(house, file("oeth"))
    dropped = ["Bénéficiaire OETH", "Restrictions médicales", "DDN naissance abrégée", "Sit. fam."]
    assert (report.dropped_columns, [told.line for told in report.rejected]) == (dropped, [2])
    unknown = "Prénom,Nom,Email,Dossier\nZed,Rejeté,zed(at)x.example,son dossier couleur mauve\n"
    bring(house, unknown.encode())
    with house.work() as session:
        newest = session.scalar(sa.text("SELECT max(id) FROM import_run")) or 0
        download = rejected_csv(session, who, newest, "fr").decode("utf-8-sig")
    assert "zed(at)x.example" in download
    for secret in ("dos fragile", "divorcé", "1980", "mauve"):
        assert secret not in stored(house) + download


def test_quoted_values_and_remarks_end_with_the_clock_of_their_run(house: Database) -> None:
    bring(house, b"Nom,Email,Langues\nRoux,zoe@@x.example,\nPetit,p@x.example,langue des oiseaux\n")
    assert "zoe@@" in stored(house)
    assert "oiseaux" in stored(house)
    with house.work() as session:
        assert imports.forget_old(session, DEMO, now=later(days=31)) == 1
        assert imports.forget_old(session, DEMO, now=later(days=32)) == 0
    assert "zoe@@" not in stored(house)
    assert "oiseaux" not in stored(house)


def test_words_of_the_law_within_a_cell_are_left_out_and_said_once(house: Database) -> None:
    report = bring(house, file("skills"))
    assert [one.skills for one in pool(house)] == [["Word", "permis B"], ["Excel"]]
    assert pool(house)[0].languages == ["fr"]
    told = [remark.why("en") for remark in report.remarks if remark.line == 2]
    assert sorted(each for each in told if "left out" in each) == sorted(set(told))
    assert any("health or disability" in each for each in told)
    for secret in ("RQTH", "52 ans", "célibataire", "enceinte", "musulmane"):
        assert secret not in stored(house)


def test_an_admin_s_word_on_a_false_alarm_holds_for_columns_too(house: Database) -> None:
    content = b"E-mail,Accueil SDF\na@x.example,oui\n"
    assert bring(house, content).dropped_columns == ["Accueil SDF"]
    with house.work() as session:
        clear_name(session, System("test"), "Accueil SDF", "Nos centres d’hébergement.", now=NOW)
    assert bring(house, content).dropped_columns == []


@pytest.mark.parametrize("column", ["Salaire", "Package", "Rémunération annuelle", "Salary", "Salaire brut annuel"])
def test_a_bare_salary_is_asked_and_left_out_until_somebody_says_it_is_what_they_wish(
    house: Database, column: str
) -> None:
    content = f"E-mail,{column}\na@x.example,42000\n".encode()
    report = bring(house, content)
    assert report.ignored_columns == [column]
    assert any("what they wish, or what they earn" in note.sentence for note in report.notes)
    assert pool(house)[0].salary_floor is None
    bring(house, content, replace(CHOICES, columns={column: Field.SALARY}))
    assert pool(house)[0].salary_floor == 42_000


def test_current_pay_is_dropped_and_a_wish_is_a_wish(house: Database) -> None:
    report = bring(house, file("opencats"))
    assert "Current Pay" in report.dropped_columns
    assert {one.name: one.field for one in report.columns}["Desired Pay"] == Field.SALARY
