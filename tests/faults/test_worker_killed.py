"""kill -9 of the worker in the middle of a launch on 5,000 people."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import col

from portal.access.house import house
from portal.chains.models import Enrolment
from portal.chains.rules import EnrolmentState
from portal.gate.dispatch import WINDOW
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from tests.crowd import crowd, launch_on_all
from tests.faults.conftest import Workplace

PEOPLE = 5000


@pytest.fixture
def launched(database: Urls, workplace: Workplace) -> Iterator[Database]:
    """Claire has just pressed "launch"; nobody works yet."""
    workplace.environment = {"DATABASE_URL": database.app}
    opened = Database(database.app)
    with opened.work() as session:
        house(session)
        crowd(session, PEOPLE, now=workplace.now)
        launch_on_all(session, now=workplace.now)
    yield opened
    opened.close()


def letters(database: Database) -> Counter[LetterState]:
    with database.work() as session:
        rows = session.execute(sa.select(col(Letter.state), sa.func.count()).group_by(col(Letter.state)))
        return Counter({LetterState(state): count for state, count in rows})


def message_ids(database: Database, state: LetterState) -> set[str]:
    with database.work() as session:
        return set(session.scalars(sa.select(col(Letter.message_id)).where(col(Letter.state) == state)))


def asked(database: Database) -> int:
    with database.work() as session:
        waiting = sa.select(sa.func.count()).where(col(Enrolment.state) == EnrolmentState.ASKED)
        return int(session.execute(waiting).scalar_one())


@pytest.mark.slow
def test_killed_again_and_again_no_letter_is_lost_and_none_goes_twice(workplace: Workplace, launched: Database) -> None:
    # While the first people are planned, while the first letters leave, in the middle, and near the end.
    moments: list[Callable[[], bool]] = [
        lambda: sum(letters(launched).values()) > 0,
        lambda: len(workplace.arrived) > 200,
        lambda: len(workplace.arrived) > 2500,
        lambda: len(workplace.arrived) > 4200,
    ]
    for moment in moments:
        worker = workplace.worker()
        workplace.wait_until(moment)
        worker.kill()
        worker.join()
        assert letters(launched)[LetterState.SENDING] <= WINDOW
    with workplace.working():
        workplace.wait_until(lambda: asked(launched) == PEOPLE and not in_hand(launched))

    arrived, told = workplace.arrived, letters(launched)
    sent, unknown = message_ids(launched, LetterState.SENT), message_ids(launched, LetterState.UNKNOWN)
    assert max(arrived.values()) == 1, "a letter went twice"
    assert len(sent | unknown) == sum(told.values()) == PEOPLE, "a letter was lost"
    assert sent <= set(arrived), "a letter that never arrived is told as sent"
    assert set(arrived) - sent <= unknown
    assert len(unknown) <= WINDOW * len(moments)
    print(f"{len(unknown)} unknown after {len(moments)} kills, {len(set(arrived) & unknown)} of them had arrived")


def in_hand(database: Database) -> int:
    told = letters(database)
    return told[LetterState.QUEUED] + told[LetterState.SENDING]


def test_two_workers_share_a_launch_and_write_to_nobody_twice(workplace: Workplace, launched: Database) -> None:
    with workplace.working(), workplace.working():
        workplace.wait_until(lambda: asked(launched) == PEOPLE and not in_hand(launched))
    assert letters(launched) == {LetterState.SENT: PEOPLE}
    assert set(workplace.arrived.values()) == {1}


def test_a_worker_told_to_stop_leaves_nothing_unknown(workplace: Workplace, launched: Database) -> None:
    with workplace.working() as worker:
        workplace.wait_until(lambda: len(workplace.arrived) > 200)
    assert worker.exitcode == 0
    told = letters(launched)
    assert told[LetterState.UNKNOWN] == told[LetterState.SENDING] == 0
    assert message_ids(launched, LetterState.SENT) == set(workplace.arrived)
    assert len(workplace.arrived) < PEOPLE
