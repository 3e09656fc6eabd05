"""A talk from its offer to the day: what both sides read, what their calendars keep, what may be pressed from the mail."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from icalendar.cal import Component
from sqlmodel import Session, col, select

from portal.booking.holding import release
from portal.booking.models import Booking, Slot
from portal.conversations.rules import Answer
from portal.kit.db import saved
from portal.postbox.models import Letter
from portal.replies.talks import cancel_booking
from portal.talents.models import Talent
from portal.ui.links.app import links_app
from tests.scenes import Scene, answer, launched
from tests.sink import calendar_of, html_of, links_in, text_of
from tests.ui.links.browser import Browser
from tests.world import World

ZOE, CLAIRE = "zoe@candidat.example", "claire@vivier.example"


@pytest.fixture
def scene(world: World) -> Scene:
    """Zoé said yes twice: two times are held for her. Claire has times on two more days."""
    scene = launched(world, "Zoe", "Luc", slots=4)
    with world.database.work() as session:
        for day in (6, 7, 8):  # Monday to Wednesday
            add_slots(session, scene.people.claire.id, world.now + timedelta(days=day), 3)
    world.later(hours=1)
    answer(world, "zoe", Answer.YES)
    answer(world, "zoe", Answer.YES)
    return scene


def add_slots(session: Session, staff_id: int, begins: datetime, many: int) -> None:
    for number in range(many):
        at = begins + timedelta(hours=number)
        session.add(Slot(staff_id=staff_id, starts_at=at, ends_at=at + timedelta(minutes=30)))


def browser(world: World) -> Browser:
    return Browser(links_app(world.database, now=lambda: world.now))


def press(world: World, path: str, **form: str) -> str:
    """Open a page and press one of its buttons; return what is read then."""
    them = browser(world)
    nonce = re.search(r'name="nonce" value="([0-9a-f]+)"', them.get(path).text)
    assert nonce
    answer = them.post(path, data={"nonce": nonce[1], **form})
    world.work()
    return f"{answer.status_code} {unescape(answer.text)}"


def page(world: World, path: str) -> str:
    return unescape(browser(world).get(path).text)


def buttons(html: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="(\d+)"', html)


def path_of(letter: object, letter_of: str) -> str:
    return next(urlsplit(link).path for link in links_in(letter) if f"/{letter_of}/" in link)  # type: ignore[arg-type]


def event_of(letter: object) -> tuple[str, Component]:
    whole = Calendar.from_ical(calendar_of(letter))  # type: ignore[arg-type]
    return str(whole["method"]), whole.walk("VEVENT")[0]


def booked(world: World, **form: str) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    told = press(world, offer, slot=buttons(page(world, offer), "slot")[0], **form)
    assert told.startswith("200"), told


def test_two_held_times_are_two_days_and_the_letter_says_what_kind_of_talk_it_is(world: World, scene: Scene) -> None:
    letter = world.sink.to(ZOE)[-1]
    assert "C’est un appel téléphonique de 30 minutes avec Claire." in text_of(letter)
    assert "Nous n’avons pas votre numéro" in text_of(letter)
    with world.database.work() as session:
        offered = [session.get_one(Slot, int(id_)) for id_ in re.findall(r"/p/[^/\s]+/(\d+)", text_of(letter))]
    days = {slot.starts_at.date() for slot in offered}
    assert len(days) == 2
    assert "heure de" not in text_of(letter)  # both live by one clock


def test_a_number_given_where_the_time_is_picked_is_their_own_word(world: World, scene: Scene) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    slot = buttons(page(world, offer), "slot")[0]
    wrong = press(world, offer, slot=slot, phone="12")
    assert wrong.startswith("400")
    assert 'name="slot"' in wrong  # the times stand there still
    booked(world, phone="06 12 34 56 78")
    with world.database.work() as session:
        zoe = session.get_one(Talent, scene.ids["Zoe"])
        assert (zoe.phone, zoe.said["phone"]["by"]) == ("+33612345678", "talent")
    assert "+33 6 12 34 56 78" in text_of(world.sink.to(ZOE)[-1]).replace("\u00a0", " ")


def test_both_calendars_follow_a_talk_from_booked_to_moved_to_cancelled(world: World, scene: Scene) -> None:
    booked(world, phone="0612345678")
    hers, ours = world.sink.to(ZOE)[-1], world.sink.to(CLAIRE)[-1]
    uid = event_of(hers)[1]["uid"]
    for letter in (hers, ours):
        method, event = event_of(letter)
        assert (method, event["uid"], event["sequence"]) == ("REQUEST", uid, 0)
        assert event["organizer"] == "mailto:maison@vivier.example"  # whom the letter is from
        assert [str(one) for one in event["attendee"]] == [f"mailto:{ZOE}", f"mailto:{CLAIRE}"]
        assert {one.params["RSVP"] for one in event["attendee"]} == {"FALSE"}
        assert event["location"] == "+33 6 12 34 56 78"
        assert [alarm["action"] for alarm in event.walk("VALARM")] == ["DISPLAY"]
        assert "Infirmière de site, Lyon" in event["description"]
    link = path_of(hers, "b")
    assert event_of(hers)[1]["url"].endswith(link)
    assert event_of(hers)[1]["url"] in event_of(hers)[1]["description"]
    assert event_of(ours)[1]["url"].endswith(f"/pool/{scene.ids['Zoe']}")
    assert link not in str(ours)  # her link is hers alone
    assert "+33 6 12 34 56 78" in text_of(ours).replace("\u00a0", " ")

    other = buttons(page(world, link), "move")[0]
    assert press(world, link, move=other).startswith("200")
    for letter in (world.sink.to(ZOE)[-1], world.sink.to(CLAIRE)[-1]):
        method, event = event_of(letter)
        assert (method, event["uid"], event["sequence"]) == ("REQUEST", uid, 1)
        with world.database.work() as session:
            assert event.decoded("dtstart") == session.get_one(Slot, int(other)).starts_at

    many = len(world.sink.letters)
    assert press(world, link, move=other).startswith("200")  # pressed twice: once
    assert len(world.sink.letters) == many

    assert "annulé" in press(world, link, cancel="1")
    for letter in (world.sink.to(ZOE)[-1], world.sink.to(CLAIRE)[-1]):
        method, event = event_of(letter)
        assert (method, event["uid"], event["sequence"], event["status"]) == ("CANCEL", uid, 2, "CANCELLED")


def test_a_number_given_after_picking_reaches_the_recruiters_calendar(world: World, scene: Scene) -> None:
    booked(world)
    link, before = path_of(world.sink.to(ZOE)[-1], "b"), len(world.sink.to(ZOE))
    assert "inconnu" in text_of(world.sink.to(CLAIRE)[-1])
    assert "Le bouton ci-dessous sert aussi à indiquer votre numéro." in text_of(world.sink.to(ZOE)[-1])
    assert press(world, link, phone="12").startswith("400")
    assert press(world, link, phone="06 12 34 56 78").startswith("200")
    method, event = event_of(world.sink.to(CLAIRE)[-1])
    assert (method, event["sequence"], event["location"]) == ("REQUEST", 1, "+33 6 12 34 56 78")
    assert len(world.sink.to(ZOE)) == before
    assert 'name="phone"' not in page(world, link)


def test_looking_at_a_talk_changes_nothing_and_a_stranger_sees_none(world: World, scene: Scene) -> None:
    booked(world)
    link, them = path_of(world.sink.to(ZOE)[-1], "b"), browser(world)
    before = world.rows()
    assert them.get(link).status_code == 200
    assert them.head(link).status_code == 200
    assert them.post(link, data={"cancel": "1"}).status_code == 403
    assert them.get("/b/forged").status_code == 404
    assert them.get(link.replace("/b/", "/p/")).status_code == 404
    assert world.rows() == before


def test_a_time_that_went_while_the_page_was_open_leaves_the_talk_where_it_was(world: World, scene: Scene) -> None:
    booked(world)
    link = path_of(world.sink.to(ZOE)[-1], "b")
    gone, rest = buttons(page(world, link), "move")[:2]
    with world.database.work() as session:
        session.get_one(Slot, int(gone)).withdrawn_at = world.now
    told = press(world, link, move=gone)
    assert told.startswith("409")
    assert "n’est plus proposé" in told
    assert rest in buttons(told, "move")
    with world.database.work() as session:
        assert session.exec(select(Booking)).one().sequence == 0


@pytest.mark.parametrize("gone", ["withdrawn", "past", "near"])
def test_a_held_time_that_is_gone_shows_what_remains(world: World, scene: Scene, gone: str) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    seen = page(world, offer)
    assert "gardés pour vous" in seen
    first, second = buttons(seen, "slot")
    with world.database.work() as session:
        slot = session.get_one(Slot, int(first))
        if gone == "withdrawn":
            slot.withdrawn_at = world.now
        else:
            slot.starts_at = world.now + (timedelta(hours=1) if gone == "near" else -timedelta(hours=1))
    told = press(world, offer, slot=first)
    assert told.startswith("409")
    assert second in buttons(told, "slot")


def test_times_that_are_free_to_all_are_not_said_to_be_kept(world: World, scene: Scene) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    with world.database.work() as session:
        release(session, scene.ids["Zoe"], now=world.now)
    seen = page(world, offer)
    assert "gardés pour vous" not in seen
    assert "ouverts à d’autres" in seen


def test_whoever_has_a_talk_tomorrow_is_reminded_once_and_of_the_talk_as_it_stands(world: World, scene: Scene) -> None:
    """Monday's talk on Saturday; moved to Tuesday after that, once more on Monday."""
    booked(world)
    link = path_of(world.sink.to(ZOE)[-1], "b")
    monday = next(id_ for id_ in buttons(page(world, link), "move") if "30 novembre" in when(world, link, id_))
    press(world, link, move=monday)
    assert live_until(world, datetime(2026, 11, 29, 20, 0, tzinfo=UTC)) == ["28 09:00"]
    tuesday = next(id_ for id_ in buttons(page(world, link), "move") if "1er décembre" in when(world, link, id_))
    press(world, link, move=tuesday)
    assert live_until(world, datetime(2026, 12, 2, tzinfo=UTC)) == ["28 09:00", "30 09:00"]


