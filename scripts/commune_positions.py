"""Where each commune lies: several lists of towns joined to the official one, surest source first."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal.kit.fold import fold
from portal.talents.places import EARTH_KM, unit_vector

Point = tuple[float, float]  # latitude, longitude in degrees

# Seats that neither list of towns holds, written by hand to about a kilometre.
BY_HAND: dict[str, Point] = {
    "01313": (46.259, 6.073), "12176": (44.366, 2.561), "14431": (49.077, -0.070),
    "33236": (44.795, -1.147), "33366": (44.995, -0.445), "34079": (43.627, 3.432),
    "35206": (48.041, -1.668), "35334": (48.159, -1.580), "38053": (45.586, 5.274),
    "38524": (45.087, 5.682), "49214": (47.527, -0.615), "49267": (47.468, -0.494),
    "56078": (47.791, -3.489), "59143": (50.673, 2.893), "61214": (48.764, 0.628),
    "66171": (42.618, 3.006), "69194": (45.812, 4.799), "74250": (46.060, 6.373),
    "76305": (49.505, 0.234), "79079": (46.923, -0.749), "79270": (46.413, -0.209),
    "85288": (46.467, -1.617), "22360": (48.490, -2.738), "97110": (16.300, -61.070),
    "97114": (16.133, -61.573), "97116": (16.332, -61.457), "97221": (14.528, -60.977),
    "97502": (46.780, -56.170), "97701": (17.896, -62.850), "97801": (18.070, -63.080),
    "98613": (-13.282, -176.174), "98714": (-16.507, -151.737), "98722": (-17.600, -149.306),
    "98729": (-17.514, -149.762), "98735": (-17.535, -149.570), "98747": (-17.745, -149.300),
    "98748": (-17.786, -149.288), "98752": (-17.766, -149.412), "98814": (-20.917, 167.265),
    "98817": (-22.205, 166.498), "98818": (-22.270, 166.450),
    # The Marquesas and Gambier: they live by clocks of their own.
    "98718": (-10.462, -138.664), "98719": (-23.120, -134.970), "98723": (-9.804, -139.042), "98731": (-8.911, -140.100),
    "98746": (-9.945, -139.113), "98756": (-8.934, -139.551), "98757": (-9.358, -140.050),
}  # fmt: skip
# A place of the same name further than this from its postcode's other communes (km) is another place.
NEAR_SHORTENED, NEAR_POSTCODE, NEAR_DISTRICT = 12.0, 25.0, 60.0


@dataclass(slots=True)
class Commune:
    """One commune while its position is being looked for. `how` names the source that gave `point`."""

    insee: str
    name: str
    department: str
    region: str
    district: str
    group: str
    postcodes: tuple[str, ...]
    population: int
    former: dict[str, str] = field(default_factory=dict)  # code → name of the communes it was made of
    aliases: set[str] = field(default_factory=set)
    point: Point | None = None
    how: str = "nowhere"


@dataclass(frozen=True, slots=True)
class Town:
    """One GeoNames place: folded names, position, INSEE department and region ("" when not told)."""

    names: frozenset[str]
    point: Point
    department: str
    region: str


def locate(communes: dict[str, Commune], towns: list[Town]) -> tuple[float, float]:
    """Give every commune a point, surest source first.

    Returns how far off the rough ones are: km for half of them, km for nine in ten.
    """
    for insee, point in BY_HAND.items():
        place(communes[insee], point, "by hand")
    locate_by_department(communes, towns)
    locate_by_neighbourhood(communes, towns)
    locate_merged(communes, towns)
    locate_by_neighbourhood(communes, towns, shortened=True)
    return locate_roughly(communes)


def place(commune: Commune, point: Point, how: str) -> None:
    """Set the point of `commune` unless a surer source already did."""
    if commune.point is None:
        commune.point, commune.how = (round(point[0], 4), round(point[1], 4)), how


def locate_by_department(communes: dict[str, Commune], towns: list[Town]) -> None:
    """Join on name and department."""
    known = index(towns)
    for commune in communes.values():
        for point in known.get((fold(commune.name), commune.department), ())[:1]:
            place(commune, point, "name and department")


def index(towns: Iterable[Town]) -> dict[tuple[str, str], list[Point]]:
    """Return points by (folded name, department) of the towns that tell their department."""
    known: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        for name in town.names if town.department else ():
            known[name, town.department].append(town.point)
    return known


def locate_by_neighbourhood(communes: dict[str, Commune], towns: list[Town], *, shortened: bool = False) -> None:
    """Join on name and region, when the town lies near the communes of the same postcode, or else district.

    With `shortened`, also on the name's first words: "Bourgoin" is the seat of Bourgoin-Jallieu.
    """
    named: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        for name in town.names if town.region else ():
            named[name, town.region].append(town.point)
    centres = Centres(communes.values())
    for commune in communes.values():
        centre, reach = centres.anchor(commune)
        if commune.point is None and centre is not None:
            for name in names_of(commune, shortened=shortened):
                points = named.get((name, commune.region), [])
                nearest = min(((distance_between(point, centre), point) for point in points), default=None)
                if nearest and nearest[0] <= (NEAR_SHORTENED if shortened else reach):
                    place(commune, nearest[1], "name and neighbours")


def names_of(commune: Commune, *, shortened: bool) -> Iterator[str]:
    """Yield the folded name, then, with `shortened`, its beginnings that are names by themselves, longest first."""
    words = fold(commune.name).split()
    yield " ".join(words)
    for end in range(len(words) - 1, 0, -1) if shortened else ():
        if len(words[end - 1]) > 3 and words[end - 1] not in {"saint", "sainte", "grand", "mont", "val", "pont"}:
            yield " ".join(words[:end])


class Centres:
    """Mean points of the located communes of each postcode, group of communes and district."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        self._points: dict[str, list[Point]] = defaultdict(list)
        for commune in communes:
            if commune.point is not None:
                for key in self._keys(commune):
                    self._points[key].append(commune.point)

    @staticmethod
    def _keys(commune: Commune) -> list[str]:
        both = [f"{code}+{commune.group}" for code in commune.postcodes if commune.group]
        return [*both, *commune.postcodes, f"group {commune.group}", f"district {commune.district}"]

    def anchor(self, commune: Commune) -> tuple[Point | None, float]:
        """Return a point to expect `commune` near, and how near (km); None when nothing around it is known."""
        for key in self._keys(commune):
            points = [point for point in self._points.get(key, ()) if point != commune.point]
            if points and key != "group ":
                return mean(points), NEAR_DISTRICT if key.startswith("district") else NEAR_POSTCODE
        return None, 0.0


