"""The times a recruiter offers, and who took them."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from portal.booking import holding
from portal.booking.offering import offer
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.ui.doors import Door
from portal.ui.recruiter.availability import offering
from portal.ui.recruiter.availability.state import cancel
from portal.ui.recruiter.availability.week import week
from tests.cast import NOW, Cast, talent

# The day after the tests' Tuesday.
WEDNESDAY = date(2026, 11, 25)
FORM: dict[str, Any] = {"day": "2026-11-25", "starts": "09:00", "ends": "10:00", "minutes": "30", "weeks": "1"}


def door(session: Session, people: Cast) -> Door:
    return Door(session, people.claire, NOW)


def test_an_hour_makes_two_slots_in_the_recruiters_own_zone(session: Session, people: Cast) -> None:
    told = offering.offer_all(door(session, people), offering.read(FORM))
    assert told == "2 créneaux sont proposés."
    seen = week(door(session, people), 0)
    assert [(one.title, [slot.time for slot in one.slots]) for one in seen.days] == [
        ("Mercredi 25 novembre", ["9\u00a0h – 9\u00a0h\u00a030", "9\u00a0h\u00a030 – 10\u00a0h"])
    ]


def test_times_come_back_on_weekdays_but_not_on_public_holidays(session: Session, people: Cast) -> None:
    asked = offering.read(FORM | {"day": "2026-12-21", "on.0": "on", "on.4": "on", "weeks": "2"})
    assert [one.isoformat() for one in asked.days()] == ["2026-12-21", "2026-12-25", "2026-12-28", "2027-01-01"]
    told = offering.offer_all(door(session, people), asked)
    assert told.startswith("4 créneaux sont proposés. Laissés de côté, fériés")
    assert "25 décembre" in told


def test_when_one_day_cannot_be_offered_the_day_is_named(session: Session, people: Cast) -> None:
    offer(session, people.claire, WEDNESDAY + timedelta(days=7), time(9), time(9, 30), 30, now=NOW)
    with pytest.raises(Refused) as refused:
        offering.offer_all(door(session, people), offering.read(FORM | {"on.2": "on", "weeks": "2"}))
    assert refused.value.params["day"] == "Mercredi 2 décembre"


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "demain"},
        {"starts": "9h"},
        {"ends": ""},
        {"minutes": "7"},
        {"minutes": "²"},
        {"weeks": "0"},
        {"weeks": "99"},
        {"weeks": "9" * 30},
    ],
)
def test_a_form_that_cannot_be_read_is_refused_in_a_sentence(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        offering.read(FORM | wrong)


def test_one_sees_for_whom_a_time_is_held_and_who_booked(session: Session, people: Cast) -> None:
    slots = offer(session, people.claire, date(2026, 11, 27), time(9), time(11), 30, now=NOW)
    nora, paul = talent(session, "Nora"), talent(session, "Paul")
    holding.hold_two(session, people.claire.id, saved(nora.id), until=NOW + timedelta(hours=48), now=NOW)
    holding.book(session, people.claire, saved(slots[2].id), saved(paul.id), now=NOW)
    seen = week(door(session, people), 0)
    assert [(one.state, one.talent) for one in seen.days[0].slots] == [
        ("held", "Nora Martin"),
        ("free", ""),
        ("booked", "Paul Martin"),
        ("held", "Nora Martin"),  # of one morning the two furthest apart
    ]
    assert seen.summary == "À venir\u00a0: 1 créneau libre · 2 retenus · 1 rendez-vous pris"


def test_a_talk_is_cancelled_by_whose_it_is_and_by_nobody_else(session: Session, people: Cast) -> None:
    slots = offer(session, people.claire, WEDNESDAY, time(9), time(10), 30, now=NOW)
    paul = talent(session, "Paul")
    booked = holding.book(session, people.claire, saved(slots[0].id), saved(paul.id), now=NOW)
    for stranger in (people.marc, people.dora):
        with pytest.raises(NotFound):
            cancel(Door(session, stranger, NOW), saved(booked.id))
    with pytest.raises(NotFound):
        cancel(door(session, people), 0)
    assert "Paul" in cancel(door(session, people), saved(booked.id))
    session.flush()
    assert [one.state for one in week(door(session, people), 0).days[0].slots] == ["free", "free"]
    told = session.execute(sa.text("SELECT count(*) FROM letter WHERE template LIKE 'cancelled%'")).scalar_one()
    assert told == 2
