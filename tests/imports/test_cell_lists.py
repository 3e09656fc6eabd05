"""Languages, places, jobs, skills and wishes in one cell are told apart, and what is left over is said."""

import pytest
from hypothesis import given

from portal.imports.cells.jobs import SURE, read_jobs
from portal.imports.cells.languages import LEVELS, read_languages
from portal.imports.cells.lists import (
    LONGEST_SKILL,
    MOST_SKILLS,
    read_environments,
    read_interests,
    read_relocation,
    read_skills,
)
from portal.imports.cells.places import read_place, read_places
from portal.talents import jobs, places
from portal.talents.vocabulary import Environment, Interest
from tests.imports.cells import CELLS


@pytest.mark.parametrize(
    ("typed", "found", "over"),
    [
        ("English C1", ("en:C1",), ""),
        ("anglais courant", ("en",), "courant"),
        ("Anglais (C1)", ("en:C1",), ""),
        ("anglais niveau B2", ("en:B2",), ""),
        ("anglais, espagnol", ("en", "es"), ""),
        ("Anglais B2 / Espagnol A2", ("en:B2", "es:A2"), ""),
        ("Anglais B2; allemand", ("en:B2", "de"), ""),
        ("Anglais et espagnol", ("en", "es"), ""),
        ("French, English", ("fr", "en"), ""),
        ("German - intermediate", ("de",), "intermediate"),
        ("espagnol notions", ("es",), "notions"),
        ("bilingue anglais", ("en",), "bilingue"),
        ("Français langue maternelle", ("fr",), ""),
        ("English (native speaker)", ("en",), ""),
        ("Français (maternelle), Anglais (C2)", ("fr", "en:C2"), ""),
        ("arabe", ("ar",), ""),
        ("portugais b1", ("pt:B1",), ""),
        ("NEERLANDAIS", ("nl",), ""),
        ("Italiano", ("it",), ""),
        ("fr", ("fr",), ""),
        ("fr, en", ("fr", "en"), ""),
        ("en B2", ("en:B2",), ""),
        ("mandarin", ("zh",), ""),
        ("anglais\nallemand A1", ("en", "de:A1"), ""),
        ("anglais, anglais C1", ("en:C1",), ""),
        ("anglais C1, TOEIC 850", ("en:C1",), "TOEIC 850"),
        ("TOEIC 850", (), "TOEIC 850"),
        ("TOEFL", (), "TOEFL"),
        ("klingon", (), "klingon"),
        ("pas d'anglais", (), "pas d'anglais"),
        ("no English", (), "no English"),
        ("anglais B1/B2", ("en",), "anglais B1/B2"),
        ("LSF", (), "LSF"),
        ("oui", (), "oui"),
        ("no", (), "no"),
        ("notions d’anglais", ("en",), "notions"),
        ("norvégien", ("no",), ""),
        ("", (), ""),
        ("Anglais Espagnol", ("en", "es"), ""),
        ("niveau B2", (), "niveau B2"),
        ("English: C1; French: C2", ("en:C1", "fr:C2"), ""),
    ],
)
def test_languages_keep_a_level_only_where_the_framework_is_named(
    typed: str, found: tuple[str, ...], over: str
) -> None:
    assert read_languages(typed) == (found, over)


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("Lyon", "69123"), ("LYON", "69123"), ("Lyon 3e", "69123"), ("Lyon 3ème", "69123"), ("Lyon 03", "69123"),
        ("Lyon 3e arrondissement", "69123"), ("LYON CEDEX 03", "69123"), ("69003", "69123"), ("69003 Lyon", "69123"),
        ("69003.0", "69123"), ("69003,0", "69123"), ("F-69003 Lyon", "69123"), ("Lyon (69)", "69123"), ("Lyon, Rhône", "69123"),
        ("Lyon, France", "69123"), ("Paris (75)", "75056"), ("Paris 11e", "75056"), ("75011", "75056"), ("Paris XIe", None),
        ("Marseille 8e", "13055"), ("St Etienne", "42218"), ("Saint-Étienne", "42218"), ("SAINT ETIENNE", "42218"),
        ("Vienne (38)", "38544"), ("Metz, Moselle", "57463"), ("Bourgoin-Jallieu", "38053"), ("  Nantes ", "44109"),
        ("97400", "97411"), ("Saint-Denis (93)", "93066"), ("Boulogne Billancourt", "92012"),
        ("Saint-Denis", None), ("Ailleurs", None), ("Lyon / Grenoble", None), ("", None), ("à définir", None),
        ("00000", None), ("99999", None), ("télétravail", None), ("12", None), ("Paris 99e", None),
    ],
)  # fmt: skip
def test_a_place_is_one_commune_or_left_to_a_person(typed: str, insee: str | None) -> None:
    place = read_place(typed)
    assert (place.insee if place else None) == insee


