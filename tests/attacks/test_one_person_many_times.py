"""One person, many presses, two recruiters, one instant: they have one talk at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from portal.booking import holding
from portal.booking.models import Slot
from portal.kit.db import Database
from portal.kit.errors import Refused
from tests.booking.test_one_talk import IN_TWO_DAYS, living, slot, talking
from tests.cast import NOW, cast


def test_two_recruiters_and_ten_fingers_at_once_make_one_talk(everybody: Database) -> None:
    with everybody.work() as session:
        people = cast(session)
        zoe = talking(session, people.claire)
        times = [slot(session, who) for who in (people.claire, people.marc)]
        times += [slot(session, people.claire, IN_TWO_DAYS + timedelta(minutes=10 * n)) for n in range(1, 5)]
    ready = Barrier(len(times))

    def press(slot_id: int) -> bool:
        try:
            with everybody.work() as session:
                ready.wait(30)
                holding.book(session, zoe, slot_id, zoe.id, now=NOW)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(times)) as pool:
        assert sum(pool.map(press, times)) in {1, 2}  # two of them may lie one after the other
    with everybody.work() as session:
        spans = [session.get_one(Slot, one.slot_id).span for one in living(session)]
        assert not any(one.overlaps(other) for one in spans for other in spans if one is not other)
