"""A column may fill a field of the house's own: found by its name, chosen, remembered; what is not understood is told."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from portal.access.rules import Role
from portal.imports import actions as imports
from portal.imports.looking import look
from portal.imports.mapping import TWICE, Why
from portal.kit.db import Database, saved
from portal.kit.errors import Refused
from portal.talents.custom import Field
from portal.talents.custom_fields import add_field
from portal.talents.models import Talent
from portal.talents.rules import FieldKind
from portal.timeline.queries import events_of
from portal.timeline.sentences import told
from portal.timeline.who import Person
from tests.imports.files import CHOICES, export, recruiter
from tests.trust import NOW

ADMIN = Person(1, Role.ADMIN, "Agnès", "fr", "Europe/Paris", fresh=True)
HEADER = ("Nom", "E-mail", "Équipe", "Permis C", "Autre")
ROWS = (
    ("Roux", "zoe@x.example", "nuit", "oui", "12"),
    ("Blanc", "luc@x.example", "NUIT", "peut-être", "treize"),
)


def shifts(session: Session) -> Field:
    choices = [("Jour", "Day"), ("Nuit", "Night")]
    return add_field(session, ADMIN, FieldKind.CHOICE, "Équipe", "Shift", choices=choices, now=NOW)


def test_a_column_that_bears_the_name_of_a_field_fills_it(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        shift = shifts(session)
        licence = add_field(session, ADMIN, FieldKind.YES_NO, "Permis C", "Truck licence", now=NOW)
        run = imports.upload(session, who, "a.csv", export(*ROWS, header=HEADER), now=NOW)
        seen = {one.name: (one.field, one.why) for one in look(session, who, run).columns}
        assert seen["Équipe"] == (shift.column, Why.NAMED)
        report = imports.take(session, who, run, CHOICES, now=NOW)
        zoe, luc = session.exec(select(Talent).order_by(col(Talent.last_name).desc())).all()
        assert zoe.custom == {shift.key: "night", licence.key: "yes"}
        assert luc.custom == {shift.key: "night"}
        assert zoe.said[shift.column]["by"] == "source"
    (remark,) = [one.why("fr") for one in report.remarks if one.field == licence.column]
    assert remark.startswith("Champ de la maison")
    assert "peut-être" in remark


def test_a_column_is_chosen_for_a_field_and_remembered_for_the_next_file(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        size = add_field(session, ADMIN, FieldKind.NUMBER, "Taille d’équipe", "Team size", now=NOW)
        first = imports.upload(session, who, "a.csv", export(*ROWS, header=HEADER), now=NOW)
        chosen = {"Nom": "last_name", "E-mail": "email", "Équipe": "ignore", "Permis C": "ignore", "Autre": size.column}
        imports.take(session, who, first, replace(CHOICES, columns=chosen), now=NOW)
        assert [t.custom for t in session.exec(select(Talent).order_by(col(Talent.email).desc()))] == [
            {size.key: 12},
            {},
        ]
        second = imports.upload(session, who, "b.csv", export(*ROWS, header=HEADER), now=NOW)
        seen = {one.name: (one.field, one.why) for one in look(session, who, second).columns}
        assert seen["Autre"] == (size.column, Why.REMEMBERED)


def test_their_history_names_the_field_as_people_call_it(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        size = add_field(session, ADMIN, FieldKind.NUMBER, "Taille d’équipe", "Team size", now=NOW)
        for day, cell in ("01/10/2026", "12"), ("02/10/2026", "13"):
            content = export(("zoe@x.example", cell, day), header=("E-mail", "Team size", "Date de candidature"))
            imports.take(session, who, imports.upload(session, who, "a.csv", content, now=NOW), CHOICES, now=NOW)
        zoe = session.exec(select(Talent).where(col(Talent.email) == "zoe@x.example")).one()
        updated, created = events_of(session, who, saved(zoe.id))
        assert (updated.kind, created.kind) == ("import_updated", "imported")
        assert zoe.custom == {size.key: 13}
        assert told(updated, "fr", "Europe/Paris", staff={}).endswith(": Taille d’équipe")
        assert told(updated, "en", "Europe/Paris", staff={}).endswith(": Team size")


def test_one_field_takes_one_column_and_an_unknown_one_none(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        shift = shifts(session)
        run = imports.upload(session, who, "a.csv", export(*ROWS, header=HEADER), now=NOW)
        twice = {"Autre": shift.column, "Permis C": shift.column}
        with pytest.raises(Refused) as refused:
            imports.take(session, who, run, replace(CHOICES, columns=twice), now=NOW)
        assert refused.value.sentence == TWICE
        with pytest.raises(Refused, match="is not something a column can be taken in as"):
            imports.take(session, who, run, replace(CHOICES, columns={"Autre": "custom.999999"}), now=NOW)


def test_a_long_text_is_kept_whole_or_told_to_be_cut(house: Database) -> None:
    who = recruiter(house)
    words = "une phrase qui compte " * 30
    rows = (("Roux", "zoe@x.example", words, words), ("Blanc", "luc@x.example", "mot " * 700, "x"))
    with house.work() as session:
        project = add_field(session, ADMIN, FieldKind.TEXT, "Projet", "Project", now=NOW)
        bonus = add_field(session, ADMIN, FieldKind.NUMBER, "Prime", "Bonus", now=NOW)
        run = imports.upload(session, who, "a.csv", export(*rows, header=("Nom", "E-mail", "Projet", "Prime")), now=NOW)
        report = imports.take(session, who, run, CHOICES, now=NOW)
        zoe, luc = session.exec(select(Talent).order_by(col(Talent.last_name).desc())).all()
        assert zoe.custom == {project.key: words.strip()}
        assert zoe.said[f"unread.{bonus.column}"]["text"] == words.strip()
        assert len(luc.said[f"unread.{project.column}"]["text"]) == 2_000
    told = {(one.line, one.field): one.why("en") for one in report.remarks}
    assert "its first 2000 characters stand beside" in told[3, project.column]
    assert "it stands beside the field as text" in told[2, bonus.column]
