"""Workbooks of one sheet or several, Excel's and OpenDocument's, honest or made to fill the memory."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.lines import Line, Setting, read_line
from portal.imports.mapping import map_columns
from portal.imports.reading import on_sheet, read
from portal.kit.errors import Refused
from tests.imports.files import workbook

SETTING = Setting(date(2026, 11, 16), date(2026, 11, 23))
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def lines(name: str, content: bytes) -> list[Line]:
    table = read(name, content)
    columns = map_columns(table)
    return [read_line(record, columns, table.header, SETTING) for record in table.records]


def open_document(*tables: str, kind: str = OPEN_DOCUMENT) -> bytes:
    packed = io.BytesIO()
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {NAMESPACES}>{body}</office:document-content>")
    return packed.getvalue()


def sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def number(value: float) -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>x</text:p></table:table-cell>'


def day(value: str) -> str:
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>x</text:p></table:table-cell>'
    )


HEAD = row(*map(cell, ("Nom", "E-mail", "Téléphone", "Date de candidature")))


def test_an_open_document_gives_days_and_phones_as_text() -> None:
    edge = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    people = row(cell("Zoé"), cell("z@x.example"), number(612345678), day("2026-03-01"))
    content = open_document(sheet("Feuille1", HEAD, people, f"{edge}</table:table-row>"))
    table = read("x.ods", content)
    assert table.header == ("Nom", "E-mail", "Téléphone", "Date de candidature")
    assert [(one.number, one.cells) for one in table.records] == [
        (2, ("Zoé", "z@x.example", "612345678", "2026-03-01"))
    ]
    assert lines("x.ods", content)[0].phone == "+33612345678"


def test_a_formula_of_an_open_document_that_was_never_computed_stays_text() -> None:
    formula = '<table:table-cell table:formula="of:=HYPERLINK([.A1])" office:value-type="float"/>'
    table = read("x.ods", open_document(sheet("F", HEAD, row(cell("Zoé"), cell("z@x.example"), formula))))
    assert table.records[0].cells[2] == "=HYPERLINK([.A1])"


REPEATED_ROW = f'<table:table-row table:number-rows-repeated="999">{cell("x")}</table:table-row>'
REPEATED_CELL = row('<table:table-cell table:number-columns-repeated="900"><text:p>x</text:p></table:table-cell>')


@pytest.mark.parametrize("rows", [[REPEATED_ROW] * 300, [REPEATED_CELL]])
def test_an_open_document_that_only_says_it_is_full_is_not_unpacked(rows: list[str]) -> None:
    with pytest.raises(Refused, match="too many rows"):
        read("x.ods", open_document(sheet("F", HEAD, *rows)))


def test_a_bomb_in_an_open_document_is_never_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for _ in range(31):
                content.write(b"0" * 10_000_000)
    with pytest.raises(Refused, match="would unpack to more than 300 MB"):
        read("x.ods", bomb.getvalue())


def test_spaces_an_open_document_only_counts_do_not_fill_the_memory() -> None:
    spaces = row(cell('Z<text:s text:c="2000000000"/>oé'), cell("z@x.example"))
    assert read("x.ods", open_document(sheet("F", HEAD, spaces))).records[0].cells[0] == "Z oé"


@pytest.mark.slow
def test_one_long_text_shared_by_many_cells_does_not_fill_the_memory() -> None:
    book = openpyxl.Workbook()
    for _ in range(400):
        book.active.append(["x" * 30_000] * 40)
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(Refused, match="would unpack to more than 300 MB"):
        read("x.xlsx", saved.getvalue())


def test_an_open_text_document_is_no_workbook() -> None:
    with pytest.raises(Refused, match="not an Excel workbook"):
        read("x.odt", open_document(sheet("F", HEAD), kind="application/vnd.oasis.opendocument.text"))


def several_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Lisez-moi"
    for told in (["Export du 16/11/2026", "par Claire"], ["Merci de ne pas diffuser", ""]):
        book.active.append(told)
    people = book.create_sheet("Candidats 2026")
    for line in (["Candidats", "2026"], ["Nom", "E-mail", "Métier"], ["Roux", "z@x.example", "Soudeur"]):
        people.append(line)
    former = book.create_sheet("Anciens")
    for line in (["Nom", "E-mail"], ["Blanc", "l@x.example"], ["Noir", "n@x.example"]):
        former.append(line)
    book.create_sheet("Vide")
    hidden = book.create_sheet("Caché")
    hidden.append(["Nom", "Prénom", "E-mail", "Téléphone", "Métier", "Ville"])
    hidden.append(["x"] * 6)
    hidden.sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_of_several_sheets_the_one_whose_header_says_most_is_read_and_named() -> None:
    table = read("pool.xlsx", several_sheets())
    assert (table.sheet, table.sheets) == ("Candidats 2026", ("Lisez-moi", "Candidats 2026", "Anciens"))
    assert table.header == ("Nom", "E-mail", "Métier")
    assert [one.number for one in table.records] == [3]


def test_another_sheet_is_read_when_a_recruiter_says_so() -> None:
    assert on_sheet(on_sheet("pool.xlsx", "Anciens"), "Anciens") == "pool.xlsx › Anciens"
    table = read(on_sheet("pool.xlsx", "Anciens"), several_sheets())
    assert (table.sheet, len(table.records)) == ("Anciens", 2)
    with pytest.raises(Refused, match="It has: Lisez-moi, Candidats 2026, Anciens"):
        read(on_sheet("pool.xlsx", "Nulle part"), several_sheets())


_ODS = open_document(sheet("F", HEAD, row(cell("Zoé"), cell("z@x.example"))))


@given(st.data())
def test_an_open_document_with_bytes_broken_gives_a_table_or_one_sentence(data: st.DataObject) -> None:
    content = bytearray(_ODS)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read("x.ods", bytes(content))
    except Refused:
        return


def test_a_workbook_is_packed_anew_without_what_no_sheet_needs() -> None:
    assert read("x.xlsx", workbook(["Nom", "E-mail"], ["Roux", "z@x.example"])).sheet == "Sheet"
