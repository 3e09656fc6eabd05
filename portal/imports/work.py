"""What a record says of someone's work, cell by cell; what is not understood stays text, and is listed."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from portal.imports.cells.availability import Start, read_notice, read_start
from portal.imports.cells.jobs import JobsRead, read_jobs
from portal.imports.cells.languages import read_languages
from portal.imports.cells.lists import read_environments, read_interests, read_relocation, read_skills
from portal.imports.cells.places import read_place, read_places
from portal.imports.cells.salary import read_salary
from portal.imports.fields import Field
from portal.kit.fold import fold
from portal.talents import places
from portal.talents.custom import key_of
from portal.talents.vocabulary import (
    Availability,
    read_contract,
    read_experience,
    read_radius,
    read_remote,
)
from portal.talents.written import one, several

LONGEST = 300
KEPT = 2_000  # so much of what nobody understood stands beside its field
_LANGUAGES = {
    "fr": "fr", "francais": "fr", "french": "fr", "fra": "fr", "fr fr": "fr",
    "en": "en", "anglais": "en", "english": "en", "eng": "en", "en gb": "en", "en us": "en",
}  # fmt: skip

_NOBODY_TOLD: Mapping[str, str] = {}

Values = dict[str, Any]
Unread = dict[str, str]


@lru_cache(maxsize=20_000)
def _experience(text: str) -> str | None:
    level = read_experience(text)
    return level.value if level else None


@lru_cache(maxsize=20_000)
def _contracts(text: str) -> tuple[str, ...] | None:
    found = read_contract(text)
    return tuple(sorted(contract.value for contract in found)) if found else None


@lru_cache(maxsize=20_000)
def _radius(text: str) -> int | None:
    return read_radius(text)


@lru_cache(maxsize=20_000)
def _remote(text: str) -> str | None:
    share = read_remote(text)
    return share.value if share else None


@lru_cache(maxsize=2_000)
def _locale(text: str) -> str | None:
    return _LANGUAGES.get(fold(text))


def kept(text: str) -> str:
    """Return what stays of a text nobody understood: all of it, or its beginning with a sign that it goes on."""
    return text if len(text) <= KEPT else text[: KEPT - 1] + "…"


def _refuses(text: str) -> str:
    return " ".join(text.split())[:1_000]


# A field with one value: the column it becomes, and its reader. None is "not understood".
ONE: dict[Field, tuple[str, Callable[[str], object]]] = {
    Field.EXPERIENCE: ("experience", _experience),
    Field.CONTRACTS: ("contracts", _contracts),
    Field.SALARY: ("salary_floor", read_salary),
    Field.RADIUS: ("radius_km", _radius),
    Field.REMOTE: ("remote", _remote),
    Field.RELOCATION: ("relocation", read_relocation),
    Field.REFUSES: ("refuses", _refuses),
    Field.LOCALE: ("locale", _locale),
}
# A field with several values, some of which may be left over.
SEVERAL: dict[Field, tuple[str, Callable[[str], tuple[tuple[str, ...], str]]]] = {
    Field.SKILLS: ("skills", read_skills),
    Field.LANGUAGES: ("languages", read_languages),
    Field.INTERESTS: ("interests", read_interests),
    Field.ENVIRONMENTS: ("environments", read_environments),
}


# Where what was not understood stands as text. A job keeps the words of its own cell.
_BESIDE: dict[str, str] = {str(name): told[0] for name, told in (*ONE.items(), *SEVERAL.items())} | {
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.OTHER_JOBS: "other_jobs",
    Field.AVAILABILITY: "availability",
    Field.AVAILABLE_FROM: "availability",
    Field.NOTICE: "availability",
    Field.PLACE: "place_name",
    Field.OTHER_PLACES: "other_places",
}


def beside(unread: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return what nobody understood by the column it stands beside; cells about one column follow each other."""
    found: dict[str, str] = {}
    for name, text in unread.items():
        column = name if key_of(name) else _BESIDE.get(name, "")
        if column and text != values.get(column):
            found[column] = f"{found[column]} · {text}" if column in found else kept(text)
    return found


def read_work(
    cells: Mapping[Field, str],
    on: date,
    unread: Unread,
    *,
    month_first: bool = False,
    jobs: Mapping[str, str] = _NOBODY_TOLD,
) -> Values:
    """Return columns of `Talent` said on day `on`; add to `unread`, by field, what nobody understood.

    `month_first` is how days are written, `jobs` which job a title is where somebody had to say it.
    """
    values: Values = {}
    for name, text in cells.items():
        if name in ONE:
            column, reader = ONE[name]
            value = reader(text)
            value = one(column, text) if value is None else value
            if value is None:
                unread[name] = kept(text)
            else:
                values[column] = list(value) if type(value) is tuple else value
        elif name in SEVERAL:
            column, lister = SEVERAL[name]
            own = several(column, text)
            found, over = lister(text) if own is None else (own, "")
            _keep(values, column, found)
            if over:
                unread[name] = kept(over)
    _read_radius_in_words(cells, values, unread)
    _read_jobs(cells, values, unread, jobs)
    _read_places(cells, values, unread)
    _read_availability(cells, on, values, unread, month_first=month_first)
    return values


