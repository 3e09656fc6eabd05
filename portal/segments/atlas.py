"""A map of France in hexagons, drawn from the communes themselves: no tiles, no outline to license, nothing from outside.

A cell is a hexagon some 31 km across that holds at least one commune. Overseas departments stand beside the mainland,
moved and (for Guyane) made smaller, as French maps do. Data: `talents/data/places.tsv.gz`.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from portal.talents import places

# From the middle of a cell to a corner, in km.
_SIDE = 18.0
_WIDE, _HIGH = math.sqrt(3) * _SIDE, 1.5 * _SIDE
_MIDDLE_LAT, _WEST, _NORTH = 46.5, -5.2, 51.2
_KM_A_DEGREE = 111.195
# Overseas: the corner of the box (km on the map), the department's own middle (lat, lon), and its scale.
_BESIDE = {
    "971": ((70.0, 600.0), (16.2, -61.5), 1.0),
    "972": ((70.0, 730.0), (14.65, -61.0), 1.0),
    "973": ((70.0, 850.0), (4.0, -53.0), 0.3),
    "974": ((70.0, 1000.0), (-21.1, 55.5), 1.0),
    "976": ((190.0, 1000.0), (-12.8, 45.15), 1.0),
}
WIDTH, HEIGHT = 1180, 1130
_CORNERS = [(math.cos(math.pi / 6 + k * math.pi / 3), math.sin(math.pi / 6 + k * math.pi / 3)) for k in range(6)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One hexagon: its middle on the map (km from the upper left), its middle on the globe, and its region (INSEE)."""

    x: float
    y: float
    point: tuple[float, float, float]
    region: str


@dataclass(frozen=True, slots=True)
class Reaches:
    """How far `count` people would go: `km` around each of their places (INSEE), and whole regions."""

    around: tuple[str, ...]
    km: int
    regions: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Covered:
    """How many people can work in each cell (by its number) and in each region (INSEE code)."""

    cells: dict[int, int]
    regions: dict[str, int]


def coverage(people: Iterable[Reaches]) -> Covered:
    """Return where people can work. Everyone counts once a cell and once a region, however they reach it."""
    cells: Counter[int] = Counter()
    regions: Counter[str] = Counter()
    for one in people:
        reached = {cell for place in one.around for cell in _around(place, one.km)}
        named = set(one.regions) | {_cells()[cell].region for cell in reached}
        reached |= {cell for region in one.regions for cell in _in_region(region)}
        for cell in reached:
            cells[cell] += one.count
        for region in named:
            regions[region] += one.count
    return Covered(dict(cells), dict(regions))


def outline(numbers: Iterable[int]) -> str:
    """Return one SVG path that draws these cells on a field of WIDTH × HEIGHT."""
    return "".join(_hexagon(_cells()[number]) for number in numbers)


@cache
def everywhere() -> str:
    """Return the SVG path of the whole map."""
    return outline(range(len(_cells())))


def _hexagon(cell: Cell) -> str:
    # A little smaller than its place, so that neighbours stay apart.
    corners = [f"{cell.x + dx * _SIDE * 0.94:.0f} {cell.y + dy * _SIDE * 0.94:.0f}" for dx, dy in _CORNERS]
    return f"M{'L'.join(corners)}Z"


@cache
def _survey() -> tuple[tuple[Cell, ...], dict[str, int]]:
    """Return the cells, and the cell of each commune."""
    held: dict[tuple[int, int], list[places.Place]] = {}
    for place in places.everywhere():
        if (at := _on_map(place)) is not None:
            held.setdefault(_nearest(*at), []).append(place)
    cells: list[Cell] = []
    home: dict[str, int] = {}
    for number, (at, inside) in enumerate(sorted(held.items())):
        lat = sum(place.lat for place in inside) / len(inside)
        lon = sum(place.lon for place in inside) / len(inside)
        region = Counter(place.region for place in inside).most_common(1)[0][0]
        cells.append(Cell(*_middle(*at), places.unit_vector(lat, lon), region))
        home.update((place.insee, number) for place in inside)
    return tuple(cells), home


def _cells() -> tuple[Cell, ...]:
    return _survey()[0]


def _on_map(place: places.Place) -> tuple[float, float] | None:
    beside = _BESIDE.get(place.department)
    if beside is None:
        shrink = math.cos(math.radians(_MIDDLE_LAT))
        x, y = (place.lon - _WEST) * _KM_A_DEGREE * shrink, (_NORTH - place.lat) * _KM_A_DEGREE
        return (x + 20, y + 20) if 0 <= x <= WIDTH and -20 <= y <= HEIGHT else None
    (x, y), (lat, lon), scale = beside
    shrink = math.cos(math.radians(lat))
    return (
        x + (place.lon - lon) * _KM_A_DEGREE * shrink * scale,
        y + (lat - place.lat) * _KM_A_DEGREE * scale,
    )


def _nearest(x: float, y: float) -> tuple[int, int]:
    """Return the row and column of the hexagon that holds a point: of the two rows nearest, the nearer middle."""
    row = math.floor(y / _HIGH)
    near = [(r, round(x / _WIDE - (0.5 if r % 2 else 0))) for r in (row, row + 1)]
    return min(near, key=lambda at: math.dist(_middle(*at), (x, y)))


def _middle(row: int, column: int) -> tuple[float, float]:
    return (column + (0.5 if row % 2 else 0)) * _WIDE, row * _HIGH


@lru_cache(maxsize=20_000)
def _around(insee: str, km: int) -> frozenset[int]:
    """Return the cells within `km` of a commune, its own always."""
    place, home = places.get(insee), _survey()[1].get(insee)
    if place is None or home is None:
        return frozenset()
    here, limit = places.unit_vector(place.lat, place.lon), places.chord2(km)
    return frozenset({home} | {number for number, cell in enumerate(_cells()) if _chord2(here, cell.point) <= limit})


def _chord2(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


@cache
def _in_region(region: str) -> frozenset[int]:
    return frozenset(number for number, cell in enumerate(_cells()) if cell.region == region)
