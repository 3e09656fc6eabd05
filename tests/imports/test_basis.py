"""On what legal ground people come in, and who never does."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from portal.access.models import House
from portal.consent.actions import withdraw
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.db import Database
from portal.kit.errors import Refused
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Suppression
from tests.imports.files import CHOICES, CONSENT, ZOE, bring, export, pool, rejected
from tests.trust import DEMO as HOUSE
from tests.trust import NOW


def test_whoever_was_erased_does_not_come_back(house: Database) -> None:
    with house.work() as session:
        session.add(Suppression(address_hash=keyed_hash("zoe@exemple.example", "address"), why="erased", at=NOW))
    report = bring(house, export((*ZOE[:2], " ZOE@exemple.example ", *ZOE[3:])))
    assert rejected(report) == {2: "These contact details may not be taken in again."}
    assert report.rejected[0].cells == ()
    assert pool(house) == []


def test_a_withdrawal_survives_every_file(house: Database) -> None:
    header = ("Nom", "E-mail", "Date de consentement", "Texte du consentement")
    content = export(("Roux", "z@x.example", "01/10/2026", "J’accepte."), header=header)
    assert bring(house, content, CONSENT).proven == 1
    (zoe,) = pool(house)
    with house.work() as session:
        withdraw(session, HOUSE, zoe.id or 0, Purpose.POOL, interface="portal", now=NOW)
    newer = export(("Roux", "z@x.example", "20/11/2026", "J’accepte."), header=header)
    assert bring(house, newer, CONSENT).proven == 0
    with house.work() as session:
        assert session.get_one(Consent, (zoe.id, Purpose.POOL)).standing is Standing.WITHDRAWN


def test_consent_counts_only_with_its_day_and_its_text(house: Database) -> None:
    header = ("Nom", "E-mail", "Date de consentement", "Texte du consentement")
    report = bring(
        house,
        export(
            ("A", "a@x.example", "01/10/2026", "J’accepte."),
            ("B", "b@x.example", "01/10/2026", ""),
            ("C", "c@x.example", "", "J’accepte."),
            ("D", "d@x.example", "01/10/2024", "J’accepte."),
            header=header,
        ),
        CONSENT,
    )
    assert (report.created, report.proven) == (4, 1)
    assert [told.line for told in report.remarks] == [3, 4, 5]
    with house.work() as session:
        (consent,) = session.exec(select(Consent)).all()
    assert (consent.basis, consent.expires_on) == (Basis.CONSENT, date(2028, 10, 1))


def test_legitimate_interest_is_the_house_s_to_allow(house: Database) -> None:
    choices = replace(CHOICES, basis=Basis.LEGITIMATE_INTEREST)
    with pytest.raises(Refused, match="Ask an admin"):
        bring(house, export(ZOE), choices)
    with house.work() as session:
        session.merge(House(legitimate_interest_for=["ats_export"]))
    assert bring(house, export(ZOE), choices).proven == 1
