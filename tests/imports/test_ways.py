"""Addresses and numbers as files hold them: several in a cell or in several columns, nobody's, misspelt, or none at all."""

import pytest

from portal.imports.cells.nothing import is_nothing
from portal.imports.cells.ways import emails_in, is_nobodys, meant, phones_in
from portal.imports.fields import Field
from portal.imports.lines import Line
from portal.imports.mapping import map_columns
from portal.imports.reading import read
from portal.kit.db import Database
from tests.imports.files import bring, export, pool, rejected
from tests.imports.test_formats import lines


@pytest.mark.parametrize(
    ("cell", "first", "beside"),
    [
        ("a.un@mail.example ; a.un@pro.example", "a.un@mail.example", "a.un@pro.example"),
        ("i9@mail.example/i.neuf@mail.example", "i9@mail.example", "i.neuf@mail.example"),
        ("z@x.example zoe@x.example", "z@x.example", "zoe@x.example"),
        ("z@x.example\nzoe@x.example", "z@x.example", "zoe@x.example"),
        ("z@x.example ou zoe@x.example", "z@x.example", "zoe@x.example"),
        ("Zoé Roux <z@x.example>; zoe@x.example", "z@x.example", "zoe@x.example"),
        ("perso : z@x.example, pro: zoe@x.example", "z@x.example", "zoe@x.example"),
        ("z@@x.example ; zoe@x.example", "zoe@x.example", "z@@x.example"),
        ("b.deux@mail.example.", "b.deux@mail.example", ""),
        ("mailto:F.Six@Mail.Example", "f.six@mail.example", ""),
        ("MAILTO:z@x.example", "z@x.example", ""),
        ("g.sept@mail.example (perso)", "g.sept@mail.example", ""),
        ("o.quinze+ats@mail.example", "o.quinze+ats@mail.example", ""),
        ("h huit@mail.example", None, "h huit@mail.example"),
        ("k.onze[at]mail.example", None, "k.onze[at]mail.example"),
        ("pas d'email", None, ""),
        ("sans adresse mail", None, ""),
        ("noreply@jobboard.example; z@x.example", "z@x.example", ""),
    ],
)
def test_the_first_address_of_a_cell_is_taken_and_the_others_stand_beside(
    cell: str, first: str | None, beside: str
) -> None:
    assert (emails_in(cell).first, emails_in(cell).beside) == (first, beside)


@pytest.mark.parametrize(
    ("cell", "first", "beside"),
    [
        ("06 11 11 00 17 / 04 72 00 00 00", "+33611110017", "+33472000000"),
        ("06 11 11 00 18 ou 04 72 00 00 01", "+33611110018", "+33472000001"),
        ("0611110018 0472000001", "+33611110018", "+33472000001"),
        ("+33 (0)6 12 34 56 78, 01 44 55 66 77", "+33612345678", "+33144556677"),
        ("Mobile : 06 11 11 00 18 ; Fixe : 04 72 00 00 01", "+33611110018", "+33472000001"),
        ("06-12-34-50-26 poste 4", "+33612345026", "poste 4"),
        ("tel:+33-6-12-34-56-03;ext=12", "+33612345603", "ext=12"),
        ("0611110018\n0472000001", "+33611110018", "+33472000001"),
        ("(+33)612345025", "+33612345025", ""),
        ("3,36E+10", None, "3,36E+10"),
        ("(415) 555-2671", None, "(415) 555-2671"),
    ],
)
def test_the_first_number_of_a_cell_is_taken_and_what_else_stands_there_is_kept(
    cell: str, first: str | None, beside: str
) -> None:
    assert (phones_in(cell).first, phones_in(cell).beside) == (first, beside)


def test_an_address_that_says_nobody_is_behind_it_is_nobodys() -> None:
    nobodys = ["noreply@x.example", "no-reply2@x.example", "Pas.de.mail@x.example".lower(), "test@test.example"]
    people = ["nathalie@x.example", "nan@x.example", "test@x.example", "aucune.idee@x.example"]
    assert [is_nobodys(each) for each in (*nobodys, *people)] == [True] * 4 + [False] * 4


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("d@gmail.con", "d@gmail.com"),
        ("d@gmial.com", "d@gmail.com"),
        ("d@atelier.con", "d@atelier.com"),
        ("d@mail.com", None),
        ("d@gmail.com", None),
        ("d@free.fr", None),
    ],
)
def test_a_misspelt_domain_is_told(typed: str, likely: str | None) -> None:
    assert meant(typed) == likely


@pytest.mark.parametrize("word", ["nan", "NaN", "None", "NaT", "NA", "aucun", "-", "#N/A", "<NA>", "00/00/0000", "s/o"])
def test_what_says_nothing_is_nothing_in_every_column_but_names(word: str) -> None:
    header = "Nom;E-mail;Téléphone;Métier;Ville;Compétences;Disponibilité;Date de candidature;Date de consentement"
    (line,) = lines("x.csv", f"{header}\nNan;z@x.example{f';{word}' * 7}\n".encode())
    assert (line.trouble, line.unread, line.values) == (None, {}, {"last_name": "Nan", "email": "z@x.example"})
    assert is_nothing(word, Field.LAST_NAME) is not word.isalpha()


