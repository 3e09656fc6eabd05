"""Search finds who calls or writes: by their telephone as it is spelt, any part of an address, a name as it is heard."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from portal.kit.db import saved
from portal.segments.pool import pool_page
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState
from portal.timeline.who import Person
from tests.people import LYON, NOW, SAINT_ETIENNE, staff, talent

LHAY = "94038"


@pytest.fixture
def me(session: Session) -> Person:
    talent(session, "Léa Fontaine", email="f.delatour@mail.example", phone="+33687654321", place=LYON)
    talent(session, "Marie O'Connor", email="marie.eve_oc@laposte.example", phone="+33612000001", place=SAINT_ETIENNE)
    talent(session, "Øyvind Ås", email="oyvind+jobs@allemand.example", phone="+32475123456", place=LHAY)
    talent(session, "Jörg Müller", email="jm@corp.example", phone="+41791234567", skills=["123456 pièces"])
    talent(session, "Jeanne d'Arc", email="jeanne@orleans.example", phone="+393351234567")
    talent(session, "Anne de la Tour", email="anne@tour.example")
    return staff(session)


def found(session: Session, me: Person, typed: str) -> set[str]:
    rows, total = pool_page(session, me, typed, now=NOW)
    assert total == len(rows)
    return {row.name for row in rows}


@pytest.mark.parametrize(
    "typed",
    [
        "0687654321", "06 87 65 43 21", "06.87.65.43.21", "06-87-65-43-21", "+33687654321", "+33 6 87 65 43 21",
        "+33 (0)6 87 65 43 21", "0033 6 87 65 43 21", "(06) 87 65 43 21", "06/87/65/43/21", "654321", "65 43 21",
        "06\u00a087\u00a065\u00a043\u00a021", "Léa 06 87 65 43 21", "87654321 fontaine",
    ],
)  # fmt: skip
def test_a_telephone_is_found_in_any_spelling_and_by_its_last_six_digits(
    session: Session, me: Person, typed: str
) -> None:
    assert found(session, me, typed) == {"Léa Fontaine"}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("0475 12 34 56", "Øyvind Ås"),
        ("+32 475/12.34.56", "Øyvind Ås"),
        ("079 123 45 67", "Jörg Müller"),
        ("+39 335 1234567", "Jeanne d'Arc"),
        ("335 123 4567", "Jeanne d'Arc"),
        # Not a telephone: a number in what they can do.
        ("123456 pièces", "Jörg Müller"),
    ],
)
def test_a_telephone_of_another_country_is_found_too(session: Session, me: Person, typed: str, who: str) -> None:
    assert found(session, me, typed) == {who}


def test_a_number_of_nobody_finds_nobody(session: Session, me: Person) -> None:
    for typed in ("0687654322", "0612345678", "65432", "999999", "Zoé 0687654321"):
        assert found(session, me, typed) == set()


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("f.delatour", "Léa Fontaine"),
        ("F.DELATOUR@MAIL.EXAMPLE", "Léa Fontaine"),
        ("delatour@mail", "Léa Fontaine"),
        ("elatour@", "Léa Fontaine"),
        ("marie.eve_oc", "Marie O'Connor"),
        ("eve_oc@laposte", "Marie O'Connor"),
        ("@laposte", "Marie O'Connor"),
        ("oyvind+jobs", "Øyvind Ås"),
        ("allemand.example", "Øyvind Ås"),
        ("@allemand", "Øyvind Ås"),
        ("llemand", "Øyvind Ås"),
        ("allemand", "Øyvind Ås"),
    ],
)
def test_any_part_of_an_address_finds_its_person(session: Session, me: Person, typed: str, who: str) -> None:
    assert found(session, me, typed) == {who}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("oconnor", "Marie O'Connor"),
        ("o'connor", "Marie O'Connor"),
        ("o connor", "Marie O'Connor"),
        ("OConnor marie", "Marie O'Connor"),
        ("darc", "Jeanne d'Arc"),
        ("joerg", "Jörg Müller"),
        ("jörg mueller", "Jörg Müller"),
        ("oeyvind", "Øyvind Ås"),
        ("oyvind", "Øyvind Ås"),
        ("st etienne", "Marie O'Connor"),
        ("saint etienne", "Marie O'Connor"),
        ("marie st etienne", "Marie O'Connor"),
        ("hay les roses", "Øyvind Ås"),
        ("l'hay les roses", "Øyvind Ås"),
    ],
)
def test_a_name_or_a_town_is_found_as_it_is_heard(session: Session, me: Person, typed: str, who: str) -> None:
    assert found(session, me, typed) == {who}


def test_a_name_written_together_is_found_taken_apart_and_the_other_way_round(session: Session, me: Person) -> None:
    assert found(session, me, "delatour") == {"Anne de la Tour", "Léa Fontaine"}
    talent(session, "Luc Delatour")
    assert "Luc Delatour" in found(session, me, "de la tour")
    talent(session, "Joerg Huber")
    assert found(session, me, "Jörg") == {"Jörg Müller", "Joerg Huber"}


def test_a_former_address_or_number_finds_the_one_row_that_goes_on(session: Session, me: Person) -> None:
    stays = talent(session, "Nadia Roux", email="nadia@neuf.example")
    talent(
        session, "Nadia Roux", email="nadia.ancienne@vieux.example", phone="+33699887766",
        erased_at=NOW, merged_into=saved(stays.id),
    )  # fmt: skip
    session.add(
        AddressChange(
            talent_id=saved(stays.id), address="nadia@neuf.example", before="nroux@encore.example",
            state=AddressState.PROVEN, proposed_at=NOW, expires_at=NOW, settled_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    for typed in (
        "nadia.ancienne@vieux.example",
        "ancienne@vieux",
        "06 99 88 77 66",
        "nroux@encore.example",
        "@encore",
    ):
        assert found(session, me, typed) == {"Nadia Roux"}, typed


def test_what_is_typed_never_leaves_its_quotes(session: Session, me: Person) -> None:
    for typed in ("'", "a'b:*", "\\", "06' | 'x", "@", "@'x", "100%", "a_b@c'd", "((((06 87", "0" * 60, "6 " * 40):
        found(session, me, typed)


def test_the_search_follows_a_number_that_changes(session: Session, me: Person) -> None:
    session.execute(sa.update(Talent).where(sa.column("first_name") == "Anne").values(phone="+33700112233"))
    assert found(session, me, "07 00 11 22 33") == {"Anne de la Tour"}
