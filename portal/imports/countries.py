"""In which country a line is at home: national numbers of telephone are read as those of there."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from portal.imports.fields import DATA, Field
from portal.imports.reading import Table
from portal.kit.fold import fold

FRANCE = "FR"
_CUTS = re.compile(r"[,;/|()\n]| - ")
_LOOKED_AT = 1_000  # records
_MOST = 0.8  # share of the lines that name a country from which it is the file's


def country_of_line(cells: Mapping[Field, str], home: str) -> str:
    """Return the country (ISO 3166) a line names, or whose town it names; else that of its file."""
    return country_in(cells.get(Field.COUNTRY, "")) or town_in(cells.get(Field.PLACE, "")) or home


def home_of(table: Table, columns: Mapping[Field, int]) -> str:
    """Return the country nearly all lines that name one are in: it holds for the others too. France, where nothing tells."""
    places = {name: columns[name] for name in (Field.COUNTRY, Field.PLACE) if name in columns}
    told = Counter(
        country_of_line({name: record.cells[place] for name, place in places.items()}, "")
        for record in (table.records[:_LOOKED_AT] if places else ())
    )
    del told[""]
    country, count = next(iter(told.most_common(1)), (FRANCE, 0))
    return country if count >= _MOST * told.total() else FRANCE


@lru_cache(maxsize=2_000)
def country_in(text: str) -> str | None:
    """Return the country that `text` names, in French, English, its own language, or as a code."""
    return _countries().get(fold(text)) if text else None


@lru_cache(maxsize=20_000)
def town_in(text: str) -> str | None:
    """Return the country of the town, or that stands beside it: "Genève", "Bruxelles (Belgique)"."""
    parts = [fold(part) for part in _CUTS.split(text)]
    named = next((code for part in parts if len(part) > 3 and (code := _countries().get(part))), None)
    return named or next((code for part in parts if (code := _towns().get(part))), None)


@cache
def _countries() -> dict[str, str]:
    return {name: code for code, names, _ in _rows() for name in names.split("|")}


@cache
def _towns() -> dict[str, str]:
    return {town: code for code, _, towns in _rows() for town in towns.split("|") if town}


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    with (DATA / "countries.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((code, names, towns) for code, names, towns in rows if code != "code")
