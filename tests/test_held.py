"""The house whose acts are taken back behaves, act by act, as one that commits them; what it cannot do, it refuses."""

import uuid

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, ProgrammingError

from portal.kit.bulk import temporary
from portal.kit.db import Database, saved
from portal.postbox.models import Letter
from portal.talents.models import Talent
from tests.cast import talent
from tests.gate.test_outbox import smuggled
from tests.held import NEEDS_ITS_OWN
from tests.one_run import Run

BOTH = pytest.mark.parametrize("own", [pytest.param(True, marks=pytest.mark.own_database), False], ids=["own", "held"])


def names(house: Database) -> list[str]:
    with house.work() as session:
        return list(session.scalars(sa.select(Talent.first_name).order_by(Talent.id)))  # type: ignore[arg-type]


def take_mia_in_and_fail(house: Database) -> None:
    with house.work() as session:
        talent(session, "Mia")
        session.flush()
        raise ZeroDivisionError


def put_the_check_off(house: Database) -> None:
    with house.work() as session:
        zoe = saved(talent(session, "Zoé").id)
        session.execute(sa.text("SET CONSTRAINTS fk_letter_go DEFERRED"))
        session.add(smuggled(uuid.uuid4(), uuid.uuid4(), zoe))
        session.flush()
        assert len(session.scalars(sa.select(Letter)).all()) == 1


@BOTH
def test_an_act_is_seen_by_the_next_and_one_that_fails_leaves_nothing(house: Database, own: bool) -> None:
    with house.work() as session:
        talent(session, "Zoé")
    with pytest.raises(ZeroDivisionError):
        take_mia_in_and_fail(house)
    assert names(house) == ["Zoé"]


@BOTH
def test_what_may_wait_until_the_end_is_checked_there(house: Database, own: bool) -> None:
    with pytest.raises(IntegrityError, match="fk_letter_go"):
        put_the_check_off(house)
    with house.work() as session:
        assert session.scalars(sa.select(Letter)).all() == []


@BOTH
def test_what_lives_until_the_end_is_gone_then(house: Database, own: bool) -> None:
    with house.work() as session:
        temporary(session, "aside", ("line", sa.Integer), rows=[(1,)])
        session.execute(sa.text("SET LOCAL enable_sort = off"))
    with house.work() as session:
        assert session.scalar(sa.text("SELECT to_regclass('pg_temp.aside')")) is None
        assert session.scalar(sa.text("SHOW enable_sort")) == "on"


@BOTH
def test_an_act_that_went_on_after_a_refusal_of_the_database_leaves_nothing(house: Database, own: bool) -> None:
    with house.work() as session:
        talent(session, "Zoé")
        session.flush()
        with pytest.raises(ProgrammingError):
            session.execute(sa.text("CREATE TABLE mine ()"))
    assert names(house) == []


def test_it_refuses_what_needs_a_second_connection(house: Database) -> None:
    with house.work(), pytest.raises(AssertionError, match="Two acts at once"), house.work():
        pass
    for name in ("engine", "url"):
        with pytest.raises(AssertionError, match=NEEDS_ITS_OWN):
            getattr(house, name)


def test_nothing_of_it_is_ever_committed(house: Database, held_database: sa.Engine) -> None:
    with house.work() as session:
        talent(session, "Zoé")
    with held_database.connect() as other:
        assert other.execute(sa.text("SELECT count(*) FROM talent")).scalar_one() == 0


def test_a_template_is_made_once_and_again_by_the_next_if_its_maker_failed(run: Run) -> None:
    made: list[str] = []

    def fails(_urls: object) -> None:
        made.append("badly")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run.template("tried", fails)
    for _ in range(2):
        run.template("tried", lambda _urls: made.append("well"))
    assert made == ["badly", "well"]
