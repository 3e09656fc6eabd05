"""First and last name, whether an export holds them in one column or two."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from portal.imports.fields import DATA, Field
from portal.kit.fold import fold
from portal.talents.addresses import SPACES, written

# No part of a name, and nobody's business: "Mme", "(ancien)", "née Petit", "épouse PETIT".
_TITLE = re.compile(
    r"(?:m|mr|mme|mlle|mrs|ms|monsieur|madame|mademoiselle|dr)(?:\. *| +)(?=[^\W\d_]{2})", re.IGNORECASE
)
_ASIDE = re.compile(r"(?<!\s)\s+\([^()]*\)")
# What stands behind a name and is none: "Hansen, PMP®", "Dr Jane Roe, Ph.D., MBA".
_BEHIND = re.compile(
    r"(?:P\.?M\.?P|CAPM|PMI-\w{2,3}|E?M\.?B\.?A|Ph\.?D|Psy\.?D|Ed\.?D|J\.?D|LL\.?[BM]|M\.?D|D\.?D\.?S|R\.?N|BSN|MSN|C\.?P\.?A|CFA|ACCA|"
    r"CISSP|CISA|CISM|CCNA|CCNP|SHRM-S?CP|S?PHR|GPHR|P\.?Eng|P\.?E|Eng|Esq|M\.?Sc|B\.?Sc|M\.?S|B\.?S|M\.?A|B\.?A|MEng|BEng|DBA|HDR|"
    r"DESCF|DSCG|DCG|ITIL|PSM|CSM|CSPO|SAFe|Jr|Sr|I{2,3}|IV|ing)\.?[®™]?|[A-Z][A-Za-z0-9+-]{1,11}[®™]"
)
_ONCE = re.compile(r"(?:née?|nee|[ée]pouse|[ée]pse|[ée]p\.|veuve|vve)", re.IGNORECASE)
_SURE_BEHIND = frozenset({"PMP", "PhD", "Ph.D", "MBA", "CPA", "CFA", "ACCA", "CISSP", "Esq", "Jr"})
_LEADING = frozenset({"de", "du", "des", "van", "von"})
_PARTICLES = _LEADING | frozenset("la le les l d der den di da dos del della ben bin el al mc mac".split())  # noqa: SIM905
_FAMILY_FIRST = re.compile(r"noms? (?:de famille )?(?:et )?prenoms?\b|last name (?:and )?first name\b")


def told_names(cells: Mapping[Field, str], *, family_first: bool = False) -> tuple[str, str, str]:
    """Return first and last name as one writes them in a letter, and both folded, for finding doubles.

    `family_first` tells that the column of full names says so of itself ("Nom Prénom").
    """
    first, last = cells.get(Field.FIRST_NAME, ""), cells.get(Field.LAST_NAME, "")
    if not first and not last:
        first, last = _cut(_bare(cells.get(Field.FULL_NAME, "")), family_first=family_first)
    elif not first and _holds_both(words := _bare(last).split()):
        first, last = _cut(" ".join(words))
    (first, first_key), (last, last_key) = _named(first), _named(last)
    return first, last, f"{first_key} {last_key}".strip()


@lru_cache(maxsize=64)
def is_family_first(column: str) -> bool:
    """Tell whether a column's name says that family names stand before first names in it."""
    return _FAMILY_FIRST.match(fold(column)) is not None


def order_told(column: str, cells: Iterable[str]) -> bool:
    """Tell whether family names stand first in a column: by its name, or by those of its cells that leave no doubt.

    A cell tells by the word it shouts, or by one that is everybody's first name and the other not.
    """
    if is_family_first(column):
        return True
    told = Counter(_order_of(_bare(cell).split()) for cell in cells if "," not in cell)
    return told[True] > told[False]


def _order_of(words: list[str]) -> bool | None:
    """Return whether the family name comes first, None where this name does not tell."""
    if len(words) < 2:
        return None
    family = _family(words)
    if 0 < len(family) < len(words):
        return 0 in family if (0 in family) is not (len(words) - 1 in family) else None
    first, last = (fold(words[place]).split()[:1] for place in (0, -1))
    known = [bool(each) and each[0] in _first_names() for each in (first, last)]
    return None if known[0] is known[1] else known[1]


@cache
def _first_names() -> frozenset[str]:
    return frozenset((DATA / "first_names.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=50_000)
def _named(name: str) -> tuple[str, str]:
    name = written(_bare(name))
    return name, fold(name)


def _bare(name: str) -> str:
    """Return a name without a title before or behind it, and without what it was before or is beside a marriage."""
    name = SPACES.sub(" ", name).strip()
    if " " not in name and "." not in name and "," not in name:
        return name
    name = _without_behind(name)
    words = _ASIDE.sub("", _TITLE.sub("", name, count=1) if _TITLE.match(name) else name).split()
    once = next((place for place, word in enumerate(words[:-1]) if place and _ONCE.fullmatch(word)), len(words))
    rest = words[once + 1 :]
    while len(rest) > 1 and (fold(rest[0]) in _PARTICLES or (rest[0].isupper() and rest[1].isupper())):
        rest.pop(0)
    return " ".join(words[:once] + rest[1:])


def _without_behind(name: str) -> str:
    """Take titles off the end of a name, as long as something stays; "Ma" and "Sr" are names too, behind no comma."""
    while (place := max(name.rfind(","), name.rfind(" "))) > 0:
        head, tail = name[:place].rstrip(" ,"), name[place + 1 :]
        sure = "," in name[len(head) : place + 1] or tail[-1:] in "®™" or tail.strip(".") in _SURE_BEHIND
        if not head or not sure or not _BEHIND.fullmatch(tail):
            return name
        name = head
    return name


def _holds_both(words: list[str]) -> bool:
    """Tell whether a family name stands beside a first name, as in a column "Nom" alone: "DUPONT Jean"."""
    return 0 < len(_family(words)) < len(words)


def _cut(full: str, *, family_first: bool = False) -> tuple[str, str]:
    """Return ("Marie", "DUPONT") for "DUPONT Marie", "Dupont, Marie" and "Marie DUPONT"; else in the column's order.

    Where nothing tells, the first word is the first name; one shouted word alone is a family's.
    """
    if "," in full:
        last, _, first = full.partition(",")
        return first.strip(), last.strip()
    words = full.split()
    family = _family(words)
    if family and (len(family) < len(words) or len(words) == 1):
        others = (word for place, word in enumerate(words) if place not in family)
        return " ".join(others), " ".join(words[place] for place in sorted(family))
    lead = _lead(words)
    if (lead or family_first) and lead + 1 < len(words):
        return " ".join(words[lead + 1 :]), " ".join(words[: lead + 1])
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _family(words: list[str]) -> set[int]:
    """Return the places of shouted words, and of the particles before them: "de la TOUR", "Mc DONALD"."""
    shouted = (place for place, word in enumerate(words) if word.isupper() and sum(map(str.isalpha, word)) > 1)
    family = {place for place in shouted if fold(words[place]) not in _PARTICLES}
    for place in range(len(words) - 2, -1, -1):
        if place + 1 in family and fold(words[place]) in _PARTICLES:
            family.add(place)
    return family


def _lead(words: list[str]) -> int:
    """Return how many particles a name begins with: nobody's first name is "de", as in "de la Tour Inès"."""
    if not words or words[0] not in _LEADING:
        return 0
    return next((place for place, word in enumerate(words) if word not in _PARTICLES), 0)
