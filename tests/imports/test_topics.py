"""What real tools and web forms call a column, and what a column of an application says that is not of the person."""

import pytest

from portal.imports import actions as imports
from portal.imports.fields import WHERE_THEY_ARE, Field
from portal.imports.looking import look
from portal.imports.mapping import understand
from portal.imports.reading import read
from portal.kit.db import Database
from portal.talents.protected import Ground
from tests.imports.files import CHOICES, bring, pool, recruiter
from tests.trust import NOW

NAMED = {
    Field.FULL_NAME: (
        "Applicant Name|Applicant's Name|Full Name (First, Last)|Nom du postulant|Candidat (NOM Prénom)|"
        "What is your full name?|Quels sont vos nom et prénom ?"
    ),
    Field.FIRST_NAME: "Votre prénom|Quel est votre prénom ?|First name *|Candidate First Name",
    Field.LAST_NAME: "Quel est votre nom de famille ?|Votre nom|Applicant Last Name",
    Field.EMAIL: (
        "Adresse de courrier électronique|Quelle est votre adresse e-mail ?|Your email|"
        "E-mail 1 - Value|À quelle adresse mail vous écrire ?"
    ),
    Field.PHONE: (
        "N° de tél|Numéro de mobile|Tel fixe|Mobile (perso)|Phone 1 - Value|"
        "Veuillez indiquer votre numéro de téléphone|What is your phone number?"
    ),
    Field.COLLECTED_ON: (
        "Date Created|Horodateur|Timestamp|Heure de début|Completion time|Registration date|Date de postulation|"
        "Date d'actualisation|Submission date|Date de création du dossier|Candidate Created Date"
    ),
    Field.JOB: (
        "Offre|Annonce|Posting Title|Code ROME|Métier recherché (ROME)|Job Opening|Applied for|Title|Organization Title|"
        "Quel poste recherchez-vous ?|Quel est votre métier ?|Which position are you applying for?"
    ),
    Field.CONTRACTS: "Type de contrat recherché|Quel type de contrat recherchez-vous ?|What type of contract do you want?",
    Field.AVAILABILITY: (
        "Propriétés : Disponibilité|Date Available|Quand êtes-vous disponible ?|When can you start?|How soon can you start?"
    ),
    Field.NOTICE: "Notice period (days)|Quelle est la durée de votre préavis ?",
    Field.PLACE: "Dans quelle ville souhaitez-vous travailler ?|Where would you like to work?|Address 1 - City",
    Field.RELOCATION: "Can Relocate|Are you willing to relocate?|Seriez-vous prêt à déménager ?",
    Field.EXPERIENCE: "Combien d'années d'expérience avez-vous ?|How many years of experience do you have?",
    Field.SALARY: (
        "Propriétés : Prétentions salariales|Quel salaire souhaitez-vous ?|Salaire brut annuel souhaité|"
        "What is your expected salary?"
    ),
    Field.SOURCE: "Comment avez-vous connu notre entreprise ?|How did you hear about us?|Application origin",
    Field.LANGUAGES: "Quelles langues parlez-vous ?",
    Field.OTHER_PLACES: "Régions souhaitées|Preferred regions",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "meant"), [(name, meant) for meant, names in NAMED.items() for name in names.split("|")]
)
def test_a_column_is_understood_as_a_tool_or_a_form_calls_it(column: str, meant: Field) -> None:
    cells = {Field.EMAIL: "x@x.example", Field.PHONE: "06 12 34 56 78", Field.COLLECTED_ON: "02/11/2026 08:30:00"}
    table = read("x.csv", f'"{column}";Zzz\n{cells.get(meant, "x")};y\n'.encode())
    assert understand(table).named.get(column) == meant


@pytest.mark.parametrize(
    "column",
    [
        "Region", "State", "State/Region", "Province", "Régions", "Connected On", "Motif de refus", "Stage", "Current Company",
        "Avez-vous le permis B ?", "Pourquoi ce poste vous intéresse-t-il ?", "E-mail 1 - Label", "Phone 1 - Type",
        "Sourced by", "Quel est le téléphone de votre référent ?",
    ],
)  # fmt: skip
def test_what_speaks_of_something_else_is_left_out(column: str) -> None:
    table = read("x.csv", f'"{column}";Zzz\nOccitanie;y\n'.encode())
    assert understand(table).named == {}


