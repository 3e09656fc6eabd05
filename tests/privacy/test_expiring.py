"""Whoever was never told that we hold their data: blocked after a month, erased a month later."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from portal.gate.notice import days_to_inform
from portal.kit.db import Database
from portal.kit.errors import NotFound
from portal.privacy.expiring import forget_uninformed
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role, System
from tests.imports.files import CHOICES, ZOE, bring, export, pool
from tests.trust import NOW

NIGHT = System("nightly")


def test_the_days_left_are_counted_from_the_import_and_end_in_erasure(house: Database) -> None:
    bring(house, export(ZOE), CHOICES)
    (zoe,) = pool(house)
    with house.work() as session:
        for passed, left in (timedelta(seconds=1), 31), (timedelta(days=22), 9), (timedelta(days=30, hours=12), 1):
            assert days_to_inform(session, [zoe.id or 0], now=NOW + passed) == {zoe.id: left}
        assert days_to_inform(session, [zoe.id or 0], now=NOW + timedelta(days=32))[zoe.id or 0] < 0
        assert forget_uninformed(session, NIGHT, now=NOW + timedelta(days=60)) == 0
    with house.work() as session:
        assert forget_uninformed(session, NIGHT, now=NOW + timedelta(days=62)) == 1
    with house.work() as session:
        gone = session.exec(select(Talent)).one()
        assert (gone.email, gone.erased_at is not None) == (None, True)
        assert "never_informed" in session.exec(select(TimelineEvent.kind)).all()
        assert forget_uninformed(session, NIGHT, now=NOW + timedelta(days=62)) == 0
    assert bring(house, export(ZOE)).created == 1


def test_who_gave_a_sign_or_applied_themselves_is_kept(house: Database) -> None:
    bring(house, export(ZOE, ("Roux", "Ali", "ali@x.example", "", *ZOE[4:])))
    with house.work() as session:
        for one in session.exec(select(Talent).order_by(col(Talent.id))):
            one.last_act_at, one.source_kind = (
                (NOW, one.source_kind) if one.first_name == "Zoé" else (None, "application")
            )
            session.add(one)
    with house.work() as session:
        assert forget_uninformed(session, NIGHT, now=NOW + timedelta(days=100)) == 0


def test_no_person_can_ask_for_it(house: Database) -> None:
    with house.work() as session, pytest.raises(NotFound):
        forget_uninformed(session, Person(1, Role.ADMIN, "A", "fr", "Europe/Paris"), now=NOW)
