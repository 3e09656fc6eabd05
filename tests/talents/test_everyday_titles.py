"""Titles as people and job ads write them are read as the job a person would say, or left to a person: never as another.

`everyday_titles.tsv`: a title, and the ROME code of its job; "?" where many jobs bear it, so that it is asked.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from portal.imports.cells.jobs import read_jobs
from portal.talents import jobs
from portal.talents.job_words import both_genders, meaning

TITLES = Path(__file__).with_name("everyday_titles.tsv")
SYNONYMS = jobs.DATA / "job_synonyms.tsv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_no_title_is_read_as_another_job_and_nine_of_ten_that_name_one_are_read() -> None:
    read = {row["title"]: (row["code"], read_jobs(row["title"]).codes[:1]) for row in rows(TITLES)}
    wrong = {title: told for title, told in read.items() if told[1] and told[1] != (told[0],)}
    assert wrong == {}
    named = [found for code, found in read.values() if code != "?"]
    assert len(named) >= 500
    assert sum(map(bool, named)) >= 0.9 * len(named)


@pytest.mark.parametrize("written", ["{} H/F", "{} (H/F)", "{} CDI", "{} senior"])
def test_what_changes_nothing_changes_nothing(written: str) -> None:
    for row in rows(TITLES)[::7]:
        assert read_jobs(written.format(row["title"])).codes == read_jobs(row["title"]).codes, row["title"]


def test_what_is_one_letter_away_is_a_misspelling_and_what_is_two_away_another_word() -> None:
    assert read_jobs("infirmer").codes == ("J1506",)
    assert read_jobs("Preparateur de comande").codes == ("N1103",)
    for other in ("Laveur de voitures", "Courtier", "Data architect", "Architecte logiciel", "Product manager"):
        assert read_jobs(other).codes == ()


@cache
def _labels() -> dict[str, set[str]]:
    labels: dict[str, set[str]] = {}
    for job in jobs.everything():
        for part in (job.label_fr, *re.split(r" - |\(|\)", job.label_fr)):
            for name in both_genders(part):
                labels.setdefault(meaning(name), set()).add(job.code)
    return labels


def test_no_synonym_is_the_official_label_of_another_job() -> None:
    for row in rows(SYNONYMS):
        for name in row["names"].split("|"):
            owners = _labels().get(meaning(name), set())
            assert not owners or row["code"] in owners, (name, row["code"], owners)


def test_every_synonym_is_of_a_job_there_is_and_of_one_alone() -> None:
    told = [(meaning(name), row["code"]) for row in rows(SYNONYMS) for name in row["names"].split("|")]
    assert {code for _, code in told if code != "-" and jobs.get(code) is None} == set()
    of_one = dict(told)
    assert {name: code for name, code in told if of_one[name] != code} == {}
