"""People who live by another clock: never written to at night, offered times of their day, told by which clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from portal.booking.models import Hold, Slot
from portal.chains.models import Enrolment
from portal.chains.queries import Stage, people_at
from portal.chains.rules import WaitsFor
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.talents.models import Talent
from portal.talents.places import match
from portal.talents.zones import zone_of
from portal.timeline.queries import events_of
from portal.timeline.sentences import told
from portal.timeline.who import Person
from portal.ui.candidate.messages import state as messages
from portal.ui.doors import Door
from portal.ui.recruiter.launch import words
from portal.ui.recruiter.today import state as today
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launch, people_and_job, pick_first
from tests.sink import text_of
from tests.world import World

FOA, TIA = "foa@candidat.example", "tia@candidat.example"
MARTINIQUE, TAHITI = ZoneInfo("America/Martinique"), ZoneInfo("Pacific/Tahiti")


def begun(world: World) -> Scene:
    """Claire launches at 8:05 in Paris, for two people of Lyon who work in Fort-de-France and in Papeete."""
    world.now = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    with world.database.work() as session:
        scene = people_and_job(session, "Foa", "Tia", slots=0)
        for name, place in (("Foa", "Fort-de-France"), ("Tia", "Papeete")):
            found = match(place)
            assert found is not None
            row = session.get_one(Talent, scene.ids[name])
            row.zone, row.said = zone_of(found.insee), {**row.said, "zone": {"by": "place", "on": "2026-11-02"}}
        for day in (30, 1, 2):
            month = 11 if day == 30 else 12
            for hour in (9, 14, 17):  # in Paris
                begins = datetime(2026, month, day, hour - 1, tzinfo=UTC)
                claire = scene.people.claire.id
                session.add(Slot(staff_id=claire, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
        scene.launch = launch(session, scene, scene.people.claire, now=world.now)
    return scene


def live(world: World, hours: int) -> None:
    for _ in range(hours):
        world.work()
        world.later(hours=1)


def test_overseas_nobody_is_written_to_at_night_and_all_read_their_own_hours(world: World) -> None:
    scene = begun(world)
    live(world, 14)
    assert [one["Subject"] is not None for one in world.sink.to(FOA)] == [True]
    for address, zone in ((FOA, MARTINIQUE), (TIA, TAHITI)):
        (letter,) = world.sink.to(address)
        left = letter["Date"].datetime.astimezone(zone)
        assert 8 <= left.hour < 20, (address, left)
    assert "(heure de la Martinique)" in text_of(world.sink.to(FOA)[0])

    world.now = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # 18:00 in Martinique, noon in Tahiti
    for name in ("foa", "tia"):
        answer(world, name, Answer.YES)
        answer(world, name, Answer.YES)
    offer = text_of(world.sink.to(FOA)[-1])
    assert offer.count("(heure de la Martinique)") >= 3  # two times and the deadline
    with world.database.work() as session:
        held = session.exec(select(Slot).join(Hold, col(Hold.slot_id) == col(Slot.id)))  # type: ignore[arg-type]
        hours = [slot.starts_at.astimezone(MARTINIQUE).hour for slot in held]
        assert hours
        assert all(8 <= hour < 20 for hour in hours)
        tia = session.exec(select(Enrolment).where(col(Enrolment.talent_id) == scene.ids["Tia"])).one()
        assert tia.waits_for is WaitsFor.TIMES  # 9, 14 and 17 in Paris are night or early morning there
        # Claire offers an evening: 19:00 in Paris is 8:00 in Tahiti.
        for day in (1, 3):
            begins = datetime(2026, 12, day, 18, tzinfo=UTC)
            slot = Slot(staff_id=scene.people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30))
            session.add(slot)
        session.flush()
        assert saved(slot.id)
    live(world, 24)
    assert "(heure de Tahiti)" in text_of(world.sink.to(TIA)[-1])
    assert "à 8 h (heure de Tahiti)" in text_of(world.sink.to(TIA)[-1]).replace("\u00a0", " ")


def test_a_time_that_was_picked_is_told_with_its_clock_wherever_it_stands(world: World) -> None:
    scene = begun(world)
    live(world, 14)
    world.now = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    for _ in range(2):
        answer(world, "foa", Answer.YES)
    pick_first(world, "foa")
    world.now = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    with world.database.work() as session:
        foa = as_candidate(session.get_one(Talent, scene.ids["Foa"]))
        lines, _, _ = messages._read(Door(session, foa, world.now))
        assert any("Vous avez choisi" in line.text and "(heure de la Martinique)" in line.text for line in lines)
        assert "(heure de la Martinique)" in _history(session, foa, "America/Martinique")
        desk = Door(session, scene.people.claire, world.now)
        (meeting,) = today._meetings(desk)
        assert "(heure de Paris)" in meeting.when
        row = next(one for one in people_at(session, scene.people.claire, scene.launch, Stage.BOOKED, now=world.now))
        where, _ = words.standing(desk, row)
        assert "(heure de Paris)" in where
        assert "(heure de la Martinique)" in where


def _history(session: Session, of: Person, zone: str) -> str:
    return " ".join(told(event, "fr", zone, staff={}) for event in events_of(session, of, of.id))
