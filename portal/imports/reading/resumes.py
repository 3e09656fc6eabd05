"""JSON Resume (jsonresume.org, schema 1.0): one person, or a list of them."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from portal.imports.reading.encodings import Text
from portal.imports.reading.named import named_table
from portal.imports.reading.records import Trouble
from portal.imports.reading.table import Table
from portal.kit.errors import Refused
from portal.kit.i18n import N_

RESUMES = re.compile(r'\ufeff?\s*(?:\[\s*)?\{\s*(?:"|\})')
NOT_A_RESUME = N_("This is no résumé: it has no “basics”.")
BROKEN_JSON = N_("The file is not whole from here on: what stands below could not be read.")
NO_RESUMES = N_("“{name}” holds no résumé as jsonresume.org describes them. Export it again, or as CSV.")

_GAP = re.compile(r"[\s,\[\]]*")
_Row = tuple[int, dict[str, str], Trouble | None]


def read_resumes(name: str, text: Text) -> Table:
    """Return one record a person; its number is the line their part of the file begins on, or the next one free."""
    rows = list(_numbered(_rows(text.whole().removeprefix("\ufeff"))))
    if not any(cells for _, cells, _ in rows):
        raise Refused(NO_RESUMES, name=name)
    return named_table(name, rows, notes=text.notes)


def _numbered(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield rows that no two share a number: a whole list may stand on one line."""
    last = 0
    for line, cells, trouble in rows:
        last = max(line, last + 1)
        yield last, cells, trouble


def _rows(text: str) -> Iterator[_Row]:
    decoder, at, line, told = json.JSONDecoder(), 0, 1, 0
    while (at := _after_gap(text, at)) < len(text):
        line, told = line + text.count("\n", told, at), at
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield line, {}, Trouble(BROKEN_JSON, {})
            return
        basics = found.get("basics") if isinstance(found, dict) else None
        yield (line, _cells(found, basics), None) if isinstance(basics, dict) else (line, {}, Trouble(NOT_A_RESUME, {}))


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _cells(resume: dict[str, Any], basics: dict[str, Any]) -> dict[str, str]:
    """Return what is about work; of what the law protects, the name of the column alone."""
    lived = basics.get("location")
    place: dict[str, Any] = lived if isinstance(lived, dict) else {}
    cells = {
        "Full name": _text(basics.get("name")),
        "E-mail": _text(basics.get("email")),
        "Telephone": _text(basics.get("phone")),
        "Job title": _text(basics.get("label")) or _position(resume),
        "City": _text(place.get("city")),
        "Skills": ", ".join(_skills(resume)),
        "Languages": ", ".join(_languages(resume)),
    }
    if basics.get("image") or basics.get("picture"):
        cells["Photo"] = ""
    if place.get("address") or place.get("postalCode"):
        cells["Home address"] = ""
    return cells


def _position(resume: dict[str, Any]) -> str:
    """Return what they do now, or did last."""
    jobs = [job for job in _list(resume, "work") if _text(job.get("position"))]
    latest = max(jobs, key=lambda job: (not job.get("endDate"), _text(job.get("startDate"))), default={})
    return _text(latest.get("position"))


def _skills(resume: dict[str, Any]) -> Iterator[str]:
    for skill in _list(resume, "skills"):
        keywords = skill.get("keywords")
        yield from filter(None, map(_text, [skill.get("name"), *(keywords if isinstance(keywords, list) else [])]))


def _languages(resume: dict[str, Any]) -> Iterator[str]:
    for language in _list(resume, "languages"):
        if named := _text(language.get("language")):
            fluency = _text(language.get("fluency"))
            yield f"{named} ({fluency})" if fluency else named


def _list(resume: dict[str, Any], name: str) -> list[dict[str, Any]]:
    held = resume.get(name)
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
