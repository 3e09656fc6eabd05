"""By which clock somebody lives, and whose word on it counts."""

from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.access.house import house
from portal.gate.law.hours import next_open, public_holidays
from portal.kit import migrate
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.kit.errors import NotFound
from portal.kit.fold import fold
from portal.kit.zones import FRENCH, is_zone, moment_in, moment_there, zone_choices, zone_name
from portal.talents import places
from portal.talents.actions import Arrival, take_in, update_by_talent
from portal.talents.changes import keep_browser_zone
from portal.talents.merging import By, Word
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.talents.zones import zone_of
from portal.timeline.who import System
from tests.cast import NOW, as_candidate, talent

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("typed", "zone", "hours"),
    [
        ("Lyon", "Europe/Paris", 1),
        ("Pointe-à-Pitre", "America/Guadeloupe", -4),
        ("97209 Fort-de-France", "America/Martinique", -4),
        ("Cayenne", "America/Cayenne", -3),
        ("Saint-Denis (974)", "Indian/Reunion", 4),
        ("Mamoudzou", "Indian/Mayotte", 3),
        ("97500 Saint-Pierre", "America/Miquelon", -3),
        ("97133", "America/St_Barthelemy", -4),
        ("97150", "America/Marigot", -4),
        ("98600 Uvea", "Pacific/Wallis", 12),
        ("Nouméa", "Pacific/Noumea", 11),
        ("Papeete", "Pacific/Tahiti", -10),
        ("Bora-Bora", "Pacific/Tahiti", -10),
        ("Nuku-Hiva", "Pacific/Marquesas", -9.5),
        ("98741 Hiva-Oa", "Pacific/Marquesas", -9.5),
        ("98755", "Pacific/Gambier", -9),
    ],
)
def test_people_live_by_the_clock_of_where_they_work(typed: str, zone: str, hours: float) -> None:
    place = places.match(typed)
    assert place is not None
    assert zone_of(place.insee) == zone
    assert datetime(2026, 11, 24, tzinfo=ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)


def arrive(
    session: Session, place: str | None, *, known: int | None = None, on: date = DAY, **values: object
) -> Talent:
    """A file tells of someone."""
    found = places.match(place) if place else None
    told = {"email": "zoe@candidat.example", "first_name": "Zoé", "last_name": "Martin", **values}
    told |= {"place_name": found.name, "place_code": found.insee} if found else {}
    word = Word(told, By.SOURCE, on, "ATS", SourceKind.ATS_EXPORT)
    ((id_, _),) = take_in(session, System("test"), [Arrival(known, (word,))], now=NOW)
    return session.get_one(Talent, id_)


def test_a_file_that_names_a_place_overseas_brings_its_clock_and_says_why(session: Session) -> None:
    zoe = arrive(session, "Fort-de-France")
    assert (zoe.zone, zoe.said["zone"]) == ("America/Martinique", {"by": "place", "on": "2026-11-02"})
    moved = arrive(session, "Lyon", known=saved(zoe.id), on=date(2026, 11, 20))
    assert moved.zone == "Europe/Paris"


def test_without_a_place_it_is_the_files_and_without_that_the_houses(session: Session) -> None:
    assert arrive(session, None, zone="Indian/Reunion").zone == "Indian/Reunion"
    house(session).zone = "America/Martinique"
    session.flush()
    assert arrive(session, None, email="luc@candidat.example").zone == "America/Martinique"
    assert arrive(session, "Lyon", email="ana@candidat.example").zone == "Europe/Paris"
    assert arrive(session, "Papeete", email="bo@candidat.example", zone="Indian/Reunion").zone == "Pacific/Tahiti"


