"""What people write around a place's name: postcodes, CEDEX, departments, arrondissements, abbreviations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.kit.fold import fold

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}
_CUT_IN_DISTRICTS = {"paris": 20, "lyon": 9, "marseille": 16}  # number of arrondissements
_POSTCODE = re.compile(r"(?<!\d)(?:F[- ]?)?(\d{5}|\d{2} \d{3})(?!\d)", re.IGNORECASE)
_CEDEX = re.compile(r"\bcedex\b(?:\s*\d{1,2}\b)?", re.IGNORECASE)
# "Lyon France", but neither "Fort-de-France" nor "Roissy en France".
_COUNTRY = re.compile(r"(?<!\bde)(?<!\ben)(?<![\s,;(/])[\s,;(/]++(?:-[\s,;(/]++)?france\W*$", re.IGNORECASE)
_ON = re.compile(r"\b(s|ss)/\s*", re.IGNORECASE)
# A hyphen cuts only between spaces: it also lives inside names.
_CUTS = re.compile(r"[,;()\[\]/|\n]| [-–—] ")
_DISTRICT = re.compile(
    r"^(paris|lyon|marseille) (\d{1,2})(?: ?(?:e|er|ere|eme|nd|st|th|rd))?(?: (?:arr|arrondissement))?$"
)
_CODE_AT_END = re.compile(r"^(.*\D) (\d{2}|97\d|98\d|2[ab])$")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text says of a place: codes are INSEE's, names are expanded, `others` is what stands beside the name."""

    name: str
    postcode: str | None = None
    department: str | None = None
    region: str | None = None
    others: tuple[str, ...] = ()


def expand(text: str) -> str:
    """Return `text` folded, its usual abbreviations written out: "St-Étienne" gives "saint etienne"."""
    return " ".join(_SHORT.get(word, word) for word in fold(text).split())


def read(text: str, *, departments: Mapping[str, str], regions: Mapping[str, str]) -> Typed:
    """Take `text` apart. `departments` and `regions` give codes by expanded name, departments also by small code."""
    text, postcode = _without_postcode(_COUNTRY.sub("", _ON.sub(r"\1 ", _CEDEX.sub(" ", text))))
    parts = [part for part in map(expand, _CUTS.split(text)) if part]
    if not parts:
        return Typed("", postcode, department_of(postcode))
    name, department = _without_code(_without_district(parts[0]), departments)
    beside = parts[1:]
    department = department_of(postcode) or department or _first(beside, departments)
    others = tuple(part for part in beside if part not in departments and part not in regions)
    return Typed(name, postcode, department, _first(beside, regions), others)


def department_of(postcode: str | None) -> str | None:
    """Return the department a postcode lies in, nearly always ("20090" in "2A", "97410" in "974"); None without one."""
    if postcode is None:
        return None
    if postcode.startswith("20"):
        return "2A" if postcode[2] in "01" else "2B"
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


def _first(parts: list[str], codes: Mapping[str, str]) -> str | None:
    """Return the code of the first part that has one."""
    return next((codes[part] for part in parts if part in codes), None)


def _without_postcode(text: str) -> tuple[str, str | None]:
    """Return the text without its first postcode, and that postcode without its space."""
    found = _POSTCODE.search(text)
    if found is None:
        return text, None
    return text[: found.start()] + " " + text[found.end() :], found[1].replace(" ", "")


def _without_district(name: str) -> str:
    """Return "lyon" for "lyon 3e", "lyon 03" and "lyon 3 arrondissement"; other names as they are."""
    found = _DISTRICT.match(name)
    return found[1] if found and 1 <= int(found[2]) <= _CUT_IN_DISTRICTS[found[1]] else name


def _without_code(name: str, departments: Mapping[str, str]) -> tuple[str, str | None]:
    """Return ("saint denis", "93") for "saint denis 93"; (name, None) when no department ends it."""
    found = _CODE_AT_END.match(name)
    if found and found[2] in departments:
        return found[1], departments[found[2]]
    return name, None
