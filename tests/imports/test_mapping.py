import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.fields import Field
from portal.imports.mapping import map_columns, understand
from portal.imports.reading import Table, read
from portal.kit.errors import Refused
from portal.talents.protected import Ground


def table(*header: str, cells: tuple[str, ...] = ()) -> Table:
    return read("x.csv", ";".join(header).encode() + b"\n" + ";".join(cells or ["x"] * len(header)).encode() + b"\n")


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("NOM", Field.LAST_NAME),
        ("Prenom", Field.FIRST_NAME),
        ("firstName", Field.FIRST_NAME),
        ("Adresse e-mail", Field.EMAIL),
        ("Adresse email principale", Field.EMAIL),
        ("Courriel (perso)", Field.EMAIL),
        ("Tél. portable", Field.PHONE),
        ("N° de téléphone", Field.PHONE),
        ("Métier recherché", Field.JOB),
        ("Poste (H/F)", Field.JOB),
        ("Disponnibilité", Field.AVAILABILITY),
        ("Mobilité (km)", Field.RADIUS),
        ("Type de contrat", Field.CONTRACTS),
        ("Years of experience", Field.EXPERIENCE),
        ("Date de la candidature", Field.COLLECTED_ON),
        ("CV déposé le", Field.COLLECTED_ON),
        ("Candidate Created At", Field.COLLECTED_ON),
        ("Consentement RGPD (date)", Field.CONSENT_ON),
    ],
)
def test_headers_are_read_as_people_write_them(column: str, field: Field) -> None:
    other = "Téléphone" if field is Field.EMAIL else "E-mail"
    assert map_columns(table(column, other)).named[column] == field


@pytest.mark.parametrize(
    ("column", "ground"),
    [
        ("Date de naissance", Ground.AGE),
        ("birthDate", Ground.AGE),
        ("Âge", Ground.AGE),
        ("Civilité", Ground.SEX),
        ("Gender", Ground.SEX),
        ("N° de sécurité sociale", Ground.SEX),
        ("NIR", Ground.SEX),
        ("Nationalité", Ground.ORIGIN),
        ("Titre de séjour", Ground.ORIGIN),
        ("Lieu de naissance", Ground.ORIGIN),
        ("Situation familiale", Ground.FAMILY),
        ("Nombre d'enfants", Ground.FAMILY),
        ("Marital status", Ground.FAMILY),
        ("RQTH", Ground.HEALTH),
        ("Disability", Ground.HEALTH),
        ("Religion", Ground.RELIGION),
        ("Opinions politiques", Ground.POLITICS),
        ("Syndicat", Ground.UNION),
        ("Trade union", Ground.UNION),
        ("Photo", Ground.PHOTO),
        ("Adresse", Ground.HOME),
        ("Home address", Ground.HOME),
        ("Code postal", Ground.HOME),
        ("Ville de résidence", Ground.HOME),
    ],
)
def test_what_the_law_protects_is_dropped_and_named(column: str, ground: Ground) -> None:
    mapped = map_columns(table(column, "E-mail"))
    assert mapped.dropped == {column: ground}
    assert column not in mapped.named


@pytest.mark.parametrize(
    "column",
    ["Email recruteur", "Recruiter email", "E-mail manager", "Owner email", "Téléphone d’urgence", "Tél. agence", "Sourced"],
)  # fmt: skip
def test_what_is_somebody_else_s_or_something_else_is_never_guessed_to_be_the_candidate_s(column: str) -> None:
    assert column in map_columns(table(column, "E-mail")).ignored
    assert column not in understand(table("Nom", column)).named


def test_titles_of_address_are_recognised_by_their_values() -> None:
    assert map_columns(table("Titre", "E-mail", cells=("Mme", "z@x.example"))).dropped == {"Titre": Ground.SEX}
    assert map_columns(table("Poste", "E-mail", cells=("M.", "z@x.example"))).dropped == {"Poste": Ground.SEX}


def test_a_recruiter_corrects_the_mapping() -> None:
    mapped = map_columns(table("Colonne A", "Nom", "E-mail"), {"Colonne A": "job", "Nom": "ignore"})
    assert mapped.columns == {Field.JOB: 0, Field.EMAIL: 2}
    assert mapped.ignored == ("Nom",)


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"Sexe": "job"}, "never be taken in"),
        ({"Nulle part": "job"}, "no column"),
        ({"Nom": "shoes"}, "not something"),
        ({"Nom": "job", "E-mail": "job"}, "cannot both"),
        ({"E-mail": "ignore"}, "No column holds an e-mail"),
    ],
)
def test_a_mapping_that_cannot_stand_is_refused(choices: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        map_columns(table("Nom", "E-mail", "Sexe"), choices)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8, unique=True), st.data())
def test_a_protected_column_is_never_mapped_whatever_else_stands_there(names: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(names)))
    header = (*names[:place], "Date de naissance", *names[place:], "E-mail")
    mapped = map_columns(Table(header, ()))
    assert "Date de naissance" in mapped.dropped
    assert set(mapped.named) & set(mapped.dropped) == set()
