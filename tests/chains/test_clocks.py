"""Before a launch one is told of whom one's hours suit nobody."""

from datetime import UTC, datetime

from sqlmodel import Session

from portal.booking.models import Slot
from portal.chains.queries import Apart, apart
from portal.kit.db import saved
from tests.cast import NOW, cast, talent


def test_whose_day_shares_no_hour_with_mine_is_counted(session: Session) -> None:
    claire = cast(session).claire
    people = [saved(talent(session, name, zone=zone).id) for name, zone in ZONES]
    # Between 8 and 20 in Paris Tahiti has 21 to 9: one hour of it would do.
    assert apart(session, claire, people, now=NOW) == []
    for hour in (9, 10, 14):
        begins = datetime(2026, 11, 26, hour - 1, tzinfo=UTC)
        session.add(Slot(staff_id=claire.id, starts_at=begins, ends_at=begins.replace(minute=30)))
    session.flush()
    assert apart(session, claire, people, now=NOW) == [Apart("Pacific/Tahiti", 2)]
    assert apart(session, claire, people[:2], now=NOW) == []


ZONES = [
    ("Lyo", "Europe/Paris"),
    ("Foa", "America/Martinique"),
    ("Tia", "Pacific/Tahiti"),
    ("Teva", "Pacific/Tahiti"),
    ("Nou", "Pacific/Noumea"),
]
