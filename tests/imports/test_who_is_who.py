"""Whom the lines of a file are about, in the pool and among themselves; whoever was made one with another is told."""

import pytest
from sqlmodel import col, select

from portal.imports import actions as imports
from portal.imports.doubles import OTHER_PERSON
from portal.kit.db import Database
from portal.talents.models import Doubt, HeldBack
from tests.imports.files import bring, counts, export, pool, recruiter, rejected
from tests.trust import later

FAMILIES = [
    ("Lambert", "Julie", "julie.lambert@mail.example", "0633000001", "Infirmière", "Lyon", "01/11/2026", ""),
    ("Lambert", "Julie", "julie.lambert@gmail.example", "0633000002", "Comptable", "Nice", "02/11/2026", ""),
    ("Martin", "Paul", "paul.martin@mail.example", "0601020304", "Conducteur d'engins", "Grenoble", "02/11/2026", ""),
    ("Martin", "Paul", "paul.martin2@mail.example", "0609080706", "Chauffeur PL", "Annecy", "02/11/2026", ""),
    ("Durand", "Marie", "famille.durand@mail.example", "0633000005", "Aide-soignante", "Lyon", "02/11/2026", ""),
    ("Durand", "Pierre", "famille.durand@mail.example", "0633000006", "Soudeur", "Lyon", "02/11/2026", ""),
    ("Faure", "Luc", "luc.faure@mail.example", "0633000007", "Maçon", "Lyon", "02/11/2026", ""),
    ("Faure", "Luc", "l.faure@autre.example", "0633000007", "Maçon", "Lyon", "03/11/2026", ""),
    ("Faure", "Anne", "anne.faure@mail.example", "0633000007", "Maçonne", "Lyon", "03/11/2026", ""),
    ("Gros", "Léa", "lea.gros@mail.example", "0633000008", "Serveuse", "Lyon", "03/11/2026", ""),
    ("Gros", "Lea", "LEA.GROS@mail.example ", "+33 6 33 00 00 08", "Serveuse", "Lyon", "04/11/2026", ""),
    ("Nom", "Prenom", "nom.prenom@mail.example", "0633000009", "Serveuse", "Lyon", "04/11/2026", ""),
]
OLGA = ("Base", "Olga", "olga.base@mail.example", "0655000001", "Soudeuse", "Lyon", "01/10/2026", "")
MARRIED = ("Mariee", "Olga", "olga.new@mail.example", "0655000001", "Comptable", "Nice", "10/11/2026", "")
BOB = ("Martinet", "Bob", "olga.new@mail.example", "0655000009", "Cariste", "Lille", "20/11/2026", "")


def _decide(house: Database, verb: object) -> None:
    who = recruiter(house)
    with house.work() as session:
        doubt = session.exec(select(Doubt.id).where(col(Doubt.decided_at).is_(None)).order_by(col(Doubt.id))).first()
        verb(session, who, doubt, now=later(hours=1))  # type: ignore[operator]


def test_families_namesakes_and_doubles_of_one_file(house: Database) -> None:
    report = bring(house, export(*FAMILIES))
    assert counts(report) == (8, 0, 0)
    assert rejected(report) == {
        7: "The e-mail address of line 6 stands here under another name: check whose it is.",
        10: "The telephone number of line 8 stands here under another name: check whose it is.",
    }
    assert [told.line for told in report.doubtful] == [7, 10]
    assert [(told.line, told.why("en")) for told in report.remarks] == [
        (9, "This is the person of line 8 too: the two were made one."),
        (12, "This is the person of line 11 too: the two were made one."),
        (13, "“Prenom Nom” reads like the name of a column: check that this is a person."),
    ]
    assert report.as_json("en")["remarks"][0]["line"] == 9
    _decide(house, imports.two_people)
    assert [(one.first_name, one.email, one.phone) for one in pool(house)][-1] == ("Pierre", None, "+33633000006")
    # Decided once: the whole file again changes nobody.
    again = bring(house, export(*FAMILIES))
    assert (counts(again), list(rejected(again))) == ((0, 0, 9), [10])


def test_nobodys_record_becomes_somebody_elses_by_an_address(house: Database) -> None:
    bring(house, export(OLGA))
    assert list(rejected(bring(house, export(MARRIED)))) == [2]
    _decide(house, imports.same_person)
    stands = pool(house)[0].model_dump()
    report = bring(house, export(BOB))
    assert (counts(report), rejected(report)) == ((0, 0, 0), {2: OTHER_PERSON})
    assert [one.model_dump() for one in pool(house)] == [stands]
    _decide(house, imports.two_people)
    assert [(one.first_name, one.email) for one in pool(house)] == [("Olga", MARRIED[2]), ("Bob", None)]
    assert counts(bring(house, export(BOB))) == (0, 0, 1)


def test_whoever_is_taken_for_someone_of_the_pool_under_another_address_or_name_is_told(house: Database) -> None:
    bring(house, export(OLGA))
    report = bring(house, export((*OLGA[:2], "olga@autre.example", *OLGA[3:6], "10/11/2026", "")))
    assert [told.why("en") for told in report.remarks] == [
        "Taken for Olga Base (olga.base@mail.example) of the pool, who has another e-mail address here."
    ]
    report = bring(house, export(("Mariee", "Olga", "olga@autre.example", OLGA[3], "", "", "11/11/2026", "")))
    assert [told.why("fr") for told in report.remarks] == [
        "Pris pour Olga Base (olga@autre.example) du vivier, qui porte ici un autre nom."
    ]
    assert bring(house, export(("Mariee", "Olga", "olga@autre.example", "", "", "", "12/11/2026", ""))).remarks == ()


@pytest.mark.parametrize("address", ["pasdemail@cabinet.example", "contact@cabinet.example"])
def test_an_address_on_three_names_identifies_nobody(house: Database, address: str) -> None:
    people = [("Durand", "Alice", "1"), ("Martin", "Bob", "2"), ("Petit", "Chloé", "3")]
    rows = [(last, first, address, f"061122000{n}", "", "", "", "") for last, first, n in people]
    report = bring(house, export(*rows, ("Roy", "Denis", address, "", "Cuisinier", "Brest", "", "")))
    assert [(one.first_name, one.email) for one in pool(house)] == [("Alice", None), ("Bob", None), ("Chloé", None)]
    assert [told.line for told in report.remarks] == [2, 3, 4]
    assert (list(rejected(report)), report.doubtful) == ([5], [])
    assert address in rejected(report)[5]
    again = bring(house, export(*reversed(rows)))
    assert counts(again) == (0, 0, 3)


def test_a_stop_in_doubt_holds_back_whom_it_may_mean(house: Database) -> None:
    header = ("Nom", "Prénom", "E-mail", "Téléphone", "Ne pas contacter")
    bring(house, export(("Durand", "Marie", "famille@x.example", "0633000005", ""), header=header))
    report = bring(house, export(("Durand", "Pierre", "famille@x.example", "", "oui"), header=header))
    assert [told.line for told in report.doubtful] == [2]
    marie = pool(house)[0].id
    with house.work() as session:
        assert session.exec(select(HeldBack.talent_id)).all() == [marie]
