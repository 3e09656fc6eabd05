"""Jobs in one cell, often several, matched to ROME with a confidence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from portal.kit.fold import fold
from portal.talents import jobs
from portal.talents.job_words import told_keys

SURE = 0.8
"""From this confidence on (0–1) a job is taken to be the one of ROME; below, it stays words."""

_NOBODY_TOLD: Mapping[str, str] = {}
_CODE = re.compile(r"\s*([A-N]\d{4})\b")
_CUTS = re.compile(r"[;|\n•]|,(?!\d)| / | - | – | (?:et|ou|and|or) |(?<=\w{4})/(?=\w{4})")


@dataclass(frozen=True, slots=True)
class JobsRead:
    """The jobs a cell names, surest reading first of the first one: (ROME code, confidence); and the words left over."""

    found: tuple[tuple[str, float], ...]
    over: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, each once, in the order they stand in the cell."""
        return tuple(code for code, _ in self.found)


def read_jobs(text: str, told: Mapping[str, str] = _NOBODY_TOLD) -> JobsRead:
    """Return the jobs named by "Soudeur TIG / chaudronnier"; "Soudeur / Soudeuse" is one, and so is ROME's "H2913".

    `told` says which job a title is where somebody had to: its code, or "" for none, by the words of `told_keys`.
    """
    read = _read(text)
    if not told:
        return read
    if (whole := _told(text, told)) is not None and not read.found:
        return JobsRead(((whole, 1.0),) if whole else ())
    parts = _parts(text)
    if len(parts) < 2 or not any(_told(part, told) for part in parts):
        return read
    jobs_of = {part: (code, 1.0) if (code := _told(part, told)) else _sure(part) for part in parts}
    over = ", ".join(part for part, job in jobs_of.items() if job is None)
    return JobsRead(tuple(dict(filter(None, jobs_of.values())).items()), over)


def _parts(text: str) -> list[str]:
    return [part for part in (" ".join(part.split()) for part in _CUTS.split(text)) if part]


def _told(text: str, told: Mapping[str, str]) -> str | None:
    return next((told[key] for key in sorted(told_keys(text)) if key in told), None)


@lru_cache(maxsize=50_000)
def _read(text: str) -> JobsRead:
    if (coded := _CODE.match(text)) and jobs.get(coded[1]):
        return JobsRead(((coded[1], 1.0),))
    whole = _sure(text)
    parts = _parts(text)
    if (whole and _is_label(text, whole[0])) or not 2 <= len(parts) <= 8:
        return JobsRead((whole,)) if whole else JobsRead((), text)
    matched = [(part, _sure(part)) for part in parts]
    found: dict[str, float] = {}
    for _, job in matched:
        if job:
            found[job[0]] = max(found.get(job[0], 0.0), job[1])
    if len(found) < 2 and whole:
        return JobsRead((whole,))
    over = ", ".join(part for part, job in matched if job is None)
    return JobsRead(tuple(found.items()), over if found else text)


def _is_label(text: str, code: str) -> bool:
    """Tell whether this is the whole name ROME gives a job: "Cuisinier / Cuisinière" is one."""
    return fold(text) == fold(jobs.label(code, "fr"))


def _sure(text: str) -> tuple[str, float] | None:
    match = jobs.match(text)
    return (match.code, match.confidence) if match and match.confidence >= SURE else None
