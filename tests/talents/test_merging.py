from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.talents.merging import UNITS, By, Weighed, Word, weigh
from portal.talents.queries import unread_of
from portal.talents.returning import before, given_back
from portal.talents.rules import SourceKind

MONDAY = date(2026, 11, 2)


def told(values: dict[str, Any], by: By = By.SOURCE, days: int = 0, **unread: str) -> Word:
    kind = SourceKind.ATS_EXPORT if by is By.SOURCE else None
    return Word(values, by, MONDAY + timedelta(days=days), "Export" if kind else "", kind, unread)


def after(*words: Word) -> dict[str, Any]:
    return weigh({}, words).changes


def test_what_the_talent_said_stands_against_any_newer_file() -> None:
    assert after(told({"radius_km": 10}, By.TALENT), told({"radius_km": 50}, days=300))["radius_km"] == 10


def test_the_talent_has_the_last_word_even_over_themself() -> None:
    assert after(told({"radius_km": 10}, By.TALENT), told({"radius_km": 20}, By.TALENT))["radius_km"] == 20


def test_the_newest_collection_day_wins_and_of_one_day_what_stands() -> None:
    assert after(told({"remote": "full"}), told({"remote": "none"}, days=1))["remote"] == "none"
    assert after(told({"remote": "full"}, days=1), told({"remote": "none"}))["remote"] == "full"
    assert after(told({"remote": "full"}), told({"remote": "none"}))["remote"] == "full"


def test_a_value_confirmed_later_stands_against_what_was_collected_between() -> None:
    words = (told({"remote": "full"}), told({"remote": "full"}, days=5), told({"remote": "none"}, days=3))
    assert after(*words)["remote"] == "full"


def test_a_recruiter_corrects_a_file_of_the_same_day() -> None:
    assert after(told({"does": "soude"}), told({"does": "soude au TIG"}, By.STAFF))["does"] == "soude au TIG"


def test_what_nobody_could_read_stays_beside_the_field_until_the_field_is_said() -> None:
    asks = weigh({}, [told({}, salary_floor="45k net")]).changes
    assert unread_of(asks["said"]) == {"salary_floor": "45k net"}
    assert asks["said"]["unread.salary_floor"]["source"] == "Export"
    assert "salary_floor" not in asks
    for by in By:
        said = weigh(asks, [told({"salary_floor": 40_000}, by, days=1)]).changes["said"]
        assert unread_of(said) == {}
    older = weigh(asks, [told({"salary_floor": 40_000}, days=-1)]).changes
    assert (older["salary_floor"], unread_of(older["said"])) == (40_000, {"salary_floor": "45k net"})


def test_what_is_left_over_stands_beside_the_value_and_never_beside_the_talents_own_word() -> None:
    speaks = told({"languages": ["en:B2"]}, languages="klingon")
    changes = after(speaks)
    assert (changes["languages"], unread_of(changes["said"])) == (["en:B2"], {"languages": "klingon"})
    assert weigh(changes, [speaks]).changes == {}
    theirs = after(told({"languages": ["fr"]}, By.TALENT), speaks)
    assert (theirs["languages"], unread_of(theirs["said"])) == (["fr"], {})


def test_a_new_place_takes_the_old_one_s_coordinates_away() -> None:
    lyon = weigh({}, [told({"place_name": "Lyon", "place_code": "69123"})])
    moved = weigh(lyon.changes, [told({"place_name": "Ailleurs"}, days=1)])
    assert lyon.changes["lat"] is not None
    assert {name: moved.changes[name] for name in ("place_code", "lat", "ux")} == {
        "place_code": None,
        "lat": None,
        "ux": None,
    }
    assert moved.units == ("place_name",)


def test_the_name_key_follows_the_name() -> None:
    assert after(told({"first_name": "Zoé", "last_name": "D’Almeida"}))["name_key"] == "zoe d almeida"


_WORDS = st.lists(
    st.builds(
        lambda values, days, unread: told(values, By.SOURCE, days, **unread),
        st.fixed_dictionaries({}, optional={"does": st.sampled_from("abc"), "radius_km": st.sampled_from([5, 10])}),
        st.integers(0, 4),
        st.fixed_dictionaries({}, optional={"radius_km": st.sampled_from(["loin", "par là"])}),
    ),
    max_size=6,
    unique_by=lambda word: word.on,
)


@given(_WORDS, st.randoms())
def test_files_of_different_days_may_come_in_any_order(words: list[Word], dice: Random) -> None:
    shuffled = list(words)
    dice.shuffle(shuffled)
    assert weigh({}, shuffled).changes == weigh({}, words).changes


@given(_WORDS)
def test_the_same_words_again_change_nothing(words: list[Word]) -> None:
    stands = weigh({}, words).changes
    assert weigh({"said": {}} | stands, words) == Weighed({}, ())


@pytest.mark.parametrize("by", list(By))
def test_every_value_knows_who_said_it_and_when(by: By) -> None:
    assert after(told({"place_name": "Lyon", "place_code": "69123"}, by))["said"]["place_code"]["by"] == by


def test_what_a_file_took_the_place_of_stands_again_and_the_house_s_own_fields_too() -> None:
    stood = {"said": {}, "custom": {}, "collected_on": MONDAY, "source_kind": "ats_export"}
    stood |= {column: None for lead, beside in UNITS.items() for column in (lead, *beside)}
    first = weigh(stood, [told({"remote": "full", "custom.7": "yes"})])
    stands = stood | first.changes
    second = weigh(stands, [told({"remote": "none", "custom.7": "no", "custom.8": "x"}, days=1)])
    kept = before(stands, second.changes)
    changes, left = given_back(stands | second.changes, kept)
    assert stands | second.changes | changes == stands
    assert left == ()


def test_what_was_said_after_the_file_is_left_as_it_is() -> None:
    stood = {"said": {}, "custom": {}, "collected_on": MONDAY, "source_kind": "ats_export"}
    stood |= {column: None for lead, beside in UNITS.items() for column in (lead, *beside)}
    taken = weigh(stood, [told({"remote": "full", "radius_km": 30})])
    stands = stood | taken.changes
    since = stands | weigh(stands, [told({"remote": "none"}, By.TALENT, days=2)]).changes
    changes, left = given_back(since, before(stood, taken.changes))
    assert left == ("remote",)
    assert (changes["radius_km"], changes["mobility_c2"]) == (None, None)
    assert "remote" not in changes


def test_undoing_a_file_never_puts_an_unread_text_beside_what_the_talent_said_since() -> None:
    stood = {"said": {}, "custom": {}, "collected_on": MONDAY, "source_kind": "ats_export"}
    stood |= {column: None for lead, beside in UNITS.items() for column in (lead, *beside)}
    first = stood | weigh(stood, [told({}, salary_floor="45k net")]).changes
    second = weigh(first, [told({"salary_floor": 40_000}, days=1)])
    kept = before(first, second.changes)
    assert given_back(first | second.changes, kept)[0]["said"] == first["said"]
    since = first | second.changes
    since |= weigh(since, [told({"salary_floor": 42_000}, By.TALENT, days=2)]).changes
    assert "said" not in given_back(since, kept)[0]
