"""What a record says of someone's work, read by the words of `portal.talents`; what is not understood stays text."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.imports.fields import Field
from portal.kit.fold import fold
from portal.talents import jobs, places
from portal.talents.vocabulary import (
    Availability,
    AvailabilityRead,
    read_availability,
    read_contract,
    read_experience,
    read_radius,
    read_remote,
)

_LONGEST = 300
_SURE = 0.8  # a job read with less confidence stays words only
_LANGUAGES = {
    "fr": "fr", "francais": "fr", "french": "fr", "fra": "fr", "fr fr": "fr",
    "en": "en", "anglais": "en", "english": "en", "eng": "en", "en gb": "en", "en us": "en",
}  # fmt: skip


def read_work(cells: Mapping[Field, str], on: date, unread: dict[str, str]) -> dict[str, Any]:
    """Return columns of `Talent` said on day `on`; add to `unread`, by field, what nobody understood."""
    values: dict[str, Any] = {}
    _read_job(cells, values, unread)
    _read_place(cells, values, unread)
    _read_availability(cells, on, values, unread)
    readers: dict[Field, tuple[str, Callable[[str], object]]] = {
        Field.EXPERIENCE: ("experience", read_experience),
        Field.CONTRACTS: ("contracts", _contracts),
        Field.RADIUS: ("radius_km", read_radius),
        Field.REMOTE: ("remote", read_remote),
        Field.LOCALE: ("locale", lambda text: _LANGUAGES.get(fold(text))),
    }
    for name, (column, reader) in readers.items():
        if text := cells.get(name):
            value = reader(text)
            if value is None:
                unread[name] = text[:_LONGEST]
            else:
                values[column] = value
    return values


def _contracts(text: str) -> list[str] | None:
    found = read_contract(text)
    return sorted(contract.value for contract in found) if found else None


def _read_job(cells: Mapping[Field, str], values: dict[str, Any], unread: dict[str, str]) -> None:
    text = " ".join(cells.get(Field.JOB, "").split())[:_LONGEST]
    if not text:
        return
    match = jobs.match(text)
    values["job_text"] = text
    values["job_code"] = match.code if match and match.confidence >= _SURE else None
    if values["job_code"] is None:
        unread[Field.JOB] = text


def _read_place(cells: Mapping[Field, str], values: dict[str, Any], unread: dict[str, str]) -> None:
    text = " ".join(cells.get(Field.PLACE, "").split())[:_LONGEST]
    if not text:
        return
    place = places.match(text)
    values["place_code"] = place.insee if place else None
    values["place_name"] = place.name if place else text
    if place is None:
        unread[Field.PLACE] = text


def _read_availability(cells: Mapping[Field, str], on: date, values: dict[str, Any], unread: dict[str, str]) -> None:
    """A day on which they are free says more than a word; a word that is not understood does not hide the day."""
    for name in (Field.AVAILABLE_FROM, Field.AVAILABILITY):
        text = cells.get(name)
        if not text:
            continue
        said: AvailabilityRead | None = read_availability(text, on)
        if said is None:
            unread[name] = text[:_LONGEST]
        elif "availability" not in values:
            values["availability"] = said.kind.value
            values["available_from"] = said.from_date if said.kind is Availability.FROM_DATE else None
