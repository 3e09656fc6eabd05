"""A recruiter types a place as they say it; the commune they mean is found, or none."""

import math
import time

import pytest

from portal.talents import places
from portal.talents.places import Place, chord2, distance_km, match, search, unit_vector

LYON, PARIS, SAINT_ETIENNE = "69123", "75056", "42218"


def found(text: str) -> str | None:
    place = match(text)
    return place.insee if place else None


@pytest.mark.parametrize(
    "typed", ["St Etienne", "ST-ETIENNE", "saint étienne", "Saint-Étienne (42)", "42000", "42100 St Étienne"]
)
def test_a_recruiter_typing_st_etienne_finds_saint_etienne(typed: str) -> None:
    assert found(typed) == SAINT_ETIENNE


@pytest.mark.parametrize(
    "typed",
    ["Lyon", "LYON CEDEX 03", "69431 Lyon Cedex 03", "Lyon 3e", "Lyon 03", "Lyon 8ème arrondissement", "69003",
     "69003 Lyon", "F-69003 LYON", "Lyon (69)", "Lyon, Rhône", "Lyon - France", "Lyon, Auvergne-Rhône-Alpes"],
)  # fmt: skip
def test_lyon_is_lyon_however_its_address_is_written(typed: str) -> None:
    assert found(typed) == LYON


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("Paris 11ème", PARIS),
        ("12 rue de la Paix, 75 002 PARIS", PARIS),
        ("villeneuve s/ lot", "47323"),
        ("Fort de France", "97209"),
        ("Havre", "76351"),
        ("20090 Ajaccio", "2A004"),
        ("97434 Saint-Gilles-les-Bains", "97415"),
        ("Metz, Grand Est", "57463"),
    ],
)
def test_abbreviations_hamlets_and_islands_are_understood(typed: str, insee: str) -> None:
    assert found(typed) == insee


@pytest.mark.parametrize(
    ("former", "today"),
    [("Évry", "91228"), ("Cherbourg", "50129"), ("Saint-Macaire-en-Mauges", "49301"), ("Saint-Ouen", "93070")],
)
def test_a_name_people_still_use_leads_to_the_commune_of_today(former: str, today: str) -> None:
    assert found(former) == today


def test_a_name_shared_by_two_large_communes_is_nobodys_until_the_department_is_said() -> None:
    assert match("Saint-Denis") is None
    assert found("Saint-Denis (93)") == "93066"
    assert found("Saint-Denis 974") == "97411"
    assert found("St Denis, La Réunion") == "97411"


def test_a_village_does_not_steal_the_short_name_of_a_town() -> None:
    assert match("Boulogne") is None


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "France", "télétravail", "Lyon (42)", "Lyon 12", "Lyon / Villeurbanne", "99999", "38", "\x00", "=1+1"],
)
def test_what_names_no_single_place_is_not_guessed(typed: str) -> None:
    assert match(typed) is None


def test_a_whole_story_in_the_cell_is_not_a_place() -> None:
    assert match("Lyon " * 50_000) is None


def test_typing_a_few_letters_offers_the_largest_communes_first() -> None:
    assert [place.name for place in search("saint et", limit=2)] == ["Saint-Étienne", "Saint-Étienne-du-Rouvray"]
    assert search("lyo")[0].insee == LYON
    assert search("havre")[0].name == "Le Havre"
    assert search("6900")[0].insee == LYON
    assert len(search("sa", limit=7)) == 7
    assert search("") == []


def test_a_town_knows_its_department_and_region() -> None:
    lyon = places.get(LYON)
    assert lyon is not None
    assert (lyon.department, places.department_name(lyon.department)) == ("69", "Rhône")
    assert places.regions()[lyon.region] == "Auvergne-Rhône-Alpes"
    assert lyon.population > 500_000
    assert places.get("00000") is None


def test_lyon_is_some_390_km_from_paris_as_the_crow_flies() -> None:
    lyon, paris = places.get(LYON), places.get(PARIS)
    assert lyon is not None
    assert paris is not None
    assert distance_km(lyon, paris) == pytest.approx(392, abs=4)
    assert distance_km(lyon, lyon) == 0


@pytest.mark.parametrize("km", [1, 30, 392, 9000])
def test_the_squared_chord_separates_nearer_from_farther(km: float) -> None:
    here = unit_vector(45.76, 4.84)
    for factor, inside in ((0.99, True), (1.01, False)):
        north = unit_vector(45.76 + math.degrees(factor * km / places.EARTH_KM), 4.84)
        assert (math.dist(here, north) ** 2 <= chord2(km)) is inside


def test_half_the_world_is_the_farthest_anyone_can_be() -> None:
    assert chord2(50_000) == pytest.approx(4)


def test_nearly_everyone_lives_in_a_commune_that_its_name_and_department_find() -> None:
    every = [places.get(code) for code in places._atlas().by_insee]
    known = [place for place in every if isinstance(place, Place)]
    people = sum(place.population for place in known)
    assert people > 68_000_000
    assert sum(p.population for p in known if match(f"{p.name} ({p.department})") == p) / people > 0.999
    assert sum(p.population for p in known if p.rough) / people < 0.10


def test_two_thousand_texts_are_matched_well_under_a_second() -> None:
    match("Lyon")
    names = [place.name + " ville" for place in list(places._atlas().by_insee.values())[:2000]]
    start = time.perf_counter()
    for name in names:
        match(name)
    assert time.perf_counter() - start < 1
