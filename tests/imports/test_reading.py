import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.reading import CAP_PAGE, read, refuse_too_large
from portal.imports.reading.table import TOO_WIDE
from portal.imports.reading.words import find_delimiter
from portal.kit.errors import Refused
from tests.imports.files import workbook


def cells(content: bytes, name: str = "export.csv") -> list[tuple[str, ...]]:
    return [record.cells for record in read(name, content).records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_accents_survive_whatever_the_export_was_made_with(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["Prénom", "E-mail"]) + "\r\n" + delimiter.join(["Zoé", "zoe@exemple.example"]) + "\r\n"
    assert cells(text.encode(encoding)) == [("Zoé", "zoe@exemple.example")]


def test_two_exports_pasted_together_keep_their_accents() -> None:
    content = "Prénom;E-mail\nZoé;a\nNoé;b\n".encode() + "Chloé;c\n".encode("cp1252")
    assert [each[0] for each in cells(content)] == ["Zoé", "Noé", "Chloé"]


def test_a_comma_inside_values_is_not_the_delimiter() -> None:
    assert find_delimiter(["Nom;Ville\n", "Roux, Jean;Lyon\n", "Blanc, Léa;Nantes, Loire-Atlantique\n"]) == ";"


def test_a_line_has_the_number_of_its_first_physical_line() -> None:
    content = b'Nom;Note\r\nA;"one\ntwo\nthree"\r\n\r\nB;x\rC;y\n'
    assert [(record.number, record.cells[0]) for record in read("x.csv", content).records] == [
        (2, "A"),
        (6, "B"),
        (7, "C"),
    ]


def test_a_quotation_mark_left_open_spoils_its_own_line_only() -> None:
    table = read("x.csv", b'Nom,E-mail\nA,a@x.example\n"B,b@x.example\nC,c@x.example\nD,d@x.example\n')
    assert [(record.number, record.trouble is not None) for record in table.records] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("Nom;more;cells", "more cells than the header"),
        ("Nom;E-mail", "repeats the header"),
        ("NOM; e-mail", "repeats the header"),
    ],
)
def test_what_spoils_one_line_is_told_on_that_line(cell: str, says: str) -> None:
    spoilt, fine = read("x.csv", f"Nom;E-mail\n{cell}\nZazie;z@x.example\n".encode()).records
    assert spoilt.trouble is not None
    assert says in spoilt.trouble.sentence.format(**spoilt.trouble.params)
    assert fine.trouble is None


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("vide.csv", b"", "is empty"),
        ("vide.csv", b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        ("cv.pdf", b"%PDF-1.7 ...", "not a table"),
        ("photo.csv", b"\x89PNG....", "not a table"),
        ("vieux.xls", b"\xd0\xcf\x11\xe0....", "old Excel"),
        ("x.xlsx", b"Nom;E-mail\na;b\n", "not a table"),
        ("bruit.csv", bytes(range(256)) * 40, "not text"),
        ("x.csv", b"Nom;E-mail\n", "nobody below"),
        ("x.csv", b"1;2\n3;4\n", "no header"),
        ("x.csv", b"Roux;Zoe;z@x.example;0612345678\nPetit;Luc;l@x.example;0612345679\n", "no header"),
        ("x.csv", ";".join(f"c{n}" for n in range(2_001)).encode() + b"\na\n", "more than 2000 columns"),
        ("x.csv", b"a" * (CAP_PAGE + 1), "larger than 50 MB"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read(name, content)
    assert says in str(refused.value)


def test_a_file_of_200_mb_is_refused_by_its_size_alone() -> None:
    with pytest.raises(Refused, match="larger than 100 MB"):
        refuse_too_large("pool.csv", 200_000_000, 100_000_000)


def test_a_second_column_of_the_same_name_is_told_apart() -> None:
    assert read("x.csv", b"Nom;Nom;\na;b;c\n").header == ("Nom", "Nom (2)")


def test_a_separator_inside_a_value_is_told_though_only_blank_cells_are_pushed_out() -> None:
    table = read("x.csv", b"Nom;E-mail;Note\nRoux;z@x.example;\nPetit;l@x.example; luc@y.example;\n")
    assert [record.trouble.sentence if record.trouble else "" for record in table.records] == ["", TOO_WIDE]
    ended = read("x.csv", b"Nom;E-mail\nRoux;z@x.example;\nPetit;l@x.example;\n")
    assert [record.trouble for record in ended.records] == [None, None]


def test_a_workbook_gives_days_phones_and_formulas_as_text() -> None:
    table = read(
        "x.xlsx",
        workbook(
            ["Export du 16 novembre"],
            ["Nom", "Téléphone", "Candidature", "Note"],
            ["Zoé", 612345678, date(2026, 3, 1), '=HYPERLINK("http://x.example","y")'],
            [None, None, None, None],
            ["Léa", 33612345678.0, 46000, "@SUM(1)"],
        ),
    )
    assert table.header == ("Nom", "Téléphone", "Candidature", "Note")
    assert [(record.number, record.cells) for record in table.records] == [
        (3, ("Zoé", "612345678", "2026-03-01", '=HYPERLINK("http://x.example","y")')),
        (5, ("Léa", "33612345678", "46000", "@SUM(1)")),
    ]


@pytest.mark.parametrize("kept", [100, 2_000, -30])
def test_a_workbook_cut_short_is_damaged(kept: int) -> None:
    with pytest.raises(Refused, match="damaged or cut short"):
        read("x.xlsx", workbook(["Nom", "E-mail"], ["a", "b"])[:kept])


def test_a_workbook_that_would_fill_the_memory_is_never_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(31):
                sheet.write(b"0" * 10_000_000)
    with pytest.raises(Refused, match="would unpack to more than 300 MB"):
        read("x.xlsx", bomb.getvalue())


def test_a_size_that_lies_does_not_help_a_bomb() -> None:
    honest = workbook(["Nom", "E-mail"], ["a" * 5_000, "b"])
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Refused, match="damaged"):
        read("x.xlsx", lying)


def test_one_cell_in_the_far_corner_does_not_fill_the_memory() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Nom", "x"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(Refused, match="too many rows or columns"):
        read("x.xlsx", saved.getvalue())


@pytest.mark.parametrize("member", ["word/document.xml", "content.xml"])
def test_another_kind_of_archive_is_not_a_workbook(member: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(member, "<x/>")
    with pytest.raises(Refused, match="not an Excel workbook"):
        read("lettre.docx", archive.getvalue())


@given(st.binary(max_size=2_000), st.sampled_from(["x.csv", "x.xlsx"]))
def test_any_bytes_give_a_table_or_one_sentence(content: bytes, name: str) -> None:
    try:
        table = read(name, content)
    except Refused:
        return
    assert all(len(record.cells) == len(table.header) for record in table.records)
    assert sorted({record.number for record in table.records}) == [record.number for record in table.records]


_BOOK = workbook(["Nom", "E-mail"], ["Zoé", "z@x.example"], ["=1+1", 3.5])


@given(st.data())
def test_a_workbook_with_bytes_broken_gives_a_table_or_one_sentence(data: st.DataObject) -> None:
    content = bytearray(_BOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read("x.xlsx", bytes(content))
    except Refused:
        return
