"""First and last name, whether an export holds them in one column or two."""

from collections.abc import Mapping
from functools import lru_cache

from portal.imports.fields import Field
from portal.kit.fold import fold
from portal.talents.addresses import SPACES, written


def told_names(cells: Mapping[Field, str]) -> tuple[str, str, str]:
    """Return first and last name as one writes them in a letter, and both folded, for finding doubles."""
    first, last = cells.get(Field.FIRST_NAME, ""), cells.get(Field.LAST_NAME, "")
    if not first and not last:
        first, last = _cut(SPACES.sub(" ", cells.get(Field.FULL_NAME, "")).strip())
    (first, first_key), (last, last_key) = _named(first), _named(last)
    return first, last, f"{first_key} {last_key}".strip()


@lru_cache(maxsize=50_000)
def _named(name: str) -> tuple[str, str]:
    name = written(name)
    return name, fold(name)


def _cut(full: str) -> tuple[str, str]:
    """Return ("Marie", "DUPONT") for "DUPONT Marie", "Dupont, Marie" and "Marie DUPONT"; else the first word is first."""
    if "," in full:
        last, _, first = full.partition(",")
        return first.strip(), last.strip()
    words = full.split()
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    if shouted and len(shouted) < len(words):
        return " ".join(word for word in words if word not in shouted), " ".join(shouted)
    return (words[0], " ".join(words[1:])) if words else ("", "")
