"""How job titles are written: both genders at once, "(H/F)", and words that change nothing about the job."""

import re
from collections.abc import Iterator

from portal.kit.fold import fold

_EITHER = re.compile(r"(?<![\s(\[-])[\s(\[-]*+\b(?:[hfmw]\s*/\s*[hfmwx](?:\s*/\s*[xdn])?)\b[\s)\]]*", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# "infirmier·ère", "technicien(ne)", "vendeur-euse", "soudeur/euse": the first form is enough.
_ENDING = re.compile(
    r"(?<=\w)\s?[(·•./-]\s?(?:e|ne|le|te|ve|ère|ere|ière|iere|euse|se|rice|trice|esse|fe)s?(?:[·.]s)?\)?(?!\w)",
    re.IGNORECASE,
)
_MASCULINE = {
    "euse": "eur", "trice": "teur", "iere": "ier", "llere": "ller", "enne": "en", "onne": "on", "ante": "ant", "ive": "if",
}  # fmt: skip
_FEMININE = re.compile(rf"(?<=\w\w)(?:{'|'.join(_MASCULINE)})\b")
_LINKS = frozenset(
    """
    de d du des en a au aux la le les l et ou un une dans sur pour chez of the in and for at with
    """.split()  # noqa: SIM905 (a paragraph of words reads better than a column)
)
# Experience, hours, contract and house: they tell how and where, not what.
_CHANGES_NOTHING = frozenset(
    """
    senior junior confirme confirmee experimente experimentee debutant debutante experienced qualifie qualifiee diplome
    diplomee polyvalent polyvalente nuit jour night day weekend 2x8 3x8 5x8 temps plein partiel complet full part time
    cdi cdd interim interimaire alternance alternant alternante apprenti apprentie stagiaire freelance independant
    independante n1 n2 n3 p1 p2 p3 hf fh mf h f m ehpad clinique hopital hospital clinic
    """.split()  # noqa: SIM905 (a paragraph of words reads better than a column)
)


def keys_of(text: str) -> Iterator[str]:
    """Yield the names to look `text` up by, likeliest first: as written, then shorn of what changes nothing."""
    plain = _EITHER.sub(" ", text)
    seen: set[str] = set()
    for written in (plain, *both_genders(_ENDING.sub(" ", plain))):
        for key in (meaning(written), _bare(meaning(written))):
            if key not in seen:
                seen.add(key)
                yield key


def told_keys(title: str) -> frozenset[str]:
    """Return the names a title is remembered by: "Vendeur (H/F)", "Vendeuse" and "vendeur·se CDI" have one in common."""
    return frozenset(_FEMININE.sub(lambda found: _MASCULINE[found[0]], key) for key in keys_of(title) if key)


def meaning(name: str) -> str:
    """Return `name` folded, without its linking words: "Technicien de maintenance" gives "technicien maintenance"."""
    return " ".join(word for word in fold(name).split() if word not in _LINKS)


def _bare(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _CHANGES_NOTHING)


def both_genders(label: str) -> Iterator[str]:
    """Yield the forms a label holds: "Soudeur / Soudeuse TIG" gives itself, "Soudeur TIG" and "Soudeuse TIG"."""
    yield label
    if (short := _ASIDE.sub(" ", label)) != label:
        yield short
    left, slash, right = (part.strip() for part in short.partition("/"))
    if not slash or not left or not right:
        return
    first, second, before = left.split(), right.split(), ""
    if len(first) > 1 and _akin(first[-1], second[0]) and not _akin(first[0], second[0]):
        before = " ".join(first[:-1])  # "Artiste plasticien / Plasticienne": only the last word changes
        first = first[-1:]
    rest = " ".join(second[len(first) :])
    yield f"{before} {' '.join(first)} {rest}"
    yield f"{before} {' '.join(second[: len(first)])} {rest}"


def _akin(a: str, b: str) -> bool:
    """Tell whether two words look like the two genders of one."""
    return fold(a)[:4] == fold(b)[:4]
