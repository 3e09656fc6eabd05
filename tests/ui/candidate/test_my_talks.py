"""The candidate's talks on their own page: move, press twice, find the time gone."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from portal.booking.models import Slot
from portal.kit.errors import Refused
from portal.kit.zones import FRENCH
from portal.replies.talks import book_alone
from portal.ui.candidate.meetings.state import _book, _move, _seen
from portal.ui.doors import Door
from tests.booking.test_one_talk import IN_TWO_DAYS, slot, talking
from tests.cast import NOW, cast


def test_a_talk_shows_the_times_it_may_be_moved_to_and_moves(session: Session) -> None:
    claire = cast(session).claire
    zoe = talking(session, claire, phone="+33612345678")
    first, second = slot(session, claire), slot(session, claire, IN_TWO_DAYS + timedelta(hours=1))
    mine = Door(session, zoe, NOW)
    assert [one.id for one in _seen(mine).free] == [first, second]
    _book(mine, first)
    _book(mine, first)  # a finger that presses twice
    (talk,) = _seen(mine).talks
    assert [one.id for one in talk.slots] == [second]
    assert "+33 6 12 34 56 78" in talk.told.replace("\u00a0", " ")
    _move(mine, talk.id, second)
    (talk,) = _seen(mine).talks
    assert [one.id for one in talk.slots] == [first]
    assert "à 11 h" in talk.when.replace("\u00a0", " ")


def test_a_time_that_is_gone_is_told_and_what_remains_is_there(session: Session) -> None:
    claire = cast(session).claire
    zoe = talking(session, claire)
    gone, rest = slot(session, claire), slot(session, claire, IN_TWO_DAYS + timedelta(hours=1))
    session.get_one(Slot, gone).withdrawn_at = NOW
    session.flush()
    mine = Door(session, zoe, NOW)
    with pytest.raises(Refused, match="no longer offered"):
        _book(mine, gone)
    assert [one.id for one in _seen(mine).free] == [rest]


@pytest.mark.parametrize("zone", ["America/Martinique", "Indian/Reunion"])
def test_where_the_clocks_differ_the_zone_is_named(session: Session, zone: str) -> None:
    claire = cast(session).claire
    zoe = talking(session, claire, zone=zone)
    at = slot(session, claire, NOW.replace(hour=13) + timedelta(days=2))
    mine = Door(session, zoe, NOW)
    (free,) = _seen(mine).free
    assert zone in FRENCH
    assert "(heure de " in free.when
    book_alone(session, zoe, at, now=NOW)
    assert "(heure de " in _seen(mine).talks[0].when
