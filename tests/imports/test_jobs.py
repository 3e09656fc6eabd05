"""A worker takes in what a recruiter decided: it tells how far it is, and nothing stays of what was cancelled."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.imports import actions as imports
from portal.imports.actions import taking, undoing, waiting
from portal.imports.browsing import MERGED, PAGE, foreseen_people
from portal.imports.jobs import run_asked
from portal.imports.models import ImportPreview, ImportRun, Wish
from portal.kit.db import Database
from portal.kit.errors import NotFound
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role
from tests.imports.files import CHOICES, ZOE, export, pool, recruiter
from tests.trust import NOW

pytestmark = pytest.mark.own_database  # a worker has connections of its own

PEOPLE = [(*ZOE[:2], f"zoe{n}@x.example", "", *ZOE[4:]) for n in range(6_000)]
FILE = export(*PEOPLE, ("Roux", "Zoé", "ZOE1@x.example", "", "", "", "", ""), ("x", "", "broken", "", "", "", "", ""))


def _asked(house: Database, wish: Wish, content: bytes = FILE, *, strict: bool = False) -> tuple[Person, int]:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", content, now=NOW)
    with house.work() as session:
        imports.ask(session, who, run, replace(CHOICES, strict=strict), wish, now=NOW)
    return who, run


def _work(house: Database, stopping: Callable[[], bool] = lambda: False) -> int:
    return run_asked(house, clock=lambda: NOW, stopping=stopping)


def _run(house: Database, run_id: int) -> ImportRun:
    with house.work() as session:
        return session.get_one(ImportRun, run_id)


def test_a_worker_takes_in_what_was_decided_in_the_name_of_who_decided(house: Database) -> None:
    who, run = _asked(house, Wish.TAKE)
    assert _work(house) == 1
    done = _run(house, run)
    assert (done.asked, done.taken_at, done.report["created"]) == (None, NOW, 6_000)
    with house.work() as session:
        event = session.exec(select(TimelineEvent).where(TimelineEvent.kind == "imported").limit(1)).one()
        assert (event.actor_kind, event.actor_id) == ("staff", who.id)
        assert session.execute(sa.text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 1
    assert _work(house) == 0


def test_a_preview_is_looked_through_page_by_page_before_anything_is_done(house: Database) -> None:
    who, run = _asked(house, Wish.LOOK)
    _work(house)
    assert pool(house) == []
    with house.work() as session:
        last = foreseen_people(session, who, run, "created", 120)
        assert (last.count, len(last.rows), last.rows[-1].email) == (6_000, PAGE, "zoe5999@x.example")
        assert [row.line for row in foreseen_people(session, who, run, MERGED).rows] == [3]
        assert foreseen_people(session, who, run, "updated").count == 0
        for role in (Role.CANDIDATE, Role.DPO):
            with pytest.raises(NotFound):
                foreseen_people(session, Person(1, role, "X", "fr", "Europe/Paris"), run, "created")
        imports.take(session, who, run, CHOICES, now=NOW)
        assert session.exec(select(ImportPreview)).first() is None


def test_how_far_it_is_stands_in_its_row_while_it_goes_on(house: Database) -> None:
    _, run = _asked(house, Wish.TAKE)
    seen: list[tuple[str, int]] = []

    def look() -> bool:
        now_at = _run(house, run)
        seen.append((now_at.stage, now_at.total))
        return False

    _work(house, look)
    stages = list(dict.fromkeys(stage for stage, _ in seen))
    assert stages == ["", "reading", "joining", "writing"]
    assert max(total for _, total in seen) == 6_002


def test_cancelled_in_the_middle_nothing_of_it_stays(house: Database) -> None:
    who, run = _asked(house, Wish.TAKE)

    def cancel_once_it_writes() -> bool:
        if _run(house, run).stage == "joining":
            with house.work() as session:
                assert imports.cancel(session, who, run)
        return False

    _work(house, cancel_once_it_writes)
    assert pool(house) == []
    after = _run(house, run)
    assert (after.asked, after.taken_at, after.content is not None) == (None, None, True)
    assert _work(house) == 0


def test_a_worker_told_to_stop_leaves_the_file_to_the_next_one(house: Database) -> None:
    _, run = _asked(house, Wish.TAKE)
    for _ in range(4):
        _work(house, lambda: _run(house, run).stage == "reading")
        with house.work() as session:
            session.execute(sa.update(ImportRun).values(stage=""))
    assert pool(house) == []
    _work(house)
    assert len(pool(house)) == 6_000


def test_what_cannot_be_read_is_told_where_the_file_waits(house: Database) -> None:
    who, run = _asked(house, Wish.LOOK)
    with house.work() as session:
        session.execute(sa.update(ImportRun).values(content=b"%PDF-1.7"))
    assert _work(house) == 1
    assert "not a table" in _run(house, run).problem["sentence"]
    with house.work() as session:
        imports.ask(session, who, run, CHOICES, Wish.LOOK, now=NOW)
        assert session.get_one(ImportRun, run).problem == {}


def test_a_file_that_kills_its_worker_does_not_do_so_for_ever(house: Database) -> None:
    _, run = _asked(house, Wish.TAKE)
    with house.work() as session:
        session.execute(sa.update(ImportRun).values(tries=3))
    _work(house)
    assert pool(house) == []
    assert "stopped three times" in _run(house, run).problem["sentence"]


def test_a_worker_undoes_too(house: Database) -> None:
    who, run = _asked(house, Wish.TAKE)
    _work(house)
    with house.work() as session:
        assert imports.undoable(session, who, run) == (6_000, 0)
        imports.ask_undo(session, who, run)
    _work(house)
    assert _run(house, run).undone["gone"] == 6_000
    with house.work() as session:
        assert session.exec(select(Talent.id).where(col(Talent.erased_at).is_(None))).first() is None


def test_only_the_back_office_asks_and_cancels(house: Database) -> None:
    who, run = _asked(house, Wish.LOOK)
    for role in (Role.CANDIDATE, Role.DPO):
        stranger = Person(who.id, role, "X", "fr", "Europe/Paris", fresh=True)
        for attempt in (
            lambda session: imports.ask(session, stranger, run, CHOICES, Wish.TAKE, now=NOW),  # noqa: B023
            lambda session: imports.ask_undo(session, stranger, run),  # noqa: B023
            lambda session: imports.cancel(session, stranger, run),  # noqa: B023
            lambda session: imports.is_large(session, stranger, run),  # noqa: B023
            lambda session: imports.undoable(session, stranger, run),  # noqa: B023
        ):
            with house.work() as session, pytest.raises(NotFound):
                attempt(session)


@pytest.mark.parametrize("wish", [Wish.LOOK, Wish.TAKE, Wish.UNDO])
def test_cancelled_at_the_very_last_nothing_of_it_stays(
    house: Database, wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = export(*PEOPLE[:3])
    who, run = _asked(house, Wish.TAKE if wish is Wish.UNDO else wish, few)
    if wish is Wish.UNDO:
        _work(house)
        with house.work() as session:
            imports.ask_undo(session, who, run)
    before = [one.model_dump() for one in pool(house)]

    def cancelled_first(session: Session, row: ImportRun, asked: Wish | None) -> None:
        with house.work() as other:
            assert imports.cancel(other, who, run)
        waiting.still_asked(session, row, asked)

    for verbs in (taking, undoing):
        monkeypatch.setattr(verbs, "still_asked", cancelled_first)
    _work(house)
    after = _run(house, run)
    assert [one.model_dump() for one in pool(house)] == before
    assert (after.asked, after.undone_at, after.report.get("read")) == (None, None, 3 if wish is Wish.UNDO else None)


def test_how_far_it_is_is_told_every_few_hundred_people(house: Database) -> None:
    heard: list[tuple[str, int]] = []
    who, run = _asked(house, Wish.TAKE)

    def hear(stage: str, done: int, _of: int) -> None:
        heard.append((stage, done))

    with house.work() as session:
        imports.take(session, who, run, CHOICES, now=NOW, told=hear)
    with house.work() as session:
        imports.undo(session, who, run, now=NOW, told=hear)
    for stage in ("writing", "undoing"):
        told = [done for each, done in heard if each == stage]
        assert max(after - before for before, after in itertools.pairwise(told)) <= 500
