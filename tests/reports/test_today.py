"""The figures of Today are simply true."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.consent.models import Consent
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.replies.writing import write_by_hand
from portal.reports.today import Leaving, leaving_today, liveness
from portal.talents.queries import jobs_in_pool, places_in_pool
from tests.cast import NOW, Cast, as_candidate, cast, talent


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def test_the_pool_is_as_alive_as_its_people(session: Session, people: Cast) -> None:
    talent(session, "Léa", last_act_at=NOW - timedelta(days=1))
    talent(session, "Noé", last_act_at=NOW - timedelta(days=20), consented=False)
    talent(session, "Ali", last_act_at=NOW - timedelta(days=200))
    mia = talent(session, "Mia")
    talent(session, "Tom", erased_at=NOW, last_act_at=NOW)
    expired = session.exec(select(Consent).where(col(Consent.talent_id) == mia.id)).one()
    expired.expires_on = date(2026, 11, 24)
    session.add(expired)
    session.flush()
    alive = liveness(session, people.claire, now=NOW)
    assert (alive.people, alive.fresh, alive.with_basis) == (4, 2, 2)
    assert (alive.weeks[-1], alive.weeks[-3], sum(alive.weeks)) == (1, 1, 2)


def test_an_empty_pool_has_figures_too(session: Session, people: Cast) -> None:
    alive = liveness(session, people.claire, now=NOW)
    assert (alive.people, alive.fresh, sum(alive.weeks)) == (0, 0, 0)


def test_letters_are_counted_on_the_day_they_leave(session: Session, people: Cast) -> None:
    for name in ("Léa", "Noé", "Ali", "Mia"):
        write_by_hand(
            session, people.claire, saved(talent(session, name).id), subject="Bonjour", text="Un mot.", now=NOW
        )
    left, tomorrow, yesterday, _ = session.exec(select(Letter).order_by(col(Letter.talent_id))).all()
    left.state, left.sent_at = LetterState.SENT, NOW
    tomorrow.not_before = NOW + timedelta(days=1)
    yesterday.state, yesterday.sent_at = LetterState.SENT, NOW - timedelta(days=1)
    session.add_all([left, tomorrow, yesterday])
    session.flush()
    assert leaving_today(session, people.claire, now=NOW) == Leaving(left=1, to_leave=1)


def test_figures_are_for_recruiters(session: Session, people: Cast) -> None:
    lea = as_candidate(talent(session, "Léa"))
    for stranger in (people.dora, lea):
        with pytest.raises(NotFound):
            liveness(session, stranger, now=NOW)
        with pytest.raises(NotFound):
            leaving_today(session, stranger, now=NOW)


def test_filters_offer_only_what_the_pool_holds(session: Session, people: Cast) -> None:
    talent(session, "Léa", job_code="J1506")
    talent(session, "Noé", job_code="J1506", place="Paris")
    talent(session, "Ali", job_code="H2913")
    talent(session, "Tom", job_code="M1805", erased_at=NOW)
    assert session.exec(select(Staff)).first() is not None
    assert jobs_in_pool(session, people.claire) == ["J1506", "H2913"]
    assert places_in_pool(session, people.claire) == ["69123", "75056"]
    with pytest.raises(NotFound):
        jobs_in_pool(session, people.dora)