def test_their_browser_counts_once_and_their_own_word_for_good(session: Session) -> None:
    zoe = arrive(session, "Fort-de-France")
    me = as_candidate(zoe)
    assert not keep_browser_zone(session, me, me.id, "Mars/Olympus", now=NOW)
    assert keep_browser_zone(session, me, me.id, "America/Montreal", now=NOW)
    assert not keep_browser_zone(session, me, me.id, "Asia/Tokyo", now=NOW)  # they travel
    update_by_talent(session, me, me.id, {"place_code": "75056"}, now=NOW)
    held = session.get_one(Talent, me.id)
    assert (held.zone, held.said["zone"]["by"]) == ("America/Montreal", "browser")
    update_by_talent(session, me, me.id, {"zone": "Indian/Reunion"}, now=NOW)
    assert not keep_browser_zone(session, me, me.id, "Asia/Tokyo", now=NOW)
    assert arrive(session, "Papeete", known=me.id, on=date(2026, 12, 1)).zone == "Indian/Reunion"
    with pytest.raises(NotFound):
        keep_browser_zone(session, as_candidate(talent(session, "Luc")), me.id, "Asia/Tokyo", now=NOW)


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        ("Europe/London", "heure de Londres", "London time"),
        ("Africa/Algiers", "heure d’Alger", "Algiers time"),
        ("Africa/Cairo", "heure du Caire", "Cairo time"),
        ("America/Argentina/Buenos_Aires", "heure de Buenos Aires", "Buenos Aires time"),
        ("Asia/Calcutta", "heure de Kolkata", "Kolkata time"),
    ],
)
def test_a_clock_of_elsewhere_is_named_as_its_reader_names_the_city(zone: str, french: str, english: str) -> None:
    assert (zone_name("fr", zone), zone_name("en", zone)) == (french, english)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_list_of_clocks_has_each_city_once_and_in_the_order_one_looks_it_up(locale: str) -> None:
    names = [name for _, name in zone_choices(locale)]
    assert len(names) == len(set(names))
    cities = names[len(FRENCH) :]
    assert cities == sorted(cities, key=fold)
    assert {"Alger", "Algiers"} & set(cities)
    assert not [zone for zone, _ in zone_choices(locale) if zone.startswith(("US/", "Canada/", "Brazil/"))]
    assert is_zone("Asia/Calcutta")  # as browsers say it


def test_whose_place_they_change_alone_lives_by_its_clock_from_then_on(session: Session) -> None:
    me = as_candidate(talent(session, "Zoé"))
    update_by_talent(session, me, me.id, {"place_code": "97411"}, now=NOW)
    assert session.get_one(Talent, me.id).zone == "Indian/Reunion"


def test_a_house_of_before_learns_where_its_people_live(database: Urls) -> None:
    with closing(Database(database.app)) as before, before.work() as session:
        for name, insee, said in (
            ("Foa", "97209", {}),
            ("Tia", "98735", {}),
            ("Mao", "98731", {}),
            ("Lyo", "69123", {}),
            ("Dit", "97411", {"zone": {"by": "talent", "on": "2026-10-01"}}),
        ):
            row = talent(session, name)
            row.place_code, row.said = insee, said
    migrate.downgrade(database.owner, "0023")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as after, after.work() as session:
        zones = {one.first_name: one.zone for one in session.exec(select(Talent))}
        assert zones == {
            "Foa": "America/Martinique", "Tia": "Pacific/Tahiti", "Mao": "Pacific/Marquesas",
            "Lyo": "Europe/Paris", "Dit": "Europe/Paris",
        }  # fmt: skip
        who = session.execute(sa.select(Talent.said).where(Talent.first_name == "Foa")).scalar_one()  # type: ignore[call-overload, arg-type]
        assert who["zone"]["by"] == "place"


@pytest.mark.parametrize(
    ("zone", "day", "free"),
    [
        ("America/Martinique", date(2027, 5, 22), True),
        ("Indian/Reunion", date(2027, 12, 20), True),
        ("Pacific/Tahiti", date(2027, 3, 5), True),
        ("Pacific/Marquesas", date(2027, 3, 5), True),
        ("Europe/Paris", date(2027, 5, 22), False),
        ("Europe/Paris", date(2027, 12, 25), True),
        ("America/Martinique", date(2027, 12, 25), True),
    ],
)
def test_a_holiday_is_that_of_their_territory(zone: str, day: date, *, free: bool) -> None:
    assert (day in public_holidays(2027, zone)) is free


def test_nobody_in_fort_de_france_is_written_to_at_three_in_the_morning() -> None:
    eight_in_paris = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    opens = next_open(
        eight_in_paris, "America/Martinique", time(20), time(8), public_holidays(2026, "America/Martinique")
    )
    assert opens == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_hours_name_their_zone_only_where_clocks_differ() -> None:
    at = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
    assert moment_in("fr", at, "Europe/Paris", "Europe/Brussels") == "jeudi 26 novembre à 14\u00a0h"
    theirs = moment_in("fr", at, "America/Martinique", "Europe/Paris")
    assert theirs == "jeudi 26 novembre à 9\u00a0h (heure de la Martinique)"
    told = moment_there("fr", at, "Europe/Paris", "America/Martinique")
    assert told == "jeudi 26 novembre à 14\u00a0h (heure de Paris) · 9\u00a0h (heure de la Martinique)"
    assert zone_name("en", "Asia/Ho_Chi_Minh") == "Ho Chi Minh time"
