"""The house is called what an admin called it, whatever starts again; the environment gives the first name only."""

from contextlib import closing
from email.utils import parseaddr
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal import settings as configuration
from portal.access.house import change_house, found, house
from portal.consent.models import Notice
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.kit import migrate
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.kit.errors import Refused
from portal.timeline.who import System
from portal.worker import prepare, sender_of
from tests.cast import NOW
from tests.scenes import launched
from tests.world import World

ADMIN = System("an admin")


def start(folder: Path, urls: Urls, **told: str) -> None:
    """Start a worker as far as its work."""
    environment = {"VIVIER_ENV": "test", "VIVIER_DATA": str(folder), "DATABASE_URL": urls.app} | told
    prepare(configuration.load(environment)).close()


def versions(session: Session) -> list[int]:
    for locale in ("fr", "en"):
        current_notice(session, Purpose.POOL, locale, now=NOW)
    return sorted(session.exec(select(Notice.version).where(col(Notice.purpose) == Purpose.POOL)))


def test_what_an_admin_saved_stays_and_no_restart_makes_a_new_notice(database: Urls, tmp_path: Path) -> None:
    start(tmp_path, database, HOUSE_NAME="Acme Santé", HOUSE_TZ="Indian/Reunion")
    with closing(Database(database.app)) as known:
        with known.work() as session:
            assert (house(session).name, house(session).zone) == ("Acme Santé", "Indian/Reunion")
            change_house(session, ADMIN, name="Hôpital Saint-Luc", zone="Europe/Brussels")
            assert versions(session) == [1, 1]
        start(tmp_path, database, HOUSE_NAME="Acme Santé", HOUSE_TZ="Indian/Reunion")
        start(tmp_path, database)
        with known.work() as session:
            assert (house(session).name, house(session).zone) == ("Hôpital Saint-Luc", "Europe/Brussels")
            assert versions(session) == [1, 1]


def test_the_environment_names_a_house_nobody_has_named_and_only_that(session: Session) -> None:
    found(session, name="Vivier", zone="Europe/Paris", mail_domain="vivier.example")
    found(session, name="Acme Santé", zone="Europe/Paris", mail_domain="acme.example")
    found(session, name="Autre", zone="Europe/Madrid", mail_domain="mail.acme.example")
    rules = house(session)
    assert (rules.name, rules.zone) == ("Acme Santé", "Europe/Paris")
    assert rules.mail_domain == "mail.acme.example", "the address letters come from is the environment's alone"


def test_a_house_an_admin_calls_by_the_name_it_came_with_is_named(session: Session) -> None:
    change_house(session, ADMIN, name="Vivier")
    found(session, name="Acme", zone="Europe/Paris", mail_domain="acme.example")
    assert house(session).name == "Vivier"


def test_the_letters_come_from_the_name_of_the_day(world: World, tmp_path: Path) -> None:
    environment = {"VIVIER_ENV": "test", "VIVIER_DATA": str(tmp_path), "HOUSE_NAME": "Autre Nom"}
    assert sender_of(configuration.load(environment)).from_name == ""
    with world.database.work() as session:
        change_house(session, ADMIN, name="Hôpital Saint-Luc")
    world.sink.from_name = ""
    launched(world, "Zoe")
    assert "Hôpital Saint-Luc" in parseaddr(str(world.sink.letters[0]["From"]))[0]


@pytest.mark.parametrize("wrong", [{"zone": "Paris"}, {"zone": "../etc"}, {"dpo_contact": "x" * 501}])
def test_what_no_house_can_be_is_refused(session: Session, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        change_house(session, ADMIN, **wrong)  # type: ignore[arg-type]


def test_a_house_from_before_keeps_its_name(database: Urls, tmp_path: Path) -> None:
    with closing(Database(database.app)) as known, known.work() as session:
        change_house(session, ADMIN, name="Hôpital Saint-Luc")
    migrate.downgrade(database.owner, "0023")
    migrate.upgrade(database.owner)
    start(tmp_path, database, HOUSE_NAME="Acme")
    with closing(Database(database.app)) as known, known.work() as session:
        assert session.execute(sa.text("SELECT name FROM house")).scalar_one() == "Hôpital Saint-Luc"
