"""Every usual text file is read: any encoding and delimiter, cards of a telephone, LinkedIn, JSON Resume."""

import json
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.fields import Field
from portal.imports.lines import Line, Setting, read_line
from portal.imports.mapping import map_columns
from portal.imports.reading import read
from portal.imports.reading.cards import NO_PERSON
from portal.kit.errors import Refused
from portal.talents.protected import Ground

SETTING = Setting(date(2026, 11, 16), date(2026, 11, 23))


def lines(name: str, content: bytes) -> list[Line]:
    table = read(name, content)
    columns = map_columns(table)
    return [read_line(record, columns, table.header, SETTING) for record in table.records]


CARDS = """BEGIN:VCARD
VERSION:3.0
N:Roux;Zoé;;Mme;
FN:Zoé Roux
EMAIL;TYPE=HOME:zoe@x.example
EMAIL;TYPE=WORK,PREF:zoe.roux@y.example
item1.TEL;type=WORK:01 23 45 67 89
TEL;TYPE=CELL:06 12 34 56 78
TITLE:Soudeuse TIG
ORG:Atelier\\; Fils;Soudure
ADR;TYPE=HOME:;;3 rue des Lilas;Lyon;;69003;France
ADR;TYPE=WORK:;;1 rue de l'Usine;Villeurbanne;;69100;France
BDAY:1990-01-02
NOTE:Motivée\\, à rappeler\\nle soir
END:VCARD

BEGIN:VCARD
VERSION:4.0
FN:Léa Blanc
EMAIL;PREF=1:lea@x.example
TEL;VALUE=uri;TYPE="voice,cell":tel:+33-7-11-22-33-44
LANG:en
GENDER:F
TITLE:Développeuse
 \x20Python
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9v=C3=AA=
que;No=C3=A9mie
TEL;CELL:0699887766
EMAIL;INTERNET:noemie@x.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Coupé Court
EMAIL:c@x.example
"""


def test_cards_of_a_telephone_give_one_person_each() -> None:
    table = read("contacts.vcf", CARDS.encode())
    assert [one.number for one in table.records] == [1, 17, 27, 34]
    zoe, lea, noemie, cut = lines("contacts.vcf", CARDS.encode())
    assert (zoe.email, zoe.phone, zoe.values["last_name"]) == ("zoe.roux@y.example", "+33612345678", "Roux")
    assert zoe.values["place_name"] == "Villeurbanne"
    assert zoe.values["job_text"] == "Soudeuse TIG"
    assert (lea.email, lea.phone, lea.values["locale"]) == ("lea@x.example", "+33711223344", "en")
    assert lea.values["job_text"] == "Développeuse Python"
    assert (noemie.values["first_name"], noemie.values["last_name"]) == ("Noémie", "Lévêque")
    assert cut.trouble is not None
    assert "cut short" in cut.trouble.sentence


def test_a_card_gives_the_address_they_prefer_and_the_card_of_a_company_nobody() -> None:
    preferred, group, company = lines(
        "x.vcf",
        b"BEGIN:VCARD\nFN:Z R\nEMAIL;PREF=2:b@x.example\nEMAIL;PREF=1:a@x.example\nEMAIL:c@x.example\nEND:VCARD\n"
        b"BEGIN:VCARD\nKIND:group\nFN:Soudeurs\nEMAIL:s@x.example\nEND:VCARD\n"
        b"BEGIN:VCARD\nFN:Garage\nORG:Garage\nX-ABShowAs:COMPANY\nEMAIL:g@x.example\nEND:VCARD\n",
    )
    assert preferred.email == "a@x.example"
    assert [each.trouble.sentence for each in (group, company) if each.trouble] == [NO_PERSON, NO_PERSON]


def test_what_the_law_protects_on_a_card_is_named_and_never_read() -> None:
    table = read("contacts.vcf", CARDS.encode())
    dropped = map_columns(table).dropped
    assert dropped == {"Birthday": Ground.AGE, "Gender": Ground.SEX, "Home address": Ground.HOME}
    told = repr([one.cells for one in table.records])
    assert not any(secret in told for secret in ("1990", "Lilas", "69003"))


def test_the_connections_of_linkedin_are_read_below_their_notes() -> None:
    content = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see
 email addresses for connections who have allowed their connections to see or download their email address."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zoé,Roux,https://www.example/in/zoe,zoe@x.example,"Atelier, Fils",Welder,05 Nov 2026
