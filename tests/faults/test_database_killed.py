"""kill -9 of the embedded database, while a worker works and while a transaction is open."""

import os
import signal
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import col, select

from portal.access.house import house
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState
from portal.gate.dispatch import WINDOW
from portal.kit import embedded, migrate
from portal.kit.db import Database
from portal.kit.embedded import Cluster
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.talents.models import Talent
from tests.cast import talent
from tests.crowd import crowd, launch_on_all
from tests.faults.conftest import Workplace

PEOPLE = 1500


def seeded(workplace: Workplace) -> Cluster:
    """An embedded database, stopped, in which Claire has just pressed "launch"."""
    with embedded.start(workplace.folder / "data") as cluster:
        migrate.upgrade(cluster.owner_url)
        database = Database(cluster.app_url)
        with database.work() as session:
            house(session)
            crowd(session, PEOPLE, now=workplace.now)
            launch_on_all(session, now=workplace.now)
        database.close()
    return cluster


def count(database: Database, *where: sa.ColumnElement[bool]) -> int:
    """How many such letters there are; -1 while the database is away."""
    try:
        with database.work() as session:
            return int(session.execute(sa.select(sa.func.count()).select_from(Letter).where(*where)).scalar_one())
    except DBAPIError:
        return -1


@pytest.mark.slow
def test_the_worker_starts_its_killed_database_again_and_goes_on(workplace: Workplace) -> None:
    cluster = seeded(workplace)
    database = Database(cluster.app_url)
    with workplace.working():
        for enough in (100, 700):
            workplace.wait_until(lambda enough=enough: len(workplace.arrived) > enough)  # type: ignore[misc]
            assert cluster.pid is not None
            os.kill(cluster.pid, signal.SIGKILL)
        settled = col(Letter.state).in_([LetterState.SENT, LetterState.UNKNOWN])
        workplace.wait_until(lambda: count(database, settled) == PEOPLE)
        arrived = workplace.arrived
        with database.work() as session:
            letters = session.exec(select(Letter)).all()
            sent = {letter.message_id for letter in letters if letter.state is LetterState.SENT}
            assert len(session.exec(select(Talent.id)).all()) == PEOPLE
            asked = session.exec(select(Enrolment.id).where(col(Enrolment.state) == EnrolmentState.ASKED)).all()
            assert len(asked) == PEOPLE
    database.close()
    assert set(arrived.values()) == {1}, "a letter went twice"
    assert sent <= set(arrived)
    assert len(letters) - len(sent) <= 2 * WINDOW
    assert cluster.pid is None, "the worker started it, the worker stops it"


def test_what_was_committed_stays_and_what_was_not_is_gone(folder: Path) -> None:
    with embedded.start(folder) as cluster:
        migrate.upgrade(cluster.owner_url)
        database = Database(cluster.app_url)
        with database.work() as session:
            talent(session, "Zoé")
        with pytest.raises(OperationalError):
            write_while_the_server_is_killed(database)
        assert names(database) == ["Zoé"]
        assert cluster.pid is not None
        os.kill(cluster.pid, signal.SIGKILL)
        embedded.start(folder)
        assert names(database) == ["Zoé"]
        database.close()


def write_while_the_server_is_killed(database: Database) -> None:
    with database.work() as session:
        talent(session, "Mia")
        # Of the server's processes the one that serves us: all others start anew with it.
        os.kill(session.execute(sa.text("SELECT pg_backend_pid()")).scalar_one(), signal.SIGKILL)


def names(database: Database) -> list[str]:
    """Who is in the pool, as soon as the database answers again."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with database.work() as session:
                return list(session.exec(select(Talent.first_name)))
        except DBAPIError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
