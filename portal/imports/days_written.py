"""In which order a file writes day and month: one for the whole of it, as whoever wrote one column wrote the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.imports.cells.days import day_of, is_day
from portal.imports.fields import Field, folded
from portal.imports.order import Order, WhichOrder
from portal.imports.reading import Table
from portal.imports.reading.table import Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_


class Because(StrEnum):
    """What tells the order."""

    CHOSEN = "chosen"
    CELLS = "cells"
    REMEMBERED = "remembered"
    TOOL = "tool"
    HEADER = "header"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Days:
    """How a file's days are read. `column` and `text` are the first day taken in that the two orders read differently, if any."""

    order: Order = Order.DAY_FIRST
    because: Because = Because.CELLS
    column: str = ""
    text: str = ""

    @property
    def month_first(self) -> bool:
        """Whether "12/01/2026" is the first of December."""
        return self.order is Order.MONTH_FIRST

    @property
    def in_doubt(self) -> bool:
        """Whether a person has to say it first."""
        return self.because is Because.NOTHING and bool(self.text)


WHICH = N_(
    "“{text}” (“{column}”): nothing in the file tells whether the day or the month comes first. Say which, and try again."
)
NO_ORDER = N_("“{wanted}” is no order of day and month: “dmy” or “mdy”.")
# What a file's days are read as, told with the file.
TOLD: dict[tuple[Order, Because], str] = {
    (Order.MONTH_FIRST, Because.CELLS): N_("Days are read month first, the American way: some of them have no other reading."),
    (Order.MONTH_FIRST, Because.CHOSEN): N_("Days are read month first, as you said."),
    (Order.MONTH_FIRST, Because.REMEMBERED): N_("Days are read month first, as was said of the last file of this source."),
    (Order.MONTH_FIRST, Because.TOOL): N_("Days are read month first, as the tool this file comes from writes them."),
    (Order.DAY_FIRST, Because.CHOSEN): N_("Days are read day first, as you said."),
    (Order.DAY_FIRST, Because.REMEMBERED): N_("Days are read day first, as was said of the last file of this source."),
    (Order.DAY_FIRST, Because.HEADER): N_(
        "Days such as “{text}” (“{column}”) are read day first: the names of the columns are French, and nothing else tells."
    ),
}  # fmt: skip
NO_DAY_COLUMN = N_(
    "No column tells when these people were collected: the day given for the whole file counts for each of them."
)

DAY_FIELDS = (
    Field.COLLECTED_ON, Field.CONSENT_ON, Field.CONSENT_UNTIL, Field.AVAILABLE_FROM, Field.AVAILABILITY,
)  # fmt: skip
# Exports of tools that write the month first wherever they stand, by columns that no other has together: OpenCATS, Greenhouse.
_AMERICAN = (
    frozenset({"2nd e mail", "can relocate", "date available", "date modified"}),
    frozenset({"application id", "candidate id", "source strategy", "application date"}),
)
_LOOKED_AT = 100  # records
_FRENCH = frozenset(
    "nom prenom prenoms ville telephone tel metier poste courriel adresse de du des d le la les l disponibilite candidature "  # noqa: SIM905
    "depot creation inscription ajout embauche fin debut jour depuis contrat competences langues numero cree recu depose ne "
    "offre annonce mobilite entretien recruteur motif refus statut etape horodateur consentement naissance portable".split()
)
_ENGLISH = frozenset(
    "first last name phone city of the at added applied created hired start end available skills job title application "  # noqa: SIM905
    "updated joined birth address timestamp connected your you candidate applicant street state country registration "
    "submitted availability experience level salary language languages position company department office status".split()
)


def checked_order(wanted: str) -> str:
    """Return the order a person chose, or "" for none; refuse anything else."""
    if wanted and wanted not in set(Order):
        raise Refused(NO_ORDER, wanted=wanted[:20])
    return wanted


def days_of(
    table: Table, columns: Mapping[Field, int], own: Iterable[int] = (), *, chosen: str = "", before: str = ""
) -> Days:
    """Return how `table` writes its days, of which `columns` and `own` (places) are taken in.

    `chosen` and `before`: "dmy", "mdy" or "", as was said of this file and of the last one of its source.
    """
    taken = [columns[name] for name in DAY_FIELDS if name in columns] + list(own)
    first = next(_read_differently(table, taken), ("", ""))
    if chosen:
        return Days(Order(chosen), Because.CHOSEN, *first)
    if shown := _shown(table, taken):
        return Days(shown, Because.CELLS, *first)
    if before:
        return Days(Order(before), Because.REMEMBERED, *first)
    names = {folded(name) for name in table.header}
    if any(tool <= names for tool in _AMERICAN):
        return Days(Order.MONTH_FIRST, Because.TOOL, *first)
    return Days(Order.DAY_FIRST, Because.HEADER if _is_french(table.header) else Because.NOTHING, *first)


def refuse_doubt(days: Days) -> None:
    """Refuse to take anything in while nobody can tell a file's days."""
    if days.in_doubt:
        raise WhichOrder(WHICH, text=days.text, column=days.column)


def notes_on(days: Days, columns: Mapping[Field, int]) -> list[Trouble]:
    """Say how the days of a file are read, where that is no matter of course, and that none tells of when it has people from."""
    sentence = TOLD.get((days.order, days.because))
    told = [Trouble(sentence, {"text": days.text, "column": days.column})] if sentence and days.text else []
    return told if Field.COLLECTED_ON in columns else [*told, Trouble(NO_DAY_COLUMN, {})]


def _read_differently(table: Table, places: Sequence[int]) -> Iterator[tuple[str, str]]:
    for record in table.records:
        for place in places:
            text = record.cells[place].strip()
            if text[:1].isdigit() and day_of(text) != day_of(text, month_first=True):
                yield table.header[place], text[:40]


def _shown(table: Table, taken: Sequence[int]) -> Order | None:
    """Return the order that days with but one reading show, in any column: a day first wherever there is one such."""
    looked_at = table.records[:_LOOKED_AT]
    cells = zip(*(record.cells for record in looked_at), strict=True)
    places = {*taken, *(place for place, column in enumerate(cells) if _holds_days(column))}
    seen: Order | None = None
    for record in table.records if places else ():
        for place in places:
            order = _only_way(record.cells[place].strip())
            if order is Order.DAY_FIRST:
                return order
            seen = seen or order
    return seen


def _holds_days(cells: Sequence[str]) -> bool:
    filled = [text for cell in cells if (text := cell.strip())]
    return bool(filled) and sum(each[:1].isdigit() and is_day(each) for each in filled) * 2 > len(filled)


def _only_way(text: str) -> Order | None:
    if not text[:1].isdigit():
        return None
    ours, theirs = day_of(text), day_of(text, month_first=True)
    if (ours is None) is (theirs is None):
        return None
    return Order.MONTH_FIRST if ours is None else Order.DAY_FIRST


def _is_french(header: Sequence[str]) -> bool:
    words = [word for name in header for word in folded(name).split()]
    accents = sum(any(letter in "éèêëàâçîïôûù" for letter in name.casefold()) for name in header)
    return sum(word in _FRENCH for word in words) + accents > sum(word in _ENGLISH for word in words)
