"""The words of the law found in a name, a cell or a text, by the one table (`portal.talents.law_words`)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.kit.fold import fold
from portal.talents import law_words
from portal.talents.law_words import Ground

# What is said with digits and accents, beside the words of the table.
_YEAR_OF_STUDY = (
    r"\b(?:promo(?:tion)?|bac|class of|dipl[ôo]m\w*|graduat\w*|sorti\w* en)\W{0,3}"
    r"(?:de |en |in )?(?:19[4-9]\d|20[0-3]\d)\b"
)
_SO_MANY_YEARS = (
    r"(?:\bplus de |\bmoins de |\+ ?(?:de )?|\ba |\bde |^|\W)(?:1[4-9]|[2-9]\d)\s*(?:ans|years?[ -]old|y/?o)\b"
    r"(?! (?:d['’ ]|de |dans |en |comme |chez |au |[àa] |sur |exp|min|max|anc))"
)
_OLDER_OR_YOUNGER = (
    r"\b(?:plus|moins) de (?:1[5-9]|[2-9]\d)$|\b(?:over|under) (?:1[5-9]|[2-9]\d)s?$|\bs[ée]niors? \+?\d\d\b"
    r"|\b(?:she|he|they)(?: is| are|['’]s|['’]re) [2-9]\d\b(?! ?%)"
)
_BORN = (
    r"\bn[ée](?:\(e\)|e|·e|\.e)?\s+(?:le|en|vers|au mois)\b|\bné(?:e|\(e\))?(?=\W*(?:$|[,;)]|le\b|en\b|à\b|vers\b|\d))"
    r"|\bne\(e\)|\bclasse 19\d\d\b"
)
_PATTERNS = tuple(
    (ground, re.compile(pattern, re.IGNORECASE))
    for ground, pattern in (
        (Ground.STUDY_YEAR, _YEAR_OF_STUDY),
        (Ground.AGE, _SO_MANY_YEARS),
        (Ground.AGE, _OLDER_OR_YOUNGER),
        (Ground.AGE, _BORN),
        (
            Ground.ORIGIN,
            r"\borigines? \w+(?:ien|ienne|ais|aise|ain|aine|ois|oise|ane|eenne|éenne|ine|ique|ole|arde)s?\b",
        ),
        (Ground.FAMILY, r"\bmari(?:é|ée|és|ées|é\(e\)|e\(e\)|é·e)(?!\w)"),
    )
)
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
# Looked past at either end of a name that counts as a whole.
_FILLERS = frozenset("o n oui non y yes no candidat candidate candidats du de la le les the personne 1 2".split())  # noqa: SIM905
_LONG = 5  # letters from which a word is read for several too
_NEAR = 4  # words between which one keeps another company, in a text


@dataclass(frozen=True, slots=True)
class Found:
    """Words about what nobody may be chosen by: where they stand in a text, and whether the law itself names them."""

    start: int
    end: int
    word: str
    ground: Ground
    of_the_law: bool = False


class _Lists:
    """Expressions by how their first word begins; the longest first."""

    def __init__(self, listed: Iterable[tuple[str, Ground | None]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, Ground | None]]] = {}
        for told, ground in listed:
            words = tuple(told.rstrip("*").split())
            self._by_first.setdefault(words[0][:2], []).append((words, told.endswith("*"), ground))
        for each in self._by_first.values():
            each.sort(key=lambda one: -len(one[0]))

    def at(self, words: Sequence[str], place: int) -> tuple[int, Ground | None] | None:
        """Return how many words the longest expression takes that begins here, and its ground."""
        for expression, is_open, ground in self._by_first.get(words[place][:2], ()):
            here = tuple(words[place : place + len(expression)])
            if here == expression or (is_open and _begins(here, expression)) or _plural(here, expression):
                return len(expression), ground
        return None


def _plural(here: tuple[str, ...], expression: tuple[str, ...]) -> bool:
    """Tell whether these are the words of an expression, some of them for several: "jeunes mamans"."""
    if len(here) != len(expression) or len(here[-1]) < _LONG:
        return False
    return all(word in {told, f"{told}s", f"{told}es"} for word, told in zip(here, expression, strict=True))


def _begins(here: tuple[str, ...], expression: tuple[str, ...]) -> bool:
    same = len(here) == len(expression) and here[:-1] == expression[:-1]
    return same and here[-1].startswith(expression[-1])


_PART, _WORK, _LAW = (_Lists(law_words.words(how)) for how in ("part", "work", "law"))
_ALONE = dict(law_words.words("alone"))
_BESIDE: dict[str, list[tuple[Ground | None, tuple[str, ...]]]] = {}
for _told, _ground in law_words.words("beside"):
    _key, _, _company = _told.partition(":")
    _BESIDE.setdefault(_key.strip(), []).append((_ground, tuple(_company.split())))

_Hit = tuple[int, int, Ground | None]  # from which word, how many, about what


@lru_cache(maxsize=20_000)
def find(name: str, *, whole: bool = True) -> tuple[Found, ...]:
    """Return what a name or a cell (or, not `whole`, a text) says that the law protects, in reading order.

    Reads "birthDate", "DATE_NAISSANCE", "Année du diplôme" alike; what is about work is looked past.
    """
    text = _CAMEL.sub(" ", name) if whole else name
    spans = [(hit.start(), hit.end(), fold(hit[0])) for hit in _WORD.finditer(text)]
    spans = [span for span in spans if span[2]]
    words = [word for *_, word in spans]
    work = _of_work(words)
    hits = [*_by_part(words, work), *_by_company(words, work, whole=whole)]
    if whole and words:
        hits += _by_itself(words, work)
    told = []
    for at, size, ground in hits:
        assert ground is not None
        start, end = spans[at][0], spans[at + size - 1][1]
        told.append(Found(start, end, text[start:end], ground, _named_by_law(words[at : at + size])))
    return _apart([*told, *_by_pattern(text)])


def _of_work(words: Sequence[str]) -> set[int]:
    work: set[int] = set()
    for place in range(len(words)):
        if hit := _WORK.at(words, place):
            work.update(range(place, place + hit[0]))
    return work


def _by_part(words: Sequence[str], work: Collection[int]) -> Iterator[_Hit]:
    for place in range(len(words)):
        hit = _PART.at(words, place)
        if hit and place + hit[0] - 1 not in work:
            yield place, hit[0], hit[1]


def _by_company(words: Sequence[str], work: Collection[int], *, whole: bool) -> Iterator[_Hit]:
    for place, word in enumerate(words):
        if place in work or word not in _BESIDE:
            continue
        near = (
            at for at in range(len(words)) if at != place and at not in work and (whole or abs(at - place) <= _NEAR)
        )
        others = [words[at] for at in near]
        for ground, company in _BESIDE[word]:
            if any(_keeps(each, one) for each in others for one in company):
                yield place, 1, ground


def _keeps(word: str, company: str) -> bool:
    return word.startswith(company[:-1]) if company.endswith("*") else word == company


def _by_itself(words: Sequence[str], work: Collection[int]) -> list[_Hit]:
    """A name is taken as a whole: "H/F" is about sex, "Soudeur H/F" is a job."""
    first, last = 0, len(words)
    while first < last:
        if ground := _ALONE.get(" ".join(words[first:last])):
            return [(first, last - first, ground)] if last - first == len(words) or not work else []
        if words[last - 1] in _FILLERS:
            last -= 1
        elif words[first] in _FILLERS:
            first += 1
        else:
            return []
    return []


def _named_by_law(words: Sequence[str]) -> bool:
    return any(_LAW.at(words, place) is not None for place in range(len(words)))


def _by_pattern(text: str) -> Iterator[Found]:
    for ground, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            word = hit[0].strip(" +(,;.·")
            start = hit.start() + hit[0].index(word)
            yield Found(start, start + len(word), word, ground, ground is Ground.AGE)


def _apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return them in reading order; of two that overlap the one that begins first, then the longer."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)