Léa,Blanc,https://www.example/in/lea,,Usine,Python developer,12 Oct 2026
"""
    table = read("Connections.csv", content.encode())
    assert map_columns(table).named["Position"] == Field.JOB
    zoe, lea = lines("Connections.csv", content.encode())
    # Since when the two know each other says nothing of when anybody was collected.
    assert (zoe.number, zoe.email, zoe.collected_on) == (6, "zoe@x.example", SETTING.collected_on)
    assert lea.trouble is not None


RESUME = {
    "basics": {
        "name": "Zoé Roux", "label": "Soudeuse TIG", "email": "zoe@x.example", "phone": "06 12 34 56 78", "image": "z.jpg",
        "location": {"city": "Lyon", "address": "3 rue des Lilas", "postalCode": "69003"},
    },
    "work": [{"position": "Soudeuse", "startDate": "2020-01-01"}],
    "skills": [{"name": "Soudure", "keywords": ["TIG", "MIG"]}],
    "languages": [{"language": "Anglais", "fluency": "B2"}, {"language": "Français", "fluency": "Native speaker"}],
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
def test_a_resume_in_json_gives_one_person_and_a_list_of_them_several(indent: int | None) -> None:
    (zoe,) = lines("zoe.json", json.dumps(RESUME, indent=indent).encode())
    assert (zoe.email, zoe.phone, zoe.values["first_name"]) == ("zoe@x.example", "+33612345678", "Zoé")
    assert zoe.values["skills"] == ["Soudure", "TIG", "MIG"]
    assert zoe.values["languages"] == ["en:B2", "fr"]
    assert zoe.values["place_name"] == "Lyon"
    other = {"basics": {"name": "Léa Blanc", "email": "lea@x.example"}, "work": [{"position": "Cariste"}]}
    _, lea, odd = lines("all.json", json.dumps([RESUME, other, {"no": 1}], indent=indent).encode())
    assert lea.values["job_text"] == "Cariste"
    assert odd.trouble is not None
    assert "basics" in odd.trouble.sentence


def test_a_list_of_resumes_cut_short_gives_those_that_are_whole_and_says_where_it_ends() -> None:
    content = json.dumps([RESUME, RESUME], indent=1).encode()
    table = read("all.json", content[:-200])
    assert [(one.number, one.trouble is None) for one in table.records] == [(2, True), (41, False)]
    assert map_columns(table).dropped == {"Photo": Ground.PHOTO, "Home address": Ground.HOME}


@pytest.mark.parametrize("content", [b'{"a": 1}', b'[{"a": 1}]', b'{"basics', b'{"a":' * 100_000, b'[{"basics": 3}]'])
def test_other_json_gets_one_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="no résumé"):
        read("x.json", content)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-16"])
def test_wide_text_is_read_with_and_without_its_mark(encoding: str) -> None:
    content = "Prénom;E-mail\r\nZoé;zoe@x.example\r\nChloé’s;c@x.example\r\n".encode(encoding)
    assert [one.cells[0] for one in read("x.csv", content).records] == ["Zoé", "Chloé’s"]


@pytest.mark.parametrize("delimiter", ["^", "~", ":", "#"])
def test_a_rare_delimiter_is_found_when_no_usual_one_cuts(delimiter: str) -> None:
    content = "\n".join(
        delimiter.join(line) for line in (("Nom", "E-mail"), ("Roux", "z@x.example"), ("B", "b@x.example"))
    )
    assert read("x.csv", content.encode()).header == ("Nom", "E-mail")


def test_one_column_of_addresses_is_a_table_too() -> None:
    assert [one.cells for one in read("x.csv", b"E-mail\nz@x.example\nl@x.example\n").records] == [
        ("z@x.example",),
        ("l@x.example",),
    ]


def test_a_title_of_two_cells_above_the_header_is_passed_over() -> None:
    table = read("x.csv", "Export du;16/11/2026\nNom;Prénom;E-mail\nRoux;Zoé;z@x.example\n".encode())
    assert (table.header, table.records[0].number) == (("Nom", "Prénom", "E-mail"), 3)


def test_two_encodings_in_one_file_are_both_read_and_said() -> None:
    content = "Prénom;E-mail\nZoé;a\nNoé;b\n".encode() + "Chloé;c\n".encode("cp1252")
    (note,) = read("x.csv", content).notes
    assert note.params == {"count": 1, "line": 4}


def test_of_300_columns_those_we_know_are_read_and_the_rest_is_said() -> None:
    header = [f"c{n}" for n in range(299)] + ["E-mail"]
    table = read("x.csv", f"{';'.join(header)}\n{';'.join(map(str, range(299)))};z@x.example\n".encode())
    assert (len(table.header), table.header[-1], table.records[0].cells[-1]) == (200, "E-mail", "z@x.example")
    assert table.notes[0].params == {"count": 300, "most": 200}


@pytest.mark.parametrize(
    ("mail", "phone", "says"),
    [
        ("z@x.example.", "+33612345678", None),
        ("z@@x.example.", "", "not an e-mail"),
        ("z@x.example (perso)", "+33612345678 (mobile)", None),
        ("", "612345678.0", None),
        ("", "33612345678,00", None),
        ("", "6,12E+08", "not a telephone"),
    ],
)
def test_addresses_and_numbers_as_spreadsheets_leave_them(mail: str, phone: str, says: str | None) -> None:
    (line,) = lines("x.csv", f"E-mail;Téléphone\n{mail};{phone}\n".encode())
    if says is None:
        assert line.phone == "+33612345678"
    else:
        assert line.trouble is not None
        assert says in line.trouble.sentence


def test_a_quarter_of_a_million_records_are_kept_in_little_more_than_their_text() -> None:
    content = b"Nom;E-mail;Ville\n" + b"".join(b"Roux;zoe%d@exemple.example;Lyon\n" % n for n in range(100_000))
    tracemalloc.start()
    table = read("x.csv", content)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table.records) == 100_000
    assert held < 6 * len(content)
    assert table.records[99_999].cells[1] == table.records[-1].cells[1] == "zoe99999@exemple.example"


@given(st.binary(max_size=600), st.sampled_from([b"BEGIN:VCARD\n", b'[{"basics":', b'{"basics": {"name": "Z"}}', b""]))
def test_any_bytes_behind_any_beginning_give_a_table_or_one_sentence(content: bytes, head: bytes) -> None:
    try:
        table = read("x", head + content)
    except Refused:
        return
    assert all(len(record.cells) == len(table.header) for record in table.records)
