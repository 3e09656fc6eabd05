"""What nobody could read in a file stays as text beside its field, until somebody says the field."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, select

from portal.imports import actions as imports
from portal.kit.db import Database, saved
from portal.talents.changes import update_by_recruiter
from portal.talents.models import Doubt, Talent
from portal.talents.queries import profile
from portal.timeline.who import Person
from portal.ui.doors import Door
from portal.ui.recruiter.talent.profile import Shown, shown
from tests.imports.files import CHOICES, HEADER, ZOE, bring, export, pool, recruiter
from tests.trust import NOW

WITH_PAY = (*HEADER, "Salaire souhaité", "Langues")


def page_of(session: Session, who: Person, talent_id: int) -> Shown:
    return shown(Door(session, who, NOW), talent_id)


def test_a_salary_nobody_can_read_stands_on_their_page_with_its_file_until_a_recruiter_asks_them(
    house: Database,
) -> None:
    who = recruiter(house)
    report = bring(house, export((*ZOE, "45k net", "anglais B2, elfique"), header=WITH_PAY))
    assert [told.why("en") for told in report.remarks] == [
        "Salary floor: “45k net” was not understood: it stands beside the field as text.",
        "Languages: “elfique” was not understood: it stands beside the field as text.",
    ]
    zoe = saved(pool(house)[0].id)
    with house.work() as session:
        told = [(fact.name, fact.value, fact.source) for fact in page_of(session, who, zoe).work]
        assert told[1:] == [
            ("Langues", "anglais (B2)", "selon «\u00a0Export ATS\u00a0», le 1er oct. 2026"),
            ("Langues", "«\u00a0elfique\u00a0» (non compris)", "selon «\u00a0Export ATS\u00a0», le 1er oct. 2026"),
            (
                "Salaire minimum",
                "«\u00a045k net\u00a0» (non compris)",
                "selon «\u00a0Export ATS\u00a0», le 1er oct. 2026",
            ),
        ]
        update_by_recruiter(session, who, zoe, {"salary_floor": 42_000}, now=NOW)
        assert set(profile(session, who, zoe).unread) == {"languages"}


def test_undoing_the_file_takes_the_text_away_from_whoever_was_known_before(house: Database) -> None:
    who = recruiter(house)
    bring(house, export(ZOE))
    before = pool(house)[0].said
    bring(house, export((*ZOE[:6], "02/10/2026", "", "à discuter", ""), header=WITH_PAY))
    with house.work() as session:
        (zoe,) = session.exec(select(Talent)).all()
        assert zoe.said["unread.salary_floor"]["text"] == "à discuter"
        run = session.scalar(sa.text("SELECT max(id) FROM import_run"))
        imports.undo(session, who, run, now=NOW + timedelta(hours=1))
        assert session.exec(select(Talent)).one().said == before


def test_a_doubtful_line_brings_its_text_along_once_it_is_decided(house: Database) -> None:
    who = recruiter(house)
    bring(house, export(ZOE))
    other = ("Roux", "Zoë-Anne", "", *ZOE[3:6], "02/10/2026", "", "à discuter", "")
    bring(house, export(other, header=WITH_PAY), CHOICES)
    with house.work() as session:
        doubt = session.exec(select(Doubt)).one()
        zoe = imports.same_person(session, who, saved(doubt.id), now=NOW)
        assert profile(session, who, zoe).unread["salary_floor"].value == "à discuter"
        imports.take_back(session, who, saved(doubt.id), now=NOW)
        assert profile(session, who, zoe).unread == {}
