"""The demo files are what their script writes, and hold what their page says."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from portal.talents import jobs, places

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"


def records() -> list[tuple[int, list[str]]]:
    """Return (first physical line, cells) of every record of the CSV file, header included."""
    text = (DEMO / "export_ats_candidats.csv").read_bytes().decode("cp1252")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    found, begins = [], 1
    for cells in rows:
        found.append((begins, cells))
        begins = rows.line_num + 1
    return [(line, cells) for line, cells in found if cells]


def trap(words: str) -> int:
    """Return the line that the page gives for the CSV trap told in these words."""
    page = (DEMO / "README.md").read_text(encoding="utf-8").partition("## `applications.xlsx`")[0]
    found = re.search(rf"^\| (\d+) \| [^|]*\| [^|]*{re.escape(words)}", page, re.MULTILINE)
    assert found is not None, words
    return int(found[1])


def test_the_script_writes_the_files_that_are_shipped(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "build_demo_files.py", tmp_path], check=True)
    for name in ("export_ats_candidats.csv", "README.md"):
        assert (tmp_path / name).read_bytes() == (DEMO / name).read_bytes()
    # Packed sizes may differ between zlib versions, contents may not.
    with zipfile.ZipFile(tmp_path / "applications.xlsx") as new, zipfile.ZipFile(DEMO / "applications.xlsx") as shipped:
        assert {name: new.read(name) for name in new.namelist()} == {
            name: shipped.read(name) for name in shipped.namelist()
        }


@pytest.mark.parametrize(
    ("words", "column", "cell"),
    [
        ("impossible application date", 10, "31/02/2026"),
        ("NUL in the e-mail", 2, "\0"),
        ("comment of three physical lines", 16, "\n"),
        ("formula in the comment", 16, "=HYPERLINK("),
        ("applied over 2 years ago", 10, "2023"),
        ("unknown job", 4, "Gardien de phare"),
        ("two jobs in one cell", 4, "Soudeur / chaudronnier"),
        ("a net salary", 17, "2500 net"),
    ],
)
def test_the_page_tells_the_line_each_trap_begins_on(words: str, column: int, cell: str) -> None:
    assert cell in dict(records())[trap(words)][column]


def test_every_record_has_a_cell_for_each_header() -> None:
    assert {len(cells) for _, cells in records()} == {20}


def test_nobody_can_be_reached_by_a_demo_file() -> None:
    for _, cells in records()[1:]:
        assert cells[2].strip() == "" or cells[2].strip().lower().endswith(".example")
        digits = re.sub(r"\D", "", cells[3].replace("+33", "0"))
        assert digits == "" or digits.startswith(("019900", "026191", "035301", "046571", "053649"))


def test_ordinary_people_have_jobs_and_places_that_are_understood() -> None:
    left_open = trap("unknown job")
    for line, cells in records()[1:]:
        assert (jobs.match(cells[4]) is None) is (line == left_open), cells[4]
        assert (places.match(cells[5]) is None) is (line == left_open), cells[5]
