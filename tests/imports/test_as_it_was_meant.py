"""Files a program or a hand has changed: accents written twice over, rows that a filter hides, names over two lines."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from portal.imports.mapping import map_columns
from portal.imports.reading import Table, read
from portal.imports.reading.hidden import hidden_rows
from portal.imports.reading.mojibake import mended
from portal.kit.errors import Refused


def twice(text: str) -> str:
    """Return what a program makes of it that takes UTF-8 for Windows' encoding."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "meant", ["Prénom", "à Orléans — l’œuvre", "« CAFÉ »", "JOÃO", "Ångström", "50 °C", "10 €", "Noël"]
)
def test_accents_written_twice_over_are_mended_and_no_others(meant: str) -> None:
    assert mended(twice(meant)) == meant
    assert mended(meant) == meant


def test_a_space_that_broke_is_the_end_of_an_a() -> None:
    assert mended("prÃªt Ã  partir") == "prêt à  partir"


def notes(table: Table) -> list[tuple[str, dict[str, str | int]]]:
    return [(note.sentence[:11], note.params) for note in table.notes]


def test_a_file_of_such_accents_is_mended_and_told() -> None:
    table = read("x.csv", twice("Prénom;E-mail\nZoé;z@x.example\nLuc;l@x.example\n").encode())
    assert (table.header, table.records[0].cells) == (("Prénom", "E-mail"), ("Zoé", "z@x.example"))
    assert notes(table) == [("Accents had", {"count": 2})]
    marked = read("x.csv", b"\xef\xbb\xbf" + twice("Prénom;E-mail\nZoé;z@x.example\n").encode())
    assert marked.header[0] == "Prénom"
    assert read("x.csv", "Prénom;E-mail\nJoão Ângelo;z@x.example\n".encode()).notes == ()


def book(*rows: Sequence[object], hidden: Sequence[int] = ()) -> bytes:
    made = openpyxl.Workbook()
    other = made.create_sheet("Other")
    other.row_dimensions[1].hidden = True
    made.active.title = "Poo & l"
    for row in rows:
        made.active.append(row)
    for number in hidden:
        made.active.row_dimensions[number].hidden = True
    made.active.auto_filter.ref = "A1:B3"
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def test_rows_hidden_by_a_filter_are_read_and_said() -> None:
    rows = [("Nom", "E-mail"), ("Roux", "z@x.example"), ("Blanc", "l@x.example")]
    filtered = read("x.xlsx", book(*rows, hidden=[3]))
    assert (len(filtered.records), notes(filtered)) == (2, [("The sheet h", {"count": 1})])
    assert read("x.xlsx", book(*rows)).notes == ()


def test_a_workbook_s_accents_are_mended_too() -> None:
    table = read("x.xlsx", book(("Nom", "E-mail"), (twice("Zoé"), "z@x.example"), (date(2026, 1, 1), "l@x.example")))
    assert (table.records[0].cells[0], notes(table)) == ("Zoé", [("Accents had", {"count": 1})])


@pytest.mark.parametrize(
    "rows",
    [
        # Cells merged downwards in the first line, sideways above the second.
        ["Nom,Prénom,Contact,,Métier", ",,E-mail,Téléphone,"],
        ["Identité,,Coordonnées,,Métier", "Nom,Prénom,E-mail,Téléphone,"],
        ["Export du 12/11/2026,,,,", "Nom,Prénom,E-mail,Téléphone,Métier"],
    ],
)
def test_names_that_stand_over_two_lines_are_one_header(rows: list[str]) -> None:
    table = read("x.csv", "\n".join([*rows, "Roux,Zoé,z@x.example,0612345678,Soudeur"]).encode())
    assert table.header == ("Nom", "Prénom", "E-mail", "Téléphone", "Métier")
    assert [record.number for record in table.records] == [3]
    assert len(map_columns(table).columns) == 5


def test_a_person_below_a_header_is_no_second_line_of_it() -> None:
    table = read("x.csv", b"Nom,,E-mail\nNom,Prenom,nom.prenom@x.example\n")
    assert (table.header, len(table.records)) == (("Nom", "(2)", "E-mail"), 1)


def test_a_password_is_told_as_one_whatever_wraps_the_workbook() -> None:
    excel = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", b"\x12\x13")
        file.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    for content in (excel, opened.getvalue()):
        with pytest.raises(Refused, match="protected by a password"):
            read("x.xlsx", content)
    with pytest.raises(Refused, match="old Excel file"):
        read("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_rows_a_filter_hides_in_an_open_document_are_counted_on_their_own_sheet() -> None:
    def row(more: str = "") -> str:
        return f"<table:table-row{more}><table:table-cell/></table:table-row>"

    filtered, folded = (
        ' table:visibility="filter" table:number-rows-repeated="many"',
        ' table:visibility="collapse" table:number-rows-repeated="3"',
    )
    sheets = "".join(
        f'<table:table table:name="{name}"><table:table-column/>{rows}</table:table>'
        for name, rows in (("Un &amp; deux", row() + row(filtered) + row(folded)), ("Autre", row(filtered)))
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("content.xml", f"<office:spreadsheet>{sheets}</office:spreadsheet>")
    assert [hidden_rows(packed.getvalue(), name) for name in ("Un & deux", "Autre", "Aucun")] == [4, 1, 0]
