"""Lines that stay outside: told, downloaded, forgotten in time."""

from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.imports.queries import as_csv, rejected_csv, runs
from portal.kit.db import Database
from tests.imports.files import CHOICES, ZOE, bring, export, pool, recruiter, rejected
from tests.trust import DEMO as HOUSE
from tests.trust import NOW, later


def test_rejected_lines_come_back_as_a_file_no_spreadsheet_computes(house: Database) -> None:
    who = recruiter(house)
    bad = ('=cmd|"/c calc"!A1', "@SUM(1)", "-1+1", "+33 6", "\tx", "Lyon", "", "F")
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", export(bad), now=NOW)
        imports.take(session, who, run, CHOICES, now=NOW)
        told = rejected_csv(session, who, run, "fr").decode("utf-8-sig")
        (row,) = runs(session, who)
    assert told.splitlines()[0] == "Ligne;Raison;Nom;Prénom;E-mail;Téléphone;Métier;Ville;Date de candidature"
    cells = told.splitlines()[1].split(";")
    assert cells[0] == "2"
    assert "n’est pas une adresse e-mail" in cells[1]
    assert cells[3:6] == ["'@SUM(1)", "'-1+1", "'+33 6"]
    assert all(not cell.strip('"').startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert (row.created, row.rejected) == (0, 1)


def test_a_mended_file_of_rejected_lines_goes_in_again(house: Database) -> None:
    report = bring(house, export(("Roux", "Zoé", "z@x.example", "+33612345678", "", "", "31/02/2026", "")))
    mended = as_csv(
        report.rejected, ["Nom", "Prénom", "E-mail", "Téléphone", "Métier", "Ville", "Date de candidature"], "fr"
    )
    assert bring(house, mended.replace(b"31/02/2026", b"01/10/2026")).created == 1
    assert [talent.phone for talent in pool(house)] == ["+33612345678"]


def test_a_nul_or_a_formula_in_one_line_leaves_the_others_alone(house: Database) -> None:
    report = bring(house, export(("A", "", "a@x.example\0", *ZOE[3:]), ("=1+1", "", "b@x.example", "", "", "", "", "")))
    assert list(rejected(report)) == [2]
    assert [talent.last_name for talent in pool(house)] == ["=1+1"]


def test_old_uploads_and_rejected_cells_are_forgotten(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        waiting = imports.upload(session, who, "a.csv", export(ZOE), now=NOW)
        done = imports.upload(session, who, "b.csv", export(("x", "", "broken", "", "", "", "", "")), now=NOW)
        imports.take(session, who, done, CHOICES, now=NOW)
    with house.work() as session:
        assert imports.forget_old(session, HOUSE, now=later(days=6)) == 0
        assert imports.forget_old(session, HOUSE, now=later(days=31)) == 2
        assert imports.forget_old(session, HOUSE, now=later(days=32)) == 0
    with house.work() as session:
        assert session.get(ImportRun, waiting) is None
        assert session.get_one(ImportRun, done).report["rejected"][0].get("cells") is None
