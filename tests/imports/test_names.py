import pytest

from portal.imports.fields import Field
from portal.imports.names import told_names
from tests.imports.test_formats import lines


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("Mme Inès MARTIN", "Inès", "Martin"),
        ("M. Paul Durand", "Paul", "Durand"),
        ("Monsieur Paul Durand", "Paul", "Durand"),
        ("MARTIN (née PETIT) Zoé", "Zoé", "Martin"),
        ("Zoé MARTIN épouse PETIT", "Zoé", "Martin"),
        ("Zoé Martin née de la Tour", "Zoé", "Martin"),
        ("Paul Nee", "Paul", "Nee"),
        ("Maxime Mme", "Maxime", "Mme"),
    ],
)
def test_what_someone_is_addressed_as_or_was_before_a_marriage_is_no_part_of_a_name(
    full: str, first: str, last: str
) -> None:
    assert told_names({Field.FULL_NAME: full})[:2] == (first, last)


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("de la Tour Inès", "Inès", "de la Tour"),
        ("Inès de la TOUR", "Inès", "de la TOUR"),
        ("Mc DONALD Ian", "Ian", "Mc DONALD"),
        ("Jean D. DUPONT", "Jean", "D. Dupont"),
        ("MARTIN", "", "Martin"),
        ("Marie LE Goff", "Marie", "LE Goff"),
        ("Zoé", "Zoé", ""),
    ],
)
def test_nobody_is_greeted_by_a_particle_or_a_family_name_in_capitals(full: str, first: str, last: str) -> None:
    assert told_names({Field.FULL_NAME: full})[:2] == (first, last)


@pytest.mark.parametrize("column", ["Nom Prénom", "NOM et Prénom", "Nom/Prénom", "Nom de famille et prénom"])
def test_a_column_that_says_family_name_first_is_taken_at_its_word(column: str) -> None:
    (line,) = lines("x.csv", f"{column};E-mail\nDupont Jean;j@x.example\n".encode())
    assert (line.values["first_name"], line.values["last_name"]) == ("Jean", "Dupont")


def test_a_column_of_family_names_that_holds_both_is_told_apart_where_capitals_do() -> None:
    shouted, quiet, particle = lines(
        "x.csv", b"Nom;E-mail\nDUPONT Jean;j@x.example\nRoux Zoe;z@x.example\nDE Rugy;r@x.example\n"
    )
    assert (shouted.values["first_name"], shouted.values["last_name"]) == ("Jean", "Dupont")
    assert (quiet.values["last_name"], particle.values["last_name"]) == ("Roux Zoe", "DE Rugy")


def test_nobody_is_called_n_a() -> None:
    (line,) = lines("x.csv", b"Nom;Prenom;E-mail;Telephone;Salaire\nRoux;N/A;#N/A;0612345678;NC\n")
    assert line.trouble is None
    assert (line.values["last_name"], line.phone, line.email) == ("Roux", "+33612345678", None)
    assert "first_name" not in line.values
    assert not line.unread
