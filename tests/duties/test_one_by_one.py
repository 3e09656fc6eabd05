"""Duties are done one by one: one that fails keeps no other from being done, and an admin is told until it is done."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlmodel import Session, col, select

from portal import schedule
from portal.duties.queries import failing
from portal.duties.rules import TOLD, Duty
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.ui.doors import Door
from portal.ui.recruiter.today.troubles import _troubles
from tests.cast import NOW, Cast, cast, talent
from tests.world import World

HERS = "zoe@candidat.example"


@pytest.fixture
def people(world: World) -> Cast:
    with world.database.work() as session:
        return cast(session)


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """The search for doubles, which cannot be made; it comes before all else tonight."""
    search = Mock(side_effect=RuntimeError(f"Key (email)=({HERS}) stands in the way."))
    others = [owed for owed in schedule.NIGHTLY if owed.duty is not Duty.DOUBLES]
    monkeypatch.setattr(schedule, "NIGHTLY", (schedule.Owed(Duty.DOUBLES, search), *others))
    return search


def uninformed(session: Session) -> int:
    long_ago = {"created_at": NOW - timedelta(days=90), "source_kind": SourceKind.LINKEDIN, "last_act_at": None}
    return saved(talent(session, "Zoé", email=HERS, consented=False, **long_ago).id)


def test_what_fails_keeps_nobody_from_being_forgotten(world: World, people: Cast, search: Mock) -> None:
    with world.database.work() as session:
        zoe = uninformed(session)
    world.worker.tidy_nightly()
    assert search.called
    with world.database.work() as session:
        assert session.exec(select(Talent.erased_at).where(col(Talent.id) == zoe)).all() in ([], [NOW])


def test_an_admin_reads_what_fails_since_when_and_where_but_nobody_s_data(
    world: World, people: Cast, search: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    world.worker.tidy_nightly()
    world.later(hours=30)
    world.worker.tidy_nightly()
    with world.database.work() as session:
        (one,) = failing(session, people.ada)
        assert (one.duty, one.since, one.last_at) == (Duty.DOUBLES, NOW, world.now)
        assert one.because.startswith("RuntimeError at mock.py:")
        assert "< schedule.py:" in one.because
        assert HERS not in caplog.text + one.because
        assert "doubles failed: RuntimeError" in caplog.text
        ((told, because),) = _troubles(Door(session, people.ada, world.now)).failing
        assert "chercher les doublons possibles" in told
        assert because == one.because
        assert _troubles(Door(session, people.claire, world.now)).failing == []
        with pytest.raises(NotFound):
            failing(session, people.claire)


def test_it_is_tried_again_within_the_hour_and_told_no_more_once_it_is_done(
    world: World, people: Cast, search: Mock
) -> None:
    world.worker.tidy_nightly()
    world.later(minutes=59)
    world.worker.tidy()
    assert search.call_count == 1
    world.later(minutes=1)
    world.worker.tidy()
    assert search.call_count == 2
    search.side_effect = None
    world.later(minutes=60)
    world.worker.tidy()
    assert search.call_count == 3
    with world.database.work() as session:
        assert failing(session, people.ada) == []


def test_every_duty_is_done_by_somebody_and_has_its_words() -> None:
    assert sorted(owed.duty for owed in (*schedule.MINUTELY, *schedule.NIGHTLY)) == sorted(Duty)
    assert set(TOLD) == set(Duty)
