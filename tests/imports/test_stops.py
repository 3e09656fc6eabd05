"""“Do not write to me” wins over everything a file says, holds for who is in the pool already, and for nobody else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.gate.law import decide
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.imports import actions as imports
from portal.imports.fields import Field, folded
from portal.imports.mapping import understand
from portal.imports.reading import read
from portal.imports.report import Report
from portal.imports.stops import Column, of_name
from portal.kit.db import Database
from portal.postbox.rules import LetterKind
from portal.talents.models import Doubt, HeldBack, Talent
from tests.imports.files import CHOICES, bring, pool, recruiter, rejected
from tests.trust import NOW

FILES = Path(__file__).parent / "files_of_tools"
HEADER = "Prénom,Nom,Email,Téléphone"


def csv(header: str, *rows: str) -> bytes:
    return "\n".join([f"{HEADER}{header}", *rows]).encode()


def file(name: str) -> bytes:
    return (FILES / f"{name}.csv").read_bytes()


def why_not(database: Database, email: str) -> str | None:
    """Return what the gate says of a letter of contact to them."""
    with database.work() as session:
        (talent_id,) = session.exec(select(Talent.id).where(col(Talent.email) == email))
        request = Request(kind=LetterKind.CONTACT, talent_id=talent_id, purpose="pool")
        (facts,) = facts_for(session, [request], now=NOW)
        return decide(facts).because


def names(database: Database) -> list[str]:
    return [one.first_name for one in pool(database) if one.erased_at is None]


STOPS = """
Ne pas rappeler|Ne plus solliciter|NE PAS CONTACTER (O/N)|Ne pas envoyer de mail|blacklist|Blacklisté|Liste noire|Do Not Call|
Opt-out RGPD|Refus RGPD|Refus d'être contacté|Droit d'opposition exercé|Has opted out|unsubscribed|Suppression demandée|
Ne pas contacter (RGPD)|nePasContacter|NE_PAS_CONTACTER|Ne pas contater|Unsubscribed at|Email Opt Out|Don't contact|
Désinscrit le|Ne souhaite plus être contacté|Ne souhaite pas recevoir d'offres|Opposition|DNC|STOP|Demande de suppression RGPD|
Plus de contact|Retrait du consentement|HasOptedOutOfEmail|N'a pas souhaité être recontacté|Never contact|Not to be contacted
"""
AGREED = """
Consentement RGPD|Accepte d'être contacté|Opt-in|Newsletter|Autorisation de contact|Peut-on vous recontacter ?|GDPR consent|
Consent Status|Contact autorisé|Consent future jobs|Subscribed|Accord RGPD|May we contact you?
"""
NEITHER = """
Motif de refus|Nom|Email|Téléphone|Contact|Dernier contact|Langue de contact|Ne pas placer chez Dupont|Né le|Neuf|Source|
Points bloquants|Reject reason|Unsubscribe link|Do not hire|Appel d'offres|Courriel (perso)|Ne pas contacter l'employeur actuel
"""


@pytest.mark.parametrize(
    ("name", "says"),
    [(name.strip(), says) for listed, says in ((STOPS, Column.STOP), (AGREED, Column.AGREED), (NEITHER, None))
     for name in listed.split("|")],
)  # fmt: skip
def test_a_column_says_whether_one_may_write_in_any_spelling(name: str, says: Column | None) -> None:
    assert of_name(folded(name)) is says


@pytest.mark.parametrize("said", ["Oui", "oui", "1", "X", "TRUE", "VRAI", "12/03/2026", "depuis mars", "✓"])
def test_a_yes_to_do_not_write_keeps_outside_however_it_is_said(house: Database, said: str) -> None:
    report = bring(house, csv(",Ne pas rappeler", f"A,Un,a@x.example,0622000003,{said}", "B,Deux,b@x.example,,"))
    assert names(house) == ["B"]
    assert "asked not to be written to" in rejected(report)[2]
    assert report.dropped_columns == []


@pytest.mark.parametrize("said", ["Non", "0", "FALSE", "faux", "N", ""])
def test_a_no_to_do_not_write_keeps_nobody_outside(house: Database, said: str) -> None:
    bring(house, csv(",Do not contact", f"A,Un,a@x.example,0622000003,{said}"))
    assert names(house) == ["A"]


@pytest.mark.parametrize("said", ["Non", "0", "FALSE", "Refusé", "DENIED", "Withdrawn", "opposée"])
def test_a_no_to_may_we_write_is_a_refusal(house: Database, said: str) -> None:
    bring(house, csv(",Accepte d'être contacté", f"A,Un,a@x.example,0622000003,{said}", "B,Deux,b@x.example,,Oui"))
    assert names(house) == ["B"]


def test_the_first_stop_file_of_the_complaints_comes_out_right(house: Database) -> None:
    report = bring(house, file("nepas"))
    assert (names(house), report.created, list(rejected(report))) == (["B"], 1, [2])
    assert report.dropped_columns == []
    assert {one.name: one.field for one in report.columns}["Ne plus solliciter"] == Field.OPTED_OUT


def test_a_cell_that_says_stop_by_itself_is_heard_in_any_column(house: Database) -> None:
    rows = ("A,Un,a@x.example,,Blacklisté", "B,Deux,b@x.example,,Ne plus contacter", "C,Trois,c@x.example,,En cours")
    bring(house, csv(",Statut", *rows))
    assert names(house) == ["C"]


def test_who_is_in_the_pool_is_left_in_peace_by_a_later_file(house: Database) -> None:
    text = ",Date de consentement,Texte de consentement"
    agreed = csv(text, "A,Un,a@x.example,0622000003,01/11/2026,J accepte", "B,Deux,b@x.example,,01/11/2026,J accepte")
    bring(house, agreed, replace(CHOICES, basis=Basis.CONSENT))
    assert why_not(house, "a@x.example") is None
    report = bring(house, csv(",Opt-out", "A,Un,a@x.example,,TRUE", "Z,Autre,z@x.example,,"))
    assert why_not(house, "a@x.example") == "withdrawn"
    assert why_not(house, "b@x.example") is None
    assert any("{count}" in note.sentence and note.params == {"count": 1} for note in report.notes)
    # No file that agrees for them later changes that.
    bring(house, agreed, replace(CHOICES, basis=Basis.CONSENT))
    assert why_not(house, "a@x.example") == "withdrawn"


def test_a_stop_line_that_is_wrong_in_every_other_way_still_counts(house: Database) -> None:
    bring(house, csv("", "A,Un,a@x.example,0622000003"))
    spoilt = csv(",Date de candidature,Blacklist", "A,Un,pas un mail,06 22 00 00 03,31/02/2026,oui")
    bring(house, spoilt)
    assert why_not(house, "a@x.example") == "withdrawn"


def test_another_line_about_the_same_person_does_not_bring_them_in(house: Database) -> None:
    report = bring(house, csv(",Stop", "A,Un,a@x.example,0622000003,", "A,Un,,0622000003,oui"))
    assert names(house) == []
    assert list(rejected(report)) == [2, 3]


def test_a_later_file_without_the_column_does_not_bring_them_in(house: Database) -> None:
    bring(house, csv(",Désinscrit", "A,Un,a@x.example,0622000003,oui"))
    later = csv("", "A,Un,A@X.example,", "Un,A,,0622000003", "B,Un,b@x.example,0622000003")
    report = bring(house, later)
    # The number is a family's: only whoever said stop stays outside.
    assert (names(house), list(rejected(report))) == (["B"], [2, 3])


def test_a_stop_in_doubt_holds_back_whom_it_may_mean_and_nobody_else_until_decided(house: Database) -> None:
    text = ",Date de consentement,Texte de consentement"
    people = csv(
        text,
        "Olga,Base,olga@x.example,0655000001,01/11/2026,J accepte",
        "Paul,Autre,paul@x.example,0655000002,01/11/2026,J accepte",
    )
    bring(house, people, replace(CHOICES, basis=Basis.CONSENT))
    bring(house, csv(",Liste noire", "Olga,Mariée,,0655000001,X"))
    assert (why_not(house, "olga@x.example"), why_not(house, "paul@x.example")) == ("stop_to_decide", None)
    who = recruiter(house)
    doubt_id = open_doubt(house)
    with house.work() as session:
        imports.two_people(session, who, doubt_id, now=NOW)
    assert why_not(house, "olga@x.example") is None
    assert names(house) == ["Olga", "Paul"]
    with house.work() as session:
        imports.take_back(session, who, doubt_id, now=NOW)
    assert why_not(house, "olga@x.example") == "stop_to_decide"
    with house.work() as session:
        imports.same_person(session, who, doubt_id, now=NOW)
    assert why_not(house, "olga@x.example") == "withdrawn"
    with house.work() as session:
        imports.take_back(session, who, doubt_id, now=NOW)
        assert session.scalar(sa.select(sa.func.count()).select_from(HeldBack)) == 1
    assert why_not(house, "olga@x.example") == "stop_to_decide"


def open_doubt(database: Database) -> int:
    with database.work() as session:
        (found,) = session.exec(select(Doubt.id).where(col(Doubt.decided_at).is_(None)))
        return found or 0


def test_a_stop_that_holds_but_a_name_holds_back_all_who_bear_it(house: Database) -> None:
    people = csv("", "Jean,Dupont,j1@x.example,", "Jean,Dupont,j2@x.example,", "Jeanne,Dupont,j3@x.example,")
    bring(house, people)
    bring(house, csv(",Ne plus contacter", "Dupont,Jean,,,oui", "Personne,Inconnue,,,oui"))
    told = [why_not(house, f"j{n}@x.example") for n in (1, 2, 3)]
    assert told == ["stop_to_decide", "stop_to_decide", "no_basis"]


def test_a_column_whose_sense_is_in_doubt_is_asked_and_holds_its_people_back_until_then(house: Database) -> None:
    text = ",Date de consentement,Texte de consentement"
    bring(house, csv(text, "A,Un,a@x.example,,01/11/2026,J accepte"), replace(CHOICES, basis=Basis.CONSENT))
    report = bring(house, csv(",RGPD", "A,Un,a@x.example,,Oui", "B,Deux,b@x.example,,Non", "C,Trois,c@x.example,,"))
    assert report.created == 2
    assert [why_not(house, f"{who}@x.example") for who in "abc"] == ["stop_to_decide", "stop_to_decide", "no_basis"]
    who = recruiter(house)
    run = newest_run(house)
    with house.work() as session:
        (asked,) = imports.asked_of(session, who, run)
        assert (asked.column, asked.people, asked.yes, asked.no) == ("RGPD", 2, 1, 1)
        assert imports.explain_column(session, who, run, "RGPD", "consent", now=NOW) == 1
    assert [why_not(house, f"{who}@x.example") for who in "ab"] == [None, "withdrawn"]


def newest_run(database: Database) -> int:
    with database.work() as session:
        return session.scalar(sa.text("SELECT max(id) FROM import_run")) or 0


def test_what_was_explained_once_is_read_so_from_the_same_source_on(house: Database) -> None:
    who = recruiter(house)
    bring(house, csv(",RGPD", "A,Un,a@x.example,,Oui"))
    run = newest_run(house)
    with house.work() as session:
        imports.explain_column(session, who, run, "RGPD", "opted_out", now=NOW)
    assert why_not(house, "a@x.example") == "withdrawn"
    table = read("x.csv", csv(",RGPD", "B,Deux,b@x.example,,Oui"), cap=10_000)
    assert understand(table, memory={"rgpd": "opted_out"}).named["RGPD"] == Field.OPTED_OUT
    # What its name says for certain, no memory and no likeness overrules.
    table = read("x.csv", csv(",Ne pas envoyer de mail", "B,Deux,b@x.example,,Oui"), cap=10_000)
    assert understand(table, memory={"ne pas envoyer de mail": "ignore"}).stops == (4,)


def test_undoing_a_file_takes_back_what_it_alone_said(house: Database) -> None:
    text = ",Date de consentement,Texte de consentement"
    bring(house, csv(text, "A,Un,a@x.example,,01/11/2026,J accepte"), replace(CHOICES, basis=Basis.CONSENT))
    bring(house, csv(",Stop", "A,Un,a@x.example,,oui", "B,Deux,b@x.example,,oui"))
    who, run = recruiter(house), newest_run(house)
    with house.work() as session:
        assert imports.undo(session, who, run, now=NOW)["speaks_again"] == 1
        (stands,) = session.exec(select(Consent).where(col(Consent.purpose) == Purpose.POOL))
        assert (stands.standing, stands.basis) == (Standing.GIVEN, Basis.CONSENT)
    assert why_not(house, "a@x.example") is None
    bring(house, csv("", "B,Deux,b@x.example,"))
    assert "B" in names(house)


def test_yes_and_no_of_a_consent_are_never_a_day(house: Database) -> None:
    report = bring(house, file("rgpd"))
    assert (names(house), list(rejected(report))) == (["A"], [3])
    assert why_not(house, "a.premier@mail.example") == "no_basis"


def test_a_consent_that_has_ended_is_none_and_a_refused_one_is_a_stop(house: Database) -> None:
    report = bring(house, file("fin"), replace(CHOICES, basis=Basis.CONSENT))
    assert (names(house), report.proven) == (["A"], 0)
    assert why_not(house, "a.expire@mail.example") == "no_basis"
    assert any("has ended" in told.why("en") for told in report.remarks)


@pytest.mark.parametrize(
    ("until", "ends"), [("01/06/2027", date(2027, 6, 1)), ("01/06/2030", date(2028, 11, 1)), ("illimité", date(2028, 11, 1))]
)  # fmt: skip
def test_of_two_ends_of_a_consent_the_earlier_counts(house: Database, until: str, ends: date) -> None:
    header = ",Date de consentement,Texte de consentement,GDPR expires at"
    bring(house, csv(header, f"A,Un,a@x.example,,01/11/2026,J accepte,{until}"), replace(CHOICES, basis=Basis.CONSENT))
    with house.work() as session:
        assert session.exec(select(Consent.expires_on)).all() == [ends]


def test_one_text_for_a_whole_file_proves_what_its_lines_do_not_hold(house: Database) -> None:
    choices = replace(CHOICES, basis=Basis.CONSENT)
    assert bring(house, file("teamtailor"), choices).proven == 0
    report: Report = bring(house, file("teamtailor"), replace(choices, consent_text="J’accepte d’être recontactée."))
    assert (names(house), report.proven) == (["Inès"], 1)
    taleez = bring(house, file("taleez"), replace(choices, consent_text="J’accepte."), "taleez.csv")
    assert (names(house), taleez.proven) == (["Inès", "Maëlle"], 1)
    with house.work() as session:
        assert date(2028, 10, 12) in session.exec(select(Consent.expires_on)).all()


def test_no_likeness_of_a_name_leads_where_an_unreadable_value_rejects(house: Database) -> None:
    bring(house, csv(",Dates de consentement,Datee de candidature", "A,Un,a@x.example,,peut-être,bientôt"))
    assert names(house) == ["A"]
