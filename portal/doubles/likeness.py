"""Who is likely one person: by name and one more fact, or by a name misspelt and two. Never certain: a person decides. Pure.

A property test holds `sounds` equal to the function of that name in the database (migration 0016).
"""

import re
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from portal.kit.i18n import N_

COMMUNE, JOB, BOTH, SAME_NUMBER, NUMBER, LOCAL_PART = (
    N_("the same place of work"),
    N_("the same job"),
    N_("the same place of work and the same job"),
    N_("the same telephone number"),
    N_("a telephone number one digit away"),
    N_("nearly the same e-mail address"),
)
# What more than so many share tells nobody apart; of more than so many who would do, none is likely.
SHARED_BY_MANY, TOO_MANY = 20, 3
# Beside a name that many bear, one of these alone is too little.
ALONE = frozenset({COMMUNE, JOB})
SHORTEST = 5  # letters before the @ that tell something
_SAME_NAME, _SAME_PART = 85.0, 88.0  # out of 100
_LETTERS = dict(zip(map(ord, "bfpvcgjkqsxzdtlmnr"), "bbbbccccccccddlmmr", strict=True)) | dict.fromkeys(
    map(ord, "aeiouyhw")
)
_MOST_WORDS = 5  # of a name; of more, each order would be tried
_SIGNS = re.compile(r"[^a-z]")
_DOUBLED = re.compile(r"([bcdlmr])\1+")


class Known(Protocol):
    """Whoever can be told by an address, or by a number and a name: a line, someone in the pool."""

    @property
    def email(self) -> str | None:
        """Trimmed, lower case."""

    @property
    def phone(self) -> str | None:
        """E.164."""

    @property
    def name_key(self) -> str:
        """Folded."""


class Face(Known, Protocol):
    """What is compared: of a line, or of someone in the pool."""

    @property
    def place_code(self) -> str | None:
        """INSEE."""

    @property
    def job_code(self) -> str | None:
        """ROME."""


@dataclass(frozen=True, slots=True)
class InPool:
    """Someone of the pool, by what is compared."""

    id: int
    email: str | None
    phone: str | None
    name_key: str
    place_code: str | None
    job_code: str | None


def fact_of(one: Face, other: Face) -> str | None:
    """Return what, beside the name, speaks for one person. Day of birth never can: the law protects it."""
    alike = fuzz.token_sort_ratio(one.name_key, other.name_key)
    if alike < _SAME_NAME:
        return None
    if number := _number_of_both(one, other):
        return number
    if one.email and other.email and _is_same_part(one, other):
        return LOCAL_PART
    place = bool(one.place_code) and one.place_code == other.place_code
    job = bool(one.job_code) and one.job_code == other.job_code
    if place and job:
        return BOTH
    if alike < 100:
        return None
    return COMMUNE if place else JOB if job else None


def is_same_name(one: Face, other: Face) -> bool:
    """Tell whether the two names are one, in whatever order."""
    return fuzz.token_sort_ratio(one.name_key, other.name_key) == 100


def is_another_name(one: str, other: str) -> bool:
    """Tell whether two folded names are two people's: not where one is missing, or says part of the other, or initials."""
    few, many = sorted((one.split(), other.split()), key=len)
    left = list(many)
    for word in few:
        short = (each for each in left if each[0] == word[0] and 1 in {len(each), len(word)})
        same = word if word in left else next(short, None)
        if same is None:
            return True
        left.remove(same)
    return False


def orders(name_key: str) -> set[str]:
    """Return a folded name as it stands, and with its first or its last word at the other end."""
    first, _, rest = name_key.partition(" ")
    start, _, last = name_key.rpartition(" ")
    return {name_key, f"{rest} {first}".strip(), f"{last} {start}".strip()}


def local_part(email: str) -> str:
    """Return what stands before the @."""
    return email.partition("@")[0]


def _number_of_both(one: Face, other: Face) -> str | None:
    if not one.phone or not other.phone:
        return None
    if one.phone == other.phone:
        return SAME_NUMBER
    near = OSA.distance(one.phone, other.phone) == 1
    return NUMBER if near and not _live_elsewhere(one, other) else None


def _live_elsewhere(one: Face, other: Face) -> bool:
    """Tell whether they work elsewhere, and at something else: then a number nearly the same is a neighbour's."""
    pairs = ((one.place_code, other.place_code), (one.job_code, other.job_code))
    return all(mine and theirs and mine != theirs for mine, theirs in pairs)


def _is_same_part(one: Face, other: Face) -> bool:
    """Tell whether two addresses are nearly the same before the @, and say more there than the two names do."""
    near = fuzz.ratio(local_part(one.email or ""), local_part(other.email or "")) >= _SAME_PART
    return near and not (_is_named(one) and _is_named(other))


def _is_named(one: Face) -> bool:
    """Tell whether what stands before the @ only says the name again, and so nothing beside it: "m.durand2@"."""
    words = one.name_key.split()
    return len(words) <= _MOST_WORDS and _spells(_SIGNS.sub("", local_part(one.email or "")), words)


def _spells(text: str, words: list[str]) -> bool:
    """Tell whether some of these words, or their initials, make up a text one after the other."""
    if not text:
        return True
    return any(
        _spells(text[len(start) :], [other for at, other in enumerate(words) if at != place])
        for place, word in enumerate(words)
        for start in (word, word[0])
        if text.startswith(start)
    )


def sounds(name_key: str) -> str:
    """Return a folded name without its vowels, letters that are taken for each other as one, doubled ones once."""
    return _DOUBLED.sub(r"\1", name_key.translate(_LETTERS))