def test_a_word_of_logic_is_no_skill_and_no_job() -> None:
    (line,) = lines("x.csv", b"E-mail;Comp\xc3\xa9tences;M\xc3\xa9tier\nz@x.example;TRUE;FAUX\n")
    assert line.values == {"email": "z@x.example"}
    (line,) = lines("x.csv", "E-mail;Compétences\nz@x.example;Excel, nan, aucune\n".encode())
    assert line.values["skills"] == ["Excel"]


def _one(content: str) -> Line:
    (line,) = lines("x.csv", content.encode())
    return line


def test_one_good_way_to_write_is_enough_and_what_is_wrong_with_the_other_is_told(house: Database) -> None:
    rows = [
        ("A", "", "c.trois@mail", "0611110003"),
        ("B", "", "noreply@jobboard.example", "0611110014"),
        ("C", "", "d.quatre@gmail.con", "0611110004"),
        ("D", "", "noreply@jobboard.example", ""),
    ]
    report = bring(house, export(*((*row, "", "", "", "") for row in rows)))
    assert [(one.last_name, one.email, one.phone) for one in pool(house)] == [
        ("A", None, "+33611110003"),
        ("B", None, "+33611110014"),
        ("C", "d.quatre@gmail.con", "+33611110004"),
    ]
    assert pool(house)[0].said["unread.email"]["text"] == "c.trois@mail"
    assert [(each.line, each.why("en")) for each in report.remarks] == [
        (2, "E-mail address: “c.trois@mail” was not understood: it stands beside the field as text."),
        (3, "E-mail address: “noreply@jobboard.example” is nobody’s own address: it was left out."),
        (4, "E-mail address: “d.quatre@gmail.con” looks misspelt: is it “d.quatre@gmail.com”?"),
    ]
    assert rejected(report) == {
        5: "“noreply@jobboard.example” is nobody’s own address, and there is no telephone number."
    }


def test_pairs_of_label_and_value_are_read_as_pairs() -> None:
    header = "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value"
    header += ",Phone 1 - Label,Phone 1 - Value"
    line = _one(f"{header}\nJean,Roux,* Work,jg@goo.example,Home,jg2@goo.example,Mobile,+33 6 11 11 22 23\n")
    assert (line.email, line.phone, line.unread) == ("jg@goo.example", "+33611112223", {"email": "jg2@goo.example"})


def test_a_second_column_of_addresses_or_numbers_speaks_where_the_first_is_silent() -> None:
    first, second = lines("x.csv", b"Email;Email\n;z@x.example\na@x.example;b@x.example\n")
    assert (first.email, first.unread) == ("z@x.example", {})
    assert (second.email, second.unread) == ("a@x.example", {"email": "b@x.example"})
    header = "First Name,E-Mail,2nd E-Mail,Home Phone,Cell Phone,Work Phone"
    line = _one(f"{header}\nZoé,zc@x.example,zc2@x.example,01 44 55 66 77,06 11 11 22 26,01 44 55 66 78\n")
    assert (line.email, line.phone) == ("zc@x.example", "+33611112226")
    assert line.unread == {"email": "zc2@x.example", "phone": "+33144556677, +33144556678"}


def test_a_column_of_somebody_elses_addresses_is_no_further_one() -> None:
    table = read("x.csv", b"Email;Email recruteur;Phone;Numero\nz@x.example;r@y.example;0611110003;12\n")
    columns = map_columns(table)
    assert (columns.emails, columns.phones) == ((), ())


def test_of_the_addresses_on_a_card_the_first_that_can_be_read_is_taken() -> None:
    card = "BEGIN:VCARD\nFN:Sean Roux\nEMAIL:pas un mail\nEMAIL:sean@x.example\nTEL:12\nTEL:+33611110003\nEND:VCARD\n"
    (line,) = lines("x.vcf", card.encode())
    assert (line.email, line.phone) == ("sean@x.example", "+33611110003")


_CV = "x" * 12_000


@pytest.mark.parametrize("cell", [_CV, "a\x07b", "a\ufffdb", "a\x1fb"])
def test_a_column_that_is_not_taken_in_spoils_nobody(cell: str) -> None:
    for name, content in (
        ("x.csv", f"Prénom;E-mail;CV\nZoé;z@x.example;{cell}\n"),
        ("x.vcf", f"BEGIN:VCARD\nFN:Zoé\nEMAIL:z@x.example\nNOTE:{cell}\nEND:VCARD\n"),
    ):
        assert _one_of(name, content).trouble is None
    assert _one_of("x.csv", f"Prénom;E-mail\nZoé {cell}b;z@x.example\n").trouble is not None


def _one_of(name: str, content: str) -> Line:
    (line,) = lines(name, content.encode())
    return line
