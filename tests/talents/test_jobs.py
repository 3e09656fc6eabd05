"""A job is found from what people type, and told back in words people use."""

import csv
import re
import time

import pytest

from portal.talents import jobs
from portal.talents.jobs import get, label, match, phrase, search

NURSE, WELDER, TIG_WELDER, DEVELOPER, FORKLIFT, ACCOUNTANT = "J1506", "H2913", "H2916", "M1805", "N1101", "M1203"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Soudeur / Soudeuse", WELDER),
        ("SOUDEUSE", WELDER),
        ("soudeur (H/F)", WELDER),
        ("Soudeur H/F", WELDER),
        ("welder", WELDER),
        ("Soudeuse TIG", TIG_WELDER),
        ("Infirmier(e)", NURSE),
        ("infirmier·ère", NURSE),
        ("Infirmière diplômée d'État", NURSE),
        ("infirmiere de nuit en EHPAD", NURSE),
        ("nurse", NURSE),
        ("Développeur Python senior", DEVELOPER),
        ("dev python", DEVELOPER),
        ("CARISTE CACES 1-3-5", FORKLIFT),
        ("Comptable H/F", ACCOUNTANT),
        ("Éducatrice spécialisée", "K1207"),
        ("Conseillère commerciale auprès des particuliers", "D1403"),
        ("Developpeur commercial", "D1410"),
    ],
)
def test_a_job_is_known_in_either_gender_and_language(typed: str, code: str) -> None:
    assert match(typed) == jobs.JobMatch(code, 1.0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Comptabl", ACCOUNTANT),
        ("technicien de maintenance industriele", "I1304"),
        ("préparatrice de commande", "N1103"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_and_told(typed: str, code: str) -> None:
    found = match(typed)
    assert found is not None
    assert found.code == code
    assert 0.9 <= found.confidence < 1


@pytest.mark.parametrize(("typed", "code"), [("Comptable fournisseurs", ACCOUNTANT), ("HGV truck driver", "N4101")])
def test_a_job_said_at_length_is_read_with_less_confidence(typed: str, code: str) -> None:
    found = match(typed)
    assert found is not None
    assert found.code == code
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    "typed",
    ["", "?", "n/a", "Étudiant", "Vendeur", "Peintre", "directeur", "Chef de projet", "chef d'équipe",
     "serveur informatique", "développeur foncier", "Directeur de cabinet comptable", "responsable r&d",
     "moteur", "Deputy store manager", "\x00", "=1+1"],
)  # fmt: skip
def test_what_names_no_single_job_is_not_guessed(typed: str) -> None:
    assert match(typed) is None


def test_a_whole_story_in_the_cell_is_not_a_job() -> None:
    assert match("soudeur " * 50_000) is None


def test_every_official_label_finds_its_own_job() -> None:
    for code, job in jobs._trade().jobs.items():
        assert match(job.label_fr) == jobs.JobMatch(code, 1.0), job.label_fr


def test_a_letter_says_what_the_person_does_in_words_people_use() -> None:
    assert phrase(TIG_WELDER, "fr") == "vous soudez au TIG"
    assert phrase(TIG_WELDER, "fr", tu=True) == "tu soudes au TIG"
    assert phrase(TIG_WELDER, "en") == "you do TIG welding"


def test_an_unusual_job_gets_no_phrase_rather_than_its_label() -> None:
    assert get("A1214") is not None
    assert phrase("A1214", "fr") is None
    assert phrase("unknown", "en") is None


def test_labels_come_in_the_readers_language_where_it_is_known() -> None:
    assert label(NURSE, "en") == "Nurse"
    assert label("A1214", "en") == "Patrouilleur modeleur / Patrouilleuse modeleuse VTT"
    assert label(WELDER, "fr") == "Soudeur / Soudeuse"
    assert label("Z9999", "fr") == "Z9999"


def phrases() -> list[dict[str, str]]:
    with (jobs.DATA / "job_words.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", phrases(), ids=lambda row: row["code"])
def test_each_phrase_is_a_clause_without_gender_in_all_three_forms(row: dict[str, str]) -> None:
    assert get(row["code"]) is not None
    assert re.fullmatch(r"vous [^/()A-Z.]*(?:[A-Z][^/().]*)?", row["fr_vous"])
    assert row["fr_tu"].startswith("tu ")
    assert row["en"].startswith("you ")
    # A person said "vous" to and one said "tu" to do the same things; past participles and "êtes" would show a gender.
    assert row["fr_vous"].split()[2:][-2:] == row["fr_tu"].split()[2:][-2:]
    assert not re.search(r"\b(?:êtes|es|êtres?|vos|votre|tes|ton|ta)\b", row["fr_vous"] + " " + row["fr_tu"])


def test_no_everyday_name_leads_to_two_jobs() -> None:
    owners: dict[str, str] = {}
    for row in phrases():
        for alias in row["aliases"].split("|"):
            assert owners.setdefault(alias.lstrip("="), row["code"]) == row["code"], alias


def test_typing_a_few_letters_offers_the_nearest_job_first() -> None:
    assert search("soud")[0].code == WELDER
    assert search("infirm")[0].code == NURSE
    assert search("nurse")[0].code == NURSE
    assert search("dev py")[0].code == DEVELOPER
    assert len(search("technicien", limit=5)) == 5
    assert search("") == search("zzzz") == []


def test_two_thousand_texts_are_matched_in_about_a_second() -> None:
    match("soudeur")
    texts = [f"{job.label_fr.split(' / ')[0]} {n % 7} secteur" for n, job in enumerate(jobs._trade().jobs.values())]
    start = time.perf_counter()
    for text in texts + [f"{text} bis" for text in texts[:416]]:
        match(text)
    assert time.perf_counter() - start < 2
