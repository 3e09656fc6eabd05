"""A file sent twice is one import that waits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlmodel import select

from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.kit.db import Database
from portal.timeline.who import Person
from tests.imports.files import CHOICES, ZOE, export, recruiter
from tests.trust import NOW, later, staff


def _send(house: Database, who: Person, name: str = "pool.csv", content: bytes = export(ZOE), days: int = 0) -> int:
    with house.work() as session:
        return imports.upload(session, who, name, content, now=later(days=days))


def test_the_same_file_sent_again_is_the_one_that_waits_until_it_is_taken_in_or_given_up(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        colleague = replace(who, id=staff(session, email="marc@vivier.example").id)
    first = _send(house, who)
    assert _send(house, who, days=2) == first
    others = {_send(house, colleague), _send(house, who, name="b.csv"), _send(house, who, content=export(ZOE, ZOE))}
    assert len(others | {first}) == 4
    with house.work() as session:
        imports.give_up(session, who, first)
    second = _send(house, who)
    assert second not in others | {first}
    with house.work() as session:
        imports.take(session, who, second, CHOICES, now=NOW)
    assert _send(house, who) != second


@pytest.mark.own_database
def test_two_presses_at_once_leave_one(house: Database) -> None:
    who, together = recruiter(house), Barrier(4)

    def press(_: int) -> int:
        together.wait()
        return _send(house, who)

    with ThreadPoolExecutor(4) as windows:
        assert len(set(windows.map(press, range(4)))) == 1
    with house.work() as session:
        assert len(session.exec(select(ImportRun.id)).all()) == 1
