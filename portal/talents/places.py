"""French communes: found from what people type, measured on the globe.

Data: `data/places.tsv.gz` (see `data/NOTICE.md`), read once, at the first question.
"""

import csv
import gzip
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from portal.kit.fold import fold
from portal.talents.place_words import Typed, expand, read

DATA = Path(__file__).parent / "data"
EARTH_KM = 6371.0088  # mean radius, IUGG

# Of communes with one name, the one people mean is so many times more populous than the next; or nobody knows.
_FAR_MORE = 5
_TOO_LONG = 200  # characters: a story, not an address


@dataclass(frozen=True, slots=True)
class Place:
    """One commune of today.

    `department` and `region` are INSEE codes ("42", "2A", "974"; "84"); `lat`, `lon` are degrees; `population` counts
    people. `rough` tells that the position is only the middle of the communes around (5 km off, one in ten 10 km).
    """

    insee: str
    name: str
    department: str
    region: str
    lat: float
    lon: float
    population: int
    rough: bool = False


def get(insee: str) -> Place | None:
    """Return the commune with this INSEE code, or None."""
    return _atlas().by_insee.get(insee)


@lru_cache(maxsize=20_000)
def match(text: str) -> Place | None:
    """Return the one commune that `text` names, or None when it names none or several.

    Reads "Lyon", "LYON CEDEX 03", "Lyon 3e", "69003", "69003 Lyon", "St Etienne", "Vienne (38)", "Metz, Moselle".
    A name that several communes share goes to the one at least five times more populous than the next.
    """
    if len(text) > _TOO_LONG:
        return None
    typed = read(text, departments=_department_codes(), regions=_region_codes())
    if any(other in _atlas().by_name for other in typed.others):
        return None  # "Lyon / Grenoble"
    named = _named(typed.name)
    if named:
        meant = _most_meant(_inside(named, typed))
        return None if meant and _is_half_a_name(typed, meant) else meant
    # A hamlet's or a company's name beside a postcode: the postcode still says where.
    return _most_meant(_atlas().by_postcode.get(typed.postcode, [])) if typed.postcode else None


def search(text: str, limit: int = 10) -> list[Place]:
    """Return at most `limit` communes whose name (a word of it) or postcode starts with `text`, most populous first."""
    start = expand(text)
    if not start:
        return []
    atlas = _atlas()
    if start.isdigit():
        found = {place for code, places in atlas.by_postcode.items() if code.startswith(start) for place in places}
    else:
        found = {
            place for name, places in atlas.by_name.items() if f" {name}".find(f" {start}") >= 0 for place in places
        }
    # Names that begin with what was typed come before names that hold it further on.
    return sorted(found, key=lambda place: (not expand(place.name).startswith(start), -place.population))[:limit]


def everywhere() -> Iterable[Place]:
    """Return every commune."""
    return _atlas().by_insee.values()


def largest(limit: int) -> list[Place]:
    """Return the `limit` most populous communes."""
    return sorted(_atlas().by_insee.values(), key=lambda place: -place.population)[:limit]


def department_name(code: str) -> str | None:
    """Return "Loire" for "42", or None."""
    return _departments().get(code)


def regions() -> dict[str, str]:
    """Return the name of every region by INSEE code, in order of name."""
    return dict(sorted(_atlas().regions.items(), key=lambda item: fold(item[1])))


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """Return the point at `lat`, `lon` (degrees) on the sphere of radius 1."""
    phi, theta = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def chord2(km: float) -> float:
    """Return the squared straight line between points of the unit sphere `km` apart, for Δx² + Δy² + Δz²."""
    return (2 * math.sin(min(km / EARTH_KM, math.pi) / 2)) ** 2


def distance_km(a: Place, b: Place) -> float:
    """Return the distance between two communes in km, as the crow flies."""
    straight = math.dist(unit_vector(a.lat, a.lon), unit_vector(b.lat, b.lon))
    return 2 * EARTH_KM * math.asin(min(1.0, straight / 2))


