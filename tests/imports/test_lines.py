from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.fields import Field
from portal.imports.lines import OPPOSED, Line, Setting, read_line
from portal.imports.mapping import Columns, map_columns
from portal.imports.names import told_names
from portal.imports.reading import Record, read
from portal.talents import jobs
from portal.talents.addresses import read_email, read_phone, spaced, written

SETTING = Setting(date(2026, 11, 16), date(2026, 11, 23))


def line(**cells: str) -> Line:
    """Read one record whose columns are named as the fields are."""
    names = {
        "email": "E-mail",
        "phone": "Téléphone",
        "job": "Métier",
        "place": "Ville",
        "applied": "Date de candidature",
    }
    names |= {"first": "Prénom", "last": "Nom", "available": "Disponibilité", "free": "Disponible le", "km": "Rayon"}
    names |= {
        "contract": "Contrat",
        "years": "Expérience",
        "consent": "Date de consentement",
        "stop": "Ne pas contacter",
    }
    header = ";".join(names[name] for name in cells)
    table = read("x.csv", f"{header};E-mail 2\n{';'.join(cells.values())};\n".encode())
    return read_line(table.records[0], map_columns(table), table.header, SETTING)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Zoe@X.EXAMPLE\u00a0", "zoe@x.example"),
        ("Zoé Roux <zoe@x.example>", "zoe@x.example"),
        ("mailto:zoe@x.example", "zoe@x.example"),
        ("zoe@x", None),
        ("zoe@x.example.", None),
        ("zoe..roux@x.example", None),
        ("zoe@@x.example", None),
        ("zoe(at)x.example", None),
        ("a@x.example; b@x.example", None),
        ("zoe @x.example", None),
    ],
)
def test_an_address_is_trimmed_and_checked(typed: str, kept: str | None) -> None:
    assert read_email(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 (0)6.12.34.56.78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("612345678", "+33612345678"),
        ("33612345678", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0044 20 7946 0958", "+442079460958"),
        ("06 12 34 56", None),
        ("à rappeler", None),
        ("06 12 34 56 78 / 07 11 22 33 44", None),
    ],
)
def test_a_number_becomes_international(typed: str, kept: str | None) -> None:
    assert read_phone(typed) == kept


@given(st.integers(100_000_000, 999_999_999), st.sampled_from(["0{}", "+33{}", "+33 (0){}", "0033 {}", "{}"]))
def test_a_french_number_is_the_same_however_it_is_written(digits: int, shape: str) -> None:
    assert read_phone(shape.format(digits)) == f"+33{digits}"
    assert read_phone(spaced(f"+33{digits}")) == f"+33{digits}"


def test_a_number_is_shown_as_people_read_it_out() -> None:
    assert [spaced(each) for each in ("+33612345678", "+32470123456")] == ["+33 6 12 34 56 78", "+32 470 12 34 56"]


@given(st.text(max_size=60))
def test_reading_twice_gives_the_same(text: str) -> None:
    for reader in (read_email, read_phone, written):
        once = reader(text)
        assert once is None or reader(once) == once


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("DUPONT Marie", "Marie", "Dupont"),
        ("Marie DE LA TOUR", "Marie", "De La Tour"),
        ("Dupont, Marie", "Marie", "Dupont"),
        ("marie dupont", "Marie", "Dupont"),
        ("JEAN-PIERRE D'ALMEIDA", "Jean-Pierre", "D'Almeida"),
        ("Marie McDonald", "Marie", "McDonald"),
    ],
)
def test_a_full_name_is_told_apart(full: str, first: str, last: str) -> None:
    assert told_names({Field.FULL_NAME: full})[:2] == (first, last)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"last": "Roux", "email": ""}, "neither an e-mail"),
        ({"email": "zoe@x", "phone": ""}, "not an e-mail address"),
        ({"email": "z@x.example", "last": "Za\0zie"}, "not text"),
        ({"email": "z@x.example", "job": "x" * 10_001}, "longer than"),
        ({"email": "z@x.example", "job": "x" * 1_000_000}, "longer than"),
        ({"email": '"z@x.example\nRoux"'}, "several lines"),
        ({"phone": "0612", "email": ""}, "not a telephone number"),
        ({"email": "z@x.example", "applied": "31/02/2026"}, "not a possible day"),
        ({"email": "z@x.example", "applied": "01/01/2027"}, "still to come"),
        ({"email": "z@x.example", "applied": "22/11/2024"}, "nobody longer than"),
        ({"email": "z@x.example", "consent": "hier"}, "not a possible day"),
        ({"email": "z@x.example", "last": '"Ro\nux"'}, "several lines"),
    ],
)
def test_a_line_that_cannot_be_taken_in_says_why(cells: dict[str, str], says: str) -> None:
    trouble = line(**cells).trouble
    assert trouble is not None
    assert says in trouble.sentence


def test_someone_heard_of_two_years_ago_to_the_day_is_still_welcome() -> None:
    assert line(email="z@x.example", applied="23/11/2024").trouble is None