def distance_between(a: Point, b: Point) -> float:
    """Return the distance between two points in km."""
    return 2 * EARTH_KM * math.asin(min(1.0, math.dist(unit_vector(*a), unit_vector(*b)) / 2))


def mean(points: list[Point]) -> Point:
    """Return the middle of a few near points."""
    return statistics.fmean(p[0] for p in points), statistics.fmean(p[1] for p in points)


def locate_merged(communes: dict[str, Commune], towns: list[Town]) -> None:
    """Place a merged commune at its seat's former commune, or else amid its former communes."""
    known = index(towns)
    for commune in communes.values():
        if commune.point is not None:
            continue
        found: list[Point] = []
        for _, name in sorted(commune.former.items(), key=lambda former: former[0] != commune.insee):
            found += known.get((fold(name), commune.department), [])[:1]
        if found:
            place(commune, found[0] if commune.insee in commune.former else mean(found), "former communes")


def locate_roughly(communes: dict[str, Commune]) -> tuple[float, float]:
    """Place what is left amid its neighbours; return how far that is from the truth where the truth is known."""
    centres = Centres(communes.values())
    errors = []
    for commune in communes.values():
        centre, _ = centres.anchor(commune)
        if centre is not None and commune.point is not None and commune.population < 1500:
            errors.append(distance_between(centre, commune.point))
        # Neighbours in the Pacific are a thousand kilometres away: better no place than that one.
        if centre is not None and commune.department < "98":
            place(commune, centre, "amid its neighbours")
    errors.sort()
    return statistics.median(errors), errors[len(errors) * 9 // 10]
