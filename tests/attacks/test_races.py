"""Many people, one slot: whoever is fastest has it, and everyone else is told so."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Booking, Hold, Slot
from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox import links
from portal.postbox.rules import LinkPurpose
from portal.replies import picking
from portal.timeline.who import LinkGrant
from tests.cast import NOW, cast, talent
from tests.crowd import crowd

CROWD = 100


def released_slot(database: Database) -> tuple[int, list[str]]:
    """One slot that was held for somebody and let go, and a hundred people with a link that may pick it."""
    with database.work() as session:
        claire = cast(session).claire
        begins = NOW + timedelta(days=4)
        slot = Slot(staff_id=claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30))
        session.add(slot)
        session.flush()
        first = saved(talent(session, "Zoé").id)
        until = NOW + timedelta(hours=48)
        session.add(Hold(slot_id=saved(slot.id), talent_id=first, held_at=NOW, until=until, released_at=NOW))
        return saved(slot.id), [_link(session, claire.id, person) for person in crowd(session, CROWD, now=NOW)]


def _link(session: Session, owner: int, person: int) -> str:
    until = NOW + timedelta(hours=48)
    document = {"name": "slots", "purpose": LinkPurpose.SLOTS, "until": until.isoformat()}
    made = links.mint(document, letter_id=None, talent_id=person, staff_id=None, now=NOW)
    links.store(session, [made])
    asked = Ask(talent_id=person, owner_id=owner, question=Question.SLOTS, asked_at=NOW, deadline=until)
    session.add(asked)
    return made.token


def _race(database: Database, slot: int, tokens_: list[str]) -> Counter[str]:
    """All of them press at the same instant, each on a connection of their own."""
    ready = threading.Barrier(len(tokens_))

    def press(token: str) -> str:
        try:
            with database.work() as session:
                found = links.find(session, token, LinkPurpose.SLOTS)
                assert found is not None
                person = saved(found.talent_id)
                ask = session.exec(select(Ask).where(col(Ask.talent_id) == person).with_for_update()).one()
                ready.wait(60)
                picking.pick(session, LinkGrant(saved(found.id), person), ask, slot, now=NOW)
        except holding.SlotTaken:
            return "taken"
        return "booked"

    with ThreadPoolExecutor(len(tokens_)) as pool:
        return Counter(pool.map(press, tokens_))


def test_a_hundred_people_pick_one_released_slot_and_one_has_it(everybody: Database) -> None:
    slot, everyones = released_slot(everybody)
    assert _race(everybody, slot, everyones) == {"booked": 1, "taken": CROWD - 1}
    with everybody.work() as session:
        booked = session.exec(select(Booking)).one()
        assert session.exec(select(Ask).where(col(Ask.answered_at).is_not(None))).one().talent_id == booked.talent_id


def test_without_its_unique_index_several_people_would_have_it(database: Urls, everybody: Database) -> None:
    """Proves that the test above can fail, and that nothing but the index decides."""
    slot, everyones = released_slot(everybody)
    with psycopg.connect(database.owner.replace("+psycopg", "")) as owner:
        owner.execute("DROP INDEX uq_booking_slot_id")
    assert _race(everybody, slot, everyones)["booked"] > 1


def test_two_people_are_never_held_the_same_slot(everybody: Database) -> None:
    with everybody.work() as session:
        claire = cast(session).claire
        for hour in range(24):
            begins = NOW + timedelta(days=4, hours=hour)
            session.add(Slot(staff_id=claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
        people = crowd(session, 20, now=NOW)
    ready = threading.Barrier(len(people))

    def hold(person: int) -> list[int]:
        with everybody.work() as session:
            ready.wait(60)
            held = holding.hold_two(session, claire.id, person, until=NOW + timedelta(hours=48), now=NOW)
            return [saved(slot.id) for slot in held]

    with ThreadPoolExecutor(len(people)) as pool:
        held = list(pool.map(hold, people))
    slots = [slot for pair in held for slot in pair]
    assert len(slots) == len(set(slots)) >= 2
    assert {len(pair) for pair in held} == {0, 2}
