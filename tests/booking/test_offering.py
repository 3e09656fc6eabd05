"""A recruiter offers times in their own zone, on any night of the year."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from portal.booking.models import Booking, Hold, Slot
from portal.booking.offering import offer, offer_again, withdraw_slot
from portal.booking.queries import SlotState, meetings_of, slots_of
from portal.kit.errors import NotFound, Refused
from portal.timeline.who import Role
from tests.people import NOW, candidate, staff, talent

THURSDAY = date(2026, 11, 26)


def starts(slots: list[Slot]) -> list[str]:
    return [f"{slot.starts_at:%d %H:%M}" for slot in slots]


def test_a_morning_in_paris_makes_four_slots_and_the_rest_is_left(session: Session) -> None:
    made = offer(session, staff(session), THURSDAY, time(9), time(11, 10), 30, now=NOW)
    assert starts(made) == ["26 08:00", "26 08:30", "26 09:00", "26 09:30"]


def test_nine_in_reunion_is_five_utc(session: Session) -> None:
    made = offer(session, staff(session, zone="Indian/Reunion"), THURSDAY, time(9), time(10), 60, now=NOW)
    assert starts(made) == ["26 05:00"]


def test_the_night_the_clocks_go_back_has_one_hour_more(session: Session) -> None:
    before = datetime(2026, 10, 20, tzinfo=UTC)
    made = offer(session, staff(session), date(2026, 10, 25), time(1), time(4), 60, now=before)
    assert starts(made) == ["24 23:00", "25 00:00", "25 01:00", "25 02:00"]


def test_the_night_the_clocks_go_forward_has_one_hour_less_and_a_hole(session: Session) -> None:
    me, spring = staff(session), date(2027, 3, 28)
    assert starts(offer(session, me, spring, time(1), time(4), 60, now=NOW)) == ["28 00:00", "28 01:00"]
    with pytest.raises(Refused, match="02:30 does not exist that day"):
        offer(session, me, spring, time(2, 30), time(5), 60, now=NOW)


@pytest.mark.parametrize(
    ("day", "window", "minutes", "told"),
    [
        (date(2026, 11, 24), (time(10, 30), time(12)), 30, "past"),
        (date(2029, 1, 1), (time(10), time(12)), 30, "more than a year"),
        (THURSDAY, (time(12), time(10)), 30, "end comes before"),
        (THURSDAY, (time(10), time(10, 20)), 30, "No slot of 30 minutes fits"),
        (THURSDAY, (time(10), time(12)), 0, "from 10 to 240 minutes"),
        (THURSDAY, (time(0), time(23)), 15, "more than 48 slots"),
    ],
)
def test_a_time_without_sense_is_told_what_to_do(
    session: Session, day: date, window: tuple[time, time], minutes: int, told: str
) -> None:
    with pytest.raises(Refused) as refused:
        offer(session, staff(session), day, *window, minutes, now=NOW)
    assert told in str(refused.value)


def test_overlapping_slots_are_refused_whole_but_a_colleague_may_offer_the_same_time(session: Session) -> None:
    me, colleague = staff(session), staff(session, "Louis")
    offer(session, me, THURSDAY, time(9), time(10), 30, now=NOW)
    with pytest.raises(Refused, match="already offer"):
        offer(session, me, THURSDAY, time(8), time(9, 10), 70, now=NOW)
    assert len(slots_of(session, me, me.id, now=NOW)) == 2
    assert len(offer(session, me, THURSDAY, time(10), time(11), 30, now=NOW)) == 2
    assert len(offer(session, colleague, THURSDAY, time(9), time(10), 30, now=NOW)) == 2


def test_a_withdrawn_slot_leaves_room_and_can_be_offered_again(session: Session) -> None:
    me = staff(session)
    slot = offer(session, me, THURSDAY, time(9), time(10), 60, now=NOW)[0]
    withdraw_slot(session, me, slot.id or 0, now=NOW)
    withdraw_slot(session, me, slot.id or 0, now=NOW)
    assert slots_of(session, me, me.id, now=NOW) == []
    again = offer(session, me, THURSDAY, time(9), time(10), 30, now=NOW)
    assert [row.state for row in slots_of(session, me, me.id, now=NOW)] == [SlotState.FREE] * 2
    withdraw_slot(session, me, again[0].id or 0, now=NOW)
    offer_again(session, me, again[0].id or 0, now=NOW)
    assert len(slots_of(session, me, me.id, now=NOW)) == 2


def test_undoing_a_withdrawal_does_not_double_a_time_offered_since(session: Session) -> None:
    me = staff(session)
    slot = offer(session, me, THURSDAY, time(9), time(10), 60, now=NOW)[0]
    withdraw_slot(session, me, slot.id or 0, now=NOW)
    offer(session, me, THURSDAY, time(9, 30), time(10, 30), 60, now=NOW)
    with pytest.raises(Refused, match="already offer"):
        offer_again(session, me, slot.id or 0, now=NOW)


def test_a_slot_held_or_booked_is_not_withdrawn_and_says_for_whom(session: Session) -> None:
    me, awa = staff(session), talent(session, "Awa Diallo")
    held, booked = offer(session, me, THURSDAY, time(9), time(10), 30, now=NOW)
    session.add(Hold(slot_id=held.id, talent_id=awa.id, held_at=NOW, until=NOW + timedelta(hours=48)))
    session.add(
        Booking(slot_id=booked.id, talent_id=awa.id, staff_id=me.id, booked_at=NOW, calendar_uid="one@house.example")
    )
    session.flush()
    with pytest.raises(Refused, match="is held for someone"):
        withdraw_slot(session, me, held.id or 0, now=NOW)
    with pytest.raises(Refused, match="cancel the meeting first"):
        withdraw_slot(session, me, booked.id or 0, now=NOW)
    rows = slots_of(session, me, me.id, now=NOW)
    assert [(row.state, row.talent) for row in rows] == [
        (SlotState.HELD, "Awa Diallo"),
        (SlotState.BOOKED, "Awa Diallo"),
    ]
    assert [meeting.talent for meeting in meetings_of(session, me, me.id, now=NOW)] == ["Awa Diallo"]
    later = NOW + timedelta(hours=47, minutes=59)
    with pytest.raises(Refused, match="is held"):
        withdraw_slot(session, me, held.id or 0, now=later)
    withdraw_slot(session, me, held.id or 0, now=NOW + timedelta(hours=48))


def test_nobody_withdraws_a_colleagues_slot_and_only_recruiters_offer(session: Session) -> None:
    me = staff(session)
    slot = offer(session, me, THURSDAY, time(9), time(10), 60, now=NOW)[0]
    for who in (staff(session, "Louis"), staff(session, "Dominique", Role.DPO), candidate(talent(session))):
        with pytest.raises(NotFound):
            withdraw_slot(session, who, slot.id or 0, now=NOW)
    with pytest.raises(NotFound):
        offer(session, candidate(talent(session, "Bo")), THURSDAY, time(14), time(15), 60, now=NOW)
