"""Whose word wins: what the talent said; then the newest collection day; then what stands. Pure.

Every value knows who said it and when: `said[column] = {"by", "on", "source"}`. Columns that make one statement together
(the words for a job and its code) are one unit, won or lost together. A field of the house's own is a unit too: "custom.7".

What nobody could read stays as text beside its field, until the field is said again: `said["unread.salary_floor"]` holds
the `text` as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from portal.kit.fold import fold
from portal.talents import places
from portal.talents.custom import CUSTOM, key_of
from portal.talents.rules import SourceKind
from portal.talents.zones import PARIS, zone_of

# Lead column → what is said together with it.
UNITS: dict[str, tuple[str, ...]] = {
    "email": (),
    "phone": (),
    "first_name": (),
    "last_name": (),
    "address_form": (),
    "locale": (),
    "zone": (),
    "job_text": ("job_code",),
    "other_jobs": (),
    "does": (),
    "experience": (),
    "skills": (),
    "languages": (),
    "contracts": (),
    "interests": (),
    "environments": (),
    "salary_floor": (),
    "availability": ("available_from", "notice_days"),
    "refuses": (),
    "place_name": ("place_code",),
    "other_places": (),
    "radius_km": (),
    "regions": (),
    "remote": (),
    "relocation": (),
    "rhythm_days": (),
    "paused_until": (),
}


UNREAD = "unread."


class By(StrEnum):
    """Who said a value."""

    TALENT = "talent"
    STAFF = "staff"
    SOURCE = "source"
    # Of a time zone: the clock of their browser when they first came in, and that of their place of work.
    BROWSER = "browser"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Word:
    """What someone said on one day: columns of `Talent`. `kind` is set when a source says it.

    `unread` is what was written about a unit and could not be read: all of it, or what is left over beside a value.
    """

    values: Mapping[str, Any]
    by: By
    on: date
    source: str = ""
    kind: SourceKind | None = None
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What becomes of one person: columns to write (`said` among them), and the units whose value is another now."""

    changes: dict[str, Any]
    units: tuple[str, ...]


def weigh(standing: Mapping[str, Any], words: Iterable[Word]) -> Weighed:
    """Return what `words`, one after the other, change in `standing` (columns of `Talent`, or nothing for a new one)."""
    after = dict(standing)
    said = dict(standing.get("said") or {})
    touched = {"said", "custom", "collected_on", "source_kind"}
    for word in words:
        signed = _signed(word)
        for lead in word.values.keys() | word.unread.keys() if word.unread else word.values:
            if (lead in UNITS or key_of(lead)) and _wins(word, said.get(lead)):
                if lead in word.values:
                    touched.update(_say(after, said, lead, word.values, signed))
                _set_beside(said, lead, word, signed)
        _collected(after, word)
    after["said"] = said
    changed = {column for column in touched if after.get(column) != standing.get(column)}
    changes = {column: after[column] for column in changed} | derived(after, changed) | _clock(after, changed)
    units = sorted({_LEAD_OF[column] for column in changed if column in _LEAD_OF}, key=_PLACE_OF.__getitem__)
    return Weighed(changes, (*units, *_own(standing.get("custom") or {}, after.get("custom") or {})))


_TOGETHER = {lead: (lead, *beside) for lead, beside in UNITS.items()}
_LEAD_OF = {column: lead for lead, columns in _TOGETHER.items() for column in columns}
_PLACE_OF = {lead: place for place, lead in enumerate(UNITS)}


def _say(
    after: dict[str, Any], said: dict[str, Any], lead: str, values: Mapping[str, Any], signed: Mapping[str, str]
) -> tuple[str, ...]:
    """Write a unit and who said it; return its columns."""
    if lead not in UNITS:
        after["custom"], said[lead] = _with(after.get("custom") or {}, lead, values[lead]), signed
        return ()
    for column in _TOGETHER[lead]:
        after[column], said[column] = values.get(column), signed
    return _TOGETHER[lead]


def _set_beside(said: dict[str, Any], lead: str, word: Word, signed: Mapping[str, str]) -> None:
    """Keep what could not be read of a unit; once it is said as late or later, nothing stands beside it."""
    text, held = word.unread.get(lead), said.get(UNREAD + lead)
    if text and _wins(word, held):
        said[UNREAD + lead] = {**signed, "text": text}
    elif not text and held is not None and held["on"] <= signed["on"]:
        del said[UNREAD + lead]


def _with(custom: Mapping[str, Any], column: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - what a JSON document holds
    key = str(key_of(column))
    others = {name: held for name, held in custom.items() if name != key}
    return others if value is None else {**others, key: value}


def _own(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the house's own fields whose value is another now, as units."""
    keys = sorted(before.keys() | after.keys(), key=lambda key: (len(key), key))
    return tuple(f"{CUSTOM}{key}" for key in keys if before.get(key) != after.get(key))


def _wins(word: Word, held: Mapping[str, str] | None) -> bool:
    if held is None or word.by is By.TALENT:
        return True
    if held["by"] == By.TALENT:
        return False
    if By.BROWSER in {word.by, held["by"]}:
        return held["by"] != By.BROWSER  # the first one counts: they travel
    if held["by"] == By.PLACE and word.by is By.SOURCE:
        return False
    stands_since = date.fromisoformat(held["on"])
    # A recruiter corrects on purpose; of two sources on one day, what stands stays.
    return word.on >= stands_since if word.by is By.STAFF else word.on > stands_since


def _signed(word: Word) -> dict[str, str]:
    signed = {"by": word.by.value, "on": word.on.isoformat()}
    return signed | {"source": word.source} if word.source else signed


def _collected(after: dict[str, Any], word: Word) -> None:
    if word.kind is not None and ("collected_on" not in after or word.on > after["collected_on"]):
        after["collected_on"], after["source_kind"] = word.on, word.kind


def derived(after: Mapping[str, Any], changed: set[str]) -> dict[str, Any]:
    """Return the columns that follow from those changed."""
    follow: dict[str, Any] = {}
    if "first_name" in changed or "last_name" in changed:
        follow["name_key"] = fold(f"{after.get('first_name') or ''} {after.get('last_name') or ''}")
    if "place_code" in changed:
        follow |= position(after["place_code"])
    if "radius_km" in changed:
        radius = after["radius_km"]
        follow["mobility_c2"] = None if radius is None else places.chord2(radius)
    return follow


def _clock(after: Mapping[str, Any], changed: set[str]) -> dict[str, Any]:
    """Let the time zone follow the place of work, unless they said theirs, or their browser or a recruiter did."""
    said = after.get("said") or {}
    code, signed = after.get("place_code"), said.get("place_code")
    theirs = said.get("zone", {}).get("by") in {By.TALENT, By.BROWSER, By.STAFF}
    if "place_code" not in changed or code is None or signed is None or theirs:
        return {}
    zone = zone_of(code)
    if zone == PARIS == after.get("zone") and "zone" not in said:
        return {}
    return {"zone": zone, "said": {**said, "zone": {"by": By.PLACE.value, "on": signed["on"]}}}


@lru_cache(maxsize=50_000)
def position(place_code: str | None) -> dict[str, float | None]:
    """Return where a commune lies: degrees, and a point on the unit sphere."""
    place = places.get(place_code) if place_code else None
    if place is None:
        return dict.fromkeys(("lat", "lon", "ux", "uy", "uz"))
    ux, uy, uz = places.unit_vector(place.lat, place.lon)
    return {"lat": place.lat, "lon": place.lon, "ux": ux, "uy": uy, "uz": uz}