def test_several_places_and_whole_regions_are_told_apart() -> None:
    codes, regions, over = read_places("Lyon, Grenoble / Auvergne-Rhône-Alpes ; la lune")
    assert [places.get(code).name for code in codes] == ["Lyon", "Grenoble"]
    assert [places.regions()[code] for code in regions] == ["Auvergne-Rhône-Alpes"]
    assert over == "la lune"
    assert len(read_places("France entière")[1]) == len(places.regions())


@pytest.mark.parametrize(
    ("typed", "names", "over"),
    [
        ("Soudeur TIG", 1, ""),
        ("Soudeur / Soudeuse", 1, ""),
        ("Soudeur/Soudeuse", 1, ""),
        ("Infirmier·ère", 1, ""),
        ("Soudeur, chaudronnier", 2, ""),
        ("Soudeur / Chaudronnier", 2, ""),
        ("Soudeur ; Chaudronnier ; Cariste", 3, ""),
        ("Comptable ou gestionnaire de paie", 2, ""),
        ("Cook and waiter", 2, ""),
        ("Soudeur, chuchoteur, cariste", 2, "chuchoteur"),
        ("Chuchoteur", 0, "Chuchoteur"),
        ("Chuchoteur / gardien de phare", 0, "Chuchoteur / gardien de phare"),
    ],
)
def test_several_jobs_in_one_cell_are_each_looked_up(typed: str, names: int, over: str) -> None:
    read = read_jobs(typed)
    assert len(read.codes) == names, [jobs.label(code, "fr") for code in read.codes]
    assert read.over == over
    assert all(SURE <= confidence <= 1 for _, confidence in read.found)


@pytest.mark.parametrize("typed", ["Suisse", "Fribourg", "Liège", "aucun", "Y"])
def test_a_village_nobody_means_is_no_place_of_work(typed: str) -> None:
    assert read_places(typed) == ((), (), typed)


@pytest.mark.parametrize(
    ("typed", "skills"),
    [
        ("Python, SQL", ("Python", "SQL")),
        ("TIG;MIG ; lecture de plans", ("TIG", "MIG", "lecture de plans")),
        ("Excel (TCD, macros), Sage", ("Excel (TCD, macros)", "Sage")),
        ("CI/CD | Docker", ("CI/CD", "Docker")),
        ("- CACES 1\n- CACES 3", ("CACES 1", "CACES 3")),
        ("C++, C#, C", ("C++", "C#", "C")),
        ("Python, python , PYTHON", ("Python",)),
        (" , ; ", ()),
    ],
)
def test_skills_are_kept_in_their_words_each_once(typed: str, skills: tuple[str, ...]) -> None:
    assert read_skills(typed) == (skills, "")


def test_a_story_is_no_skill() -> None:
    assert read_skills("Python, " + "x" * 100) == (("Python",), "x" * 100)


def test_wishes_are_read_into_their_closed_words() -> None:
    assert read_interests("Formation, l’autonomie / équipe, tricot") == (("training", "autonomy", "team"), "tricot")
    assert read_environments("Hôpital; EHPAD, usine") == (("hospital", "care_home", "factory"), "")
    assert read_environments("start-up, PME") == (("startup", "small_business"), "")


@pytest.mark.parametrize(
    ("typed", "would"),
    [
        ("oui", True), ("Yes", True), ("prêt à déménager", True), ("open to relocation", True), ("willing to relocate", True),
        ("non", False), ("no", False), ("pas de déménagement", False), ("not willing to relocate", False),
        ("peut-être", None), ("", None), ("Europe", None), ("oui si Bretagne", None), ("selon l'offre", None),
    ],
)  # fmt: skip
def test_whether_they_would_move_house_is_yes_no_or_open(typed: str, would: bool | None) -> None:
    assert read_relocation(typed) is would


@given(CELLS)
def test_jobs_and_places_are_known_ones_or_stay_words(text: str) -> None:
    read = read_jobs(text)
    assert all(jobs.get(code) and SURE <= confidence <= 1 for code, confidence in read.found)
    codes, regions, _ = read_places(text)
    assert all(places.get(code) for code in codes)
    assert set(regions) <= set(places.regions())
    languages, _ = read_languages(text)
    assert all(level in {"", *LEVELS} for _, _, level in (each.partition(":") for each in languages))
    skills, _ = read_skills(text)
    assert len(skills) <= MOST_SKILLS
    assert all(0 < len(skill) <= LONGEST_SKILL for skill in skills)
    assert set(read_interests(text)[0]) <= {each.value for each in Interest}
    assert set(read_environments(text)[0]) <= {each.value for each in Environment}
    read_relocation(text)