def test_a_day_that_lost_its_format_in_excel_is_still_a_day() -> None:
    assert line(email="z@x.example", applied="46093").collected_on == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("typed", "codes", "regions"),
    [("Lyon, Grenoble", ["69123", "38185"], []), ("Île-de-France", [], ["11"]), ("IDF / Lyon", ["69123"], ["11"])],
)
def test_a_mobility_told_in_places_is_where_they_would_work(typed: str, codes: list[str], regions: list[str]) -> None:
    read = line(email="z@x.example", km=f'"{typed}"')
    assert (read.values.get("other_places", []), read.values.get("regions", []), read.unread) == (codes, regions, {})
    half = line(email="z@x.example", km="Lyon et alentours")
    assert (half.unread[Field.RADIUS], "other_places" in half.values) == ("Lyon et alentours", False)


@pytest.mark.parametrize("said", ["true", "oui", "2026-05-01", "stop"])
def test_whoever_asked_elsewhere_not_to_be_written_to_stays_outside(said: str) -> None:
    trouble = line(email="z@x.example", stop=said).trouble
    assert trouble is not None
    assert trouble.sentence == OPPOSED
    assert line(email="z@x.example", stop="false").trouble is None
    assert line(email="z@x.example", stop="").trouble is None


def test_a_month_alone_counts_from_its_first_day_and_never_for_a_proof() -> None:
    assert line(email="z@x.example", applied="avr. 2026").collected_on == date(2026, 4, 1)
    assert line(email="z@x.example", consent="avr. 2026").trouble is not None


def test_work_is_read_in_the_words_of_exports() -> None:
    values = line(
        email="z@x.example",
        job="Soudeur TIG",
        place="Lyon 3e",
        available="préavis 3 mois",
        km="30 km",
        contract="CDI, intérim",
        years="5 ans",
    ).values
    assert "Soudeur" in jobs.label(values["job_code"], "fr")
    assert values["place_code"] == "69123"
    assert values["availability"] == "notice"
    assert values["radius_km"] == 30
    assert values["contracts"] == ["cdi", "interim"]
    assert values["experience"] == "senior"


def test_what_nobody_understands_stays_text_and_is_listed() -> None:
    read_so = line(email="z@x.example", job="Chuchoteur", place="Ailleurs", available="à voir", phone="0612")
    assert read_so.values["job_text"] == "Chuchoteur"
    assert read_so.values["place_name"] == "Ailleurs"
    assert "job_code" not in read_so.values
    assert "availability" not in read_so.values
    assert set(read_so.unread) == {"job", "place", "availability", "phone"}


def test_a_day_says_more_than_a_word_about_when_they_are_free() -> None:
    values = line(email="z@x.example", available="à voir", free="01/03/2027").values
    assert (values["availability"], values["available_from"]) == ("from_date", date(2027, 3, 1))


def test_every_wish_of_the_living_talent_is_read_from_its_column() -> None:
    header = (
        "E-mail;Métier;Autres métiers;Compétences;Langues;Salaire souhaité;Disponibilité;Préavis;Ville;Autres villes;"
        "Déménagement;Motivations;Environnement;Ne souhaite pas"
    )
    cells = (
        "z@x.example;Soudeur, cariste;Chaudronnier;TIG, MIG;anglais B2, TOEIC 850;3 200 € brut/mois;en poste;3 mois;"
        "Lyon / Grenoble;Nantes, Bretagne, la lune;oui;formation, tricot;usine;le travail de nuit"
    )
    table = read("x.csv", f"{header}\n{cells}\n".encode())
    read_so = read_line(table.records[0], map_columns(table), table.header, SETTING)
    values = read_so.values
    assert [jobs.label(code, "fr").split()[0] for code in (values["job_code"], *values["other_jobs"])] == [
        "Soudeur",
        "Cariste",
        "Chaudronnier",
    ]
    assert (values["skills"], values["languages"], values["salary_floor"]) == (["TIG", "MIG"], ["en:B2"], 38_400)
    assert (values["availability"], values["notice_days"]) == ("notice", 90)
    assert (values["place_name"], len(values["other_places"]), values["regions"]) == ("Lyon", 2, ["53"])
    assert (values["relocation"], values["interests"], values["environments"]) == (True, ["training"], ["factory"])
    assert values["refuses"] == "le travail de nuit"
    assert read_so.unread == {
        "languages": "TOEIC 850",
        "interests": "tricot",
        "other_places": "la lune",
        "availability": "en poste",
    }


@given(st.lists(st.text(max_size=40), min_size=len(Field), max_size=len(Field)))
def test_whatever_stands_in_the_cells_a_line_is_read_or_rejected_with_one_sentence(cells: list[str]) -> None:
    columns = Columns({field: place for place, field in enumerate(Field)}, {}, {}, ())
    read_so = read_line(Record(2, tuple(cells)), columns, [field.value for field in Field], SETTING)
    assert (read_so.trouble is None) == bool(read_so.email or read_so.phone)
    assert all(text for text in read_so.unread.values())


def test_whoever_is_free_now_and_on_notice_all_the_same_is_asked_by_a_person() -> None:
    table = read("x.csv", "E-mail;Disponibilité;Préavis\nz@x.example;immédiate;3 mois\n".encode())
    read_so = read_line(table.records[0], map_columns(table), table.header, SETTING)
    assert read_so.values["availability"] == "now"
    assert "notice_days" not in read_so.values
    assert read_so.unread == {"notice": "3 mois"}
