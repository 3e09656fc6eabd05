"""Jobs (ROME): found from what people type, told back in words people use.

Data: `data/jobs.tsv` holds every ROME code with its French label; `data/job_words.tsv`, written by hand, holds for the
commonly recruited ones an English label, a phrase ("vous soudez au TIG") and everyday names; `data/job_synonyms.tsv` what
people call a job beside ROME's labels, and, under "-", titles that many jobs share and no one names. All are read once, at
the first question.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from portal.kit.fold import fold
from portal.talents.job_words import both_genders, keys_of, meaning

DATA = Path(__file__).parent / "data"

# Similarity (0–100) of the words, sorted, from which a text is held to be a misspelling of a known name: a letter wrong
# in a common word, as in "infirmer"; "assistant social" and "assistant commercial" stay at 80.
_MISSPELT = 90.0
# Share of the words of a longer text that a known name at its head must make up: "comptable fournisseurs" is read,
# "comptable chargé du recouvrement" is not.
_HEAD = 0.5
# English puts the job last, but these last words are French as well; and these before it make it another job.
_FRENCH_TOO = frozenset({"assistant", "support", "consultant", "master"})
_NOT_THE_SAME = frozenset({"assistant", "deputy", "trainee", "vice", "sous", "associate"})
# A cell longer than this (characters) is a story, not a title.
_TOO_LONG = 200
# What is left of "Chef de projet (Project Management Officer)" without its parenthesis names no job.
_SAY_TOO_LITTLE = frozenset({"chef projet", "cheffe projet", "chef projet cheffe projet"})


@dataclass(frozen=True, slots=True)
class Job:
    """One ROME job. `label_en` is None for the less common ones."""

    code: str
    label_fr: str
    label_en: str | None = None


@dataclass(frozen=True, slots=True)
class JobMatch:
    """A job read in a text. `confidence` is 1.0 for a known name, less for a misspelt or longer one."""

    code: str
    confidence: float


def get(code: str) -> Job | None:
    """Return the job with this ROME code, or None."""
    return _trade().jobs.get(code)


def common() -> list[Job]:
    """Return the commonly recruited jobs, those that have a phrase, by code."""
    trade = _trade()
    return [trade.jobs[code] for code in sorted(trade.phrases)]


def everything() -> list[Job]:
    """Return every job, by code."""
    return [_trade().jobs[code] for code in sorted(_trade().jobs)]


def label(code: str, locale: str) -> str:
    """Return the job's name in `locale` ("fr", "en"…), in French where no English one is known.

    For an unknown code, the code itself: a talent's old code must not break a page.
    """
    job = get(code)
    if job is None:
        return code
    return job.label_fr if locale.startswith("fr") else job.label_en or job.label_fr


def phrase(code: str, locale: str, *, tu: bool = False) -> str | None:
    """Return what this person does, as a clause to put before a place: "vous soudez", "tu soudes", "you weld".

    It shows no gender. None where nobody has written one: then the letter says nothing about the job.
    """
    words = _trade().phrases.get(code)
    if words is None:
        return None
    vous, informal, english = words
    if locale.startswith("fr"):
        return informal if tu else vous
    return english


@lru_cache(maxsize=20_000)
def match(text: str) -> JobMatch | None:
    """Return the job that `text` names, or None rather than a guess.

    Case, accents, gender ("Soudeur / Soudeuse", "infirmier·ère"), "(H/F)" and words that change nothing ("senior", "de
    nuit") do not matter. A known name gives 1.0, a misspelt one 0.9, a longer one ("comptable fournisseurs") 0.8.
    """
    if len(text) > _TOO_LONG:
        return None
    names = [name for name in keys_of(text) if name]
    if any(name in _trade().nobodys for name in names):
        return None
    for name in names:
        if code := _trade().codes.get(name):
            return JobMatch(code, 1.0)
    for name in names:
        if found := _misspelt(name) or _headed(name):
            return found
    return None


def search(text: str, limit: int = 10) -> list[Job]:
    """Return at most `limit` jobs of which each word typed begins a word, the nearest to the whole name first."""
    start = fold(text)
    words = [f" {word}" for word in start.split()]
    trade = _trade()
    found = [
        code for code, names in trade.haystacks.items() if words and all(_any_holds(names, word) for word in words)
    ]

    def rank(code: str) -> tuple[int, bool, str]:
        begun = [len(name) for name in trade.haystacks[code] if name.startswith(f" {start}")]
        return min(begun, default=1_000), code not in trade.phrases, trade.haystacks[code][0]

    return [trade.jobs[code] for code in sorted(found, key=rank)[:limit]]


def _any_holds(names: tuple[str, ...], word: str) -> bool:
    return any(word in name for name in names)


def _misspelt(name: str) -> JobMatch | None:
    """Return the job whose known name `name` nearly is, word for word."""
    if len(name) < 6:
        return None  # too short to tell a misspelling from another word
    near = process.extract(
        " ".join(sorted(name.split())), _trade().sorted_names, scorer=fuzz.ratio, score_cutoff=_MISSPELT, limit=4
    )
    alike = [(known, score) for _, score, known in near if _word_for_word(name, known)]
    codes = {_trade().codes[known] for known, score in alike if score == alike[0][1]}
    return JobMatch(codes.pop(), round(alike[0][1] / 100, 2)) if len(codes) == 1 else None


def _word_for_word(name: str, known: str) -> bool:
    """Tell whether each word typed is nearly one of the known name's: "responsable rh" is not "responsable r d"."""
    if len(name.split()) != len(known.split()):
        return False
    return all(any(_same(word, other) for other in known.split()) for word in name.split())


def _same(word: str, other: str) -> bool:
    """Tell whether a word is another one misspelt: "voitures" is not "vitres"."""
    return word == other or (len(word) > 4 and OSA.distance(word, other) <= (1 if len(word) < 12 else 2))


def _headed(name: str) -> JobMatch | None:
    """Return the job at the head of a longer text: its first words in French, its last in English."""
    trade, words = _trade(), name.split()
    for size in range(len(words) - 1, 0, -1):
        first, last = " ".join(words[:size]), " ".join(words[-size:])
        code = trade.codes.get(first) if first in trade.heads else None
        if code is None and last in trade.tails and not _NOT_THE_SAME.intersection(words):
            code = trade.codes.get(last)
        if code:
            share = size / len(words)
            return JobMatch(code, round(0.7 + 0.2 * share, 2)) if share >= _HEAD else None
    return None


@dataclass(frozen=True, slots=True)
class _Trade:
    """All jobs, by every name that finds them. Names are folded, without the words that change nothing."""

    jobs: dict[str, Job]
    phrases: dict[str, tuple[str, str, str]]  # fr vous, fr tu, en
    codes: dict[str, str]  # name → code
    sorted_names: dict[str, str]  # name → its words in alphabetical order
    heads: frozenset[str]  # names that may begin a longer French text
    tails: frozenset[str]  # names that may end a longer English text
    haystacks: dict[str, tuple[str, ...]]  # code → its names to type, each after one space; the French label first
    nobodys: frozenset[str]  # titles that say too little to be one job


@cache
def _trade() -> _Trade:
    """Read the jobs (about a tenth of a second)."""
    labels = {row["code"]: row["label_fr"] for row in _rows("jobs.tsv")}
    words = {row["code"]: row for row in _rows("job_words.tsv")}
    jobs = {code: Job(code, name, words[code]["label_en"] if code in words else None) for code, name in labels.items()}
    codes, exact_only = _known_names(labels, words)
    synonyms = {row["code"]: row["names"] for row in _rows("job_synonyms.tsv")}
    nobodys = frozenset(map(meaning, synonyms.pop("-").split("|")))
    # They count only as the whole title, and never win over a name that is known already.
    others = {meaning(name): code for code, names in synonyms.items() for name in names.split("|")}
    exact_only |= others.keys() - codes.keys()
    misspelt = {name: " ".join(sorted(name.split())) for name in codes}
    codes = others | codes
    heads = frozenset(codes.keys() - exact_only)
    return _Trade(
        jobs,
        {code: (row["fr_vous"], row["fr_tu"], row["en"]) for code, row in words.items()},
        codes,
        misspelt,
        heads,
        heads & _english_names(words),
        {
            code: _typed_names(job, words.get(code, {}).get("aliases", ""), synonyms.get(code, ""))
            for code, job in jobs.items()
        },
        nobodys,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _known_names(labels: dict[str, str], words: dict[str, dict[str, str]]) -> tuple[dict[str, str], set[str]]:
    """Return every name with its code, and those that count only alone ("=serveur", for a "serveur informatique").

    Names written by hand win over labels; a name that two labels share finds neither.
    """
    codes: dict[str, str] = {}
    exact_only: set[str] = set()
    for code, row in words.items():
        for alias in (*row["aliases"].split("|"), row["label_en"]):
            codes.setdefault(meaning(alias), code)
            if alias.startswith("="):
                exact_only.add(meaning(alias))
    by_label: dict[str, set[str]] = {}
    for code, name in labels.items():
        for variant in both_genders(name):
            by_label.setdefault(meaning(variant), set()).add(code)
    for variant, owners in by_label.items():
        if len(owners) == 1 and variant not in _SAY_TOO_LITTLE:
            codes.setdefault(variant, *owners)
    return codes, exact_only


def _english_names(words: dict[str, dict[str, str]]) -> set[str]:
    """Return the names that end as an English label does: the everyday names do not say their language."""
    last = {meaning(row["label_en"]).rpartition(" ")[2] for row in words.values()} - _FRENCH_TOO
    names = {meaning(name) for row in words.values() for name in (row["label_en"], *row["aliases"].split("|"))}
    return {name for name in names if name.rpartition(" ")[2] in last}


def _typed_names(job: Job, *everyday: str) -> tuple[str, ...]:
    names = (job.label_fr, job.label_en or "", *(name for names in everyday for name in names.split("|")))
    return tuple(f" {fold(name)}" for name in names if name)
