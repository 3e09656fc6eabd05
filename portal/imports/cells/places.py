"""Places of work in one cell: a commune, or several, or whole regions."""

import re
from functools import cache, lru_cache

from portal.kit.fold import fold
from portal.talents import places
from portal.talents.places import Place

_NUMBER = re.compile(r"(\d{5})[.,]0+")  # a postcode that a spreadsheet took for a number
_CUTS = re.compile(r"[,;|\n•]| / | - | – | (?:et|ou|and|or) |/")
# Communes there are, and nobody means by their name alone.
_ELSEWHERE = frozenset({"suisse", "fribourg", "berne", "liege", "bulle", "aigle", "aucun", "y"})
_SHORT_FOR = {"idf": "11", "paca": "93", "aura": "84"}  # regions by their INSEE codes
_EVERYWHERE = frozenset(
    {"france", "france entiere", "toute la france", "all france", "whole of france", "nationale", "national"}
)


@lru_cache(maxsize=50_000)
def read_place(text: str) -> Place | None:
    """Return the one commune of "Lyon 3e", "69003", "69003.0", "LYON CEDEX 03", "Paris (75)"; None when nobody can tell."""
    return None if fold(text) in _ELSEWHERE else places.match(_NUMBER.sub(r"\1", text))


@lru_cache(maxsize=20_000)
def read_places(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the INSEE codes of the communes, those of the regions, and the words left over."""
    if len(text) > 500:
        return (), (), text
    found: dict[str, None] = {}
    regions: dict[str, None] = {}
    over: list[str] = []
    for part in filter(None, map(str.strip, _CUTS.split(text))):
        name = fold(part)
        if name in _EVERYWHERE:
            regions.update(dict.fromkeys(places.regions()))
        elif name in _regions():
            regions[_regions()[name]] = None
        elif place := read_place(part):
            found[place.insee] = None
        else:
            over.append(part)
    return tuple(found), tuple(regions), ", ".join(over)


@cache
def _regions() -> dict[str, str]:
    return {fold(name): code for code, name in places.regions().items()} | _SHORT_FOR
