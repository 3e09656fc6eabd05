"""A recruiter has three exports of three tools, a stop list and a form's answers: one clean pool, and one file taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from portal.imports import actions as imports
from portal.imports.job_values import tell_job, unread_titles
from portal.imports.planning import Choices
from portal.imports.report import Report
from portal.kit.db import Database
from portal.talents.models import Tag, Talent, TalentTag
from portal.talents.rules import SourceKind
from portal.timeline.who import Person
from tests.imports.files import recruiter

FILES = Path(__file__).parents[1] / "imports" / "files_of_tools"
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
EXPORT = Choices(SourceKind.ATS_EXPORT, "Greenhouse", date(2026, 11, 20))
STOPS = b"E-mail,Ne plus solliciter\namy.oneil@mail.example,Oui\nli.wei@mail.example,Non\n"
ANSWERS = (
    "Horodateur,Quels sont vos nom et prénom ?,Quelle est votre adresse e-mail ?,À quel numéro vous joindre ?,"
    "Quel poste recherchez-vous ?,Dans quelle ville souhaitez-vous travailler ?,Quand êtes-vous disponible ?\n"
    "25/11/2026 14:30:00,Dupont Jean,jean.dupont@mail.example,06 12 34 56 78,Vendeuse,Lyon,immédiatement\n"
    "26/11/2026 09:12:00,Roux Zoé,zoe.roux@mail.example,06 12 34 56 79,Vendeur (H/F),Lille,préavis 1 mois\n"
).encode()


class Desk:
    """Claire's desk: each file is looked at, then taken in, a minute after the one before."""

    def __init__(self, house: Database) -> None:
        self.house, self.claire, self.now = house, recruiter(house), MORNING

    def takes(self, name: str, content: bytes, choices: Choices) -> tuple[int, Report]:
        self.now += timedelta(minutes=5)
        with self.house.work() as session:
            run = imports.upload(session, self.claire, name, content, now=self.now)
            self.answers(session, run)
            imports.preview(session, self.claire, run, choices, now=self.now)
            return run, imports.take(session, self.claire, run, choices, now=self.now)

    def answers(self, session: Session, run: int) -> None:
        """Say what a title means, where the page asks."""
        for title in unread_titles(session, self.claire, run):
            if title.text.startswith("Vend"):
                tell_job(session, self.claire, title.text, "D1214", now=self.now)

    def takes_back(self, run: int) -> None:
        self.now += timedelta(minutes=5)
        with self.house.work() as session:
            imports.undo(session, self.claire, run, now=self.now)


def pool(house: Database) -> dict[str | None, Talent]:
    with house.work() as session:
        return {one.email: one for one in session.exec(select(Talent).where(col(Talent.erased_at).is_(None)))}


def worn(house: Database) -> set[str]:
    with house.work() as session:
        return set(session.exec(select(Tag.name).join(TalentTag, col(TalentTag.tag_id) == Tag.id)))


def test_three_exports_a_stop_list_and_a_form_make_one_pool_and_one_goes_again(house: Database) -> None:
    desk = Desk(house)
    assert isinstance(desk.claire, Person)
    desk.takes("greenhouse.csv", (FILES / "greenhouse.csv").read_bytes(), EXPORT)
    cats, _ = desk.takes("opencats.csv", (FILES / "opencats.csv").read_bytes(), replace(EXPORT, source_text="OpenCATS"))
    taleez, _ = desk.takes("taleez.csv", (FILES / "taleez.csv").read_bytes(), replace(EXPORT, source_text="Taleez"))
    _, stopped = desk.takes("stop.csv", STOPS, replace(EXPORT, source_text="Liste d’opposition"))
    assert (stopped.created, stopped.unchanged, len(stopped.rejected)) == (0, 1, 1)
    form = Choices(SourceKind.APPLICATION, "Formulaire du site", date(2026, 11, 27))
    _, answers = desk.takes("reponses.csv", ANSWERS, form)
    assert (answers.created, answers.updated) == (1, 1)
    people = pool(house)
    assert set(people) == {
        "jean.dupont@mail.example", "amy.oneil@mail.example", "li.wei@mail.example", "zc@cats.example",
        "maelle.gueguen@mail.example", "zoe.roux@mail.example",
    }  # fmt: skip
    jean, zoe = people["jean.dupont@mail.example"], people["zoe.roux@mail.example"]
    assert (jean.first_name, jean.last_name, jean.job_code, jean.place_name) == ("Jean", "Dupont", "D1214", "Lyon")
    assert (zoe.first_name, zoe.last_name, zoe.job_code, zoe.collected_on) == (
        "Zoé",
        "Roux",
        "D1214",
        date(2026, 11, 26),
    )
    assert worn(house) == {"python", "remote", "soin"}
    desk.takes_back(taleez)
    assert "maelle.gueguen@mail.example" not in pool(house)
    assert worn(house) == {"python", "remote"}
    desk.takes_back(cats)
    assert set(pool(house)) == {
        "jean.dupont@mail.example",
        "amy.oneil@mail.example",
        "li.wei@mail.example",
        "zoe.roux@mail.example",
    }