def when(world: World, link: str, slot: str) -> str:
    found = re.search(rf'value="{slot}"[^>]*>([^<]+)<', page(world, link))
    assert found
    return found[1]


def live_until(world: World, end: datetime) -> list[str]:
    """Live on, hour by hour; return when reminders left."""
    while world.now < end:
        world.tidy()
        world.later(hours=1)
    world.work()
    with world.database.work() as session:
        reminders = session.exec(
            select(Letter).where(col(Letter.template) == "reminder").order_by(col(Letter.queued_at))
        )
        return [f"{one.queued_at.astimezone(UTC):%d %H:%M}" for one in reminders]


def test_a_reminder_that_waits_is_taken_back_with_its_talk(world: World, scene: Scene) -> None:
    booked(world)
    with world.database.work() as session:
        slot = session.get_one(Slot, session.exec(select(Booking.slot_id)).one())
    world.now = slot.starts_at - timedelta(days=1)
    world.tidy()  # planned, and the mail is down
    with world.database.work() as session:
        made = session.exec(select(Booking)).one()
        assert made.reminder_id is not None
        cancel_booking(session, scene.people.claire, made.talent_id, saved(made.id), now=world.now)
    world.work()
    assert not [one for one in world.sink.to(ZOE) if str(one["Subject"]).startswith("Rappel")]


def test_called_off_by_us_they_read_sorry_why_and_what_is_next(world: World, scene: Scene) -> None:
    booked(world)
    with world.database.work() as session:
        made = session.exec(select(Booking)).one()
        cancel_booking(
            session, scene.people.claire, made.talent_id, saved(made.id), now=world.now, words="Mon train est annulé."
        )
    world.work()
    letter = world.sink.to(ZOE)[-1]
    told = text_of(letter)
    assert told.index("excuses") < told.index("Mon train est annulé.") < told.index("D’autres créneaux")
    link = path_of(letter, "b")
    times = buttons(page(world, link), "move")
    assert str(made.slot_id) not in times  # the hour she cannot keep
    assert "C’est noté" in press(world, link, move=times[0])
    assert link.encode() not in html_of(world.sink.to(CLAIRE)[-1]).encode()
    with world.database.work() as session:
        living = session.exec(select(Booking).where(col(Booking.cancelled_at).is_(None))).one()
        assert (living.talent_id, living.slot_id) == (scene.ids["Zoe"], int(times[0]))
