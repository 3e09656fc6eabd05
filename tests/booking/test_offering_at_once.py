"""A recruiter with two windows open does not offer one hour twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

from sqlmodel import Session

from portal.booking.offering import offer
from portal.booking.queries import slots_of
from portal.kit.db import Database
from portal.kit.errors import Refused
from tests.people import NOW, staff


def test_overlapping_offers_at_once_have_one_winner(module_db: Database) -> None:
    with module_db.work() as session:
        me = staff(session, "Camille Deux")
    together = Barrier(6)

    def press(minute: int) -> bool:
        together.wait()
        try:
            with module_db.work() as session:
                offer(session, me, date(2026, 11, 26), time(9, minute), time(10, minute), 60, now=NOW)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as windows:
        won = list(windows.map(press, range(6)))
    assert won.count(True) == 1
    with Session(module_db.engine) as session:
        assert len(slots_of(session, me, me.id, now=NOW)) == 1
