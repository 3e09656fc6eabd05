"""What is typed to find someone, as one query over `talent_search`: words, places of several words, telephones, addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.kit.fold import fold
from portal.talents import jobs, places

_LONGEST_WORD = 60  # `searched` keeps no more of a word
_MOST_JOBS = 100
_MOST_PLACES = 30
_TOO_SHORT = 2  # so few letters begin too many jobs and places to mean any
_LONGEST_RUN = 5
_LONGEST_NAME = 3
_FEWEST_DIGITS, _NATIONAL = 6, 9
# From a digit to a digit, as people write telephones; a word with letters in it is none.
_TELEPHONE = re.compile(r"(?<![\w@])\+?\(?\d[\d ().\u00a0\u202f/-]{3,40}\d(?![\w@])")
_DIPHTHONGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone as it was typed, and the digits at its end that every spelling of it shares."""

    typed: str
    end: str


def telephones(text: str) -> tuple[str, list[Telephone]]:
    """Return the text without its telephones, and these."""
    found: list[Telephone] = []

    def taken(match: re.Match[str]) -> str:
        end = _end(match[0])
        if len(end) < _FEWEST_DIGITS:
            return match[0]
        found.append(Telephone(match[0], end))
        return " "

    return _TELEPHONE.sub(taken, text), found


def _end(typed: str) -> str:
    """Return the digits after the country and the 0 before them: "+33 (0)6 87…", "0033 6 87…" and "06 87…" end alike."""
    digits = re.sub(r"\D", "", typed)
    return digits.lstrip("0")[-_NATIONAL:]


def query(typed: Sequence[str], numbers: Sequence[Telephone]) -> str:
    """Return the query that finds people by each word typed, and by each telephone."""
    words, called = [_word(word) for word in typed], [_telephone(number) for number in numbers]
    ways = [[*words, *called]]
    # Several words may be one name: "st etienne", "de la tour".
    for start, end in _runs(len(typed)):
        if run := _run(typed[start:end]):
            ways.append([*words[:start], run, *words[end:], *called])
    return " | ".join(f"({' & '.join(way)})" for way in ways)


def _runs(words: int) -> Iterator[tuple[int, int]]:
    for start in range(words if words <= _LONGEST_RUN else 0):
        for end in range(start + 2, words + 1):
            yield start, end


def _telephone(number: Telephone) -> str:
    """Return a telephone as a query; what looks like one may stand in a note or in what they do as well."""
    words = " & ".join(map(_begins, fold(number.typed).split()))
    return f"({_begins('tel:' + number.end[::-1])} | ({words}))"


def _run(typed: Sequence[str]) -> str:
    joined = [_begins(fold("".join(typed)).replace(" ", ""))] if len(typed) <= _LONGEST_NAME else []
    ways = [*joined, *_of_places(" ".join(typed))]
    return f"({' | '.join(ways)})" if ways else ""


def _word(typed: str) -> str:
    """Return one typed word: its parts begin words, it is a joined-up name, a part of an address, a job or a place."""
    parts = fold(typed).split()
    ways = [" & ".join(map(_begins, parts))]
    if len(parts) > 1:
        ways.append(_begins("".join(parts)))
    spelt_out = fold(typed.lower().translate(_DIPHTHONGS)).split()
    if spelt_out != parts:
        ways.append(" & ".join(map(_begins, spelt_out)))
    ways += _of_addresses(typed.lower())
    if len(fold(typed)) > _TOO_SHORT:
        ways += [f"'job:{job.code}'" for job in jobs.search(typed, limit=_MOST_JOBS)]
        ways += _of_places(typed)
    return f"({' | '.join(f'({way})' for way in ways)})"


def _of_places(typed: str) -> list[str]:
    return [f"'place:{place.insee}'" for place in places.search(typed, limit=_MOST_PLACES)]


def _of_addresses(typed: str) -> Iterator[str]:
    if "@" in typed:
        local, _, domain = typed.rpartition("@")
        yield _begins(typed)
        yield " & ".join([*map(_begins, fold(local).split()), _begins("@" + domain)])
    elif "." in typed:
        yield _begins("@" + typed)


def _begins(start: str) -> str:
    quoted = start[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"