@dataclass(frozen=True, slots=True)
class _Atlas:
    """All communes, by every key that finds them. Names are expanded (see `place_words.expand`)."""

    by_insee: dict[str, Place]
    by_name: dict[str, list[Place]]
    by_alias: dict[str, list[Place]]
    by_postcode: dict[str, list[Place]]
    longest: dict[str, int]  # population of the largest commune whose name goes on after these first words
    regions: dict[str, str]


@cache
def _atlas() -> _Atlas:
    """Read the communes (about a third of a second)."""
    atlas = _Atlas({}, defaultdict(list), defaultdict(list), defaultdict(list), {}, {})
    with gzip.open(DATA / "places.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            _read_commune(atlas, line.rstrip("\n"))
    _read_usual_names(atlas)
    return atlas


def _read_commune(atlas: _Atlas, line: str) -> None:
    """File one row of `places.tsv.gz` under every key that finds it."""
    insee, name, department, region, region_name, postcodes, lat, lon, population, rough, aliases = line.split("\t")
    place = Place(insee, name, department, region, float(lat), float(lon), int(population), bool(rough))
    atlas.by_insee[insee] = place
    atlas.regions[region] = region_name
    words = expand(name)
    atlas.by_name[words].append(place)
    while " " in words:
        words = words.rpartition(" ")[0]
        atlas.longest[words] = max(place.population, atlas.longest.get(words, 0))
    for alias in aliases.split("|") if aliases else ():
        atlas.by_alias[expand(alias)].append(place)
    for postcode in postcodes.split():
        atlas.by_postcode[postcode].append(place)


def _read_usual_names(atlas: _Atlas) -> None:
    """Add the names people use for a commune as if they were its own ("Évry", "Cherbourg")."""
    with (DATA / "place_words.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for usual in row["usual_names"].split("|"):
                atlas.by_name[expand(usual)].append(atlas.by_insee[row["insee"]])


@cache
def _departments() -> dict[str, str]:
    """Return the name of every department by code."""
    with (DATA / "departments.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def _department_codes() -> dict[str, str]:
    """Return the code of every department by expanded name and by lower-case code."""
    named = {expand(name): code for code, name in _departments().items()}
    return named | {code.lower(): code for code in _departments()}


@cache
def _region_codes() -> dict[str, str]:
    """Return the code of every region by expanded name."""
    return {expand(name): code for code, name in _atlas().regions.items()}


def _named(typed: str) -> list[Place]:
    """Return the communes called as typed: today's name, or else a former one, or else with a forgotten article."""
    atlas = _atlas()
    for name in (typed, *(f"{article} {typed}" for article in ("le", "la", "les", "l"))) if typed else ():
        for known in (atlas.by_name, atlas.by_alias):
            if found := known.get(name):
                return found
    return []


def _is_half_a_name(typed: Typed, meant: Place) -> bool:
    """Tell whether `typed`, with nothing beside it, may be half of a far larger commune's name ("Boulogne")."""
    alone = typed.postcode is None and typed.department is None and typed.region is None
    return alone and _atlas().longest.get(typed.name, 0) >= _FAR_MORE * meant.population


def _inside(places: list[Place], typed: Typed) -> list[Place]:
    """Return those of `places` that lie where the rest of the text says."""
    if typed.postcode:
        exact = [place for place in places if place in _atlas().by_postcode.get(typed.postcode, ())]
        if exact:
            return exact
    return [
        place
        for place in places
        if typed.department in {None, place.department} and typed.region in {None, place.region}
    ]


def _most_meant(places: list[Place]) -> Place | None:
    """Return the only place, or the far more populous one; None when a person would have to ask."""
    ranked = sorted(set(places), key=lambda place: -place.population)
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    return ranked[0] if ranked[0].population >= _FAR_MORE * max(1, ranked[1].population) else None
