"""kill -9 of the worker in the middle of an import of 40,000 people."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.imports import actions as imports
from portal.imports.models import ImportRun, Wish
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.timeline.who import Role
from tests.cast import staff
from tests.faults.conftest import Workplace
from tests.imports.files import CHOICES, ZOE, export

PEOPLE = 40_000


def _run(session: Session) -> ImportRun:
    return session.exec(select(ImportRun)).one()


@pytest.mark.slow
def test_killed_while_it_writes_nobody_is_in_and_the_next_worker_takes_everybody_in(
    workplace: Workplace, database: Urls
) -> None:
    workplace.environment = {"DATABASE_URL": database.app}
    opened = Database(database.app)
    with opened.work() as session:
        claire = staff(session, "Claire", Role.RECRUITER)
        content = export(*((*ZOE[:2], f"zoe{n}@x.example", "", *ZOE[4:]) for n in range(PEOPLE)))
        run = imports.upload(session, claire, "pool.csv", content, now=workplace.now - timedelta(days=1))
        imports.ask(session, claire, run, CHOICES, Wish.TAKE, now=workplace.now)

    def stage() -> str:
        with opened.work() as session:
            return _run(session).stage

    def people() -> int:
        with opened.work() as session:
            return int(session.execute(sa.text("SELECT count(*) FROM talent")).scalar_one())

    worker = workplace.worker()
    workplace.wait_until(lambda: stage() == "writing")
    worker.kill()
    worker.join()
    assert people() == 0
    with workplace.working():
        workplace.wait_until(lambda: people() == PEOPLE)
    with opened.work() as session:
        done = _run(session)
        assert (done.tries, done.asked, done.report["created"]) == (0, None, PEOPLE)
    opened.close()
