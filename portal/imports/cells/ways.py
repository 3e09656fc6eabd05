"""Addresses and numbers as people fill them in: several in a cell, with labels, asides and a final dot; some are nobody's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from portal.kit.fold import fold
from portal.talents.addresses import read_email, read_phone

_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^a-z]")
_BETWEEN = re.compile(r"[,;|/\n\r\t]|\s(?:ou|or|et|and|puis)\s", re.IGNORECASE)
_LABEL = re.compile(r"[^\W\d]{2,20}\.? ?:")  # "perso : z@x.example"
_ASIDE = re.compile(r"(?<!\s)\s+\([^()@\d]*\)\Z")  # "06 12 34 56 78 (perso)"
_LOST_ITS_FORMAT = re.compile(r"(\+?\d{8,15})[.,]0+")  # a number that a spreadsheet computed with: 612345678.0
_COMPUTED = re.compile(r"\d[eE]\+?\d")  # and one it lost digits of: 6,12E+08
_EXTENSION = re.compile(r"(?<!\s)\s*(?:poste|ext(?:ension)?\.?|#)\s?\d{1,6}\Z", re.IGNORECASE)
_FRENCH_IN_A_ROW = re.compile(r"(?:\+33 ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d\d){4}")
_NO_ADDRESS = re.compile(
    r"(?:pas|sans|aucune?|no|without) (?:d |de |an? )?(?:adresse |address )?(?:e ?mail|mail|courriel|adresse|address)"
)

# What stands before the @ of an address that nobody reads, or that somebody made up to fill in a form.
_NOBODYS = frozenset(
    "noreply donotreply nepasrepondre mailerdaemon postmaster pasdemail pasdemel pasdecourriel pasdadresse pasdadressemail "  # noqa: SIM905
    "pasdadressemel sansmail sansemail sansadresse sanscourriel aucunmail aucun aucune nomail noemail noaddress null "
    "inconnu inconnue unknown nonrenseigne nonconnu xxx xxxx fake fakemail".split()
)
_TRIED = frozenset({"test", "essai", "exemple", "example", "demo", "aaa"})
# Where most people have theirs: what is one letter away is misspelt.
_USUAL = (
    "gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "yahoo.com", "yahoo.fr", "orange.fr", "wanadoo.fr",
    "laposte.net", "icloud.com", "bbox.fr", "numericable.fr", "neuf.fr", "protonmail.com", "googlemail.com",
)  # fmt: skip
_REAL = frozenset({"mail.com", "ymail.com", "email.com", "googlemail.co", "outlook.co", "icloud.co", "yahoo.co"})


@dataclass(frozen=True, slots=True)
class Ways:
    """What a cell holds: the first that can be written to or called, the others of the kind, and what else stands there.

    `nobodys` are addresses with nobody behind them: they are none of the others.
    """

    first: str | None = None
    others: tuple[str, ...] = ()
    left: str = ""
    nobodys: tuple[str, ...] = ()

    @property
    def beside(self) -> str:
        """All but the first, as text."""
        return ", ".join(filter(None, (*self.others, self.left)))


@lru_cache(maxsize=4_096)
def emails_in(text: str) -> Ways:
    """Return the addresses of a cell; of a text without any, nothing at all if it says in words that there is none."""
    text = _MAILTO.sub("", text)
    whole = read_email(text)
    if whole is not None or not text:
        return _somebodys(Ways(whole))
    parts = text.split() if all("@" in word for word in text.split()) else [text]
    ways = _found([each for part in parts for each in _BETWEEN.split(part)], lambda part: (_email(part), ""))
    return Ways() if ways.first is None and _NO_ADDRESS.fullmatch(fold(text)) else _somebodys(ways)


def _somebodys(ways: Ways) -> Ways:
    every = tuple(filter(None, (ways.first, *ways.others)))
    nobodys = tuple(filter(is_nobodys, every))
    if not nobodys:
        return ways
    own = tuple(each for each in every if each not in nobodys)
    return Ways(next(iter(own), None), own[1:], ways.left, nobodys)


@lru_cache(maxsize=4_096)
def phones_in(text: str, country: str = "FR") -> Ways:
    """Return the numbers of a cell, in E.164, national ones as those of `country`; an extension is left off, and told."""
    if _COMPUTED.search(text):
        return Ways(left=text)
    whole, over = _phone(text, country)
    if whole is not None or not text:
        return Ways(whole, left=over)
    parts = _BETWEEN.split(text)
    if len(parts) == 1 and not _FRENCH_IN_A_ROW.sub("", text).strip():
        parts = _FRENCH_IN_A_ROW.findall(text)
    return _found(parts, lambda part: _phone(part, country))


def _found(parts: list[str], read: Callable[[str], tuple[str | None, str]]) -> Ways:
    """Return what can be read of these parts, in order, each once."""
    found: dict[str, None] = {}
    left = []
    for part in filter(None, map(str.strip, parts)):
        value, over = read(part)
        if value is not None:
            found[value] = None
        left.append(over if value is not None else part)
    return Ways(next(iter(found), None), tuple(found)[1:], ", ".join(filter(None, left)))


def _email(part: str) -> str | None:
    bare = _bare(part).rstrip(".")
    return read_email(bare) or read_email(bare.strip("<>()[]\"'").rstrip(".:"))


def _phone(part: str, country: str) -> tuple[str | None, str]:
    """Return the number, and the extension behind it."""
    bare = _bare(part).removeprefix("tel:")
    lost = _LOST_ITS_FORMAT.fullmatch(bare)
    number = read_phone(lost[1] if lost else bare, country)
    extension = None if number else _EXTENSION.search(bare)
    return (read_phone(bare[: extension.start()], country), extension[0].strip()) if extension else (number, "")


def _bare(part: str) -> str:
    """Return a value without what it is called before it, and without an aside behind it."""
    label = _LABEL.match(part)
    bare = part[label.end() :].strip() if label else part
    return _ASIDE.sub("", bare) if bare.endswith(")") else bare


@lru_cache(maxsize=4_096)
def is_nobodys(email: str) -> bool:
    """Tell whether an address says of itself that nobody is behind it: "noreply@…", "pasdemail@…"."""
    part, _, domain = email.partition("@")
    bare = _NO_LETTER.sub("", part)
    return bare in _NOBODYS or (bare in _TRIED and domain.partition(".")[0] in _TRIED)


@lru_cache(maxsize=4_096)
def meant(email: str) -> str | None:
    """Return the address that was likely meant by one whose domain is misspelt: "…@gmail.con"; None for any other."""
    part, _, domain = email.partition("@")
    if domain in _USUAL or domain in _REAL:
        return None
    near = next((each for each in _USUAL if OSA.distance(domain, each, score_cutoff=1) <= 1), None)
    if near is None and domain.endswith((".con", ".cmo", ".ocm", ".comm")):
        near = f"{domain.rpartition('.')[0]}.com"
    return f"{part}@{near}" if near else None