def _keep(values: Values, column: str, found: tuple[str, ...]) -> None:
    """Add `found` to what another cell already said for the same column."""
    if found:
        values[column] = list(dict.fromkeys([*values.get(column, ()), *found]))


def _read_jobs(cells: Mapping[Field, str], values: Values, unread: Unread, told: Mapping[str, str]) -> None:
    """The first job that is understood is the main one; its cell stays beside it as it was written."""
    for name in (Field.JOB, Field.OTHER_JOBS):
        whole = " ".join(cells.get(name, "").split())
        text = whole[:LONGEST]
        if not text:
            continue
        if whole != text:
            unread[name] = kept(whole)
        own = several("other_jobs", cells[name]) if name is Field.OTHER_JOBS else None
        read = read_jobs(text, told) if own is None else JobsRead(tuple((code, 1.0) for code in own))
        codes = read.codes
        if name is Field.JOB:
            values["job_text"], values["job_code"] = text, codes[0] if codes else None
            codes = codes[1:]
        _keep(values, "other_jobs", tuple(code for code in codes if code != values.get("job_code")))
        if read.over:
            unread[name] = kept(read.over)


def _read_places(cells: Mapping[Field, str], values: Values, unread: Unread) -> None:
    text = " ".join(cells.get(Field.PLACE, "").split())[:LONGEST]
    others = " ".join(cells.get(Field.OTHER_PLACES, "").split())
    if text:
        _read_place(text, values, unread)
    if others:
        codes, regions, over = read_places(others)
        _keep(values, "other_places", tuple(code for code in codes if code != values.get("place_code")))
        _keep(values, "regions", regions)
        if over:
            unread[Field.OTHER_PLACES] = kept(over)


def _read_place(text: str, values: Values, unread: Unread) -> None:
    """One commune, or the first of several with the others beside it."""
    place = read_place(text)
    if place is not None:
        values["place_code"], values["place_name"] = place.insee, place.name
        return
    codes, regions, over = read_places(text)
    first = places.get(codes[0]) if codes else None
    values["place_code"], values["place_name"] = (first.insee, first.name) if first else (None, text)
    _keep(values, "other_places", codes[1:])
    _keep(values, "regions", regions)
    if over:
        unread[Field.PLACE] = over


def _read_radius_in_words(cells: Mapping[Field, str], values: Values, unread: Unread) -> None:
    """A column "Mobilité" holds kilometres, or else places and regions; half understood, it stays text."""
    text = unread.get(Field.RADIUS, "")
    codes, regions, over = read_places(text)
    if text and len(cells[Field.RADIUS]) < LONGEST and not over:
        _keep(values, "other_places", codes)
        _keep(values, "regions", regions)
        del unread[Field.RADIUS]


def _read_availability(
    cells: Mapping[Field, str], on: date, values: Values, unread: Unread, *, month_first: bool
) -> None:
    """A day on which they are free says more than a word, and a word more than a length of notice alone."""
    said: Start | None = None
    for name in (Field.AVAILABLE_FROM, Field.AVAILABILITY):
        if text := cells.get(name):
            read = read_start(text, on, month_first=month_first) or _own_start(text)
            said = said or read
            if read is None and one("availability", text) != Availability.FROM_DATE:
                unread[name] = kept(text)
    days = _notice(cells, unread)
    if said == Start(Availability.NOTICE) and days:
        said = Start(Availability.NOTICE, notice_days=days)
    if said is None and days is not None:
        said = Start(Availability.NOTICE, notice_days=days) if days else Start(Availability.NOW)
    if said is not None:
        values["availability"], values["available_from"] = said.kind.value, said.day
        values["notice_days"] = said.notice_days
        if days is not None and days != (said.notice_days or 0):
            # Two cells say two things: a person has to ask.
            unread[Field.NOTICE] = kept(cells[Field.NOTICE])


def _own_start(text: str) -> Start | None:
    """Return a situation in the words of the pool's own file; a day, or a length, stands in its own column."""
    said = one("availability", text)
    return None if said in (None, Availability.FROM_DATE) else Start(Availability(said))


def _notice(cells: Mapping[Field, str], unread: Unread) -> int | None:
    text = cells.get(Field.NOTICE)
    days = read_notice(text) if text else None
    if text and days is None:
        unread[Field.NOTICE] = kept(text)
    return days
