"""vCard, as telephones and mail programs export people (RFC 6350; 3.0 and 2.1 with quoted-printable too).

Written by hand: the library that reads all versions brings four more along for what ninety lines do.
"""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal.imports.reading.encodings import Text
from portal.imports.reading.named import named_table
from portal.imports.reading.records import Trouble
from portal.imports.reading.table import Table
from portal.kit.i18n import N_

CARDS = re.compile(r"\ufeff?\s*BEGIN:VCARD\b", re.IGNORECASE)
CUT_SHORT = N_("This card has no end: the file was cut short here.")
NO_PERSON = N_("This is the card of a company or a group, not of a person.")

_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
_PARAM = re.compile(r';(?:([\w-]+)=)?("[^"]*"|[^;]*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BETWEEN = re.compile(r"(?<!\\)((?:\\\\)*);")
# What each property is called as the column of a table; of what the law protects, the name alone is kept.
_COLUMNS = {
    "FN": "Full name", "EMAIL": "E-mail", "TEL": "Telephone", "TITLE": "Job title", "ROLE": "Job title",
    "LANG": "Preferred language", "EXPERTISE": "Skills", "ORG": "Company", "CATEGORIES": "Categories", "NOTE": "Note",
}  # fmt: skip
_NO_PERSON = {("KIND", "group"), ("KIND", "org"), ("KIND", "location"), ("X-ABSHOWAS", "company")}
_PROTECTED = {"BDAY": "Birthday", "GENDER": "Gender", "PHOTO": "Photo"}


@dataclass(slots=True)
class _Card:
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    preferred: dict[str, int] = field(default_factory=dict)
    several: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    ended: bool = False
    nobody: bool = False

    @property
    def trouble(self) -> Trouble | None:
        """Why nobody can be taken in by this card, if so."""
        if not self.ended:
            return Trouble(CUT_SHORT, {})
        return Trouble(NO_PERSON, {}) if self.nobody else None

    def say_also(self, column: str, value: str, rank: int) -> None:
        """Keep every value, the one they prefer first: an address that cannot be read must not hide the next one."""
        told = self.several.setdefault(column, [])
        told.append((rank, value.strip().replace("\n", " ")))
        told.sort(key=lambda each: -each[0])
        self.cells[column] = " ; ".join(each for _, each in told if each)

    def say(self, column: str, value: str, rank: int = 1) -> None:
        """Keep the value they prefer of several, else the first."""
        value = value.strip()
        if value and rank > self.preferred.get(column, 0):
            self.cells[column], self.preferred[column] = value, rank


def read_cards(name: str, text: Text) -> Table:
    """Return one record a card; its number is the line it begins on."""
    rows = ((card.line, card.cells, card.trouble) for card in _cards(_unfolded(text)))
    return named_table(name, rows, notes=text.notes)


def _unfolded(text: Text) -> Iterator[tuple[int, str]]:
    """Yield whole lines with the number of their first one: both ways of going on below are put together again."""
    number, held, quoted = 1, "", False
    for at, raw in enumerate(text.lines(), 1):
        line = raw.rstrip("\r\n")
        if held and (quoted or line[:1] in {" ", "\t"}):
            held = held[:-1] + line if quoted else held + line[1:]
        else:
            if held:
                yield number, held
            number, held = at, line
        quoted = held.endswith("=") and "QUOTED-PRINTABLE" in held.partition(":")[0].upper()
    if held:
        yield number, held


def _cards(lines: Iterable[tuple[int, str]]) -> Iterator[_Card]:
    card: _Card | None = None
    for number, line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        prop, value = found[1].upper(), found[3]
        if prop == "BEGIN" and value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = _Card(number)
        elif card is not None and prop == "END":
            card.ended = True
            yield card
            card = None
        elif card is not None:
            _understand(card, prop, found[2], value)
    if card is not None:
        yield card


def _understand(card: _Card, prop: str, told: str, value: str) -> None:
    kinds, charset, quoted, preferred = _params(told)
    if quoted:
        value = _unquoted(value, charset)
    if prop in _PROTECTED:
        card.cells.setdefault(_PROTECTED[prop], "")
    elif (prop, value.strip().lower()) in _NO_PERSON:
        card.nobody = True
    elif prop in {"N", "ADR", "ORG"}:
        _structured(card, prop, kinds, [_plain(part).strip() for part in _BETWEEN.sub(r"\1\0", value).split("\0")])
    elif prop in _COLUMNS:
        rank = preferred or (2 if "CELL" in kinds or prop == "TITLE" else 1)
        say = card.say_also if prop in {"EMAIL", "TEL"} else card.say
        say(_COLUMNS[prop], _plain(value).removeprefix("tel:").removeprefix("mailto:"), rank)


def _structured(card: _Card, prop: str, kinds: set[str], parts: list[str]) -> None:
    """Keep what a property of several parts says; of an address, only the town of work."""
    if prop == "N":
        card.say("Last name", parts[0])
        card.say("First name", "".join(parts[1:2]))
    elif prop == "ORG":
        card.say("Company", " · ".join(filter(None, parts)))
    elif "WORK" in kinds:
        card.say("Work location", "".join(parts[3:4]))
    else:
        card.cells.setdefault("Home address", "")


def _params(told: str) -> tuple[set[str], str, bool, int]:
    """Return what kind of value it is ("WORK"…), its encoding, whether it is quoted-printable, how much it is preferred."""
    kinds, charset, quoted, preferred = set[str](), "utf-8", False, 0
    for name, value in ((name.upper(), value.strip('"').upper()) for name, value in _PARAM.findall(told)):
        if name == "CHARSET":
            charset = value
        elif name == "PREF":
            preferred = 200 - int(value) if value.isdecimal() and len(value) < 4 else 100  # 1 to 100, 1 first
        elif name in {"TYPE", "", "ENCODING"}:
            kinds |= set(value.split(","))
            quoted = quoted or value == "QUOTED-PRINTABLE"
    return kinds, charset, quoted, max(preferred, 100 if "PREF" in kinds else 0)


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8"))
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", errors="replace")


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)