@pytest.mark.parametrize("column", ["Heure de début", "Start time", "Horodateur"])
def test_the_hour_somebody_starts_work_is_no_day_of_collection(column: str) -> None:
    assert understand(read("x.csv", f"{column};E-mail\n08:30;x@x.example\n".encode())).named.get(column) is None


@pytest.mark.parametrize(
    ("column", "ground"),
    [
        ("Quel âge avez-vous ?", Ground.AGE),
        ("Quelle est votre date de naissance ?", Ground.AGE),
        ("Quelle est votre situation familiale ?", Ground.FAMILY),
        ("Votre adresse", Ground.HOME),
    ],
)
def test_a_question_about_what_the_law_protects_is_dropped_all_the_same(column: str, ground: Ground) -> None:
    assert understand(read("x.csv", f'"{column}";E-mail\nx;y\n'.encode())).dropped == {column: ground}


def test_the_origin_of_an_application_is_a_source_and_that_of_a_person_is_nobody_s_business(house: Database) -> None:
    applied = b"Email,Origin\na@x.example,LinkedIn\nb@x.example,Referral\nc@x.example,\n"
    assert {one.name: one.field for one in bring(house, applied).columns}["Origin"] == Field.SOURCE
    assert bring(house, b"Email,Origin\na@x.example,Maroc\nb@x.example,Bretagne\n").dropped_columns == ["Origin"]
    assert bring(house, b"Email,Origine\na@x.example,\n").dropped_columns == ["Origine"]


def test_where_an_ats_says_they_live_is_no_region_they_would_move_to(house: Database) -> None:
    bring(house, b"Email,City,Region,Country\na@x.example,Toulouse,Occitanie,France\n")
    (karim,) = pool(house)
    assert (karim.place_name, karim.regions, karim.other_places) == ("Toulouse", [], [])


@pytest.mark.parametrize(
    ("column", "told"), [("Ville", 1), ("City", 1), ("Ville souhaitée", 0), ("Lieu de travail", 0)]
)
def test_a_town_stands_as_the_place_of_work_until_they_say_otherwise_and_the_page_says_so(
    house: Database, column: str, told: int
) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "a.csv", f"Email,{column}\na@x.example,Lyon\n".encode(), now=NOW)
        notes = [note.sentence for note in look(session, who, run).notes]
    assert notes.count(WHERE_THEY_ARE) == told


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        # One order for the whole column: what one name cannot tell, the others do.
        (("Dupont Jean", "Petit Luc", "Wei Li"), [("Jean", "Dupont"), ("Luc", "Petit"), ("Li", "Wei")]),
        (("Jean Dupont", "Martin Sophie", "Luc Petit"), [("Jean", "Dupont"), ("Martin", "Sophie"), ("Luc", "Petit")]),
        (("DUPONT Jean", "Wei Li"), [("Jean", "Dupont"), ("Li", "Wei")]),
        (("Jean DUPONT", "Wei Li"), [("Jean", "Dupont"), ("Wei", "Li")]),
        (("Hansen, PMP®",), [("Hansen", "")]),
        (("Kim Hansen, PMP®", "Jane Roe, Ph.D., MBA", "John Smith Jr."), [("Kim", "Hansen"), ("Jane", "Roe"), ("John", "Smith")]),
        (("Anna Ma", "Dupont, Jean"), [("Anna", "Ma"), ("Jean", "Dupont")]),
    ],
)  # fmt: skip
def test_names_in_one_column_stand_in_one_order_without_titles(
    house: Database, cells: tuple[str, ...], names: list[tuple[str, str]]
) -> None:
    rows = [f'"{cell}",{place}@x.example' for place, cell in enumerate(cells)]
    bring(house, "\n".join(["Name,Email", *rows]).encode(), CHOICES)
    assert [(one.first_name, one.last_name) for one in pool(house)] == names


def test_a_title_behind_a_family_name_is_no_part_of_it(house: Database) -> None:
    bring(house, 'First Name,Last Name,Email\nKim,"Hansen, PMP®",k@x.example\n'.encode())
    assert pool(house)[0].last_name == "Hansen"
