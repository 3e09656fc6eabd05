"""One talk with one recruiter, one at a time, not at the last minute, whoever presses how often and how fast."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Booking, Slot
from portal.booking.openings import free_for
from portal.conversations.actions import open_conversation
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.replies.agreeing import agree
from portal.replies.talks import book_alone, cancel_booking, move_booking
from portal.timeline.who import Person
from tests.cast import NOW, Cast, as_candidate, cast, talent

IN_TWO_DAYS = NOW + timedelta(days=2)


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def slot(session: Session, who: Person, begins: datetime = IN_TWO_DAYS, minutes: int = 30) -> int:
    row = Slot(staff_id=who.id, starts_at=begins, ends_at=begins + timedelta(minutes=minutes))
    session.add(row)
    session.flush()
    return saved(row.id)


def talking(session: Session, who: Person, first_name: str = "Zoé", **known: object) -> Person:
    """Someone who talks with this recruiter."""
    zoe = as_candidate(talent(session, first_name, **known))
    open_conversation(session, zoe, zoe.id, who.id, now=NOW)
    return zoe


def living(session: Session) -> list[Booking]:
    return list(session.exec(select(Booking).where(col(Booking.cancelled_at).is_(None))))


def test_nobody_has_two_talks_at_one_time_with_two_recruiters(session: Session, people: Cast) -> None:
    zoe = talking(session, people.claire)
    hers, his = slot(session, people.claire), slot(session, people.marc, IN_TWO_DAYS + timedelta(minutes=15))
    holding.book(session, zoe, hers, zoe.id, now=NOW)
    with pytest.raises(holding.SlotTaken, match="another talk at that time"):
        holding.book(session, zoe, his, zoe.id, now=NOW)
    after = slot(session, people.marc, IN_TWO_DAYS + timedelta(minutes=45))
    assert [one.id for one in free_for(session, people.marc.id, zoe.id, now=NOW)] == [after]
    holding.book(session, zoe, after, zoe.id, now=NOW)
    assert len(living(session)) == 2


def test_a_conversation_has_one_living_talk_and_pressing_it_again_is_no_fault(session: Session, people: Cast) -> None:
    zoe = talking(session, people.claire)
    times = [slot(session, people.claire, IN_TWO_DAYS + timedelta(hours=hour)) for hour in range(3)]
    first = book_alone(session, zoe, times[0], now=NOW)
    assert book_alone(session, zoe, times[0], now=NOW).id == first.id
    for other in times[1:]:
        with pytest.raises(Refused, match="You have a time already"):
            book_alone(session, zoe, other, now=NOW)
    assert [one.slot_id for one in living(session)] == times[:1]


def test_a_time_is_offered_and_booked_no_later_than_the_house_allows(session: Session, people: Cast) -> None:
    zoe = talking(session, people.claire)
    near, far = (slot(session, people.claire, NOW + timedelta(minutes=one)) for one in (90, 120))
    assert [one.id for one in free_for(session, people.claire.id, zoe.id, now=NOW)] == [far]
    with pytest.raises(holding.SlotTaken, match="too close"):
        book_alone(session, zoe, near, now=NOW)
    # A recruiter may: it was agreed on the phone.
    agree(session, people.claire, zoe.id, date(2026, 11, 24), time(11, 30), 30, now=NOW)
    assert [one.slot_id for one in living(session)] == [near]


def test_a_time_agreed_on_the_phone_is_booked_and_then_moved(session: Session, people: Cast) -> None:
    zoe = talking(session, people.claire)
    made = agree(session, people.claire, zoe.id, date(2026, 11, 26), time(9), 20, now=NOW)
    assert session.get_one(Slot, made.slot_id).starts_at == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    moved = agree(session, people.claire, zoe.id, date(2026, 11, 26), time(14), 20, now=NOW)
    assert (moved.id, moved.calendar_uid, moved.sequence) == (made.id, made.calendar_uid, 1)
    assert len(living(session)) == 1
    with pytest.raises(Refused, match="colleague"):
        agree(session, people.marc, zoe.id, date(2026, 11, 27), time(9), 20, now=NOW)
    with pytest.raises(NotFound):
        agree(session, zoe, zoe.id, date(2026, 11, 27), time(9), 20, now=NOW)


def test_a_talk_is_moved_by_whose_it_is_and_stays_where_it_was_if_the_time_is_gone(
    session: Session, people: Cast
) -> None:
    zoe, luc = talking(session, people.claire), talking(session, people.claire, "Luc")
    first, taken, free, of_marc = (
        slot(session, people.claire),
        slot(session, people.claire, IN_TWO_DAYS + timedelta(hours=1)),
        slot(session, people.claire, IN_TWO_DAYS + timedelta(hours=2)),
        slot(session, people.marc, IN_TWO_DAYS + timedelta(hours=3)),
    )
    mine = book_alone(session, zoe, first, now=NOW)
    book_alone(session, luc, taken, now=NOW)
    for slot_id, why in ((taken, holding.SlotTaken), (of_marc, NotFound)):
        with pytest.raises(why):
            move_booking(session, zoe, zoe.id, saved(mine.id), slot_id, now=NOW)
        session.refresh(mine)
        assert (mine.slot_id, mine.sequence) == (first, 0)
    with pytest.raises(NotFound):
        move_booking(session, luc, luc.id, saved(mine.id), free, now=NOW)
    move_booking(session, zoe, zoe.id, saved(mine.id), free, now=NOW)
    assert first in [one.id for one in free_for(session, people.claire.id, luc.id, now=NOW)]


def test_called_off_without_another_time_it_stands_in_the_recruiters_inbox(session: Session, people: Cast) -> None:
    zoe = talking(session, people.claire)
    mine = book_alone(session, zoe, slot(session, people.claire), now=NOW)
    thread = open_conversation(session, people.claire, zoe.id, people.claire.id, now=NOW)
    assert thread.waiting_since is None
    cancel_booking(session, people.claire, zoe.id, saved(mine.id), now=NOW)
    session.refresh(thread)
    assert thread.waiting_since == NOW
