"""Of several addresses and numbers in a line the first is taken, and each of them is its person's: none is a way round."""

from portal.kit.db import Database
from tests.imports.files import bring, export, pool, rejected

_STOP = ("Nom", "Prénom", "E-mail", "Téléphone", "Ne pas contacter")


def test_a_stop_holds_for_every_address_and_number_of_its_line(house: Database) -> None:
    bring(house, export(("Roux", "Zoé", "z@x.example ; zoe@y.example", "0611110001 / 0472000000", "oui"), header=_STOP))
    assert pool(house) == []
    lines = [
        ("Roux", "Zoé", "zoe@y.example", "", ""),
        ("Roux", "Zoé", "neuve@x.example, zoe@y.example", "", ""),
        ("Roux", "Zoé", "neuve@x.example", "0472000000", ""),
        ("Roux", "Zoé", "neuve@x.example", "0499999999 ; 0611110001", ""),
    ]
    for line in lines:
        report = bring(house, export(line, header=_STOP))
        assert (report.created, list(rejected(report))) == (0, [2]), line
    assert bring(house, export(("Blanc", "Luc", "luc@x.example", "0472000000", ""), header=_STOP)).created == 1


def test_who_is_in_the_pool_is_known_by_any_address_of_a_line(house: Database) -> None:
    bring(house, export(("Roux", "Zoé", "zoe@y.example", "", ""), header=_STOP))
    again = bring(house, export(("Roux", "Zoé", "z@x.example ; zoe@y.example", "", ""), header=_STOP))
    assert (again.created, len(pool(house))) == (0, 1)
    report = bring(house, export(("Roux", "Zoé", "autre@x.example ; zoe@y.example", "", "oui"), header=_STOP))
    assert (report.created, [told.line for told in report.rejected]) == (0, [2])
    assert any("asked not to be written to" in note.sentence for note in report.notes)
